"""A reviewer leaves review teams in which they may not sit any more."""

from datetime import datetime

from accreditation.actions.desk import open_cycle
from accreditation.database import Session
from accreditation.records import cycles, reviewers, reviews
from accreditation.records.reviewers import Assignment, AssignmentEnd
from accreditation.rules.cycle import ENDED, Move, Stage
from accreditation.rules.people import ENGINE
from accreditation.rules.permissions import Permission


def leave_teams(
    session: Session, *, reviewer_id: int, organisation_id: int, at: datetime
) -> tuple[list[int], list[int]]:
    """The reviewer leaves the review teams of this organisation's cycles that run, and the engine looks for others.

    Says which cycles they left, and in which a review stands that was handed in before: those they do not leave.
    """
    sitting = [assignment for assignment, _ in reviewers.sitting(session, reviewer_id=reviewer_id)]
    there = {
        now.id: now
        for now in cycles.several(session, ids=[assignment.cycle_id for assignment in sitting])
        if now.organisation.id == organisation_id and now.stage not in ENDED
    }
    concerned = [assignment for assignment in sitting if assignment.cycle_id in there]
    done = reviews.handed_in(session, [assignment.id or 0 for assignment in concerned])
    leaving = [assignment for assignment in concerned if assignment.id not in done]
    for assignment in leaving:
        _leave(session, assignment, at)
    left = sorted(assignment.cycle_id for assignment in leaving)
    return left, sorted(set(there) - set(left))


def _leave(session: Session, assignment: Assignment, at: datetime) -> None:
    session.add(AssignmentEnd(assignment_id=assignment.id or 0, at=at))
    desk = open_cycle(
        session, principal=ENGINE, permission=Permission.REVIEW_ASSIGN, cycle_id=assignment.cycle_id, at=at
    )
    if desk.now.stage is Stage.REVIEW:
        desk.go(Move.REASSIGN, reason="a reviewer has left the review team")
    desk.enter("review:reassign", {"left": assignment.reviewer_id, "role": assignment.role})
    desk.look_for_teams()  # also where the cycle waits already: what kept it waiting has changed
