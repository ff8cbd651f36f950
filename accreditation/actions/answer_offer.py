"""Whoever a team's lead offers a role takes it, or says that it is not theirs."""

from datetime import datetime

from accreditation.actions.admitting import enter_own
from accreditation.actions.grant_role import entered, left_by
from accreditation.database import Database, Session
from accreditation.errors import NotFound
from accreditation.ledger.chain import Detail
from accreditation.records import people
from accreditation.records.people import PersonDetail, RoleGrant, RoleGrantEnd
from accreditation.rules.grants import ROLES_OF, Area, Grant

NO_OFFER = "There is no such offer to you now. What you are here stands on your account's page."
REFUSED = "Whoever was offered the role says that it is not theirs."


def answer_offer(database: Database, *, person_id: int, grant_id: int, takes: bool, at: datetime) -> None:
    """Let this role be this person's from now on, or never. Answered again alike, nothing changes.

    Whoever takes it and reviews, too, leaves the review teams of that service in which they have not handed in.
    Raises NotFound for what is not offered to them, or was taken back since.
    """
    with database.writing() as session:
        row, ended = _offered(session, person_id, grant_id)
        taken = people.is_taken(session, row)
        if (takes and taken and ended is None) or (not takes and ended is not None and ended.reason == REFUSED):
            return
        if taken or ended is not None:
            raise NotFound(NO_OFFER)
        person = people.get(session, person_id)
        if takes:
            _take(session, person, row.value, at)
            return
        people.take_back(session, RoleGrantEnd(grant_id=grant_id, reason=REFUSED, by=person.acts_as, at=at))
        enter_own(session, person=person, action="person:refuse_role", detail={"grant": grant_id}, at=at)


def _offered(session: Session, person_id: int, grant_id: int) -> tuple[RoleGrant, RoleGrantEnd | None]:
    """What was offered to this person; another's reads as one that does not exist. Raises NotFound."""
    try:
        row, ended = people.given(session, grant_id)
    except NotFound:
        raise NotFound(NO_OFFER) from None
    if row.person_id != person_id or not row.called:
        raise NotFound(NO_OFFER)
    return row, ended


def take_with_invitation(session: Session, person: PersonDetail, *, at: datetime) -> None:
    """Let whoever follows their invitation be what leads offered them, in the same transaction.

    Whoever reviews, decides or works for the college, too, is asked on their account's page: it would keep them from
    doing so for that service, and somebody else's letter may have brought them here.
    """
    held = people.grants_of(session, [person.person_id])[person.person_id]
    if any(one.role not in ROLES_OF[Area.TEAM] for one in held):
        return
    for offer in people.offers_of(session, [person.person_id])[person.person_id]:
        _take(session, person, offer, at)


def _take(session: Session, person: PersonDetail, grant: Grant, at: datetime) -> None:
    people.take(session, grant.id, at=at)
    held = people.grants_of(session, [person.person_id])[person.person_id]
    _, left = left_by(session, held, by=person.acts_as, at=at)
    detail: dict[str, Detail] = {**entered(grant), "grant": grant.id, **left}
    enter_own(session, person=person, action="person:take_role", detail=detail, at=at)
