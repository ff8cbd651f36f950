"""How a file whose bytes have arrived becomes a version in its team's library: the same bytes once."""

import mimetypes
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import PurePosixPath

from accreditation.actions.at_the_door import faults_at_the_door
from accreditation.actions.coming_again import check_may_come
from accreditation.actions.strays import check_lies
from accreditation.actions.wording import FORBIDDEN, faults_of_patients
from accreditation.database import Session
from accreditation.errors import Fault
from accreditation.evidence.store import EvidenceStore, Kept
from accreditation.records import cycles, jobs, library_items
from accreditation.rules.cycle import TEAMS_TURN
from accreditation.rules.library import Described, Version, faults_of_days
from accreditation.rules.named import faults_of_name
from accreditation.rules.people import Principal
from accreditation.scheme.process import EvidenceRules


def keep_once(
    session: Session, store: EvidenceStore, *, team_id: int, described: Described, file_name: str, kept: Kept,
    by: Principal, at: datetime, item_id: int | None = None,
) -> Version:  # fmt: skip
    """The version in this team's library with these bytes; a new one where there is none, or where it was deleted.

    A new version is one of the document `item_id`, or the first of a new document. What is said of a version that is
    there already stays as it is. Each cycle for which the team still gathers evidence has a job, so that the engine
    says what a new version may answer there. Raises Invalid where the team's same bytes were deleted as a patient's
    data, and UploadBroken where the bytes were taken away while they came.
    """
    held = library_items.with_digest(session, team_id=team_id, digest=kept.digest)
    if held is not None:
        return held
    check_may_come(session, team_id=team_id, digest=kept.digest)
    check_lies(store, kept.digest)
    if item_id is None:
        item_id = library_items.begin(session, team_id=team_id, by=by.name, at=at)
    for now in cycles.several(session, team_id=team_id, stages=TEAMS_TURN):
        jobs.enqueue(session, kind=jobs.Kind.EVIDENCE, subject=now.id, at=at)
    return library_items.add_version(
        session, item_id=item_id, digest=kept.digest, size=kept.size, media_type=media_type(file_name),
        file_name=bare_name(file_name), described=described, by=by.name, at=at,
    )  # fmt: skip


def faults_of_described(described: Described, *, at: date, rules: EvidenceRules = FORBIDDEN) -> Iterator[Fault]:
    """What is wrong with what is said of a version on the day `at`? An owner may be left out, a title may not.

    Neither tells who a patient is under these rules.
    """
    yield from faults_of_name("title", described.title)
    yield from faults_of_patients("title", described.title, rules=rules)
    if described.owner:
        yield from faults_of_name("owner", described.owner)
        yield from faults_of_patients("owner", described.owner, rules=rules)
    yield from faults_of_days(described, at=at)


def faults_of_file_name(file_name: str, *, rules: EvidenceRules = FORBIDDEN) -> Iterator[Fault]:
    """What is wrong with this name of a file? The folders before it, which are not kept, are searched as well."""
    yield from faults_at_the_door(file_name)
    yield from faults_of_name("file name", bare_name(file_name))
    yield from faults_of_patients("file name", file_name, rules=rules)


def bare_name(file_name: str) -> str:
    """The file's name without the folders that some senders put before it, by either kind of slash."""
    return re.split(r"[\\/]", file_name)[-1].strip()


def media_type(file_name: str) -> str:
    """What the name's ending says; of the ending alone, because a name such as data:… would be taken for an address."""
    return mimetypes.guess_type(f"file{PurePosixPath(file_name).suffix}")[0] or "application/octet-stream"
