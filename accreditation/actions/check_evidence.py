"""The engine re-reads evidence that was attached: are the bytes in the store still the ones that arrived?"""

from datetime import datetime

from accreditation.actions.desk import open_cycle
from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.evidence.store import EvidenceStore
from accreditation.records import evidence_items, jobs
from accreditation.records.evidence_items import EvidenceCheck
from accreditation.records.jobs import Job
from accreditation.rules.people import ENGINE
from accreditation.rules.permissions import Permission


def check_evidence(database: Database, store: EvidenceStore, *, job_id: int, at: datetime) -> tuple[int, int] | None:
    """Check every item of the job's cycle that is not checked yet; says how many were whole and how many damaged.

    The bytes are read before the transaction begins, so that nobody waits for a disk. None where the job is done.
    """
    with database.reading() as session:
        job = session.get(Job, job_id)
        if job is None:
            raise NotFound(f"There is no evidence job {job_id}.")
        if job.done_at is not None:
            return None
        held = [item for item, _, check in evidence_items.of_cycle(session, job.subject) if check is None]
    found = {item.id or 0: store.verify(item.digest) for item in held}
    with database.writing() as session:
        cycle_id = jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.EVIDENCE, at=at)
        if cycle_id is None:
            return None
        desk = open_cycle(session, principal=ENGINE, permission=Permission.EVIDENCE_READ, cycle_id=cycle_id, at=at)
        unchecked = {item.id or 0 for item, _, check in evidence_items.of_cycle(session, cycle_id) if check is None}
        new = {name: whole for name, whole in found.items() if name in unchecked}
        session.add_all(EvidenceCheck(evidence_id=name, whole=whole, at=at) for name, whole in new.items())
        damaged = sorted(name for name, whole in new.items() if not whole)
        desk.enter("evidence:check", {"job": job_id, "whole": len(new) - len(damaged), "damaged": damaged})
        return len(new) - len(damaged), len(damaged)
