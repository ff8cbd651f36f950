"""Lists of a college, as CSV files that it hands in: teams that are known, each by its name or an organisation's."""

from dataclasses import dataclass
from pathlib import Path

from accreditation.errors import Fault
from accreditation.workbook.lines import Faults, Row, rows_of

TEAM_COLUMNS = ("team", "organisation", "ods_code")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTeam:
    """A team as a line names it. What is not said is empty."""

    row: Row
    team: str
    organisation: str
    ods_code: str


def read_listed_teams(content: bytes, *, name: str, faults: Faults) -> list[ListedTeam]:
    """The teams that this file lists, by columns of TEAM_COLUMNS; its faults are added to `faults`."""
    file = Path(name)
    rows = rows_of(file, needed=(), known=TEAM_COLUMNS, faults=faults, content=content)
    if not rows and not faults.told:
        allowed = f"a heading with columns of {', '.join(TEAM_COLUMNS)}, and a line a team"
        faults.add(file, 0, Fault(where=name, found="no lines", allowed=allowed))
    return [_team(row) for row in rows]


def _team(row: Row) -> ListedTeam:
    one = ListedTeam(
        row=row, team=row.text("team"), organisation=row.text("organisation"), ods_code=row.text("ods_code").upper()
    )
    if not one.organisation and not one.ods_code:
        row.wrong("", found="no organisation", allowed="its name in 'organisation', or its code in 'ods_code'")
    return one
