"""What the college office wishes of a round's review teams: seats that it fixes, and whom it wants elsewhere."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from accreditation.rules.matching import Waiver
from accreditation.rules.proposed import ProposedSeat


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Wish:
    """The office wants this reviewer in this seat, whatever the engine finds.

    `whatever` are the rules that it set aside for that, and `reason` why it did: for the college alone.
    """

    cycle: int
    role: str
    reviewer: int
    how: Literal["locked", "swapped"]
    whatever: tuple[str, ...] = ()
    reason: str = ""

    @property
    def set_aside(self) -> str:
        """What did the office set aside for this seat, and why? In words for the college; empty where nothing."""
        if not self.whatever:
            return ""
        rules = [rule.replace("_", " ") for rule in self.whatever]
        named = rules[0] if len(rules) == 1 else f"{', '.join(rules[:-1])} and {rules[-1]}"
        return f"{named} set aside by the office: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the office wants of a round's teams: seats that it fixed, and (cycle, reviewer) whom it wants elsewhere."""

    seats: tuple[Wish, ...] = ()
    out: tuple[tuple[int, int], ...] = ()

    @property
    def waived(self) -> tuple[Waiver, ...]:
        """The rules set aside, as the matching is told of them."""
        return tuple(
            Waiver(cycle=one.cycle, reviewer=one.reviewer, rule=rule) for one in self.seats for rule in one.whatever
        )

    @property
    def set_aside(self) -> Mapping[tuple[int, int], str]:
        """(cycle, reviewer) -> what was set aside for their seat and why, in words for the college."""
        return {(one.cycle, one.reviewer): one.set_aside for one in self.seats if one.whatever}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """Let this reviewer sit in this team in this role, whatever else changes.

    `whatever` are rules that are not to keep them from it, of those that may be set aside; then there is a `reason`.
    """

    cycle: int
    reviewer: int
    role: str
    whatever: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Let one reviewer sit in the seat of another, who leaves this team."""

    cycle: int
    out: int
    into: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepOut:
    """Let this reviewer sit anywhere but in this team; whoever fits best takes their seat, if they had one."""

    cycle: int
    reviewer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Take back what the office wished of this reviewer in this team: the engine decides again."""

    cycle: int
    reviewer: int


Change = Lock | Swap | KeepOut | Release


def wished(*, wishes: Wishes, change: Change, seats: Collection[ProposedSeat]) -> Wishes:
    """What does the office wish after this change? `seats` are those of the proposal that stands."""
    match change:
        case Lock(cycle=cycle, reviewer=reviewer, role=role, whatever=whatever, reason=reason):
            wish = Wish(
                cycle=cycle, role=role, reviewer=reviewer, how="locked", whatever=tuple(sorted({*whatever})),
                reason=reason.strip(),
            )  # fmt: skip
            return _with(_without(wishes, cycle, reviewer), wish)
        case KeepOut(cycle=cycle, reviewer=reviewer):
            left = _without(wishes, cycle, reviewer)
            return replace(left, out=tuple(sorted({*left.out, (cycle, reviewer)})))
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
