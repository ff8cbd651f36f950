"""What whoever gives a role is told first: whom it keeps from judging which service, and whom it makes twice."""

from sqlmodel import Session, select

from accreditation.records import colleagues, people, reviewers, teams
from accreditation.records.cycles import Cycle
from accreditation.records.people import PersonDetail, RoleGrant
from accreditation.records.teams import Team
from accreditation.rules.barring import FOR_GOOD, kept_from, kept_from_own, one_reviewer_twice
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


def told_before(session: Session, known: PersonDetail | None, grant: Grant) -> str:
    """What is whoever gives this role to be told first? In words, or empty; `known` is None for somebody new.

    What it keeps them from for good, and that somebody else is that reviewer already.
    """
    bars = "" if known is None else _would_bar(session, known, grant)
    found = (f"{bars} {FOR_GOOD}" if bars else "", _second(session, known, grant))
    return " ".join(filter(None, found))


def _would_bar(session: Session, person: PersonDetail, grant: Grant) -> str:
    """What would this role keep this person from? Nothing where they have, or had, one in that service already."""
    organisation = organisation_of(session, grant)
    if organisation is None:
        own = colleagues.services_of(session, [person.person_id])[person.person_id]
        services = {teams.get_organisation(session, one).name for one in own}
        return kept_from_own(grant.role, name=person.name, services=services)
    if person.person_id in colleagues.ever_of_organisation(session, organisation):
        return ""
    return bars(session, person, grant)


def _second(session: Session, person: PersonDetail | None, grant: Grant) -> str:
    """Who else acts as the reviewer whom this role is for, if anybody?"""
    if grant.reviewer is None:
        return ""
    held = people.as_reviewers(session, [grant.reviewer]).get(grant.reviewer, [])
    if person is not None and any(one.person_id == person.person_id for one in held):
        return ""
    return one_reviewer_twice(reviewers.get(session, grant.reviewer).name, [one.name for one in held])


def actors_of(session: Session, row: RoleGrant) -> frozenset[str]:
    """Under which names in the ledger would whoever holds this role have done something in a team?"""
    names = session.exec(select(PersonDetail).where(PersonDetail.person_id == row.person_id))
    return frozenset(f"{role.value}:{one.acts_as}" for one in names for role in ROLES_OF[Area.TEAM])
