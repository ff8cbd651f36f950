"""Review teams proposed around what the college office wishes, what a wish changes, and when a team may begin.

Whoever stands already keeps their seat: who sits, always; whom the office confirmed, unless seats could not be filled
otherwise, and then as few of them as possible give theirs up. Nothing here is kept: what the office sees beforehand
and what it then keeps are answers of the same functions. Of answers that are equally good the one is taken that
changes least in the proposal that the office has before it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Protocol, TypeVar

from accreditation.errors import Fault
from accreditation.rules import conflicts, matching
from accreditation.rules.matching import Ban, Figures, Question, Seated, Unfilled
from accreditation.rules.proposed import How, ProposedSeat
from accreditation.rules.wishes import Wishes


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a proposal says: its seats, what is empty and why, who loses a seat that stood, and how good it is.

    `blocks` and `ways_out` are as `Match` says them of the round as a whole: for the college office, as they name
    people.
    """

    seats: tuple[ProposedSeat, ...] = ()
    empty: tuple[Unfilled, ...] = ()
    left: tuple[Seated, ...] = ()
    figures: Figures = field(default_factory=Figures)
    proven: bool = True
    blocks: tuple[str, ...] = ()
    ways_out: tuple[str, ...] = ()

    @property
    def cycles(self) -> frozenset[int]:
        """Whose teams does it speak of?"""
        return frozenset({one.cycle for one in self.seats} | {one.cycle for one in self.empty})

    def of(self, cycles: Collection[int]) -> "Content":
        """The same for these cycles alone; the figures stay those of all."""
        return replace(
            self,
            seats=tuple(one for one in self.seats if one.cycle in cycles),
            empty=tuple(one for one in self.empty if one.cycle in cycles),
            left=tuple(one for one in self.left if one.cycle in cycles),
        )

    def says_the_same(self, other: "Content") -> bool:
        """Does the other have the same people in the same seats, by the office's wish or not, and the same to be done?

        What blocks a seat and what would fill it is part of it: an office acts on that.
        """
        return (
            {(one.seated, one.how) for one in self.seats} == {(one.seated, one.how) for one in other.seats}
            and self.empty == other.empty
            and self.left == other.left
            and (self.blocks, self.ways_out) == (other.blocks, other.ways_out)
        )


class OfACycle(Protocol):
    """Something about one cycle."""

    @property
    def cycle(self) -> int: ...  # noqa: D102  (the protocol's docstring says it)


One = TypeVar("One", bound=OfACycle)


