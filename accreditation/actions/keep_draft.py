"""Save the text of a draft of a scheme, with whatever faults it has: nothing that was saved is ever overwritten."""

from datetime import datetime

from accreditation.actions.drafting import draft_text, enter_draft, standing
from accreditation.database import Database
from accreditation.records import drafts
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit


def keep_draft(
    database: Database, *, principal: Principal, scheme: str, draft_id: int, text: str, seen: int, at: datetime
) -> int:
    """Save this text; says the number under which it stands. The text that stands already changes nothing.

    `seen` is the version that was on the screen. Raises NotFound, Invalid where the text cannot be kept, Stale where
    somebody saved another text since, Contradiction where the draft has ended.
    """
    permit(principal, Permission.SCHEME_PUBLISH)
    kept = draft_text(text)
    with database.writing() as session:
        now = standing(session, scheme=scheme, draft_id=draft_id)
        if now.text == kept:
            return now.number
        standing(session, scheme=scheme, draft_id=draft_id, seen=seen)
        number = now.number + 1
        drafts.append(session, draft_id=draft_id, number=number, text=kept, by=principal.name, at=at)
        enter_draft(
            session, action="scheme:save_draft", principal=principal, scheme=scheme, draft=draft_id, version=number,
            text=kept, at=at,
        )  # fmt: skip
        return number
