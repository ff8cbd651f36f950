"""The engine sees the time to answer an immediate risk run out, and tells the office."""

from datetime import datetime

from accreditation.actions.desk import open_cycle
from accreditation.actions.raise_risk import tell_office_and_lead, watch
from accreditation.database import Database
from accreditation.records import jobs, risks
from accreditation.rules.afterwards import day_words
from accreditation.rules.people import ENGINE
from accreditation.rules.permissions import Permission


def watch_risks(database: Database, *, job_id: int, at: datetime) -> tuple[str, ...] | None:
    """Tell the office and the team's lead of every risk of this job's cycle that is not answered in time; says which.

    None where the job is done already. Nobody is told twice; where others are still in time, a job is kept for them.
    """
    with database.writing() as session:
        cycle_id = jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.RISKS, at=at)
        if cycle_id is None:
            return None
        desk = open_cycle(session, principal=ENGINE, permission=Permission.RISK_READ, cycle_id=cycle_id, at=at)
        waiting = [risk for risk, answer in risks.of_cycle(session, cycle_id) if answer is None]
        overdue = [risk for risk in waiting if risk.reply_by is not None and at > risk.reply_by]
        for risk in overdue:
            last = risk.reply_by or at
            tell_office_and_lead(
                desk, risk, kind="risk_overdue",
                words=f"The immediate risk raised about {desk.now.team.name} was to be answered by "
                f"{day_words(last.date())}, {last:%H:%M} UTC, and is not.",
            )  # fmt: skip
        for risk in waiting:
            if risk not in overdue:
                watch(desk, risk)
        desk.enter("risk:look", {"job": job_id, "overdue": [risk.name for risk in overdue]})
        return tuple(risk.name for risk in overdue)
