"""Bytes that came and that no record names: they are taken away, in a writer's turn, where nobody is to have them.

Whoever takes bytes into a record looks in the same turn whether they lie there still. So an upload that comes at the
moment in which the same bytes are taken away is asked to be sent again, and is never a record of nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from accreditation.database import Database
from accreditation.errors import NotFound, Refused, Unavailable, UploadBroken
from accreditation.evidence.store import EvidenceStore, Kept
from accreditation.records import jobs, named_bytes, tombstones


def check_lies(store: EvidenceStore, digest: str) -> None:
    """Do the bytes lie there still, at this writer's turn? Nobody can take them away before its end."""
    if not store.lies(digest):
        raise UploadBroken("It did not arrive whole. Send the file again.")


@contextmanager
def leaving_no_stray(database: Database, store: EvidenceStore, kept: Kept, *, at: datetime) -> Iterator[None]:
    """Where this block refuses a file whose bytes have come, they are taken away; unless a record names the same.

    Bytes that were deleted before go by a job, as a legal hold may be on them.
    """
    try:
        yield
    except UploadBroken:  # they are gone; what lies there now is another's that comes
        raise
    except Refused:
        with database.reading() as session:
            stones = tombstones.with_digest(session, kept.digest)
        if not stones:
            take_stray(database, store, kept.digest)
        else:
            with database.bookkeeping() as session:
                subject = stones[-1].version_id
                sleeps = subject in jobs.asleep(session, kind=jobs.Kind.DELETION, at=at)  # a hold keeps the bytes
                if not sleeps and not named_bytes.living(session, kept.digest):
                    jobs.enqueue(session, kind=jobs.Kind.DELETION, subject=subject, at=at)
        raise
    with suppress(Unavailable):  # it is in a record, which is what counts
        store.unrecorded.forget(kept.digest)


def take_strays(database: Database, store: EvidenceStore, *, before: datetime) -> int:
    """Take away what came before this moment and is in no record, as after a kill before it was; how many were?"""
    return sum(take_stray(database, store, digest) for digest in list(store.unrecorded.before(before)))


def take_stray(database: Database, store: EvidenceStore, digest: str) -> bool:
    """Take away the bytes of this digest, where they lie there and no record names them. Were they taken?

    What a deletion names is left to its job. Where the store or the records do not answer, the note of the bytes
    stays, and they are looked at again the next day.
    """
    try:
        stray = _is_stray(database, store, digest)
        store.unrecorded.forget(digest)
    except Unavailable:
        return False
    return stray


def _is_stray(database: Database, store: EvidenceStore, digest: str) -> bool:
    try:
        store.size(digest)  # a store that is away is waited for here, and not in the turn
    except NotFound:
        return False
    with database.writing() as session:
        stray = not named_bytes.naming(session, [digest], deleted=True)
        if stray:
            store.take_back(digest)
    return stray
