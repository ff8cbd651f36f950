"""What keeps a reviewer from a seat that the college office wants for them: every hindrance, in words."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from accreditation.rules.matching import Question, Seated, violations
from accreditation.rules.proposed import ProposedSeat
from accreditation.rules.proposing import around
from accreditation.rules.wishes import Change, Lock, Release, Swap, Wish, Wishes


def hindrances(
    *,
    asked: Question,
    wishes: Wishes,
    change: Change,
    seats: Collection[ProposedSeat],
    firm: Collection[tuple[int, int]],
    seen: Collection[tuple[int, int]],
) -> tuple[str, ...]:
    """Why can this change not be, whatever the engine does about the other seats? Empty where nothing keeps it.

    `asked` is the question about the visit's edition, `wishes` what the office would wish after the change, `seats`
    the proposal that stands, and `firm` the (cycle, reviewer) where the service said that there is a conflict,
    `seen` the (cycle, reviewer) who handed in a review there before.
    """
    known = _known(asked, change, seats)
    if known or isinstance(change, Release):
        return known
    who = change.reviewer if isinstance(change, Lock) else change.into
    name = next(one.name for one in asked.reviewers if one.id == who)
    found = [f"the service has a conflict of interest with {name}"] if (change.cycle, who) in firm else []
    question = around(asked, wishes)
    found += seeing(asked=question, added=question.locks, seen=seen)
    return (*found, *broken(asked=question, before=question.already, added=question.locks))


def sound(
    *,
    questions: Sequence[Question],
    wishes: Wishes,
    firm: Collection[tuple[int, int]],
    seen: Collection[tuple[int, int]],
) -> Wishes:
    """Which of these wishes still hold? One that has come to break a rule is dropped: the engine decides again."""
    kept: list[Wish] = []
    for question in questions:
        own = around(question, wishes)
        taken = list(own.already)
        by_seat = {Seated(cycle=one.cycle, role=one.role, reviewer=one.reviewer): one for one in wishes.seats}
        for lock in own.locks:
            barred = (lock.cycle, lock.reviewer) in firm or seeing(asked=own, added=[lock], seen=seen)
            if not barred and not broken(asked=own, before=taken, added=[lock]):
                taken.append(lock)
                kept.append(by_seat[lock])
        kept += [one for seat, one in by_seat.items() if seat in own.already]
    return replace(wishes, seats=tuple(sorted(kept)))


def _known(asked: Question, change: Change, seats: Collection[ProposedSeat]) -> tuple[str, ...]:
    """What of the change does not exist, or is not the office's to change?"""
    sits = {(one.cycle, one.reviewer) for one in asked.already}
    names = {one.id: one.name for one in asked.reviewers}
    if change.cycle not in {visit.cycle for visit in asked.visits}:
        return (f"cycle {change.cycle} does not wait for a review team in this round",)
    if isinstance(change, Swap):
        if (change.cycle, change.out) in sits:
            return (f"{names.get(change.out, change.out)} sits in the team already; take them off it, with a reason",)
        if (change.cycle, change.out) not in {(one.cycle, one.reviewer) for one in seats}:
            return (f"reviewer {change.out} is not proposed for cycle {change.cycle}",)
    who = change.into if isinstance(change, Swap) else change.reviewer
    if who not in names:
        return (f"there is no reviewer {who}",)
    if (change.cycle, who) in sits and not isinstance(change, Release):
        return (f"{names[who]} sits in the team already",)
    if isinstance(change, Lock) and change.role not in {seat.role for seat in asked.seats}:
        roles = ", ".join(seat.role for seat in asked.seats)
        return (f"the review team has no role {change.role}; its roles are {roles}",)
    return ()


def broken(*, asked: Question, before: Sequence[Seated], added: Sequence[Seated]) -> tuple[str, ...]:
    """Which rules do these seats break that were not broken without them, each in words fit for the office?"""

    def check(assigned: Sequence[Seated]) -> Counter[str]:
        return Counter(violations(asked, assigned))

    return tuple(sorted(check([*before, *added]) - check(before)))


def seeing(*, asked: Question, added: Sequence[Seated], seen: Collection[tuple[int, int]]) -> tuple[str, ...]:
    """Who would rate in these seats, and not alone, as they handed in a review of the same visit before?

    Whoever hands in may see what the others rated. A seat that only observes may be theirs.
    """
    rating = {seat.role for seat in asked.seats if not seat.observes}
    names = {one.id: one.name for one in asked.reviewers}
    teams = {one.cycle: one.team_name for one in asked.visits}
    return tuple(
        f"{names.get(one.reviewer, one.reviewer)} handed in a review of {teams.get(one.cycle, one.cycle)} before and "
        "could see the others' ratings, so cannot rate it alone again"
        for one in added
        if one.role in rating and (one.cycle, one.reviewer) in seen
    )
