"""The working of an award in the committee's pack: each rule as a sentence with what was found, its parts below."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from accreditation.views.working import OutcomeTried, WorkingShown
from api.words import Words, capital

SEVERAL = re.compile(r"(?P<where>.*: )?(all|at least (one|[0-9]+)) of these holds?")
HOLD = re.compile(r"(?P<held>[0-9]+) of (?P<all>[0-9]+) hold")
"""How the rules say that so many of several conditions must hold, and how many do."""

MOST_DEEP = 3
"""So deep a part of a rule is set in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the working: how deep it lies, whether that is reached (nothing for a number), and what it says."""

    depth: int
    state: str
    words: str


def tried_words(one: OutcomeTried, outcomes: Mapping[str, str], words: Words) -> Iterator[Line]:
    """What leads to this outcome, line by line; `outcomes` is what each is called."""
    said = words("For “%(outcome)s”:", outcome=outcomes.get(one.outcome, one.outcome))
    yield Line(depth=0, words=said, state="")
    yield from _lines(one, words, depth=1)


def _reached(one: WorkingShown, words: Words) -> str:
    if one.holds is None:
        return ""
    return words("Reached") if one.holds else words("Not reached")


def _lines(one: WorkingShown, words: Words, *, depth: int) -> Iterator[Line]:
    """A rule at work and the parts of it, each with what was needed and what was found."""
    yield Line(depth=min(depth, MOST_DEEP), words=_sentence(one, words), state=_reached(one, words))
    for part in one.parts:
        yield from _lines(part, words, depth=depth + 1)


def _sentence(one: WorkingShown, words: Words) -> str:
    """What a rule asks and what was found, as somebody of the committee reads it."""
    values = {"rule": capital(one.rule), "needed": one.needed, "found": one.found}
    if not one.needed:
        return words("%(rule)s: %(found)s.", **values)
    several = SEVERAL.fullmatch(one.rule)
    held = HOLD.fullmatch(one.found)
    if several is None or held is None:
        return words("%(rule)s. Found: %(found)s. Needed: %(needed)s.", **values)
    where = several["where"] or ""
    values |= {"where": capital(where), "all": held["all"]}
    return words.many(
        "%(where)s%(number)s of the %(all)s conditions below holds. Needed: %(needed)s.",
        "%(where)s%(number)s of the %(all)s conditions below hold. Needed: %(needed)s.",
        int(held["held"]), **values,
    )  # fmt: skip
