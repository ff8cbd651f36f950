"""A file of reviewers: a line a person, by a designation."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accreditation.rules.reviewer_facts import MOST_DONE, MOST_VISITS, Away
from accreditation.workbook.lines import Faults, Row, once, rows_of

NEEDED = ("reviewer", "roles", "capacity")
COLUMNS = (
    *NEEDED, "employer", "specialties", "visits_done", "worked_at", "unavailable", "network", "region", "place",
    "prefers", "rather_not",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerLine:
    """A reviewer as the file says; organisations by name. What is not said is empty.

    `left_out` are roles that the scheme does not have, where they hold others that it has.
    """

    row: Row
    name: str
    roles: tuple[str, ...]
    left_out: tuple[str, ...]
    capacity: int
    employer: str
    specialties: tuple[str, ...]
    visits_done: int
    worked_at: tuple[tuple[str, date | None], ...]
    unavailable: tuple[Away, ...]
    network: str
    region: str
    place: str
    prefers: tuple[str, ...]
    rather_not: tuple[str, ...]


def read_reviewers(
    file: Path, *, faults: Faults, roles: tuple[str, ...] = (), known_roles: tuple[str, ...] = (),
    content: bytes | None = None,
) -> list[ReviewerLine]:  # fmt: skip
    """The reviewers in this file; its faults are added to `faults`. `roles` are those of the scheme, where one is told.

    So one file serves several schemes: a role that this one does not have is left out, and a fault only where somebody
    holds no other. Where `known_roles` are told, every other role is a
    fault. A reviewer who is listed twice, or who prefers what they would rather not visit, is a fault.
    """
    rows = rows_of(file, needed=NEEDED, known=COLUMNS, faults=faults, content=content)
    lines = [_line(row, roles, known_roles) for row in rows]
    once(rows, [f"the reviewer '{line.name}'" for line in lines])
    for line in lines:
        for both in sorted({*line.prefers} & {*line.rather_not}):
            line.row.wrong("rather_not", found=f"'{both}' is also preferred", allowed="name it in one of the two")
    return lines


def _line(row: Row, roles: tuple[str, ...], known_roles: tuple[str, ...]) -> ReviewerLine:
    name, given = row.text("reviewer", needed=True), row.words("roles", needed=True, known=known_roles)
    held = tuple(one for one in given if not roles or one in roles)
    if given and not held:
        row.words("roles", known=roles)  # says what is wrong with each
    return ReviewerLine(
        row=row,
        name=name,
        roles=held,
        left_out=tuple(one for one in given if one not in held),
        capacity=row.whole("capacity", most=MOST_VISITS),
        employer=row.text("employer"),
        specialties=row.words("specialties"),
        visits_done=row.whole("visits_done", most=MOST_DONE, default=0),
        worked_at=row.until("worked_at"),
        unavailable=row.spans("unavailable"),
        network=row.text("network"),
        region=row.text("region"),
        place=row.text("place"),
        prefers=row.several("prefers"),
        rather_not=row.several("rather_not"),
    )
