"""Organisations, clinical teams, and the results of a team."""

from typing import Annotated

from accreditation.actions import import_teams as action
from accreditation.actions import merge_organisations as merging
from accreditation.rules.permissions import Permission
from accreditation.views import results
from accreditation.views import teams as view
from accreditation.views.looking import Page
from api.guard import Asks, guard
from api.inputs.bounds import After, Limit, OrganisationPath, TeamId
from api.inputs.college import MergerSent, TeamsSent
from api.routes.making import routes

router = routes("teams")

Reader = Annotated[Asks, guard(Permission.TEAM_READ)]
Anybody = Annotated[Asks, guard(Permission.REGISTER_READ)]
Importer = Annotated[Asks, guard(Permission.TEAM_IMPORT)]
Merger = Annotated[Asks, guard(Permission.ORGANISATION_MERGE)]


@router.get("/organisations", response_model=Page[view.OrganisationShown])
def organisations(asks: Reader, after: After = 0, limit: Limit = 100) -> Page[view.OrganisationShown]:
    """Which organisations may the asker know of?"""
    return view.organisations_of(asks.database, principal=asks.principal, after=after, limit=limit)


@router.get("/teams", response_model=Page[view.TeamRow])
def teams(asks: Reader, after: After = 0, limit: Limit = 100) -> Page[view.TeamRow]:
    """Which clinical teams may the asker know of? A team knows itself."""
    return view.teams_of(asks.database, principal=asks.principal, after=after, limit=limit)


@router.post("/teams", response_model=action.Imported, status_code=201)
def import_teams(sent: TeamsSent, asks: Importer) -> action.Imported:
    """Register teams with their organisations; teams already known are left as they are.

    What is said of an organisation's network, region or place stands from now on; `left` and `stands` are the cycles in
    which a reviewer has a conflict by that.
    """
    return action.import_teams(asks.database, principal=asks.principal, rows=sent.teams, at=asks.at)


@router.post("/organisations/{organisation}/merger", response_model=merging.Merged, status_code=201)
def merge(organisation: OrganisationPath, sent: MergerSent, asks: Merger) -> merging.Merged:
    """An organisation becomes part of another. Says what followed it, and which seats that puts in conflict."""
    return merging.merge_organisations(
        asks.database, principal=asks.principal, organisation_id=organisation, into_id=sent.into, reason=sent.reason,
        at=asks.at,
    )  # fmt: skip


@router.get("/teams/{team}/results", response_model=results.TeamResults)
def team_results(team: TeamId, asks: Anybody) -> results.TeamResults:
    """What was decided about this team? Anybody sees what is published; the college also what is not yet."""
    return results.team_results(asks.database, principal=asks.principal, team_id=team, at=asks.at)
