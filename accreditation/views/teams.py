"""Teams and organisations that the asker may know of."""

from accreditation.database import Database
from accreditation.records import teams
from accreditation.records.teams import Organisation, Team
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.looking import Page, Shown, page


class TeamShown(Shown):
    """A clinical team."""

    id: int
    name: str
    service_line: str


class OrganisationShown(Shown):
    """A hospital trust, health board or other body that runs clinical services."""

    id: int
    name: str
    ods_code: str | None
    network: str
    region: str
    place: str


class TeamRow(TeamShown):
    """A clinical team with its organisation."""

    organisation: OrganisationShown


def teams_of(database: Database, *, principal: Principal, after: int, limit: int) -> Page[TeamRow]:
    """Which teams may this principal know of? A team itself, the college all."""
    permit(principal, Permission.TEAM_READ)
    with database.reading() as session:
        found = teams.page(session, after=after, limit=limit, only=principal.team)
    rows = [team_row(*row) for row in found]
    return page(rows, [row.id for row in rows], limit=limit)


def organisations_of(database: Database, *, principal: Principal, after: int, limit: int) -> Page[OrganisationShown]:
    """Which organisations may this principal know of? A team its own, the college all."""
    permit(principal, Permission.TEAM_READ)
    with database.reading() as session:
        if principal.team is not None:
            found = [own for own in [teams.get(session, principal.team)[1]] if (own.id or 0) > after]
        else:
            found = teams.organisations(session, after=after, limit=limit)
    rows = [organisation_shown(row) for row in found]
    return page(rows, [row.id for row in rows], limit=limit)


def team_row(team: Team, organisation: Organisation) -> TeamRow:
    """The team as it is shown with its organisation."""
    return TeamRow(**dict(team_shown(team)), organisation=organisation_shown(organisation))


def team_shown(row: Team) -> TeamShown:
    """The team as it is shown."""
    return TeamShown(id=row.id or 0, name=row.name, service_line=row.service_line)


def organisation_shown(row: Organisation) -> OrganisationShown:
    """The organisation as it is shown."""
    return OrganisationShown(
        id=row.id or 0, name=row.name, ods_code=row.ods_code, network=row.network, region=row.region, place=row.place
    )
