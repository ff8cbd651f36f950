"""Who is away on the days of a visit, or at another one: whoever is only asked to sit is asked no more, whoever sits is
named.
"""

from datetime import datetime

from accreditation.actions.vacate import end_invitations, find_another
from accreditation.database import Session
from accreditation.records import cycles, invitations, reviewer_facts, reviewers, visit_days
from accreditation.records.engagements import AHEAD, beside, engagements
from accreditation.records.invitations import Ending
from accreditation.records.reviewers import Assignment, Reviewer
from accreditation.rules.reviewer_facts import NO_FACTS
from accreditation.rules.visit_days import is_away

Sits = tuple[Assignment, Reviewer]


def free_absent(
    session: Session, *, by: str, at: datetime, cycle_id: int | None = None, reviewer_id: int | None = None
) -> tuple[tuple[Sits, ...], tuple[int, ...]]:
    """Who sits in a review team (of this cycle, this reviewer) and is away on its visit's days? They stay.

    Whoever is only asked to, and is away then or at another visit, is asked no more, and the engine looks for another;
    says who besides.
    """
    only = None if cycle_id is None else [cycle_id]
    sitting = reviewers.sitting(session, cycle_ids=only, reviewer_id=reviewer_id)
    asked = invitations.open_ones(session, cycle_ids=only, reviewer_id=reviewer_id)
    ids = {one.cycle_id for one, _ in sitting} | {one.cycle_id for one, _ in asked}
    ahead = {now.id for now in cycles.several(session, ids=ids) if now.stage in AHEAD}
    days = visit_days.days_of(session, ahead)
    people = {who.id or 0 for _, who in (*sitting, *asked)}
    facts, engaged = reviewer_facts.facts_of(session, people), engagements(session, reviewer_ids=people)

    def away(cycle: int, reviewer: int) -> bool:
        return cycle in days and is_away(facts.get(reviewer, NO_FACTS).unavailable, days[cycle])

    def elsewhere(cycle: int, reviewer: int) -> bool:
        return cycle in days and bool(beside(engaged.get(reviewer, ()), cycle=cycle, days=days[cycle]))

    freed = [
        one
        for one, _ in asked
        if away(one.cycle_id, one.reviewer_id) or (only and elsewhere(one.cycle_id, one.reviewer_id))
    ]
    end_invitations(session, freed, how=Ending.CHANGED, by=by, at=at)
    for one in freed:
        find_another(session, cycle_id=one.cycle_id, left=one.reviewer_id, role=one.role, at=at)
    named = tuple((one, who) for one, who in sitting if away(one.cycle_id, one.reviewer_id))
    return named, tuple(one.reviewer_id for one in freed)
