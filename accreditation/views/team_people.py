"""Who is in a team: for its own people, and nothing of what somebody is elsewhere."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, Field

from accreditation.database import Database, Session
from accreditation.errors import NotFound
from accreditation.records import colleagues, credentials, people, sign_ins, teams
from accreditation.records.colleagues import InTeam
from accreditation.rules.grants import NOT_OF_TEAM, ROLES_OF, TITLES, Area, Grant, may_take_back
from accreditation.rules.people import Principal
from accreditation.rules.permissions import ROLE_TABLE, Permission, permit


class OwnTeam(BaseModel):
    """A team that somebody is in."""

    id: int
    name: str
    organisation: str


class RoleInTeam(BaseModel):
    """What a colleague is in the team."""

    grant: int
    title: str
    of_all_teams: bool = Field(description="Whether they are it in every team of the organisation.")
    can_be_taken_back: bool = Field(description="Whether whoever looks may take it back.")


class Colleague(BaseModel):
    """Somebody of the team."""

    person: int
    name: str
    email: str
    is_oneself: bool
    can_sign_in: bool = Field(
        description="Whether they chose a password, sign in with another's provider, or ever signed in; of whom the "
        "lead let in, whether they signed in since: that they did before is not for a lead to hear."
    )
    roles: list[RoleInTeam]


class TeamPeople(BaseModel):
    """A team, and its people by name."""

    team: OwnTeam
    people: list[Colleague]
    may_invite: bool = Field(description="Whether whoever looks may let somebody in.")


def own_teams(database: Database, *, principals: Sequence[Principal]) -> list[OwnTeam]:
    """In which teams is somebody who is all of these principals? By name."""
    for principal in principals:
        permit(principal, Permission.COLLEAGUE_READ)
    with database.reading() as session:
        found = teams.several(session, [one.team for one in principals if one.team is not None])
    shown = [OwnTeam(id=team.id or 0, name=team.name, organisation=of.name) for team, of in found]
    return sorted(shown, key=lambda one: (one.name.casefold(), one.id))


def team_people(database: Database, *, principal: Principal) -> TeamPeople:
    """Who is in the asker's own team, and as what? Raises NotFound where they are in none."""
    permit(principal, Permission.COLLEAGUE_READ)
    with database.reading() as session:
        team, organisation = teams.get(session, principal.team or 0)
        found = colleagues.of_team(session, team_id=team.id or 0, organisation_id=organisation.id or 0)
        roles = _roles(session, found, team=team.id or 0, organisation=organisation.id or 0)
        can = _can_sign_in(session, found)
        own = OwnTeam(id=team.id or 0, name=team.name, organisation=organisation.name)
        return TeamPeople(
            team=own, people=[_colleague(one, roles[one.person_id], principal, can) for one in found],
            may_invite=Permission.PERSON_INVITE in ROLE_TABLE[principal.role],
        )  # fmt: skip


def role_in_team(database: Database, *, principal: Principal, grant_id: int) -> tuple[OwnTeam, Colleague]:
    """A role in the asker's own team that they may take back, with its holder. Raises NotFound, also where it ended."""
    permit(principal, Permission.COLLEAGUE_END)
    found = team_people(database, principal=principal)
    for one in found.people:
        for role in one.roles:
            if role.grant == grant_id and role.can_be_taken_back:
                return found.team, one.model_copy(update={"roles": [role]})
    raise NotFound(NOT_OF_TEAM)


def _can_sign_in(session: Session, found: Sequence[InTeam]) -> set[int]:
    """Who of these can sign in, as far as their team's lead may know?"""
    able = credentials.who_can_sign_in(session, [one.person_id for one in found])
    last = sign_ins.last_of(session, [one.person_id for one in found])
    return {
        one.person_id for one in found
        if (one.person_id in able or one.person_id in last)
        and (one.let_in_at is None or last.get(one.person_id, one.let_in_at) > one.let_in_at)
    }  # fmt: skip


def _roles(session: Session, found: Sequence[InTeam], *, team: int, organisation: int) -> Mapping[int, Sequence[Grant]]:
    """Person -> what they are in this team, or are to be once they take it."""
    of = {organisation, *(old for old, now in teams.successors(session).items() if now == organisation)}
    everybody = [one.person_id for one in found]
    held, offered = people.grants_of(session, everybody), people.offers_of(session, everybody)
    return {
        who: [
            one for one in (*grants, *offered[who])
            if one.role in ROLES_OF[Area.TEAM] and (one.team == team or one.organisation in of)
        ]
        for who, grants in held.items()
    }  # fmt: skip


def _colleague(one: InTeam, grants: Sequence[Grant], principal: Principal, can: set[int]) -> Colleague:
    own = one.acts_as == principal.name
    return Colleague(
        person=one.person_id, name=one.name, email=_address(one), is_oneself=own,
        can_sign_in=one.person_id in can,
        roles=[
            RoleInTeam(
                grant=grant.id, title=TITLES[grant.role], of_all_teams=grant.team is None,
                can_be_taken_back=not own and _may_take_back(principal, grant),
            )
            for grant in grants
        ],
    )  # fmt: skip


def _address(one: InTeam) -> str:
    """Their address; of whom the lead let in, written small: how somebody known wrote it is not for a lead to hear."""
    return one.email if one.let_in_at is None else people.account_of(one.email)


def _may_take_back(principal: Principal, grant: Grant) -> bool:
    try:
        may_take_back(principal, grant)
    except NotFound:
        return False
    return Permission.COLLEAGUE_END in ROLE_TABLE[principal.role]
