"""The engine ends requests for evidence whose time is over."""

from datetime import datetime

from accreditation.actions.answer_request import tell_asker
from accreditation.actions.ask_evidence import watch
from accreditation.actions.desk import Desk, open_cycle
from accreditation.database import Database
from accreditation.records import evidence_requests, jobs, notices
from accreditation.records.evidence_requests import EvidenceRequest, EvidenceRequestAnswer
from accreditation.rules.people import ENGINE, Role
from accreditation.rules.permissions import Permission


def close_requests(database: Database, *, job_id: int, at: datetime) -> tuple[str, ...] | None:
    """End the requests of this job's cycle that nobody answered in time; says on which criteria.

    None where the job is done already. Where others are still open, a job for the next one's time is kept.
    """
    with database.writing() as session:
        cycle_id = jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.REQUESTS, at=at)
        if cycle_id is None:
            return None
        desk = open_cycle(session, principal=ENGINE, permission=Permission.EVIDENCE_READ, cycle_id=cycle_id, at=at)
        waiting = [asked for asked, ended in evidence_requests.of_cycle(session, cycle_id) if ended is None]
        over = [asked for asked in waiting if at > asked.due_at]
        for asked in over:
            session.add(EvidenceRequestAnswer(request=asked.name, how="expired", reply="", by=ENGINE.name, at=at))
            session.flush()
            _tell(desk, asked)
        left = [asked for asked in waiting if at <= asked.due_at]
        if left:
            watch(desk, left[0].due_at)
        desk.enter("evidence:expire", {"job": job_id, "requests": [asked.name for asked in over]})
        return tuple(asked.criterion for asked in over)


def _tell(desk: Desk, asked: EvidenceRequest) -> None:
    words = f"The time to answer the request on {asked.criterion} is over; nobody answered it."
    tell_asker(desk, asked, kind="evidence_not_answered", words=words)
    notices.tell(
        desk.session, inbox=notices.inbox(Role.TEAM_LEAD, desk.now.cycle.team_id), kind="evidence_not_answered",
        cycle_id=desk.cycle_id, about=f"request:{asked.name}", words=words, at=desk.at,
    )  # fmt: skip
