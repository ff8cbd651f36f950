"""The office says once which columns of somebody's files are which indicators of a scheme."""

from collections.abc import Iterator
from datetime import datetime

from accreditation.actions.desk import enter
from accreditation.actions.wording import check_untold
from accreditation.database import Database
from accreditation.errors import Invalid
from accreditation.records import indicators
from accreditation.rules.indicators.mapping import Columns, faults_of_columns
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.model import Scheme


def map_indicators(
    database: Database, *, principal: Principal, scheme: Scheme, columns: Columns, at: datetime
) -> bool:  # fmt: skip
    """Keep these columns for this scheme's files of that name; says whether they are otherwise than what stood.

    The same again changes nothing; what stood before is never erased. Raises Invalid naming all that cannot be.
    """
    permit(principal, Permission.INDICATOR_IMPORT)
    faults = faults_of_columns(columns, scheme)
    if faults:
        raise Invalid(faults)
    check_untold(_words(columns))
    with database.writing() as session:
        if indicators.mappings(session, scheme.id).get(columns.name) == columns:
            return False
        indicators.keep_mapping(session, scheme=scheme.id, columns=columns, by=principal.name, at=at)
        enter(
            session, at=at, by=principal, action="indicator:map", subject=f"scheme:{scheme.id}",
            detail={"name": columns.name, "columns": columns.model_dump(mode="json")},
        )  # fmt: skip
    return True


def _words(columns: Columns) -> Iterator[tuple[str, str]]:
    """Every word of them, with where it stands: all of it is in the ledger."""
    yield from (("name", columns.name), ("sheet", columns.sheet))
    yield from (("heading", one) for one in columns.headings)
    yield from (("too few cases", one) for one in columns.too_few)
    yield from (("not entered", one) for one in columns.not_entered)
