"""The engine takes away the bytes of a file that was deleted, where no version that lives has them any more."""

from datetime import datetime
from typing import Literal

from accreditation.actions.desk import enter
from accreditation.database import Database
from accreditation.evidence.store import EvidenceStore
from accreditation.ledger.chain import Detail
from accreditation.records import jobs, named_bytes, tombstones
from accreditation.rules.people import ENGINE

Removed = Literal["removed", "gone already", "another has them"]
"""What became of the bytes."""


def remove_bytes(database: Database, store: EvidenceStore, *, job_id: int, at: datetime) -> Removed | None:
    """Take away the bytes that the job's version had; None where the job is done already.

    They go inside a writer's turn: nobody else can take the same bytes into a library at that moment. Killed after they
    are gone and before that is kept, the job is done again and finds them gone. Raises Unavailable where the store does
    not answer; the job is tried again.
    """
    with database.writing() as session:
        version = jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.DELETION, at=at)
        if version is None:
            return None
        stone = tombstones.of_version(session, version)
        assert stone is not None  # noqa: S101  (the job was made with it)
        outcome: Removed = "another has them"
        if not named_bytes.living(session, stone.digest):
            outcome = "removed" if store.remove(stone.digest) else "gone already"
        detail: dict[str, Detail] = {"job": job_id, "version": version, "digest": stone.digest, "outcome": outcome}
        enter(session, at=at, by=ENGINE, action="evidence:remove", subject=f"team:{stone.team_id}", detail=detail)
        return outcome
