"""On which days reviewers are at visits that are still to be made: whoever sits in a team, or is asked to."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from accreditation.records import cycles, invitations, reviewers, visit_days
from accreditation.records.cycles import StageChange, newest_stage
from accreditation.records.visit_days import TOGETHER, VisitDay
from accreditation.rules.conflicts import Days, Engaged
from accreditation.rules.cycle import Stage
from accreditation.rules.matching.same_days import overlap

AHEAD = frozenset({Stage.ASSIGNMENT, Stage.REVIEW})
"""Stages of a cycle whose visit is still to be made, or is being made."""


FEW = 20
"""Of so many reviewers the seats are asked for one by one; of more, those of all visits at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """A reviewer sits in the team of a cycle of a round, or is asked to, and the days of its visit are known."""

    reviewer: int
    cycle: int
    round: int
    at: Engaged


def engagements(session: Session, *, reviewer_ids: Collection[int] | None = None) -> dict[int, list[Engagement]]:
    """Reviewer -> where they (all, or these alone) sit or are asked to, in order of the cycle; visits ahead only."""
    few = reviewer_ids is not None and len(reviewer_ids) <= FEW
    seats = _seats_of(session, reviewer_ids or ()) if few else _seats(session)
    days = visit_days.days_of(session, {cycle for cycle, _ in seats})
    ids, found = sorted(days), defaultdict[int, list[Engagement]](list)
    for start in range(0, len(ids), TOGETHER):
        whose = {now.id: now for now in cycles.several(session, ids=ids[start : start + TOGETHER], stages=AHEAD)}
        for cycle, reviewer in sorted(one for one in seats if one[0] in whose):
            if reviewer_ids is None or reviewer in reviewer_ids:
                at = Engaged(team_name=whose[cycle].team.name, days=days[cycle])
                of = whose[cycle].cycle.round_id
                found[reviewer].append(Engagement(reviewer=reviewer, cycle=cycle, round=of, at=at))
    return dict(found)


def _seats_of(session: Session, reviewer_ids: Collection[int]) -> set[tuple[int, int]]:
    """(cycle, reviewer) of all seats that these few have or are asked to take."""
    found = set[tuple[int, int]]()
    for number in reviewer_ids:
        found |= {(one.cycle_id, number) for one, _ in reviewers.sitting(session, reviewer_id=number)}
        found |= {(one.cycle_id, number) for one, _ in invitations.open_ones(session, reviewer_id=number)}
    return found


def _seats(session: Session) -> set[tuple[int, int]]:
    """(cycle, reviewer) of all seats of visits ahead that have days."""
    ids, found = sorted(_ahead(session)), set[tuple[int, int]]()
    for start in range(0, len(ids), TOGETHER):
        part = ids[start : start + TOGETHER]
        found |= {(one.cycle_id, one.reviewer_id) for one, _ in reviewers.sitting(session, cycle_ids=part)}
        found |= {(one.cycle_id, one.reviewer_id) for one, _ in invitations.open_ones(session, cycle_ids=part)}
    return found


def at_two_visits(session: Session, cycle_ids: Collection[int]) -> dict[tuple[int, int], str]:
    """(cycle, reviewer) of those who sit in these cycles' teams and are elsewhere on a day of the visit -> where."""
    sits = {(one.cycle_id, one.reviewer_id) for one, _ in reviewers.sitting(session, cycle_ids=cycle_ids)}
    days = visit_days.days_of(session, {cycle for cycle, _ in sits})
    dated = sorted((cycle, reviewer) for cycle, reviewer in sits if cycle in days)
    if not dated:
        return {}
    engaged = engagements(session, reviewer_ids={reviewer for _, reviewer in dated})
    found = {}
    for cycle, reviewer in dated:
        theirs = engaged.get(reviewer, [])
        if any(one.cycle == cycle for one in theirs) and (there := beside(theirs, cycle=cycle, days=days[cycle])):
            found[cycle, reviewer] = words_of(there)
    return found


def beside(theirs: Collection[Engagement], *, cycle: int, days: Days) -> tuple[Engagement, ...]:
    """At which other visits is somebody on these days of the cycle's visit?"""
    return tuple(one for one in theirs if one.cycle != cycle and overlap(one.at.days, days))


def words_of(there: Collection[Engagement]) -> str:
    """How is it said, to the college alone, that somebody is elsewhere on a day of a visit?"""
    return f"already visits {' and '.join(one.at.team_name for one in there)} on a day of this visit"


def _ahead(session: Session) -> set[int]:
    """Which visits ahead have days?"""
    query = (
        select(VisitDay.cycle_id)
        .join(StageChange, col(StageChange.cycle_id) == VisitDay.cycle_id)
        .where(newest_stage(), col(StageChange.to_stage).in_([stage.value for stage in AHEAD]))
    )
    return set(session.exec(query))
