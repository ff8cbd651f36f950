"""Files about a reviewer and a service together: conflicts of interest, and seats that must stand."""

from dataclasses import dataclass
from pathlib import Path

from accreditation.rules.matching import SET_ASIDE
from accreditation.workbook.lines import Faults, Row, rows_of

SIDES = ("reviewer", "service")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictLine:
    """A conflict that a reviewer or a service declared: with an organisation, or about one team's visit alone."""

    row: Row
    reviewer: str
    organisation: str
    team: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LockLine:
    """A reviewer must sit in the team of a visit, in this role, `whatever` these rules say.

    `organisation` tells teams of one name apart.
    """

    row: Row
    team: str
    organisation: str
    reviewer: str
    role: str
    whatever: tuple[str, ...]


def read_conflicts(file: Path, *, faults: Faults) -> list[ConflictLine]:
    """The conflicts in this file. The same one twice is no fault: once is enough for it to hold."""
    columns = ("reviewer", "organisation", "team", "by", "reason")
    lines = []
    for row in rows_of(file, needed=("reviewer", "organisation"), known=columns, faults=faults):
        by = row.text("by") or "reviewer"
        if by not in SIDES:
            row.wrong("by", found=f"'{by}'", allowed=f"who declared it: {' or '.join(SIDES)}")
        lines.append(
            ConflictLine(
                row=row,
                reviewer=row.text("reviewer", needed=True),
                organisation=row.text("organisation", needed=True),
                team=row.text("team"),
                by=by,
                reason=row.cells.get("reason", "").strip(),
            )
        )
    return lines


def read_locks(file: Path, *, faults: Faults, roles: tuple[str, ...]) -> list[LockLine]:
    """The seats in this file; a role that the scheme does not have is a fault."""
    lines = []
    columns = ("team", "organisation", "reviewer", "role", "whatever")
    for row in rows_of(file, needed=("team", "reviewer", "role"), known=columns, faults=faults):
        role = row.text("role", needed=True)
        if role and role not in roles:
            row.wrong("role", found=f"'{role}'", allowed=f"one of {', '.join(roles)}")
        lines.append(
            LockLine(
                row=row,
                team=row.text("team", needed=True),
                organisation=row.text("organisation"),
                reviewer=row.text("reviewer", needed=True),
                role=role,
                whatever=row.words("whatever", known=tuple(SET_ASIDE)),
            )
        )
    return lines
