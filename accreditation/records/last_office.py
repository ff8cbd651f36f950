"""Whether a role is the last by which somebody can still let people in on the site."""

from sqlmodel import Session

from accreditation.records import credentials, people
from accreditation.records.people import RoleGrant
from accreditation.rules.people import Role


def is_last_office(session: Session, row: RoleGrant) -> bool:
    """Is this the office of the whole college, held by the last person who has it and can sign in?

    An office of one scheme or round invites nobody. Whoever has not chosen a password yet may never do so.
    """
    if row.value.role is not Role.OFFICE or row.value.bounds:
        return False
    offices = {
        person
        for person, grants in people.holding(session, Role.OFFICE).items()
        if any(one.role is Role.OFFICE and not one.bounds for one in grants)
    }
    return credentials.who_can_sign_in(session, offices) == {row.person_id}
