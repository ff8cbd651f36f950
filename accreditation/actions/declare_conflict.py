"""Declare a conflict of interest: the reviewer leaves that organisation's review teams at once."""

import hashlib
from datetime import datetime

from accreditation.actions.desk import enter
from accreditation.actions.impartial import check_of_another
from accreditation.actions.leaving import leave_in_conflict, look_at_proposals
from accreditation.actions.wording import WHICH_CONFLICT, check_reason
from accreditation.database import Database, Session
from accreditation.errors import NotFound, NotPermitted
from accreditation.ledger.chain import Detail
from accreditation.records import reviewers
from accreditation.records.reviewers import DeclaredConflict
from accreditation.records.teams import Organisation
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission, permit


def declare_conflict(
    database: Database, *, principal: Principal, reviewer_id: int, organisation_id: int, reason: str, at: datetime
) -> bool:
    """Declare that this reviewer has a conflict of interest with this organisation; says whether it is new.

    A reviewer declares for themselves, the office for anybody. The reviewer leaves every review team of that
    organisation that they have not handed in for, and the engine looks for another. The reason is for the
    college alone. A review that was handed in before stands, and the ledger's entry names its cycle: what becomes
    of it is for people to decide.
    """
    permit(principal, Permission.CONFLICT_DECLARE)
    if principal.role is Role.REVIEWER and principal.reviewer != reviewer_id:
        raise NotPermitted("A reviewer declares conflicts for themselves; the college office declares for others.")
    check_reason(reason, say=WHICH_CONFLICT)
    with database.writing() as session:
        check_of_another(session, organisation_id, principal=principal, what="declare others' conflicts with it")
        return declare(
            session, principal=principal, reviewer_id=reviewer_id, organisation_id=organisation_id,
            reason=reason.strip(), at=at,
        )  # fmt: skip


def declare(
    session: Session, *, principal: Principal, reviewer_id: int, organisation_id: int, reason: str, at: datetime
) -> bool:
    """The same inside the caller's transaction, who has seen to it that this principal may."""
    reviewers.get(session, reviewer_id)
    if session.get(Organisation, organisation_id) is None:
        raise NotFound(f"There is no organisation {organisation_id}.")
    if reviewers.conflict_between(session, reviewer_id=reviewer_id, organisation_id=organisation_id) is not None:
        return False
    session.add(
        DeclaredConflict(
            reviewer_id=reviewer_id, organisation_id=organisation_id, reason=reason, by=principal.name, at=at
        )
    )
    session.flush()
    left, stands = leave_in_conflict(
        session, by=principal.name, reviewer_id=reviewer_id, visited=organisation_id, at=at
    )
    look_at_proposals(session, organisation_id=organisation_id, at=at)
    detail: dict[str, Detail] = {
        "reviewer": reviewer_id,
        "organisation": organisation_id,
        "reason_sha256": hashlib.sha256(reason.encode()).hexdigest(),
        "left_cycles": left,
        "handed_in_before": stands,
    }
    enter(session, at=at, by=principal, action="conflict:declare", subject=f"reviewer:{reviewer_id}", detail=detail)
    return True
