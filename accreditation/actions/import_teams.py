"""Register clinical teams and their organisations."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, field_validator

from accreditation.actions.desk import enter, look_again
from accreditation.actions.impartial import check_who_leaves
from accreditation.actions.leaving import leave_in_conflict
from accreditation.actions.wording import check_untold
from accreditation.database import Database, Session
from accreditation.errors import Contradiction
from accreditation.ledger.chain import Detail
from accreditation.records import teams
from accreditation.rules.named import plain_name, same_name
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
    region: str = Field(default="", max_length=200, pattern=ON_ONE_LINE)
    place: str = Field(default="", max_length=200, pattern=ON_ONE_LINE)

    @field_validator("*", mode="before")
    @classmethod
    def _plain(cls, given: object) -> object:
        """A name is kept as people read it, whatever it was copied from."""
        return plain_name(given) if isinstance(given, str) else given


class KnownAs(BaseModel):
    """A team that was listed by another name, of its own or of its organisation, than it has now."""

    team: int
    said: str
    now: str


class Imported(BaseModel):
    """What an import did. `team_ids` are in the order of the rows; `known_as` those that have another name now.

    Where organisations changed their network, `left` are the cycles whose review team somebody had to leave for it, and
    `stands` those for which they had handed in.
    """

    team_ids: tuple[int, ...]
    new_teams: int
    new_organisations: int
    moved_organisations: int = 0
    left: tuple[int, ...] = ()
    stands: tuple[int, ...] = ()
    known_as: tuple[KnownAs, ...] = ()


def import_teams(database: Database, *, principal: Principal, rows: Sequence[TeamToImport], at: datetime) -> Imported:
    """Register these teams; those already known, also by a name of before, stay as they are. All of them, or none.

    What a row says of its organisation's network, region or place stands from now on; what it leaves out stays. Whoever
    by this sits in a review team that the scheme keeps them from leaves it where they have not handed in, and rounds
    that wait are tried again. Raises Invalid where a name tells who a patient is, Contradiction where two rows say
    different things of one organisation, and NotPermitted for an office of whose own service a reviewer would leave.
    """
    permit(principal, Permission.TEAM_IMPORT)
    check_untold(
        (f"team {number}, {field}", getattr(row, field) or "")
        for number, row in enumerate(rows, start=1)
        for field in ("team", "organisation", "ods_code", "network", "region", "place", "service_line")
    )
    ids, new_teams, new_organisations, moved = [], 0, 0, set[int]()
    left: list[int] = []
    stands: list[int] = []
    said: dict[int, dict[str, str]] = {}
    with database.writing() as session:
        for row in rows:
            organisation_id, is_new = teams.organisation(
                session, name=row.organisation, ods_code=row.ods_code, network=row.network, region=row.region,
                place=row.place,
            )  # fmt: skip
            new_organisations += is_new
            if _lies(session, organisation_id, row, said.setdefault(organisation_id, {})) and not is_new:
                moved.add(organisation_id)
            team_id, is_new = teams.team(
                session, organisation_id=organisation_id, name=row.team, service_line=row.service_line
            )
            new_teams += is_new
            ids.append(team_id)
        if new_teams or new_organisations or moved:
            detail: dict[str, Detail] = {
                "teams": new_teams,
                "organisations": new_organisations,
                "first": ids[0],
                "last": max(ids),
            }
            if moved:
                left, stands = leave_in_conflict(session, by=principal.name, concerning=moved, at=at)
                check_who_leaves(session, left, principal=principal)
                detail |= {"moved_organisations": sorted(moved), "left_cycles": left, "handed_in_before": stands}
                look_again(session, at=at)
            enter(session, at=at, by=principal, action="team:import", subject="teams", detail=detail)
        known_as = _known_as(session, rows, ids)
    return Imported(
        team_ids=tuple(ids), new_teams=new_teams, new_organisations=new_organisations, moved_organisations=len(moved),
        left=tuple(left), stands=tuple(stands), known_as=known_as,
    )  # fmt: skip


def _known_as(session: Session, rows: Sequence[TeamToImport], ids: Sequence[int]) -> tuple[KnownAs, ...]:
    """Which of these rows say another name than their team, of this id, and its organisation have?"""
    named = {team.id: (team.name, organisation.name) for team, organisation in teams.several(session, ids)}
    return tuple(
        KnownAs(team=number, said=f"{row.team}, {row.organisation}", now=", ".join(named[number]))
        for row, number in zip(rows, ids, strict=True)
        if tuple(map(same_name, (row.team, row.organisation))) != tuple(map(same_name, named[number]))
    )


def _lies(session: Session, organisation_id: int, row: TeamToImport, said: dict[str, str]) -> bool:
    """Keep where the organisation is, as the row says; says whether that is otherwise than before."""
    given = {name: value for name in ("network", "region", "place") if (value := getattr(row, name))}
    for name, value in given.items():
        before = said.setdefault(name, value)
        if before != value:
            raise Contradiction(
                f"The organisation '{row.organisation}' has the {name} '{before}' in one line and '{value}' in "
                "another. Say the same in both."
            )
    return teams.lies(session, organisation_id, given)
