"""What of a faulty input may be repeated in the answer to it: not all of it, and never who a patient is."""

from itertools import islice

from accreditation.rules.identifiers import Page as IdentifierPage
from accreditation.rules.identifiers import search

LONGEST_FOUND = 80
"""Characters of a faulty input that are repeated."""

LONGEST_SEARCHED = 5000
"""Characters of a faulty input that are looked at."""

DEEPEST = 4
"""So deep it is looked into a faulty input."""


def untold(text: str) -> str:
    """The same words; where they tell who a patient is, with a dot for every digit, as anybody may keep a refusal."""
    tells = search([IdentifierPage(number=1, label="", text=text)], patterns=())
    return "".join("•" if sign.isnumeric() else sign for sign in text) if tells else text


def short(value: object) -> str:
    """A faulty input as it is repeated, cut where it is long."""
    # Before it is cut, or a part of a number is left; and before `repr` writes a no-break space as letters.
    text = untold(repr(_masked(value))[:LONGEST_SEARCHED])
    return text if len(text) <= LONGEST_FOUND else f"{text[:LONGEST_FOUND]}…"


def _masked(value: object, *, deep: int = 0) -> object:
    """The beginning of a faulty input, as much as is told of it, without what tells who a patient is."""
    match value:
        case str():
            return untold(value[:LONGEST_SEARCHED])
        case dict() | list() if deep == DEEPEST:
            return "…"
        case dict():
            return {_masked(key): _masked(one, deep=deep + 1) for key, one in islice(value.items(), LONGEST_FOUND)}
        case list():
            return [_masked(one, deep=deep + 1) for one in value[:LONGEST_FOUND]]
    return value
