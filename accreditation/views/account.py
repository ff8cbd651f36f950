"""One's own account: what one is here, how one signs in, and in how many browsers one is signed in now."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel, Field

from accreditation.database import Database, Session
from accreditation.records import bound_to, credentials, people, sign_ins
from accreditation.records.signed import Signed
from accreditation.rules.grants import ROLES_OF, Area, may_anywhere
from accreditation.rules.own_paths import HOME
from accreditation.rules.people import Role
from accreditation.rules.permissions import Permission
from accreditation.views.people import GrantShown

HOMES: Mapping[Area, str] = {Area.TEAM: "/team", Area.REVIEW: "/review", Area.COLLEGE: "/college"}
"""Area of the site -> its first page."""


class SessionShown(BaseModel):
    """A browser in which somebody is signed in."""

    is_this: bool
    device: str = Field(description="Which browser it is, like 'Firefox on Windows'; empty where nobody knows.")
    how: str = Field(description="By what they signed in: password, link, provider or demonstration.")
    began_at: datetime
    seen_at: datetime


class Account(BaseModel):
    """What somebody is here, and how they sign in."""

    grants: list[GrantShown]
    offers: list[GrantShown] = Field(description="Roles that leads of teams offer; none holds before it is taken.")
    manages_people: bool = Field(description="Whether they may invite people and take roles back.")
    in_a_team: bool = Field(description="Whether they have a role in a team, whose cycles they see.")
    reviews: bool = Field(description="Whether they review others, and see their visits.")
    in_the_college: bool = Field(description="Whether they act for the college, and see every cycle that is theirs.")
    has_password: bool
    has_app: bool = Field(description="Whether the code of an authenticator app is asked for besides the password.")
    has_identity: bool = Field(description="Whether they can sign in with another's provider.")
    sessions: list[SessionShown] = Field(description="Where they are signed in now, this browser first.")


def account(database: Database, *, signed: Signed, at: datetime) -> Account:
    """What is this person here, and how do they sign in? For themselves: whoever asks is known to be them."""
    with database.reading() as session:
        factor = credentials.factor_of(session, signed.person)
        offered = people.offers_of(session, [signed.person])[signed.person]
        told = bound_to.told(session, [*signed.grants, *offered])
        return Account(
            grants=[GrantShown(id=one.id, words=told[one.id]) for one in signed.grants],
            offers=[GrantShown(id=one.id, words=told[one.id]) for one in offered],
            manages_people=may_anywhere(signed.grants, area=Area.COLLEGE, permission=Permission.PERSON_READ),
            in_a_team=any(one.role in ROLES_OF[Area.TEAM] for one in signed.grants),
            reviews=any(one.role in ROLES_OF[Area.REVIEW] for one in signed.grants),
            in_the_college=any(one.role in ROLES_OF[Area.COLLEGE] for one in signed.grants),
            has_password=credentials.password_of(session, signed.person) is not None,
            has_app=factor is not None and factor.confirmed_at is not None,
            has_identity=credentials.has_identity(session, signed.person),
            sessions=_sessions(session, signed, at),
        )


def _sessions(session: Session, signed: Signed, at: datetime) -> list[SessionShown]:
    shown = [
        SessionShown(
            is_this=one.id == signed.session,
            device=one.device,
            how=one.how,
            began_at=one.began_at,
            seen_at=one.seen_at,
        )
        for one in sign_ins.going_on(session, person_id=signed.person, at=at)
    ]
    return sorted(shown, key=lambda one: not one.is_this)


def home_of(database: Database, *, person_id: int) -> str:
    """Where does this person come to who signs in and asked for no page?

    To what is theirs in the one area of the site in which they have a role, and to their account with none or several,
    or where a role is offered to them.
    """
    with database.reading() as session:
        roles = {one.role for one in people.grants_of(session, [person_id])[person_id]}
        if people.offers_of(session, [person_id])[person_id]:
            return HOME
    if roles == {Role.COMMITTEE}:
        return "/college/decisions"
    homes = [home for area, home in HOMES.items() if not roles.isdisjoint(ROLES_OF[area])]
    return homes[0] if len(homes) == 1 else HOME
