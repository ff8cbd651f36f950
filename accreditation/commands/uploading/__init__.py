"""accredit evidence upload: files go to a running engine over any network, go on where it was cut, and are told of.

`files` finds what is to be sent, `server` speaks to the engine, `sending` takes one file to its end, `asked` knows what
is there already, `screen` shows how far it is, `telling` says what became of each, `upload` is the command.
"""
