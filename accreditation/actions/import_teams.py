"""Register clinical teams and their organisations."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from accreditation.actions.desk import enter
from accreditation.database import Database
from accreditation.ledger.chain import Detail
from accreditation.records import teams
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit

ON_ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
"""No control characters: no database keeps all of them, and no name has one."""


class TeamToImport(BaseModel):
    """A team as a college lists it. The ODS code, where given, tells organisations apart better than a name."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    organisation: str = Field(min_length=1, max_length=200, pattern=ON_ONE_LINE)
    team: str = Field(min_length=1, max_length=200, pattern=ON_ONE_LINE)
    service_line: str = Field(min_length=1, max_length=60, pattern=ON_ONE_LINE)
    ods_code: str | None = Field(default=None, pattern=r"^[A-Z0-9]{3,10}$")
    network: str = Field(default="", max_length=200, pattern=ON_ONE_LINE)


class Imported(BaseModel):
    """What an import did. `team_ids` are in the order of the rows."""

    team_ids: tuple[int, ...]
    new_teams: int
    new_organisations: int


def import_teams(database: Database, *, principal: Principal, rows: Sequence[TeamToImport], at: datetime) -> Imported:
    """Register these teams; those already known are left as they are. All of them, or none."""
    permit(principal, Permission.TEAM_IMPORT)
    ids, new_teams, new_organisations = [], 0, 0
    with database.writing() as session:
        for row in rows:
            organisation_id, is_new = teams.organisation(
                session, name=row.organisation, ods_code=row.ods_code, network=row.network
            )
            new_organisations += is_new
            team_id, is_new = teams.team(
                session, organisation_id=organisation_id, name=row.team, service_line=row.service_line
            )
            new_teams += is_new
            ids.append(team_id)
        if new_teams or new_organisations:
            detail: dict[str, Detail] = {
                "teams": new_teams,
                "organisations": new_organisations,
                "first": ids[0],
                "last": max(ids),
            }
            enter(session, at=at, by=principal, action="team:import", subject="teams", detail=detail)
    return Imported(team_ids=tuple(ids), new_teams=new_teams, new_organisations=new_organisations)
