"""Sign in to a demonstration as whom one likes: without a password, as nobody in it is real."""

from datetime import datetime

from accreditation.actions.admitting import Admitted, admit, enter_about
from accreditation.actions.begin_demonstration import be_demonstration
from accreditation.actions.grant_role import check_grant, give
from accreditation.database import Database, Session
from accreditation.records import bound_to, people
from accreditation.records.people import PersonDetail
from accreditation.rules.demonstration import Part
from accreditation.rules.people import ENGINE


def pretend(database: Database, *, part: Part, before: str, at: datetime) -> Admitted:
    """Be this one. Who plays a part for the first time is let in as it; the same part is always the same person.

    `before` is the secret of the session that this browser has, if any. Raises Contradiction where these records are
    no demonstration's and hold anybody, and NotFound where there is no such team or reviewer.
    """
    with database.writing() as session:
        be_demonstration(session, at=at)
        check_grant(session, part.grant)
        person = people.of_account(session, part.email) or _let_in(session, part, at)
        give(session, person_id=person.person_id, grant=part.grant, by=ENGINE, at=at)
        return admit(session, person=person, how="demonstration", before=before, at=at)


def _let_in(session: Session, part: Part, at: datetime) -> PersonDetail:
    name = bound_to.told(session, [part.grant])[0]
    person = people.begin(session, name=name, email=part.email, by=ENGINE.name, at=at)
    enter_about(session, by=ENGINE, person_id=person.person_id, action="person:begin", detail={}, at=at)
    return person
