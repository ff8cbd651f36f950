"""The office hands in a file of indicators, CSV or Excel: it is read by its mapped columns, and brought in."""

from dataclasses import dataclass
from datetime import datetime

from accreditation.actions.import_indicators import Effect, OfFile, import_indicators
from accreditation.database import Database
from accreditation.records import cycles, editions, indicators
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.workbook.handed_in import HandedIn, read_handed_in


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOfIndicators:
    """A file's bytes and name, and what was said of it.

    `name` says whose figures they are, not needed where one is known; `period` is the one of the file, where no column
    says it, else the one that is wanted; `sheet` is the one of a workbook that has several.
    """

    content: bytes
    file_name: str
    name: str = ""
    period: str = ""
    sheet: str = ""
    called: str = ""
    """How faults call it, where that is not its name."""


def take_indicators(
    database: Database,
    *,
    principal: Principal,
    round_id: int,
    file: FileOfIndicators,
    skip_unknown: bool = False,
    preview: bool = False,
    at: datetime,
) -> tuple[HandedIn, Effect]:
    """Keep what this file reports of the teams of a round's scheme; says what it holds and what that changes.

    A preview keeps nothing. Raises Invalid naming every cell that says what cannot be; what else is refused,
    `import_indicators` says. The file is read outside the transaction, so that nobody waits for it.
    """
    permit(principal, Permission.INDICATOR_IMPORT)
    with database.reading() as session:
        scheme = editions.scheme_of(session, cycles.get_round(session, round_id).edition_digest)
        files = indicators.files(session, scheme)
    read = read_handed_in(
        file.content, called=file.called or file.file_name, files=files, scheme=scheme, name=file.name,
        period=file.period, sheet=file.sheet,
    )  # fmt: skip
    effect = import_indicators(
        database, principal=principal, round_id=round_id, reported=read.reported, skip_unknown=skip_unknown,
        of=OfFile(source=read.source, file_name=file.file_name, digest=read.digest), preview=preview, at=at,
    )  # fmt: skip
    return read, effect
