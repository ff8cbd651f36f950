"""Whom a role in a team keeps from judging its service, and who they would have been in a team."""

from sqlmodel import Session, select

from accreditation.records import colleagues, people, teams
from accreditation.records.cycles import Cycle
from accreditation.records.people import PersonDetail, RoleGrant
from accreditation.records.teams import Team
from accreditation.rules.barring import kept_from
from accreditation.rules.grants import ROLES_OF, Area, Grant


def organisation_of(session: Session, grant: Grant) -> int | None:
    """Of which organisation, as it is now, is this role? None where it is in no team."""
    if grant.team is not None:
        return teams.get(session, grant.team)[1].id
    return None if grant.organisation is None else teams.successor(session, grant.organisation)


def organisation_about(session: Session, subject: str, team: object) -> int | None:
    """Of which organisation, as it is now, is the team about which somebody did something? None where that is unknown.

    `subject` is the ledger's; `team` is the one for which it was done, where that is said besides.
    """
    kind, _, number = subject.partition(":")
    if kind == "cycle" and (cycle := session.get(Cycle, int(number))) is not None:
        team = cycle.team_id
    elif kind == "team":
        team = int(number)
    row = session.get(Team, team) if isinstance(team, int) else None
    return None if row is None else teams.successor(session, row.organisation_id)


def bars(session: Session, person: PersonDetail, grant: Grant) -> str:
    """What does this role, held or given back, keep this person from, by what else they are now? In words, or empty."""
    organisation = organisation_of(session, grant)
    if organisation is None:
        return ""
    roles = {one.role for one in people.grants_of(session, [person.person_id])[person.person_id]}
    service = f"a team of {teams.get_organisation(session, organisation).name}"
    return kept_from(roles, name=person.name, service=service)


def would_bar(session: Session, person: PersonDetail, grant: Grant) -> str:
    """The same of a role that is to be given; nothing where they have, or had, one in that service already."""
    organisation = organisation_of(session, grant)
    if organisation is None or person.person_id in colleagues.ever_of_organisation(session, organisation):
        return ""
    return bars(session, person, grant)


def actors_of(session: Session, row: RoleGrant) -> frozenset[str]:
    """Under which names in the ledger would whoever holds this role have done something in a team?"""
    names = session.exec(select(PersonDetail).where(PersonDetail.person_id == row.person_id))
    return frozenset(f"{role.value}:{one.acts_as}" for one in names for role in ROLES_OF[Area.TEAM])
