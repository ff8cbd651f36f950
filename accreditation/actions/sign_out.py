"""Sign out: of this browser, or of every one."""

from datetime import datetime

from accreditation.actions.admitting import enter_own
from accreditation.database import Database
from accreditation.records import people, sign_ins
from accreditation.rules.sessions import Ends


def sign_out(database: Database, *, secret: str, at: datetime) -> None:
    """End the session of this secret. One that is over already, or never was, stays as it is."""
    with database.writing() as session:
        person_id = sign_ins.end(session, secret=secret, how=Ends.SIGNED_OUT, at=at)
        if person_id is not None:
            person = people.get(session, person_id)
            enter_own(session, person=person, action="person:sign_out", detail={}, at=at)


def sign_out_everywhere(database: Database, *, person_id: int, at: datetime) -> int:
    """End every session of this person, this one too; says how many were going on."""
    with database.writing() as session:
        ended = sign_ins.end_all(session, person_id=person_id, how=Ends.EVERYWHERE, at=at)
        if ended:
            person = people.get(session, person_id)
            enter_own(session, person=person, action="person:sign_out_everywhere", detail={"sessions": ended}, at=at)
        return ended
