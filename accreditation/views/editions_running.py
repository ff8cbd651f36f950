"""On which older editions of a scheme do cycles still run?"""

from accreditation.database import Database
from accreditation.records import cycles, editions
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.looking import Shown


class EditionRunning(Shown):
    """An edition, and how many cycles run on it that have not ended."""

    edition: str
    digest: str
    cycles: int


def editions_running(database: Database, *, principal: Principal, scheme: str) -> tuple[EditionRunning, ...]:
    """On which published editions of this scheme do cycles run, and how many? The newest edition first."""
    permit(principal, Permission.CYCLE_CARRY_OVER)
    with database.reading() as session:
        counts = cycles.running_by_edition(session)
        return tuple(
            EditionRunning(edition=row.label, digest=row.digest, cycles=counts[row.digest])
            for row in editions.all_of(session, scheme)
            if row.digest in counts
        )
