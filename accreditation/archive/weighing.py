"""How much does JSON become once it is read? Judged from its text, before a program builds a value of it.

A list that is two characters of text takes seventy bytes of memory or more: whoever reads what anybody may have
written bounds the memory, not the text alone.
"""

import re

MOST_WEIGHT = 64_000_000
"""About how many bytes of memory all that is read of one kind may take; of a large cycle it is ten million."""

_A_VALUE = 120
"""Bytes that a value takes besides its characters: the most of a list, an object with one member, or a text."""

_WIDE = re.compile(rb"[\xf0-\xff]|\\u")
"""A sign that makes every character of its text take four bytes."""

_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\Z)', re.DOTALL)


def weight(content: bytes) -> int:
    """About how many bytes of memory does this JSON take once it is read? Never much less than it does."""
    wide = 1 if content.isascii() and b"\\u" not in content else 4 if _WIDE.search(content) else 2
    signs = _TEXT.sub(b"", content)
    values = 1 + signs.count(b",") + signs.count(b"[") + signs.count(b"{")
    return wide * len(content) + _A_VALUE * values


class Room:
    """How much may still be read and kept?"""

    def __init__(self, most: int = MOST_WEIGHT) -> None:
        self._left = most

    def fits(self, content: bytes) -> bool:
        """May this be read, and be dropped again?"""
        return weight(content) <= self._left

    def take(self, content: bytes) -> bool:
        """May this be read and kept? Then there is less room for what comes."""
        needed = weight(content)
        if needed > self._left:
            return False
        self._left -= needed
        return True
