"""What somebody is told: the notices in their own inbox."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.records import notices
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.looking import Page, Shown, page


class NoticeShown(Shown):
    """One notice. It says that something happened; what people wrote is read where it was written."""

    number: int = Field(description="Counts within the reader's own notices.")
    kind: str
    cycle: int
    words: str
    at: datetime


def notices_of(database: Database, *, principal: Principal, after: int, limit: int) -> Page[NoticeShown]:
    """Of what is this principal told? Their own role's, team's or reviewer's notices alone, the oldest first."""
    permit(principal, Permission.NOTICE_READ)
    with database.reading() as session:
        rows = notices.of_inbox(session, notices.inbox_of(principal), after=after, limit=limit)
    shown = [
        NoticeShown(number=row.number, kind=row.kind, cycle=row.cycle_id, words=row.words, at=row.at) for row in rows
    ]
    return page(shown, [row.number for row in rows], limit=limit)
