"""What is wrong with a list that was handed in: once at the top of the page, and line by line below it."""

import re
from dataclasses import dataclass

from accreditation.errors import Contradiction, Fault, Invalid
from api.presenting.faults import Faults, Told
from api.words import Words

MOST_TOLD = 100
"""So many faults are told at once: whoever mends these sends the list again."""


NO_FAULTS = Faults()

PLACE = re.compile(r"[^:]*(:[^:0-9][^:]*)*:(?P<line>[0-9]+)( column '(?P<quoted>[^']*)'| (?P<column>\S+))?")
"""Where a fault of a list is, as programs are told: the file, the line, and the column where it is of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One fault: where it stands, what was found, and what is needed."""

    where: str
    found: str
    allowed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFaults:
    """Every fault of a list; `left` is how many more there are."""

    summary: Faults = NO_FAULTS
    lines: tuple[Line, ...] = ()
    left: int = 0


NONE_LISTED = ListedFaults()

OF_THE_FORM = ("file", "service")
"""Fields of the form of a list, of which something may be wrong before it is read."""


def listed_faults(refusal: Invalid | Contradiction, words: Words, *, field: str = "file") -> ListedFaults:
    """The faults of this list, of which nothing was kept."""
    if not isinstance(refusal, Invalid):
        return ListedFaults(summary=Faults((Told(field=field, words=str(refusal)),)))
    about_form = [one for one in refusal.faults if one.where in OF_THE_FORM]
    if about_form:
        return ListedFaults(summary=Faults(tuple(Told(field=one.where, words=_of_form(one)) for one in about_form)))
    number = len(refusal.faults)
    said = words.many(
        "The list has %(number)s fault. It is shown below by its line; nothing was kept.",
        "The list has %(number)s faults. They are shown below by their lines; nothing was kept.", number,
    )  # fmt: skip
    return ListedFaults(
        summary=Faults((Told(field=field, words=said),)),
        lines=tuple(
            Line(where=_where(one.where, words), found=one.found, allowed=_allowed(one.allowed, words))
            for one in refusal.faults[:MOST_TOLD]
        ),
        left=max(0, number - MOST_TOLD),
    )  # fmt: skip


def _where(told: str, words: Words) -> str:
    """Where in the list it is, as one finds it in a table: the line, and what the column is called."""
    place = PLACE.fullmatch(told)
    if place is None:
        return told
    line = words("Line %(line)s", line=place["line"])
    column = place["column"] or place["quoted"]
    return words("%(line)s, %(column)s", line=line, column=column) if column else line


def _allowed(told: str, words: Words) -> str:
    """What is needed, by the box on the page where a program is told of its option."""
    if "(--new-employers)" not in told:
        return told
    return words("an organisation that is here; or tick “Register employers that have no team here, too”")


def _of_form(one: Fault) -> str:
    return f"{one.found[:1].upper()}{one.found[1:]}. What is needed: {one.allowed}."
