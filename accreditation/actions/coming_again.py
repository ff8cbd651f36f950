"""What was deleted and comes again: whether it may, and that nothing deleted is left lying."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from accreditation.database import Database, Session
from accreditation.errors import Fault, Invalid, NotFound, Refused, UploadBroken
from accreditation.evidence.store import EvidenceStore, Kept
from accreditation.records import jobs, named_bytes, tombstones
from accreditation.rules.afterwards import day_words
from accreditation.rules.retention import Cause


def check_may_come(session: Session, *, team_id: int, digest: str | None) -> None:
    """May these bytes come into this team's library? None where nobody knows them yet.

    Raises Invalid where the team's very same file was deleted because a patient can be told from it. What was deleted
    for another cause may come again, as a new version. Another team is told nothing of it.
    """
    known = digest is not None and re.fullmatch(r"[0-9a-fA-F]{64}", digest)
    for stone in reversed(tombstones.with_digest(session, digest.lower()) if known and digest else []):
        if stone.team_id == team_id and stone.cause == Cause.PATIENT_DATA:
            found = f"this very file was deleted on {day_words(stone.at.date())}, as a patient can be told from it"
            raise Invalid([Fault(where="file", found=found, allowed="a file from which no patient can be told")])


def check_lies(session: Session, store: EvidenceStore, digest: str) -> None:
    """Do the bytes still lie there? Bytes that were deleted before are taken away in a writer's turn, as this one is:
    whoever comes after it finds them gone, and whoever comes before it keeps them from going.
    """
    if not tombstones.with_digest(session, digest):
        return
    try:
        store.size(digest)
    except NotFound as gone:
        raise UploadBroken("A deletion of the same file took it away while it came. Send the file again.") from gone


@contextmanager
def leaving_nothing_deleted(database: Database, kept: Kept, *, at: datetime) -> Iterator[None]:
    """Where this block refuses a file that was deleted before, its bytes, which lie there again, go by a job."""
    try:
        yield
    except Refused:
        with database.reading() as session:
            stones = tombstones.with_digest(session, kept.digest)
        if stones:
            with database.bookkeeping() as session:
                if not named_bytes.living(session, kept.digest):
                    jobs.enqueue(session, kind=jobs.Kind.DELETION, subject=stones[-1].version_id, at=at)
        raise
