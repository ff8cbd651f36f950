"""What may be a name: of a person, a file, a round, on one line."""

from collections.abc import Iterator

from accreditation.errors import Fault

LONGEST_NAME = 200
"""Characters of a name, a title or a file's name."""


def faults_of_name(where: str, name: str) -> Iterator[Fault]:
    """What is wrong with this name? The ledger keeps it on one line."""
    if not name.strip():
        yield Fault(where=where, found="empty", allowed=f"1 to {LONGEST_NAME} characters on one line")
    elif len(name) > LONGEST_NAME or not name.isprintable():
        long = len(name) > LONGEST_NAME
        found = f"{len(name):,} characters" if long else "a character that cannot be printed"
        allowed = f"1 to {LONGEST_NAME} printable characters on one line"
        yield Fault(where=where, found=found, allowed=f"{allowed}: give it a shorter name" if long else allowed)
