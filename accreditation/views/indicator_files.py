"""How files of indicators are read for a round's scheme: by what the office said, or by what the scheme says itself."""

from collections.abc import Mapping

from accreditation.database import Database
from accreditation.records import cycles, editions, indicators
from accreditation.rules.indicators.mapping import Columns
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.model import Scheme
from accreditation.views.looking import Shown


class FilesOfScheme(Shown):
    """The edition that a round runs on, and whose files are known: name -> its columns."""

    scheme: Scheme
    columns: Mapping[str, Columns]


def files_of_round(database: Database, *, principal: Principal, round_id: int) -> FilesOfScheme:
    """Whose files of indicators are known for this round's scheme? Raises NotFound."""
    permit(principal, Permission.INDICATOR_IMPORT)
    with database.reading() as session:
        scheme = editions.scheme_of(session, cycles.get_round(session, round_id).edition_digest)
        return FilesOfScheme(scheme=scheme, columns=indicators.files(session, scheme))
