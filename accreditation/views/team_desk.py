"""Clinical teams and organisations before the college: who is found, and one of them with what it has here."""

from collections.abc import Collection
from datetime import datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.records import cycles, directory, editions, library_items, reviewers, teams
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.cycles import CycleRow, row_of
from accreditation.views.looking import Part, part
from accreditation.views.teams import OrganisationShown, TeamRow, TeamShown, organisation_shown, team_row, team_shown


class CycleOfTeam(CycleRow):
    """A cycle of a team, with the names of its round and scheme."""

    round_name: str
    title: str


class TeamWhole(TeamRow):
    """A team with its cycles, the newest first, and how many documents its library holds."""

    cycles: tuple[CycleOfTeam, ...]
    documents: int
    is_used: bool = Field(description="Whether anything is kept of it, so that it cannot be taken out.")


class OrganisationWhole(OrganisationShown):
    """An organisation with its teams and the reviewers it employs; `part_of` where it became part of another."""

    teams: tuple[TeamShown, ...]
    staff: tuple[str, ...]
    part_of: OrganisationShown | None
    parts: tuple[OrganisationShown, ...] = Field(description="Organisations that became part of this one.")


def teams_found(database: Database, *, principal: Principal, words: str, page: int, size: int) -> Part[TeamRow]:
    """Which teams fit these words?"""
    permit(principal, Permission.TEAM_READ)
    with database.reading() as session:
        rows, total = directory.teams(session, words, skip=(page - 1) * size, limit=size)
    return part([team_row(*row) for row in rows], page=page, size=size, total=total)


def teams_named(database: Database, *, principal: Principal, team_ids: Collection[int]) -> tuple[TeamRow, ...]:
    """These teams, as they are called now; numbers of none are left out."""
    permit(principal, Permission.TEAM_READ)
    with database.reading() as session:
        return tuple(team_row(*row) for row in teams.several(session, team_ids))


def organisations_found(
    database: Database, *, principal: Principal, words: str, page: int, size: int
) -> Part[OrganisationShown]:  # fmt: skip
    """Which organisations fit these words? Those that became part of another are left out."""
    permit(principal, Permission.TEAM_READ)
    with database.reading() as session:
        rows, total = directory.organisations(session, words, skip=(page - 1) * size, limit=size)
    return part([organisation_shown(row) for row in rows], page=page, size=size, total=total)


def team_whole(database: Database, *, principal: Principal, team_id: int, at: datetime) -> TeamWhole:
    """What does this team have here? Raises NotFound."""
    permit(principal, Permission.TEAM_READ)
    permit(principal, Permission.CYCLE_READ)
    with database.reading() as session:
        team, organisation = teams.get(session, team_id)
        rounds = {row.id: row.name for row in cycles.rounds(session)}
        found = []
        for now in reversed(cycles.several(session, team_id=team_id)):
            scheme = editions.scheme_of(session, now.edition_digest)
            row = row_of(now, scheme, at=at)
            found.append(CycleOfTeam(**dict(row), round_name=rounds[now.cycle.round_id], title=scheme.title))
        return TeamWhole(
            **dict(team_row(team, organisation)), cycles=tuple(found),
            documents=library_items.numbers(session, [team_id]).get(team_id, 0),
            is_used=bool(found) or teams.is_used(session, team_id),
        )  # fmt: skip


def organisation_whole(database: Database, *, principal: Principal, organisation_id: int) -> OrganisationWhole:
    """What is this organisation, and who belongs to it? Raises NotFound."""
    permit(principal, Permission.TEAM_READ)
    permit(principal, Permission.REVIEWER_READ)
    with database.reading() as session:
        return _whole(session, organisation_id)


def _whole(session: Session, organisation_id: int) -> OrganisationWhole:
    row = teams.get_organisation(session, organisation_id)
    into = teams.successors(session)
    now = into.get(organisation_id)
    return OrganisationWhole(
        **dict(organisation_shown(row)),
        teams=tuple(team_shown(one) for one in teams.of_organisation(session, organisation_id)),
        staff=tuple(one.name for one in reviewers.pool(session) if one.organisation_id == organisation_id),
        part_of=None if now is None else organisation_shown(teams.get_organisation(session, now)),
        parts=tuple(
            organisation_shown(teams.get_organisation(session, one))
            for one in sorted(old for old, new in into.items() if new == organisation_id)
        ),
    )  # fmt: skip
