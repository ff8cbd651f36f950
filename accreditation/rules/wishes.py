"""What the college office wishes of a round's review teams: seats that it fixes, and whom it wants elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from accreditation.rules.proposed import ProposedSeat


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Wish:
    """The office wants this reviewer in this seat, whatever the engine finds."""

    cycle: int
    role: str
    reviewer: int
    how: Literal["locked", "swapped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the office wants of a round's teams: seats that it fixed, and (cycle, reviewer) whom it wants elsewhere."""

    seats: tuple[Wish, ...] = ()
    out: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """Let this reviewer sit in this team in this role, whatever else changes."""

    cycle: int
    reviewer: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Let one reviewer sit in the seat of another, who leaves this team."""

    cycle: int
    out: int
    into: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Take back what the office wished of this reviewer in this team: the engine decides again."""

    cycle: int
    reviewer: int


Change = Lock | Swap | Release


def wished(*, wishes: Wishes, change: Change, seats: Collection[ProposedSeat]) -> Wishes:
    """What does the office wish after this change? `seats` are those of the proposal that stands."""
    match change:
        case Lock(cycle=cycle, reviewer=reviewer, role=role):
            before = _without(wishes, cycle, reviewer)
            return _with(before, Wish(cycle=cycle, role=role, reviewer=reviewer, how="locked"))
        case Release(cycle=cycle, reviewer=reviewer):
            return _without(wishes, cycle, reviewer)
        case Swap(cycle=cycle, out=out, into=into):
            role = next((one.role for one in seats if (one.cycle, one.reviewer) == (cycle, out)), "")
            before = _without(_without(wishes, cycle, out), cycle, into)
            after = _with(before, Wish(cycle=cycle, role=role, reviewer=into, how="swapped"))
            return replace(after, out=tuple(sorted({*after.out, (cycle, out)})))


def _with(wishes: Wishes, wish: Wish) -> Wishes:
    return replace(wishes, seats=tuple(sorted((*wishes.seats, wish))))


def _without(wishes: Wishes, cycle: int, reviewer: int) -> Wishes:
    return Wishes(
        seats=tuple(one for one in wishes.seats if (one.cycle, one.reviewer) != (cycle, reviewer)),
        out=tuple(one for one in wishes.out if one != (cycle, reviewer)),
    )
