"""The office hands in a list of its teams, or of its reviewers, as a CSV file: all of it is kept, or nothing."""

from datetime import datetime
from pathlib import Path

from accreditation.actions.import_reviewers import (
    ImportedReviewers,
    ReviewerToImport,
    import_reviewers,
    unknown_organisations,
)
from accreditation.actions.import_teams import Imported, import_teams
from accreditation.actions.listed_teams import FIELDS, NEEDED, listed_teams
from accreditation.database import Database
from accreditation.errors import Fault, Invalid
from accreditation.records import editions
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.workbook.lines import Faults
from accreditation.workbook.reviewers import ReviewerLine, read_reviewers
from accreditation.workbook.tables import read_table


def take_teams(
    database: Database, *, principal: Principal, content: bytes, file_name: str, service_line: str, at: datetime
) -> Imported:
    """Register the teams of this file, all of this service line. Raises Invalid naming every fault by its line."""
    permit(principal, Permission.TEAM_IMPORT)
    file = Path(file_name)
    lines = read_table(file, columns=NEEDED, content=content, hint=f". Columns that are read: {', '.join(FIELDS)}")
    named = {name: name for name in FIELDS if lines and name in lines[0].cells}
    rows, faults = listed_teams(file, lines, named, service_line)
    if faults or not rows:
        raise Invalid(faults or [_nothing(file_name)])
    return import_teams(database, principal=principal, rows=rows, at=at)


def take_reviewers(
    database: Database, *, principal: Principal, content: bytes, file_name: str, register_employers: bool,
    at: datetime,
) -> ImportedReviewers:  # fmt: skip
    """Register the reviewers of this file, and change those whose name is known to what their line says.

    Raises Invalid naming every fault by its line.
    """
    permit(principal, Permission.REVIEWER_REGISTER)
    faults = Faults()
    lines = read_reviewers(Path(file_name), faults=faults, known_roles=published_roles(database), content=content)
    rows = [listed_reviewer(line) for line in lines]
    if faults.told:  # what the records say of these lines is told with it, so that the list is mended once
        with database.reading() as session:
            for line, row in zip(lines, rows, strict=True):
                for fault in unknown_organisations(session, row, register_employers=register_employers):
                    faults.add(line.row.file, line.row.line, fault)
    if (wrong := faults.told) or not rows:
        raise Invalid(wrong or [_nothing(file_name)])
    return import_reviewers(database, principal=principal, rows=rows, register_employers=register_employers, at=at)


def listed_reviewer(line: ReviewerLine) -> ReviewerToImport:
    """This line of a list as a reviewer who is to be registered."""
    told = {field: getattr(line, field) for field in ReviewerToImport.model_fields if field != "where"}
    return ReviewerToImport(where=line.row.where, **told)


def published_roles(database: Database) -> tuple[str, ...]:
    """Every role of a review team in a published scheme: whoever holds another one can never be asked for a visit."""
    with database.reading() as session:
        schemes = [editions.scheme_of(session, digest) for digest in editions.newest_first(session)]
    return tuple(sorted({seat.role for scheme in schemes for seat in scheme.review_team}))


def _nothing(file_name: str) -> Fault:
    return Fault(where=file_name, found="no lines below the heading", allowed="a line for each of the list")