def grouped(several: Sequence[One]) -> dict[int, tuple[One, ...]]:
    """Cycle -> what is about it, in the order given."""
    groups: dict[int, list[One]] = {}
    for one in several:
        groups.setdefault(one.cycle, []).append(one)
    return {cycle: tuple(own) for cycle, own in groups.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a change would do to the proposal that stands.

    `hindrances` say why it cannot be; then nothing else is worked out. Fits are in millionths of one person's best.
    """

    hindrances: tuple[str, ...] = ()
    coming: tuple[ProposedSeat, ...] = ()
    leaving: tuple[ProposedSeat, ...] = ()
    given_up: tuple[Seated, ...] = ()
    empty_before: tuple[Unfilled, ...] = ()
    empty_after: tuple[Unfilled, ...] = ()
    before: Figures = field(default_factory=Figures)
    after: Figures = field(default_factory=Figures)
    proven: bool = True


def propose(*, questions: Sequence[Question], wishes: Wishes) -> Content:
    """Who is proposed for which seat, over all editions of a round?

    Whoever one edition's cycles were given counts as taken for the next. Raises Invalid where a wish breaks a rule
    (`hindrances` says it beforehand) or what is asked contradicts itself.
    """
    found: list[Content] = []
    for question in questions:
        found.append(_proposed(_beside(question, found), wishes))
    return Content(
        seats=tuple(sorted(chain.from_iterable(one.seats for one in found))),
        empty=tuple(chain.from_iterable(one.empty for one in found)),
        left=tuple(sorted(chain.from_iterable(one.left for one in found))),
        figures=_together(found),
        proven=all(one.proven for one in found),
        blocks=tuple(dict.fromkeys(chain.from_iterable(one.blocks for one in found))),
        ways_out=tuple(dict.fromkeys(chain.from_iterable(one.ways_out for one in found))),
    )


def explain(*, questions: Sequence[Question], wishes: Wishes, cycle: int, reviewer: int) -> tuple[str, ...]:
    """Why is this reviewer proposed for this cycle, or why not, and what would it cost otherwise? In sentences.

    The cycle is one of those that wait, and the reviewer one of the pool; else nothing is said.
    """
    found: list[Content] = []
    for question in questions:
        beside = _beside(question, found)
        if cycle in {visit.cycle for visit in question.visits}:
            asked = around(beside, wishes)
            return matching.explain(asked, matching.match(asked), reviewer=reviewer, cycle=cycle).words
        found.append(_proposed(beside, wishes))
    return ()


def _beside(question: Question, found: Sequence[Content]) -> Question:
    """The same question, beside what the editions before it were given."""
    taken = (seat.seated for content in found for seat in content.seats if seat.how != "kept")
    return replace(question, already=tuple(dict.fromkeys((*question.already, *taken))))


def _proposed(asked: Question, wishes: Wishes) -> Content:
    wished = around(asked, wishes)
    match = matching.match(wished)
    hows: dict[Seated, How] = {**dict.fromkeys((*asked.already, *asked.stays), "kept"), **_fixed(wishes)}
    seats = tuple(
        ProposedSeat(
            cycle=one.cycle, role=one.role, reviewer=one.reviewer, why=one.why, how=hows.get(one.seated, "proposed")
        )
        for one in (*match.kept, *match.assigned)
    )
    held = {seat.seated for seat in seats}
    return Content(
        seats=seats, empty=match.unfilled, left=tuple(one for one in asked.stays if one not in held),
        figures=match.figures, proven=match.proven, blocks=match.blocks, ways_out=match.ways_out,
    )  # fmt: skip


def _fixed(wishes: Wishes) -> dict[Seated, How]:
    return {Seated(cycle=one.cycle, role=one.role, reviewer=one.reviewer): one.how for one in wishes.seats}


def around(asked: Question, wishes: Wishes) -> Question:
    """The same question with what the office wishes of its visits.

    Who stands already is not asked for twice. A seat that was confirmed and has come to break a rule, or whose holder
    the office wants elsewhere, is to be filled anew. What somebody said before (no) is overruled where the office
    locks them, and so is a rule that it set aside for them, but never a conflict of interest.
    """
    visits = {visit.cycle for visit in asked.visits}
    standing = {(one.cycle, one.reviewer) for one in asked.already}
    fixed = [one for one in _fixed(wishes) if one.cycle in visits and (one.cycle, one.reviewer) not in standing]
    locked = {(one.cycle, one.reviewer) for one in fixed}
    out = [(cycle, reviewer) for cycle, reviewer in wishes.out if cycle in visits]
    bans = [one for one in asked.bans if (one.cycle, one.reviewer) not in locked]
    barred = {(one.cycle, one.reviewer) for one in bans} | {*out} | locked | _in_conflict(asked)
    return replace(
        asked,
        locks=tuple(fixed),
        bans=(*bans, *(Ban(cycle=cycle, reviewer=reviewer) for cycle, reviewer in out)),
        waived=tuple(one for one in wishes.waived if one.cycle in visits),
        stays=_with_room(asked, fixed, [one for one in asked.stays if (one.cycle, one.reviewer) not in barred]),
    )


def _with_room(asked: Question, fixed: Sequence[Seated], stays: Sequence[Seated]) -> tuple[Seated, ...]:
    """Those for whom the fixed seats leave room in their role; a lock takes the seat of somebody who was confirmed."""
    room = {seat.role: seat.maximum for seat in asked.seats}
    held = Counter((one.cycle, one.role) for one in (*asked.already, *fixed))
    kept = []
    for one in stays:
        held[one.cycle, one.role] += 1
        if held[one.cycle, one.role] <= room.get(one.role, 0):
            kept.append(one)
    return tuple(kept)


def _in_conflict(asked: Question) -> set[tuple[int, int]]:
    """(cycle, reviewer) of confirmed seats that break a rule between the two by now, unless it was set aside."""
    people = {one.id: one for one in asked.reviewers}
    visits = {one.cycle: one for one in asked.visits}
    aside = {(one.cycle, one.reviewer, one.rule) for one in asked.waived}
    declared: dict[int, list[conflicts.Declared]] = defaultdict(list)
    for said in asked.declared:
        declared[said.reviewer].append(said)
    return {
        (found.cycle, found.reviewer)
        for one in asked.stays
        for found in conflicts.conflicts_between(
            reviewer=people[one.reviewer], visit=visits[one.cycle], rules=asked.rules,
            declared=declared.get(one.reviewer, ()), at=asked.at,
        )
        if (found.cycle, found.reviewer, found.kind) not in aside
    }  # fmt: skip


def _together(found: Sequence[Content]) -> Figures:
    """The figures of several editions as those of one round; whoever sits in teams of two is one reviewer.

    Where one of them has no bound on its worst-off visit, as it lacks people, the round has none.
    """
    figures = [one.figures for one in found]
    if len(figures) == 1:
        return figures[0]
    summed = ("seats", "filled", "teams", "complete", "total", "total_bound", "known", "travel")
    most = ("farthest", "busiest")
    bounded = all(one.worst is None or one.worst_bound is not None for one in figures)
    return Figures(
        reviewers=len({seat.reviewer for one in found for seat in one.seats}),
        **{name: sum(getattr(one, name) for one in figures) for name in summed},
        **{name: max((getattr(one, name) for one in figures), default=0) for name in most},
        worst=_least([one.worst for one in figures]),
        worst_bound=_least([one.worst_bound for one in figures]) if bounded else None,
        free=all(one.free for one in figures),
    )


def _least(told: Sequence[int | None]) -> int | None:
    """The least of what is told; None where nothing is."""
    return min((one for one in told if one is not None), default=None)


def effect(*, before: Content, after: Content) -> Effect:
    """What changes from one proposal to the other, seat by seat?"""
    had, has = {one.seated for one in before.seats}, {one.seated for one in after.seats}
    return Effect(
        coming=tuple(one for one in after.seats if one.seated not in had),
        leaving=tuple(one for one in before.seats if one.seated not in has),
        given_up=after.left,
        empty_before=before.empty,
        empty_after=after.empty,
        before=before.figures,
        after=after.figures,
        proven=after.proven,
    )


def hindered(hindrances: Sequence[str], *, where: str, aside: Collection[str] = ()) -> list[Fault]:
    """These hindrances as the faults of what was asked; `aside` are the rules that could be set aside for it."""
    allowed = (
        f"choose somebody whom nothing keeps from it{_or_set(aside)}; the proposal's preview says what would come of it"
    )
    return [Fault(where=where, found=one, allowed=allowed) for one in hindrances]


def _or_set(aside: Collection[str]) -> str:
    """How is it said that the office may set these rules aside? Nothing, where there is none."""
    return f", or lock them with whatever: {', '.join(aside)}, and a reason" if aside else ""
