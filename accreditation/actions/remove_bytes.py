"""The engine takes away the bytes of a file that was deleted, where no version that lives has them any more."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Literal

from accreditation.actions.desk import enter
from accreditation.database import Database, Session
from accreditation.errors import NotFound
from accreditation.evidence.store import EvidenceStore
from accreditation.ledger.chain import Detail
from accreditation.records import holds, jobs, named_bytes, retained, tombstones
from accreditation.records.holds import LegalHold
from accreditation.rules.people import ENGINE

Removed = Literal["removed", "gone already", "another has them", "a hold keeps them"]
"""What became of the bytes."""

UNTIL_ENDED = timedelta(days=36_525)
"""For how long the job sleeps where a hold keeps the bytes: the end of the hold wakes it."""


def remove_bytes(database: Database, store: EvidenceStore, *, job_id: int, at: datetime) -> Removed | None:
    """Take away the bytes that the job's version had; None where the job is done already.

    They go inside a writer's turn: nobody else can take the same bytes into a library at that moment. Killed after they
    are gone and before that is kept, the job is done again and finds them gone. A legal hold that was set since the
    deletion keeps them: that is entered once, and the job sleeps until a hold on them is ended. Raises Unavailable
    where the store does not answer, before any turn is taken; the job is tried again.
    """
    _answers(database, store, job_id)
    with database.writing() as session:
        version = jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.DELETION, at=at)
        if version is None:
            return None
        stone = tombstones.of_version(session, version)
        assert stone is not None  # noqa: S101  (the job was made with it)
        outcome: Removed = "another has them"
        told: dict[str, Detail] = {}
        if kept_by := retained.keeping_bytes(session, stone.digest, holds.open_ones(session)):
            outcome, told = "a hold keeps them", {"holds": list(kept_by)}
            jobs.enqueue(session, kind=jobs.Kind.DELETION, subject=version, at=at, due_at=at + UNTIL_ENDED)
        elif not named_bytes.living(session, stone.digest):
            outcome = "removed" if store.remove(stone.digest) else "gone already"
        detail: dict[str, Detail] = {"job": job_id, "version": version, "digest": stone.digest, "outcome": outcome}
        subject = f"team:{stone.team_id}"
        enter(session, at=at, by=ENGINE, action="evidence:remove", subject=subject, detail=detail | told)
        return outcome


def wake_removals(session: Session, ended: LegalHold, *, at: datetime) -> None:
    """Let the bytes be looked at again that this hold kept from being removed, now that it is ended."""
    for version in jobs.asleep(session, kind=jobs.Kind.DELETION, at=at):
        stone = tombstones.of_version(session, version)
        if stone is not None and retained.keeping_bytes(session, stone.digest, [ended]):
            jobs.wake(session, kind=jobs.Kind.DELETION, subject=version, at=at)


def _answers(database: Database, store: EvidenceStore, job_id: int) -> None:
    """Does the store answer? Raises Unavailable: a store that is away must not keep everybody from writing."""
    with database.reading() as session:
        version = jobs.subject_of(session, job_id=job_id, kind=jobs.Kind.DELETION)
        stone = tombstones.of_version(session, version)
    if stone is not None:
        with suppress(NotFound):
            store.size(stone.digest)
