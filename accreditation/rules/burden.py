"""What a cycle costs a team: what is asked, what it answered without sending anything again, files, and time.

Time is what shows: a touch is a save of answers or something done with evidence. What a person does in between counts
as work where it is at most `IDLE` long; a longer gap counts nothing. So it is a lower bound: reading, meetings and
looking for papers leave no touch. Several people's work is added up. All of it is exact; nothing is rounded here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise

IDLE = timedelta(minutes=30)
"""A longer gap between two touches of one person is no work."""

FEW = 5
"""Of fewer cycles nothing is told of a scheme: it would tell of one team."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """Somebody saved answers to these criteria, or did something with evidence for them, at this moment."""

    who: str
    at: datetime
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of a cycle: whether it was sent for it, whether it stands, and what it answers in the standard's order."""

    sent: bool
    stands: bool
    criteria: tuple[str, ...]

    def only(self, order: Mapping[str, int]) -> "File":
        """The same file with those criteria alone that are asked, in this order."""
        asked = (name for name in self.criteria if name in order)
        return File(sent=self.sent, stands=self.stands, criteria=tuple(sorted(asked, key=order.__getitem__)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Everything of one cycle that its burden is worked out from.

    `asked` are the criteria that apply, `evidence` those of them that ask for evidence, `published` those whose answer
    was taken from an audit.
    """

    asked: tuple[str, ...]
    evidence: frozenset[str]
    published: frozenset[str]
    touches: tuple[Touch, ...]
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one criterion cost in one cycle, or over several."""

    criterion: str
    cycles: int
    work: Fraction
    saves: int
    uploads: int
    reused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """What one cycle cost. Items are an answer for every criterion, and evidence for each that asks for some.

    `work` is in minutes, exact; `span` are the minutes from the first touch to the last.
    """

    items: int
    reused: int
    uploads: int
    people: int
    work: Fraction
    span: Fraction
    costs: tuple[Cost, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Middle:
    """A figure over several cycles: the lowest, the middle one (of two, their mean) and the highest."""

    least: Fraction
    middle: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeBurden:
    """What a scheme cost over several cycles, and which criteria cost most."""

    items: Middle
    reused: Middle
    uploads: Middle
    work: Middle
    span: Middle
    costs: tuple[Cost, ...]


def burden(work: Work) -> Burden:
    """What did this cycle cost? The criteria that cost most stand first."""
    minutes, total = _minutes(work.touches)
    reused, uploads = _reused(work), _uploads(work)
    moments = [one.at for one in work.touches]
    costs = [
        Cost(
            criterion=name, cycles=1, work=minutes.get(name, Fraction(0)), uploads=uploads.get(name, 0),
            saves=sum(name in one.criteria for one in work.touches),
            reused=(name in work.published) + (name in reused),
        )
        for name in work.asked
    ]  # fmt: skip
    return Burden(
        items=len(work.asked) + len(work.evidence), reused=len(work.published) + len(reused),
        uploads=sum(one.sent for one in work.files), people=len({one.who for one in work.touches}), work=total,
        span=_in_minutes(max(moments) - min(moments)) if moments else Fraction(0), costs=_dearest(costs),
    )  # fmt: skip


def burden_of_scheme(several: Sequence[Burden]) -> SchemeBurden | None:
    """What did these cycles cost? None where they are so few that it would tell of one team."""
    if len(several) < FEW:
        return None
    held: dict[str, list[Cost]] = {}
    for one in several:
        for cost in one.costs:
            held.setdefault(cost.criterion, []).append(cost)
    costs = [
        Cost(
            criterion=name, cycles=len(found), work=sum((one.work for one in found), Fraction(0)),
            saves=sum(one.saves for one in found), uploads=sum(one.uploads for one in found),
            reused=sum(one.reused for one in found),
        )
        for name, found in held.items()
        if len(found) >= FEW
    ]  # fmt: skip
    return SchemeBurden(
        items=_middle(one.items for one in several), reused=_middle(one.reused for one in several),
        uploads=_middle(one.uploads for one in several), work=_middle(one.work for one in several),
        span=_middle(one.span for one in several), costs=_dearest(costs),
    )  # fmt: skip


def _minutes(touches: Collection[Touch]) -> tuple[Mapping[str, Fraction], Fraction]:
    """Criterion -> the minutes before it was touched, and all of them. What was saved together shares them equally."""
    moments: dict[str, dict[datetime, set[str]]] = {}
    for one in touches:
        moments.setdefault(one.who, {}).setdefault(one.at, set()).update(one.criteria)
    found: dict[str, Fraction] = {}
    total = Fraction(0)
    for theirs in moments.values():
        ordered = sorted(theirs)
        for before, at in pairwise(ordered):
            if at - before > IDLE:
                continue
            total += _in_minutes(at - before)
            for name in theirs[at]:
                found[name] = found.get(name, Fraction(0)) + _in_minutes(at - before) / len(theirs[at])
    return found, total


def _uploads(work: Work) -> Mapping[str, int]:
    """Criterion -> how many files were sent for it: a file that answers several was sent for the first of them."""
    found: dict[str, int] = {}
    for one in work.files:
        if one.sent and one.criteria:
            found[one.criteria[0]] = found.get(one.criteria[0], 0) + 1
    return found


def _reused(work: Work) -> frozenset[str]:
    """Which criteria that ask for evidence have some that stands, without a file that was sent for them?"""
    standing = {name for one in work.files if one.stands for name in one.criteria}
    sent = {one.criteria[0] for one in work.files if one.sent and one.stands and one.criteria}
    return work.evidence & (standing - sent)


def _dearest(costs: Iterable[Cost]) -> tuple[Cost, ...]:
    return tuple(sorted(costs, key=lambda one: (-one.work / one.cycles, -one.uploads, -one.saves, one.criterion)))


def _in_minutes(time: timedelta) -> Fraction:
    return Fraction(time // timedelta(microseconds=1), 60_000_000)


def _middle(values: Iterable[int | Fraction]) -> Middle:
    ordered = [Fraction(value) for value in sorted(values)]
    number = len(ordered)
    middle = (ordered[(number - 1) // 2] + ordered[number // 2]) / 2
    return Middle(least=ordered[0], middle=middle, most=ordered[-1])
