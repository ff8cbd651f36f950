"""The engine takes away the bytes of a file that was deleted, where no version that lives has them any more."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Literal

from accreditation.actions.desk import enter
from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.evidence.store import EvidenceStore
from accreditation.ledger.chain import Detail
from accreditation.records import jobs, named_bytes, retained, tombstones
from accreditation.rules.people import ENGINE

Removed = Literal["removed", "gone already", "another has them", "a hold keeps them"]
"""What became of the bytes."""

ASKED_AGAIN = timedelta(days=1)
"""How long after it was found that a hold keeps the bytes it is asked again whether one does."""


def remove_bytes(database: Database, store: EvidenceStore, *, job_id: int, at: datetime) -> Removed | None:
    """Take away the bytes that the job's version had; None where the job is done already.

    They go inside a writer's turn: nobody else can take the same bytes into a library at that moment. Killed after they
    are gone and before that is kept, the job is done again and finds them gone. A legal hold that was set since the
    deletion keeps them, and a day later that is asked again. Raises Unavailable where the store does not answer, before
    any turn is taken; the job is tried again.
    """
    _answers(database, store, job_id)
    with database.writing() as session:
        version = jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.DELETION, at=at)
        if version is None:
            return None
        stone = tombstones.of_version(session, version)
        assert stone is not None  # noqa: S101  (the job was made with it)
        outcome: Removed = "another has them"
        if any(retained.on_hold(session, one.version_id) for one in tombstones.with_digest(session, stone.digest)):
            outcome = "a hold keeps them"
            jobs.enqueue(session, kind=jobs.Kind.DELETION, subject=version, at=at, due_at=at + ASKED_AGAIN)
        elif not named_bytes.living(session, stone.digest):
            outcome = "removed" if store.remove(stone.digest) else "gone already"
        detail: dict[str, Detail] = {"job": job_id, "version": version, "digest": stone.digest, "outcome": outcome}
        enter(session, at=at, by=ENGINE, action="evidence:remove", subject=f"team:{stone.team_id}", detail=detail)
        return outcome


def _answers(database: Database, store: EvidenceStore, job_id: int) -> None:
    """Does the store answer? Raises Unavailable: a store that is away must not keep everybody from writing."""
    with database.reading() as session:
        version = jobs.subject_of(session, job_id=job_id, kind=jobs.Kind.DELETION)
        stone = tombstones.of_version(session, version)
    if stone is not None:
        with suppress(NotFound):
            store.size(stone.digest)
