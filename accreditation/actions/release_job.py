"""Let a job that was held for a person be tried again."""

from datetime import datetime

from accreditation.actions.desk import enter
from accreditation.database import Database
from accreditation.ledger.chain import Detail
from accreditation.records import jobs
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit


def release_job(database: Database, *, principal: Principal, job_id: int, at: datetime) -> None:
    """Let this job be tried again at once, its attempts counted anew. Raises NotFound where no such job is held."""
    permit(principal, Permission.JOB_RELEASE)
    with database.writing() as session:
        row = jobs.release(session, job_id=job_id, at=at)
        detail: dict[str, Detail] = {"kind": row.kind, "about": row.subject}
        enter(session, at=at, by=principal, action="job:release", subject=f"job:{job_id}", detail=detail)
