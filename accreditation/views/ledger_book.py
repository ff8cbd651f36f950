"""The ledger as people read it: the newest first, searched by cycle, person, what was done and day."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.ledger import entries
from accreditation.records import subjects
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.looking import Shown, look

MOST_NAMES = 50
"""Of so many people whose names fit, the entries are shown."""


class Sought(Shown):
    """What is looked for; what is empty is not asked for."""

    cycle: int | None = None
    person: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None


class Entered(Shown):
    """One entry: who did what to what and when; `named` is what the subject is called, where it has a name."""

    sequence: int
    at: datetime
    actor: str
    action: str
    subject: str
    named: str
    detail: Mapping[str, object]
    digest: str


class Book(Shown):
    """A page of the ledger. `before` is the number before which the next page ends; null at the end."""

    entries: tuple[Entered, ...]
    before: int | None = Field(description="Ask again with before=this for older entries; null where there are none.")


def book(database: Database, *, principal: Principal, sought: Sought, before: int | None, limit: int) -> Book:
    """The newest entries of the whole ledger that fit, from behind `before`. Raises NotPermitted."""
    permit(principal, Permission.LEDGER_READ)
    with database.reading() as session:
        return _book(session, sought, before, limit)


def book_of_cycle(
    database: Database, *, principal: Principal, cycle_id: int, sought: Sought, before: int | None, limit: int
) -> Book:
    """The same of one cycle, whatever else is sought. Raises NotFound, NotPermitted."""
    with database.reading() as session:
        look(session, principal=principal, permission=Permission.LEDGER_READ, cycle_id=cycle_id)
        return _book(session, sought.model_copy(update={"cycle": cycle_id}), before, limit)


def _book(session: Session, sought: Sought, before: int | None, limit: int) -> Book:
    found = entries.newest(
        session, subject=None if sought.cycle is None else f"cycle:{sought.cycle}",
        actors=entries.actors_like(session, sought.person, limit=MOST_NAMES) if sought.person else None,
        action=sought.action or None, since=sought.since, until=sought.until, before=before, limit=limit + 1,
    )  # fmt: skip
    shown, more = found[:limit], len(found) > limit
    called = subjects.names(session, {one.subject for one in shown})
    return Book(
        entries=tuple(
            Entered(
                sequence=one.sequence, at=one.at, actor=one.actor, action=one.action, subject=one.subject,
                named=called.get(one.subject, ""), detail=one.detail, digest=one.digest,
            )
            for one in shown
        ),
        before=shown[-1].sequence if more else None,
    )  # fmt: skip
