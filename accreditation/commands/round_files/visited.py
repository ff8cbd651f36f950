"""A file of services: a line a clinical team that is to be visited."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accreditation.workbook.lines import Faults, Row, once, rows_of

NEEDED = ("team", "organisation")
COLUMNS = (*NEEDED, "network", "region", "place", "first_day", "last_day", "specialties", "last_reviewers")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLine:
    """A service as the file says: `days` are those of its visit, `last_reviewers` visited it in its last cycle."""

    row: Row
    team: str
    organisation: str
    network: str
    region: str
    place: str
    days: tuple[date, date] | None
    specialties: tuple[str, ...]
    last_reviewers: tuple[str, ...]


def read_services(file: Path, *, faults: Faults) -> list[ServiceLine]:
    """The services in this file; its faults are added to `faults`.

    A service that is listed twice is a fault, and so are two lines of one organisation that put it in two networks.
    """
    rows = rows_of(file, needed=NEEDED, known=COLUMNS, faults=faults)
    lines = [_line(row) for row in rows]
    once(rows, [f"the team '{line.team}' of '{line.organisation}'" for line in lines])
    _one_network(lines)
    return lines


def _line(row: Row) -> ServiceLine:
    return ServiceLine(
        row=row,
        team=row.text("team", needed=True),
        organisation=row.text("organisation", needed=True),
        network=row.text("network"),
        region=row.text("region"),
        place=row.text("place"),
        days=_days(row),
        specialties=row.words("specialties"),
        last_reviewers=row.several("last_reviewers"),
    )


def _days(row: Row) -> tuple[date, date] | None:
    first, last = row.day("first_day"), row.day("last_day")
    if first is None:
        if last is not None and not row.cells.get("first_day", "").strip():
            row.wrong("first_day", found="empty beside a last day", allowed="the first day of the visit too")
        return None
    if last is not None and last < first:
        row.wrong("last_day", found=f"{last} is before the first day {first}", allowed="that day or a later one")
        return None
    return first, last or first


def _one_network(lines: list[ServiceLine]) -> None:
    """Is each organisation in one network?"""
    said: dict[str, tuple[int, str]] = {}
    for line in lines:
        if line.network:
            number, network = said.setdefault(line.organisation, (line.row.line, line.network))
            if network != line.network:
                found = f"'{line.organisation}' is in '{line.network}' here and in '{network}' in line {number}"
                line.row.wrong("network", found=found, allowed="one network for an organisation")
