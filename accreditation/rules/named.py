"""What may be a name: of a person, a file, a round, on one line; and which ways to write a name are one name."""

import re
from collections.abc import Iterator
from unicodedata import category, normalize

from accreditation.errors import Fault

LONGEST_NAME = 200
"""Characters of a name, a title or a file's name."""

_SPACES = re.compile(r"[^\S\x00-\x1f]+")
"""White space of every kind, as Word, Excel and PDF write it. Not what ends a line: that is no part of a name."""

_WRITTEN = {**dict.fromkeys("’‘ʼ‛′`´", "'"), **dict.fromkeys("‐‑‒–—―−", "-")}
"""Marks that programs put in the place of those that were typed."""


def plain_name(name: str) -> str:
    """The name as people read it: one space between two words, nothing that cannot be seen, letters in one piece."""
    seen = "".join(one for one in name if category(one) != "Cf") if not name.isascii() else name
    return _SPACES.sub(" ", normalize("NFC", seen)).strip()


def same_name(name: str) -> str:
    """What all ways to write one name have in common, to compare names by; for nobody to read.

    Capitals, kinds of space, apostrophe and hyphen, and letters that a PDF draws as one make no other name. What cannot
    be printed, and no database keeps, is a space here.
    """
    written = "".join(_WRITTEN.get(one, one if one.isprintable() else " ") for one in plain_name(name))
    return plain_name(normalize("NFKC", written).casefold())


def team_named(name: str, service_line: str) -> str:
    """What tells a team apart within its organisation."""
    return f"{name} ({service_line})"


def faults_of_name(where: str, name: str) -> Iterator[Fault]:
    """What is wrong with this name? The ledger keeps it on one line."""
    if not name.strip():
        yield Fault(where=where, found="empty", allowed=f"1 to {LONGEST_NAME} characters on one line")
    elif len(name) > LONGEST_NAME or not name.isprintable():
        long = len(name) > LONGEST_NAME
        found = f"{len(name):,} characters" if long else "a character that cannot be printed"
        allowed = f"1 to {LONGEST_NAME} printable characters on one line"
        yield Fault(where=where, found=found, allowed=f"{allowed}: give it a shorter name" if long else allowed)
