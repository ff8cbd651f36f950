"""What is answered about a seat of a confirmed team: by the service, and by the reviewer who is asked to take it."""

import hashlib
from datetime import datetime

from accreditation.actions.declare_conflict import declare
from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.leaving import leave_in_conflict
from accreditation.actions.vacate import end_invitations, find_another, invited
from accreditation.actions.wording import WHICH_CONFLICT, check_reason
from accreditation.database import Database, Session
from accreditation.errors import MoveNotAllowed, NotFound
from accreditation.ledger.chain import Detail
from accreditation.records import cycles, editions, invitations, jobs
from accreditation.records.invitations import Ending, Invitation, Said, SeatAnswer, Side
from accreditation.rules.cycle import Move
from accreditation.rules.moves import allowed
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit


def answer_for_service(
    database: Database,
    *,
    principal: Principal,
    cycle_id: int,
    reviewer_id: int,
    conflict: bool,
    reason: str,
    at: datetime,
) -> bool:
    """The service says whether it has a conflict of interest with a reviewer the office confirmed; says if it is new.

    A conflict has a reason, for the college and this service alone; the reviewer is asked no more, leaves any other
    review of this team that they have not handed in, and the engine looks for another. Until the review begins, "no
    conflict" may still become one. Raises NotFound where the reviewer is not proposed to this service, MoveNotAllowed
    where the scheme does not ask it.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.PROPOSAL_ANSWER, cycle_id=cycle_id, at=at)
        if conflict or reason.strip():
            check_reason(reason, say=WHICH_CONFLICT)
        desk.transition(Move.ANSWER)
        one = invited(session, cycle_id=cycle_id, reviewer_id=reviewer_id)
        if one is None:
            if conflict and _said_before(desk, reviewer_id):
                return False
            raise NotFound(f"Reviewer {reviewer_id} is not proposed for this review team.")
        if one.service_until is None:
            raise _not_now(desk, "This scheme does not ask the service about its reviewers.")
        said = Said.CONFLICT if conflict else Said.NO_CONFLICT
        if _stands(session, one, Side.SERVICE) == said:
            return False
        keep_answer(desk, one, side=Side.SERVICE, said=said, reason=reason.strip())
        if conflict:
            _lets_go(desk, one)
        else:
            desk.follow_up(jobs.Kind.ANSWERS)
        _enter(desk, one, said, reason)
        return True


def _lets_go(desk: Desk, one: Invitation) -> None:
    """Whom the service has a conflict with is asked no more, leaves what they have not handed in, and is replaced."""
    session, at, by = desk.session, desk.at, desk.principal.name
    end_invitations(session, [one], how=Ending.SERVICE_CONFLICT, by=by, at=at)
    find_another(session, cycle_id=one.cycle_id, left=one.reviewer_id, role=one.role, at=at)
    leave_in_conflict(session, by=by, reviewer_id=one.reviewer_id, visited=desk.now.organisation.id, at=at)


def answer_invitation(
    database: Database, *, principal: Principal, invitation_id: int, said: Said, reason: str, at: datetime
) -> bool:
    """The reviewer accepts the visit, declines it, or declares a conflict of interest; says whether it is new.

    Accepting is possible in time alone. A conflict has a reason, for the college alone, and holds for everything of
    that organisation. After anything but accepting the engine looks for another reviewer. Raises NotFound for an
    invitation of others, MoveNotAllowed where it is over.
    """
    permit(principal, Permission.INVITATION_ANSWER)
    with database.writing() as session:
        one = invitations.get(session, invitation_id)
        if one.reviewer_id != principal.reviewer:
            raise NotFound("There is no such invitation, or it is not yours.")
        if said is Said.CONFLICT or reason.strip():
            check_reason(reason, say=WHICH_CONFLICT)
        if _stands(session, one, Side.REVIEWER) == said:
            return False
        now = cycles.now(session, one.cycle_id)
        scheme = editions.scheme_of(session, now.edition_digest)
        desk = Desk(session=session, principal=principal, at=at, now=now, scheme=scheme)
        desk.transition(_MOVES[said])
        _check_open(desk, one, said)
        keep_answer(desk, one, side=Side.REVIEWER, said=said, reason=reason.strip())
        _enter(desk, one, said, reason)
        _follow(desk, one, said, reason)
        return True


_MOVES = {Said.ACCEPTS: Move.ACCEPT, Said.DECLINES: Move.DECLINE, Said.CONFLICT: Move.DECLARE_CONFLICT}


def _check_open(desk: Desk, one: Invitation, said: Said) -> None:
    current = invited(desk.session, cycle_id=one.cycle_id, reviewer_id=one.reviewer_id)
    if current is None or current.id != one.id:
        raise _not_now(desk, "You are not asked to take this visit on any more.")
    if said is Said.ACCEPTS and one.reviewer_until is not None and desk.at > one.reviewer_until:
        raise _not_now(desk, "The time to accept this visit is over. The college office can ask you again.")


def _follow(desk: Desk, one: Invitation, said: Said, reason: str) -> None:
    session, by = desk.session, desk.principal
    if said is Said.ACCEPTS:
        desk.follow_up(jobs.Kind.ANSWERS)
    elif said is Said.DECLINES:
        end_invitations(session, [one], how=Ending.DECLINED, by=by.name, at=desk.at)
        find_another(session, cycle_id=one.cycle_id, left=one.reviewer_id, role=one.role, at=desk.at)
    else:
        declare(
            session, principal=by, reviewer_id=one.reviewer_id, organisation_id=desk.now.organisation.id or 0,
            reason=reason.strip(), at=desk.at,
        )  # fmt: skip


def keep_answer(desk: Desk, one: Invitation, *, side: Side, said: Said, reason: str) -> None:
    """Append what this side answers; it stands above what it answered before."""
    before = invitations.answers(desk.session, [one.id or 0])[one.id or 0].get(side)
    row = SeatAnswer(
        invitation_id=one.id or 0, side=side.value, number=1 if before is None else before.number + 1, said=said.value,
        reason=reason, by=desk.principal.name, at=desk.at,
    )  # fmt: skip
    desk.session.add(row)
    desk.session.flush()


def _stands(session: Session, one: Invitation, side: Side) -> str | None:
    row = invitations.answers(session, [one.id or 0])[one.id or 0].get(side)
    return None if row is None else row.said


def _said_before(desk: Desk, reviewer_id: int) -> bool:
    """Has this service said already that it has a conflict with this reviewer?"""
    return any(
        one.reviewer_id == reviewer_id and end.how == Ending.SERVICE_CONFLICT
        for one, end in invitations.over(desk.session, cycle_ids=[desk.cycle_id])
    )


def _enter(desk: Desk, one: Invitation, said: Said, reason: str) -> None:
    """Enter the answer in the ledger: of the reason, which is private, the digest alone."""
    detail: dict[str, Detail] = {"invitation": one.id, "reviewer": one.reviewer_id, "said": said.value}
    if reason.strip():
        detail["reason_sha256"] = hashlib.sha256(reason.strip().encode()).hexdigest()
    desk.enter("review:answer", detail)


def _not_now(desk: Desk, why: str) -> MoveNotAllowed:
    stage = desk.now.stage
    return MoveNotAllowed(why, stage=stage.value, allowed=[str(option) for option in allowed(stage)])
