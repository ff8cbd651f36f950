"""What organisations and teams were called before, of those that are called otherwise now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from accreditation.records.teams import Organisation, OrganisationMerger, OrganisationName, Team, TeamName
from accreditation.rules.named import same_name

Names = Mapping[int, Sequence[str]]
"""Whose -> the names, as names are compared (`same_name`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """Former names of organisations and of teams. What a team's organisation was called is the organisation's."""

    organisations: Names
    teams: Names

    def bearing(self, word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The organisations and the teams that had a name with this word in it."""
        plain = same_name(word)
        return _with(plain, self.organisations), _with(plain, self.teams)


def _with(plain: str, names: Names) -> tuple[int, ...]:
    return tuple(key for key, had in names.items() if any(plain in one for one in had))


def former(session: Session, moved: Iterable[tuple[int, Iterable[int]]]) -> Former:
    """Every name that one had and has no more; `moved` are organisations that became part of another, with their teams.

    What became part of another has no name any more: it is a former name of the teams that were its.
    """
    renamed = select(OrganisationName.organisation_id, OrganisationName.plain).join(Organisation)
    of_teams = select(TeamName.team_id, TeamName.plain).join(Team, col(Team.id) == TeamName.team_id)
    organisations = _grouped(session.exec(renamed.where(OrganisationName.name != Organisation.name)))
    teams = _grouped(session.exec(of_teams.where(TeamName.name != Team.name)))
    merged = select(OrganisationName.organisation_id, OrganisationName.plain).join(
        OrganisationMerger, col(OrganisationMerger.organisation_id) == OrganisationName.organisation_id
    )
    gone = _grouped(session.exec(merged))
    for organisation, its_teams in moved:
        for team in its_teams:
            teams.setdefault(team, []).extend(gone.get(organisation, ()))
    return Former(organisations=organisations, teams=teams)


def _grouped(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, plain in rows:
        found.setdefault(key, []).append(plain)
    return found
