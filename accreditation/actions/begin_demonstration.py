"""Let records be a demonstration's, for ever."""

from datetime import datetime

from accreditation.actions.desk import enter
from accreditation.database import Database, Session
from accreditation.errors import Contradiction
from accreditation.ledger.entries import entries
from accreditation.records import demonstration
from accreditation.rules.demonstration import BEGUN, REAL, SUBJECT
from accreditation.rules.people import ENGINE


def begin_demonstration(database: Database, *, at: datetime) -> None:
    """Say in the ledger that all that follows is made up. Said again, it changes nothing.

    Raises Contradiction where the records hold anybody already: they could be real.
    """
    with database.writing() as session:
        be_demonstration(session, at=at)


def be_demonstration(session: Session, *, at: datetime) -> None:
    """The same, inside of a transaction."""
    if entries(session, subject=SUBJECT, action=BEGUN, limit=1):
        return
    if who := demonstration.somebody(session):
        raise Contradiction(REAL.format(who=who))
    enter(session, at=at, by=ENGINE, action=BEGUN, subject=SUBJECT, detail={})
