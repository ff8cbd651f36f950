"""End a draft of a scheme: publish it as an edition, or drop it."""

from datetime import datetime

from accreditation.actions.drafting import enter_draft, standing
from accreditation.actions.publish_edition import publish_in
from accreditation.actions.wording import check_reason
from accreditation.database import Database
from accreditation.errors import StandardsFaulty
from accreditation.library import check_text
from accreditation.records import drafts
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit


def publish_draft(
    database: Database, *, principal: Principal, scheme: str, draft_id: int, seen: int, at: datetime
) -> str:
    """Publish the draft as it was seen, in this version; says the digest of the edition, which never changes.

    Raises NotFound, StandardsFaulty with every fault, Stale where another text was saved since, and Contradiction where
    the draft has ended or its edition's name is taken.
    """
    permit(principal, Permission.SCHEME_PUBLISH)
    with database.writing() as session:
        now = standing(session, scheme=scheme, draft_id=draft_id, seen=seen)
        checked = check_text(now.text, scheme=scheme)
        if checked.standard is None:
            raise StandardsFaulty(checked.faults)
        standard = checked.standard
        digest = publish_in(session, principal=principal, scheme=standard.scheme, cases=standard.cases, at=at)
        drafts.end(session, draft_id=draft_id, digest=digest, reason="", by=principal.name, at=at)
        enter_draft(
            session, action="scheme:publish_draft", principal=principal, scheme=scheme, draft=draft_id,
            version=now.number, text=now.text, at=at,
        )  # fmt: skip
        return digest


def drop_draft(
    database: Database, *, principal: Principal, scheme: str, draft_id: int, reason: str, at: datetime
) -> None:
    """Give the draft up; what was saved of it stays kept. Raises NotFound, Invalid without a reason, Contradiction."""
    permit(principal, Permission.SCHEME_PUBLISH)
    with database.writing() as session:
        now = standing(session, scheme=scheme, draft_id=draft_id)
        check_reason(reason)
        drafts.end(session, draft_id=draft_id, digest=None, reason=reason.strip(), by=principal.name, at=at)
        enter_draft(
            session, action="scheme:drop_draft", principal=principal, scheme=scheme, draft=draft_id,
            version=now.number, text=now.text, at=at,
        )  # fmt: skip
