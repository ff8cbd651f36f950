"""The engine's part of a factual accuracy check: where silence is agreement, it goes on once the time is over."""

from datetime import datetime, timedelta

from accreditation.actions.comment import accuracy_ends
from accreditation.actions.desk import Desk, open_cycle
from accreditation.database import Database
from accreditation.records import accuracy, jobs
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import ENGINE
from accreditation.rules.permissions import Permission

MOMENT = timedelta(seconds=1)
"""The last moment is in time, so the engine looks just after it."""


def close_accuracy(database: Database, *, job_id: int, at: datetime) -> Stage | None:
    """Go on with the cycle of this job where its check is over; says its stage. None where the job is done already."""
    with database.writing() as session:
        cycle_id = jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.ACCURACY, at=at)
        if cycle_id is None:
            return None
        desk = open_cycle(session, principal=ENGINE, permission=Permission.ACCURACY_CLOSE, cycle_id=cycle_id, at=at)
        reached = _close(desk) if desk.now.stage is Stage.FACTUAL_ACCURACY else desk.now.stage
        desk.enter("accuracy:look", {"job": job_id, "stage": reached.value})
        return reached


def _close(desk: Desk) -> Stage:
    check, end = desk.scheme.factual_accuracy, accuracy_ends(desk)
    if check is None or end is None:  # carried over to an edition without such a check
        return desk.go(Move.CLOSE_ACCURACY, reason="this edition asks for no check of factual accuracy")
    if check.silence == "waits":
        return desk.now.stage
    if desk.at <= end:
        jobs.enqueue(desk.session, kind=jobs.Kind.ACCURACY, subject=desk.cycle_id, at=desk.at, due_at=end + MOMENT)
        return desk.now.stage
    if accuracy.open_comments(desk.session, desk.cycle_id):
        return desk.now.stage
    return desk.go(Move.CLOSE_ACCURACY, reason=f"nothing more was said within {check.within}: the report is agreed")
