"""Who of a review team may be appointed to settle in place of somebody who cannot: who rates, is done, and is free."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from accreditation.errors import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitter:
    """Somebody of the review team, and what decides whether they may settle.

    `name` is a public designation. `conflicts` are what sets them apart from the service by now, each fit to be said
    after their name.
    """

    reviewer: int
    name: str
    title: str
    observes: bool
    handed_in: bool
    settles: bool
    conflicts: tuple[str, ...] = ()


def hindrances(one: Sitter) -> tuple[str, ...]:
    """What keeps them from settling? Each as it is said after their name; nothing where they may be appointed."""
    return tuple(_hindrances(one))


def _hindrances(one: Sitter) -> Iterator[str]:
    if one.observes:
        yield f"is on this visit as its {one.title.lower()}, who observes and rates nothing"
    elif not one.handed_in:
        yield "has not handed in a review"
    yield from one.conflicts


def faults_of_settler(one: Sitter, *, team: Collection[Sitter]) -> tuple[Fault, ...]:
    """What keeps this member of the team from being appointed, and what can the office do instead? All at once."""
    allowed = instead(team)
    return tuple(Fault(where="reviewer", found=f"{one.name} {why}", allowed=allowed) for why in hindrances(one))


def instead(team: Collection[Sitter]) -> str:
    """Whom can the office appoint in this team; and where that is nobody, what is left to it?"""
    others = [one for one in team if not one.settles]
    fit = [one for one in others if not hindrances(one)]
    if fit:
        named = ", ".join(f"{one.name} (reviewer {one.reviewer})" for one in fit)
        return f"whoever rates in this review team, has handed in and has no conflict with the service: {named}"
    why = "; ".join(f"{one.name} {' and '.join(hindrances(one))}" for one in others) or "nobody else sits in it"
    return (
        f"nobody else of this review team can settle ({why}). Wait until whoever settles can go on; or withdraw the "
        "cycle with a reason and enrol the team in another round, with another review team: all that is rated stays "
        "kept"
    )
