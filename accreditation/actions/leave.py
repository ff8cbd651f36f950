"""Take a cycle off its way: send it back to the team, or withdraw it."""

from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.vacate import end_assignment, end_invitations
from accreditation.actions.wording import check_reason_of
from accreditation.database import Database
from accreditation.records import invitations, reviewers
from accreditation.records.invitations import Ending
from accreditation.records.reviewers import Left
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def send_back(database: Database, *, principal: Principal, cycle_id: int, reason: str, at: datetime) -> Stage:
    """Send the cycle back to its team, with a reason that the team reads. Everything it gave stays kept.

    Whoever sits in its review team already leaves it: they would review what the team is about to change.
    """
    return _leave(database, Move.SEND_BACK, Permission.CYCLE_SEND_BACK, principal, cycle_id, reason, at)


def withdraw(database: Database, *, principal: Principal, cycle_id: int, reason: str, at: datetime) -> Stage:
    """End the cycle without a decision, with a reason. Everything in it stays kept; its reviewers are free again."""
    return _leave(database, Move.WITHDRAW, Permission.CYCLE_WITHDRAW, principal, cycle_id, reason, at)


def _leave(
    database: Database,
    move: Move,
    permission: Permission,
    principal: Principal,
    cycle_id: int,
    reason: str,
    at: datetime,
) -> Stage:
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=permission, cycle_id=cycle_id, at=at)
        desk.transition(move)
        check_reason_of(reason, hospital_numbers=desk.scheme.evidence_rules.hospital_numbers)
        reason = reason.strip()
        reached = desk.go(move, reason=reason)
        freed = dissolve(desk)
        desk.enter(permission.value, {"reason": reason, "from": desk.now.stage.value, "freed_reviewers": freed})
        return reached


def dissolve(desk: Desk) -> list[int]:
    """End every seat of the cycle's review team; the others of the round that wait may have its people now."""
    sitting = [assignment for assignment, _ in reviewers.sitting(desk.session, cycle_ids=[desk.cycle_id])]
    asked = [invitation for invitation, _ in invitations.open_ones(desk.session, cycle_ids=[desk.cycle_id])]
    by = desk.principal.name
    for one in sitting:
        end_assignment(desk.session, one, how=Left.DISSOLVED, by=by, at=desk.at)
    freed = end_invitations(desk.session, asked, how=Ending.DISSOLVED, by=by, at=desk.at)
    if sitting or asked:
        desk.look_for_teams()
    return [*(one.reviewer_id for one in sitting), *freed]
