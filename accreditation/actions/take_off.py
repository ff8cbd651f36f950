"""A reviewer leaves a visit, or is taken off it by the office: what they rated stays kept and counts no more."""

import hashlib
from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.impartial import check_not_of_it
from accreditation.actions.vacate import end_assignment, end_invitations, find_another, invited
from accreditation.actions.wording import check_reason_of
from accreditation.database import Database
from accreditation.errors import MoveNotAllowed, NotFound
from accreditation.records import reviewers, reviews
from accreditation.records.invitations import Ending
from accreditation.records.reviewers import Assignment, Left
from accreditation.rules.cycle import Move
from accreditation.rules.moves import allowed
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def step_down(database: Database, *, principal: Principal, cycle_id: int, reason: str, at: datetime) -> None:
    """The reviewer leaves this visit, with a reason for the college alone; the engine looks for another.

    A review that is handed in stands: then only the office can take somebody off. Raises NotFound, MoveNotAllowed.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.REVIEW_LEAVE, cycle_id=cycle_id, at=at)
        check_reason_of(reason, hospital_numbers=desk.scheme.evidence_rules.hospital_numbers)
        desk.transition(Move.STEP_DOWN)
        seat = _seat(desk, principal.reviewer or 0)
        if seat is None:
            raise NotFound("There is no such cycle, or it is not one of yours.")
        if reviews.handed_in(session, [seat.id or 0]):
            raise MoveNotAllowed(
                "You have handed in your review, and it stands. Ask the college office if it must not count.",
                stage=desk.now.stage.value, allowed=[str(option) for option in allowed(desk.now.stage)],
            )  # fmt: skip
        _leave(desk, seat, Left.STEPPED_DOWN, reason)


def take_off(
    database: Database, *, principal: Principal, cycle_id: int, reviewer_id: int, reason: str, at: datetime
) -> bool:
    """The office takes a reviewer off this visit, with a reason for the college alone; says whether it is new.

    It holds for whoever sits in the team, also after handing in: the review is kept and does not count. It holds for
    whoever is asked to sit there too. The engine looks for another. Raises NotFound where the reviewer is neither, and
    NotPermitted for an office that is of the service.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.REVIEW_ASSIGN, cycle_id=cycle_id, at=at)
        check_reason_of(reason, hospital_numbers=desk.scheme.evidence_rules.hospital_numbers)
        desk.transition(Move.TAKE_OFF)
        check_not_of_it(desk, what="take its reviewers off")
        seat, asked = _seat(desk, reviewer_id), invited(session, cycle_id=cycle_id, reviewer_id=reviewer_id)
        if seat is not None:
            _leave(desk, seat, Left.TAKEN_OFF, reason)
        elif asked is not None:
            end_invitations(session, [asked], how=Ending.TAKEN_OFF, by=principal.name, at=at)
            _enter(desk, Left.TAKEN_OFF, reviewer_id, reason, handed_in=False)
            find_another(session, cycle_id=cycle_id, left=reviewer_id, role=asked.role, at=at)
        elif _taken_off_before(desk, reviewer_id):
            return False
        else:
            raise NotFound(f"Reviewer {reviewer_id} does not sit in this review team and is not asked to.")
        return True


def _seat(desk: Desk, reviewer_id: int) -> Assignment | None:
    rows = reviewers.sitting(desk.session, cycle_ids=[desk.cycle_id], reviewer_id=reviewer_id)
    return rows[0][0] if rows else None


def _leave(desk: Desk, seat: Assignment, how: Left, reason: str) -> None:
    done = bool(reviews.handed_in(desk.session, [seat.id or 0]))
    end_assignment(desk.session, seat, how=how, reason=reason.strip(), by=desk.principal.name, at=desk.at)
    _enter(desk, how, seat.reviewer_id, reason, handed_in=done)
    find_another(desk.session, cycle_id=desk.cycle_id, left=seat.reviewer_id, role=seat.role, at=desk.at)


def _enter(desk: Desk, how: Left, reviewer_id: int, reason: str, *, handed_in: bool) -> None:
    digest = hashlib.sha256(reason.strip().encode()).hexdigest()
    detail = {"reviewer": reviewer_id, "how": how.value, "handed_in": handed_in, "reason_sha256": digest}
    desk.enter("review:leave", detail)


def _taken_off_before(desk: Desk, reviewer_id: int) -> bool:
    return any(
        one.reviewer_id == reviewer_id and end.how == Left.TAKEN_OFF
        for one, end in reviewers.left(desk.session, cycle_ids=[desk.cycle_id])
    )
