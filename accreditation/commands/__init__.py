"""The command line, a file a group of commands. With `__main__` it is the composition root: it may know both
api and flows, and nothing imports it."""
