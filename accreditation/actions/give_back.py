"""Give back a job whose run failed: tried again later, or held for a person with its reason."""

from datetime import datetime

from accreditation.database import Database
from accreditation.records import jobs


def give_back(database: Database, *, job_id: int, reason: str, at: datetime) -> bool:
    """Let this job be tried again after a pause that doubles; says whether it is held for a person now.

    Nothing where the job is done: what was committed stands, whatever failed after it.
    """
    with database.bookkeeping() as session:
        return jobs.failed(session, job_id=job_id, reason=reason, at=at)
