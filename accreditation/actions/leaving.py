"""A reviewer leaves review teams in which they may not sit any more."""

from collections.abc import Collection
from datetime import datetime

from accreditation.actions.panels_in_conflict import tell_of_panels
from accreditation.actions.propose import by_office
from accreditation.actions.telling import tell_conflict_since
from accreditation.actions.vacate import end_assignment, end_invitations, find_another
from accreditation.database import Session
from accreditation.records import cycles, invitations, jobs, reviewers, reviews
from accreditation.records.conflicts_since import conflicts_now
from accreditation.records.invitations import Ending, Invitation
from accreditation.records.reviewers import Assignment, Left
from accreditation.rules.cycle import ENDED, Stage

RUNNING = tuple(stage for stage in Stage if stage not in ENDED)

TOGETHER = 500
"""So many cycles are asked for by id; where it is more, all that run are."""


def leave_in_conflict(
    session: Session,
    *,
    by: str,
    at: datetime,
    reviewer_id: int | None = None,
    cycle_ids: Collection[int] | None = None,
    visited: int | None = None,
    concerning: Collection[int] | None = None,
) -> tuple[list[int], list[int]]:
    """Facts have changed: whoever has come into conflict with a service leaves its team, and the engine looks again.

    Looked at are seats in cycles that run: of one reviewer, in these cycles, in teams that visit this organisation, of
    visits to or by staff of the organisations `concerning`; only what fits all that is given. Whoever is only asked is
    asked no more. Says which cycles somebody left, and in which only a review stands that was handed in before: the
    office is told of each, and of whoever sits in a panel and has come into conflict.
    """
    sitting = [one for one, _ in reviewers.sitting(session, cycle_ids=cycle_ids, reviewer_id=reviewer_id)]
    asked = [one for one, _ in invitations.open_ones(session, cycle_ids=cycle_ids, reviewer_id=reviewer_id)]
    running = _concerned(session, [*sitting, *asked], visited, concerning)
    against = conflicts_now(session, running)
    concerned = [one for one in sitting if (one.cycle_id, one.reviewer_id) in against]
    done = reviews.handed_in(session, [one.id or 0 for one in concerned])
    leaving = [one for one in concerned if one.id not in done]
    for one in leaving:
        end_assignment(session, one, how=Left.CONFLICT, by=by, at=at)
    refused = [one for one in asked if (one.cycle_id, one.reviewer_id) in against]
    end_invitations(session, refused, how=Ending.CONFLICT, by=by, at=at)
    gone = [(one.cycle_id, one.reviewer_id, one.role) for one in leaving]
    gone += [(one.cycle_id, one.reviewer_id, one.role) for one in refused]
    for cycle, reviewer, role in gone:
        find_another(session, cycle_id=cycle, left=reviewer, role=role, at=at)
    stands = [one for one in concerned if one.id in done]
    for one in stands:
        tell_conflict_since(session, one, at=at)
    tell_of_panels(session, at=at, reviewer_id=reviewer_id, cycle_ids=cycle_ids)
    left = {cycle for cycle, _, _ in gone}
    return sorted(left), sorted({one.cycle_id for one in stands} - left)


def _concerned(
    session: Session,
    seats: Collection[Assignment | Invitation],
    visited: int | None,
    concerning: Collection[int] | None,
) -> set[tuple[int, int]]:
    """Which (cycle, reviewer) of these seats are to be looked at?"""
    ids = {one.cycle_id for one in seats}
    running = cycles.several(session, stages=RUNNING, ids=ids if len(ids) <= TOGETHER else None) if ids else []
    there = {now.id: now.organisation.id or 0 for now in running if visited in (None, now.organisation.id)}
    found = {(one.cycle_id, one.reviewer_id) for one in seats if one.cycle_id in there}
    if concerning is None:
        return found
    staff = {row.id for row in reviewers.pool(session) if row.organisation_id in concerning}
    return {seat for seat in found if there[seat[0]] in concerning or seat[1] in staff}


def look_at_proposals(session: Session, *, organisation_id: int, at: datetime) -> None:
    """Let the engine propose again for what waits of this organisation: they may be proposed there, and not asked."""
    for now in cycles.several(session, stages=[Stage.ASSIGNMENT]):
        if now.organisation.id == organisation_id and by_office(session, now):
            jobs.enqueue(session, kind=jobs.Kind.ASSIGNMENT, subject=now.cycle.round_id, at=at)
