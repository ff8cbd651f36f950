# ruff: noqa: E501  (a row says what was found and what to do about it)
"""Says what is wrong with a file's form in an author's words; the YAML library speaks to programmers."""

import re

_WORDS: tuple[tuple[str, str, str], ...] = (
    (r"'\\t' that cannot start", "a tab", "indent with spaces; tabs are not allowed"),
    (r"flow sequence.* expected ',' or '\]'", "a list begun with [ is not closed", "close it with ], or put a comma"),
    (r"flow mapping.* expected ',' or '\}'", "keys begun with {{ are not closed", "close them with }}, or put a comma"),
    (r"mapping values are not allowed", "a colon where no key can stand", "put text with a colon in quotes; check how far the line is indented"),
    (r"quoted scalar.*end of stream", "quotes that are never closed", "close the text with the sign it begins with"),
    (r"quoted scalar.*unknown escape character", "a backslash in double quotes, which means something else there", "put the text in single quotes"),
    (r"quoted scalar.*document separator", "quotes that are never closed", "close the text with the sign it begins with"),
    (r"could not find expected ':'", "a line without a colon", "write key: value, or indent what goes on from the line above"),
    (r"block (mapping|collection|sequence).* expected <block end>", "this does not belong to what stands above", "indent it like the lines it belongs to; a list entry begins with '- '"),
    (r"sequence entries are not allowed", "a list entry where none can stand", "begin the list on a line of its own, each entry with '- '"),
    (r"character '(.)' that cannot start", "the sign {0} at the beginning of a text", "put the text in quotes"),
    (r"block scalar.* expected (chomping|indentation|a comment)", "| or > with something behind it", "begin the text on the next line"),
    (r"alias.* expected alphabetic", "the sign * at the beginning of a text", "put the text in quotes"),
    (r"anchor.* expected alphabetic", "the sign & at the beginning of a text", "put the text in quotes"),
    (r"simple key", "a line without a colon", "write key: value, or indent what goes on from the line above"),
)  # fmt: skip


_WHERE_BEGUN = re.compile(r"simple key|quoted scalar.*(end of stream|document separator)")
"""What the library notices only later, in a line that has no fault: an author looks for it where it began."""


def words_of_yaml(said: str) -> tuple[str, str, bool]:
    """What was found, what is allowed, and is it where it began that is wrong? From the library's own message."""
    where_begun = _WHERE_BEGUN.search(said) is not None
    for pattern, found, allowed in _WORDS:
        match = re.search(pattern, said)
        if match is not None:
            return found.format(*match.groups()), allowed.format(), where_begun
    return "not readable as YAML", "check indentation, quotes and colons here", where_begun
