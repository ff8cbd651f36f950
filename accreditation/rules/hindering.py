"""What keeps a reviewer from a seat that the college office wants for them: every hindrance, in words."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from accreditation.rules.matching import (
    SET_ASIDE,
    Obstacles,
    Question,
    Seated,
    lacks_experience,
    violations,
    with_visits,
)
from accreditation.rules.proposed import ProposedSeat
from accreditation.rules.proposing import around
from accreditation.rules.wishes import Change, KeepOut, Lock, Release, Swap, Wishes


def hindrances(
    *,
    asked: Question,
    before: Wishes,
    wishes: Wishes,
    change: Change,
    seats: Collection[ProposedSeat],
    seen: Collection[tuple[int, int]],
) -> tuple[str, ...]:
    """Why can this change not be, whatever the engine does about the other seats? Empty where nothing keeps it.

    `asked` is the question about the visit's edition, `before` what the office wishes now and `wishes` what it would
    wish after the change, `seats` the proposal that stands, and `seen` the (cycle, reviewer) who handed in a review
    there before. A team is judged as it could be completed around the seats that are fixed.
    """
    known = _known(asked, change, seats)
    if known or isinstance(change, KeepOut | Release):
        return known
    question = around(asked, wishes)
    return (
        *(_set_aside(asked, change) if isinstance(change, Lock) else ()),
        *seeing(asked=question, added=question.locks, seen=seen),
        *broken(asked=whoever_joins(question), before=question.already, added=question.locks),
        *beyond_help(around(asked, before), question),
    )


def may_be_set_aside(*, asked: Question, change: Change) -> tuple[str, ...]:
    """Which rules keep this change's reviewer from the visit, and could be set aside for them with a reason?

    Nothing where something else keeps them from it too.
    """
    if isinstance(change, KeepOut | Release) or _known(asked, change, ()):
        return ()
    who = change.into if isinstance(change, Swap) else change.reviewer
    named = change.whatever if isinstance(change, Lock) else ()
    found = Obstacles(asked).between(reviewer=who, cycle=change.cycle)
    kinds = [one.kind for one in found if one.kind not in _NOT_OF_THE_PAIR]
    return tuple(one for one in kinds if one not in named) if {*kinds} <= {*SET_ASIDE} else ()


_NOT_OF_THE_PAIR = ("banned", "no_seat", "role")
"""Obstacles to being found by the engine, which a lock overrules or has words of its own for."""


def whoever_joins(asked: Question) -> Question:
    """The same question but for the rule that asks who must be in a team, of which `beyond_help` speaks."""
    return replace(asked, rules=asked.rules.model_copy(update={"experienced": None}))


def beyond_help(before: Question, after: Question) -> tuple[str, ...]:
    """Which teams could be completed around the seats that were fixed before, and cannot around these?"""
    wanted = after.rules.experienced
    if wanted is None:
        return ()
    fixed = {one.cycle for one in after.locks}
    lacking = lacks_experience(after, cycles=fixed | {one.cycle for one in after.already})
    had = lacks_experience(before, cycles=[*lacking])
    teams = {visit.cycle: visit.team_name for visit in after.visits}
    need = f"{wanted.at_least} {'reviewer' if wanted.at_least == 1 else 'reviewers'} {with_visits(after.rules)}"
    return tuple(
        f"{teams[cycle]} needs {need} and could have {wanted.at_least - number or 'none'} with these seats, whoever "
        "else joins"
        for cycle, number in sorted(lacking.items())
        if number > had.get(cycle, 0)
    )


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
        then = "; take them off it, with a reason" if isinstance(change, KeepOut) else ""
        return (f"{names[who]} sits in the team already{then}",)
    if isinstance(change, Lock) and change.role not in {seat.role for seat in asked.seats}:
        roles = ", ".join(seat.role for seat in asked.seats)
        return (f"the review team has no role {change.role}; its roles are {roles}",)
    return ()


def _set_aside(asked: Question, change: Lock) -> Iterator[str]:
    """What is wrong with the rules that this lock sets aside, and with its reason?"""
    visit = next(one for one in asked.visits if one.cycle == change.cycle)
    observing = any(seat.role == change.role and seat.observes for seat in asked.seats)
    between = Obstacles(asked, observing=observing).between(reviewer=change.reviewer, cycle=change.cycle)
    name = next(one.name for one in asked.reviewers if one.id == change.reviewer)
    for rule in sorted({*change.whatever}):
        if rule not in SET_ASIDE:
            yield f"{rule} is never set aside; what may be is {', '.join(SET_ASIDE)}, and no conflict of interest"
        elif rule not in {one.kind for one in between}:
            yield f"the rule {rule} does not keep {name} from {visit.team_name}, so there is nothing to set aside"
    if change.whatever and not change.reason.strip():
        yield "a rule is to be set aside and no reason is given; say why, for the college's record"
    if change.reason.strip() and not change.whatever:
        yield "a reason is given and no rule named that is set aside for it; name the rule, or leave the reason out"


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
