"""The team takes evidence back from a cycle while it may still attach. The row stays, and so does the document."""

from datetime import datetime

from accreditation.actions.desk import digest_of, open_cycle
from accreditation.actions.taking_back import item_of, open_item
from accreditation.actions.wording import check_reason
from accreditation.database import Database
from accreditation.errors import Contradiction
from accreditation.records import evidence_items
from accreditation.records.evidence_items import HowEnded
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def withdraw_evidence(
    database: Database, *, principal: Principal, cycle_id: int, evidence_id: int, reason: str, at: datetime
) -> None:
    """Take this file back, with a reason. One that is withdrawn already changes nothing.

    Raises NotFound, MoveNotAllowed where reviewers judge it already, and Contradiction where another file replaced it.
    """
    with database.writing() as session:
        desk = open_cycle(
            session, principal=principal, permission=Permission.EVIDENCE_WITHDRAW, cycle_id=cycle_id, at=at
        )
        ended = evidence_items.ended(session, item_of(desk, evidence_id).id or 0)
        if ended is not None and ended.how == HowEnded.REPLACED:
            raise Contradiction("Another file stands in the place of this one already. Withdraw that one.")
        if ended is not None:
            return
        desk.transition(Move.WITHDRAW_EVIDENCE)
        item, criteria = open_item(desk, evidence_id)
        check_reason(reason, rules=desk.scheme.evidence_rules)
        evidence_items.end(
            session, evidence_id=evidence_id, how=HowEnded.WITHDRAWN, reason=reason.strip(), by=principal.name, at=at
        )
        desk.enter(
            Permission.EVIDENCE_WITHDRAW.value,
            {"evidence": evidence_id, "digest": item.digest, "criteria": criteria, "reason_sha256": digest_of(reason)},
        )
