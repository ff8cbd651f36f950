"""A reviewer leaves review teams in which they may not sit any more."""

from datetime import datetime

from accreditation.actions.propose import by_office
from accreditation.actions.telling import tell_conflict_since
from accreditation.actions.vacate import end_assignment, end_invitations, find_another
from accreditation.database import Session
from accreditation.records import cycles, invitations, jobs, reviewers, reviews
from accreditation.records.invitations import Ending
from accreditation.records.reviewers import Left
from accreditation.rules.cycle import ENDED, Stage


def leave_teams(
    session: Session, *, by: str, reviewer_id: int, organisation_id: int, at: datetime
) -> tuple[list[int], list[int]]:
    """The reviewer leaves the review teams of this organisation's cycles that run, and the engine looks for others.

    Whoever is only asked to sit in one of them is asked no more. Says which cycles they left, and in which a review
    stands that was handed in before: those they do not leave, and the office is told of each.
    """
    sitting = [assignment for assignment, _ in reviewers.sitting(session, reviewer_id=reviewer_id)]
    asked = [invitation for invitation, _ in invitations.open_ones(session, reviewer_id=reviewer_id)]
    there = {
        now.id
        for now in cycles.several(session, ids={one.cycle_id for one in sitting} | {one.cycle_id for one in asked})
        if now.organisation.id == organisation_id and now.stage not in ENDED
    }
    concerned = [assignment for assignment in sitting if assignment.cycle_id in there]
    done = reviews.handed_in(session, [assignment.id or 0 for assignment in concerned])
    leaving = [assignment for assignment in concerned if assignment.id not in done]
    for assignment in leaving:
        end_assignment(session, assignment, how=Left.CONFLICT, by=by, at=at)
    refused = [invitation for invitation in asked if invitation.cycle_id in there]
    end_invitations(session, refused, how=Ending.CONFLICT, by=by, at=at)
    left = [(one.cycle_id, one.role) for one in leaving] + [(one.cycle_id, one.role) for one in refused]
    for cycle, role in left:
        find_another(session, cycle_id=cycle, left=reviewer_id, role=role, at=at)
    cycles_left = {cycle for cycle, _ in left}
    _look_at_proposals(session, organisation_id=organisation_id, at=at)
    stands = [one for one in concerned if one.cycle_id not in cycles_left]
    for seat in stands:
        tell_conflict_since(session, seat, at=at)
    return sorted(cycles_left), sorted({one.cycle_id for one in stands})


def _look_at_proposals(session: Session, *, organisation_id: int, at: datetime) -> None:
    """Let the engine propose again for what waits of this organisation: they may be proposed there, and not asked."""
    for now in cycles.several(session, stages=[Stage.ASSIGNMENT]):
        if now.organisation.id == organisation_id and by_office(session, now):
            jobs.enqueue(session, kind=jobs.Kind.ASSIGNMENT, subject=now.cycle.round_id, at=at)
