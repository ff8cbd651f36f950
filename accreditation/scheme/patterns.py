"""Patterns that a scheme writes for its hospitals' numbers: a small part of regular expressions that cannot explode.

A pattern is matched against every page of every file, so what it can cost is known before it is used: every repeat has
an end, and in how many ways it can be tried at one place is counted (arms of a choice add up, what follows each other
multiplies). That leaves literals, classes, `\\d \\w \\s \\b`, groups, choices, `?`, `{3}` and `{2,4}`; whoever writes
more is told what to write instead.
"""

import re
from dataclasses import dataclass

LONGEST = 200
"""Characters of a pattern."""

WIDEST = 64
"""Characters of text that a pattern may match."""

NARROWEST = 4
"""Characters of text that a pattern matches at least: a shorter one would be found on every page."""

MOST_WAYS = 200
"""In how many ways a pattern may be tried at one place of a text."""

_CLASSES = frozenset("dwsDWS")
_EDGES = frozenset("bB")
_QUANTITY = re.compile(r"\?|\{(\d{1,3})(?:,(\d{1,3}))?\}")


class _Refused(Exception):
    """Why this pattern cannot be used; never leaves this file."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a part of a pattern can do: match so many characters, in so many ways."""

    least: int
    most: int
    ways: int

    def then(self, other: "_Piece") -> "_Piece":
        """This part, followed by the other."""
        return _Piece(self.least + other.least, self.most + other.most, _capped(self.ways * other.ways))

    def either(self, other: "_Piece") -> "_Piece":
        """This part or the other."""
        return _Piece(min(self.least, other.least), max(self.most, other.most), _capped(self.ways + other.ways))

    def times(self, least: int, most: int) -> "_Piece":
        """This part, so often."""
        ways = 0
        for often in range(least, most + 1):
            ways = _capped(ways + self.ways**often)
        return _Piece(self.least * least, self.most * most, ways)


_NOTHING = _Piece(0, 0, 1)
_ONE = _Piece(1, 1, 1)


def _capped(ways: int) -> int:
    return min(ways, MOST_WAYS + 1)


def faults_of(pattern: str) -> tuple[str, ...]:
    """Why can this pattern not be used? In words, each with what to write instead; empty where it can."""
    if not pattern or len(pattern) > LONGEST:
        return (f"it has {len(pattern)} characters; write 1 to {LONGEST}",)
    try:
        whole = _Reader(pattern).whole()
        re.compile(pattern)
    except _Refused as refused:
        return (str(refused),)
    except re.error as error:
        return (f"it cannot be read: {error}",)
    return tuple(_bounds(whole))


def _bounds(whole: _Piece) -> list[str]:
    faults = []
    if whole.least < NARROWEST:
        faults.append(f"it can match {whole.least} characters; one that matches at least {NARROWEST} tells something")
    if whole.most > WIDEST:
        faults.append(f"it can match more than {WIDEST} characters; make its repeats shorter")
    if whole.ways > MOST_WAYS:
        faults.append(f"it can be tried in more than {MOST_WAYS} ways at one place; use fewer choices and open repeats")
    return faults


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, ready to search with, in capitals and small letters alike; ValueError where `faults_of` has any."""
    if faults := faults_of(pattern):
        raise ValueError("; ".join(faults))
    return re.compile(pattern, re.IGNORECASE)


class _Reader:
    """Reads a pattern from left to right, once."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def whole(self) -> _Piece:
        piece = self._choice()
        if self._at < len(self._pattern):
            raise _Refused("a ) closes nothing; write \\) for the sign itself")
        return piece

    def _choice(self) -> _Piece:
        piece = self._row()
        while self._take("|"):
            piece = piece.either(self._row())
        return piece

    def _row(self) -> _Piece:
        piece = _NOTHING
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            piece = piece.then(self._repeated(self._atom()))
        return piece

    def _repeated(self, piece: _Piece) -> _Piece:
        found = _QUANTITY.match(self._pattern, self._at)
        if found is not None:
            self._at = found.end()
            least = int(found[1] or 0)
            most = int(found[2] or found[1] or 1)
            if not least <= most <= WIDEST:
                raise _Refused(f"{found[0]} is no repeat; write {{2,4}} with at most {WIDEST}")
            piece = piece.times(least, most)
        if self._at < len(self._pattern) and self._pattern[self._at] in "*+?{":
            raise _Refused("it repeats with *, + or twice over; write how often at most, such as {2,8}")
        return piece

    def _atom(self) -> _Piece:
        sign = self._pattern[self._at]
        self._at += 1
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._class()
        if sign == "\\":
            return self._escaped()
        if sign in "^$":
            return _NOTHING
        if sign in "*+?{":
            raise _Refused(f"{sign} repeats nothing, or without end; write how often at most, such as {{2,8}}")
        return _ONE

    def _group(self) -> _Piece:
        if self._take("?") and not self._take(":"):
            raise _Refused("(?...) is not known here; write a plain group (...) or (?:...)")
        piece = self._choice()
        if not self._take(")"):
            raise _Refused("a ( is not closed; write ) or, for the sign itself, \\(")
        return piece

    def _class(self) -> _Piece:
        found = re.compile(r"\^?\]?(?:\\.|[^\]\\])*\]").match(self._pattern, self._at)
        if found is None:
            raise _Refused("a [ is not closed; write ] or, for the sign itself, \\[")
        self._at = found.end()
        return _ONE

    def _escaped(self) -> _Piece:
        sign = self._pattern[self._at : self._at + 1]
        self._at += 1
        if sign and sign in _EDGES:
            return _NOTHING
        if (sign and sign in _CLASSES) or (sign and not sign.isalnum()):
            return _ONE
        raise _Refused(f"\\{sign} is not known here; there are \\d, \\w, \\s, \\b and signs such as \\.")

    def _take(self, sign: str) -> bool:
        if not self._pattern.startswith(sign, self._at):
            return False
        self._at += 1
        return True
