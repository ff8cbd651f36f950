"""Empty seats of a review team: of those who sit, and of those who are asked to. What they gave stays kept."""

from collections.abc import Iterable
from datetime import datetime

from accreditation.actions.desk import open_cycle
from accreditation.actions.telling import tell_ended
from accreditation.database import Session
from accreditation.records import cycles, invitations, proposals
from accreditation.records.invitations import Ending, Invitation, InvitationEnd
from accreditation.records.reviewers import Assignment, AssignmentEnd, Left
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import ENGINE
from accreditation.rules.permissions import Permission


def end_invitations(session: Session, asked: Iterable[Invitation], *, how: Ending, by: str, at: datetime) -> list[int]:
    """End these invitations; whose were they?"""
    over = list(asked)
    session.add_all(
        InvitationEnd(
            invitation_id=one.id or 0, proposal_id=_proposal(session, one.cycle_id) or one.proposal_id, how=how.value,
            by=by, at=at,
        )
        for one in over
    )  # fmt: skip
    session.flush()
    for one in over:
        tell_ended(session, one, how, at)
    return [one.reviewer_id for one in over]


def end_assignment(
    session: Session, assignment: Assignment, *, how: Left, reason: str = "", by: str, at: datetime
) -> None:
    """End this seat; what its holder rated stays kept and does not count any more."""
    row = AssignmentEnd(
        assignment_id=assignment.id or 0, how=how.value, reason=reason, by=by, at=at,
        proposal_id=_proposal(session, assignment.cycle_id),
    )  # fmt: skip
    session.add(row)
    session.flush()


def find_another(session: Session, *, cycle_id: int, left: int, role: str, at: datetime) -> None:
    """Let the engine find somebody for the seat that this reviewer left; a review that goes on waits for them.

    It does not wait for somebody who merely observes.
    """
    desk = open_cycle(session, principal=ENGINE, permission=Permission.REVIEW_ASSIGN, cycle_id=cycle_id, at=at)
    if desk.now.stage is Stage.REVIEW and not desk.scheme.observes(role):
        desk.go(Move.REASSIGN, reason="a reviewer has left the review team")
    desk.enter("review:reassign", {"left": left, "role": role})
    desk.look_for_teams()  # also where the cycle waits already: what kept it waiting has changed


def _proposal(session: Session, cycle_id: int) -> int | None:
    """The proposal that stands in this cycle's round, if there is one."""
    row = proposals.newest(session, cycles.now(session, cycle_id).cycle.round_id)
    return None if row is None else row.id


def invited(session: Session, *, cycle_id: int, reviewer_id: int) -> Invitation | None:
    """The invitation of this reviewer to this cycle's team that stands, if there is one."""
    found = invitations.open_ones(session, cycle_ids=[cycle_id], reviewer_id=reviewer_id)
    return found[0][0] if found else None
