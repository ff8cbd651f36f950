"""The engine lets an outcome lapse whose conditions were not met in time."""

from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.following import aftermath_of, follow, lapse_due, told_change, watch_conditions
from accreditation.actions.recommend import settled_score
from accreditation.database import Database
from accreditation.records import jobs
from accreditation.records.aftermath import Aftermath, OutcomeChange
from accreditation.rules.afterwards import day_words
from accreditation.rules.award import conditions_of
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import ENGINE
from accreditation.rules.permissions import Permission


def lapse(database: Database, *, job_id: int, at: datetime) -> OutcomeChange | None:
    """Let the outcome of this job's cycle lapse where its time is over; None where there is nothing to do.

    The last day counts as in time. Nothing lapses while an appeal is open, nor where the scheme names no outcome for
    conditions that are missed. Too early, a job for the right moment is kept.
    """
    with database.writing() as session:
        cycle_id = jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.CONDITIONS, at=at)
        if cycle_id is None:
            return None
        desk = open_cycle(session, principal=ENGINE, permission=Permission.AWARD_LAPSE, cycle_id=cycle_id, at=at)
        after = aftermath_of(desk)
        due = lapse_due(desk.scheme, after)
        if desk.now.stage is not Stage.PUBLISHED or due is None or at < due.at:
            watch_conditions(desk, after)
            desk.enter("award:look_at_conditions", {"job": job_id, "stands": after.stands.outcome})
            return None
        desk.go(Move.LAPSE)
        return _lapse(desk, after, to=due.to)


def _lapse(desk: Desk, after: Aftermath, *, to: str) -> OutcomeChange:
    score, outcome = settled_score(desk), desk.scheme.outcome(to)
    asked, last = conditions_of(outcome, score), min(one.due_on for one in after.asked if not one.met)
    left = [name for one in after.asked if not one.met for name in one.criteria]
    row = follow(
        desk, after=after, outcome=outcome, because="lapsed", score=score, asked=asked,
        reason=f"not everything was put right by {day_words(last)}: {', '.join(left)}",
    )  # fmt: skip
    desk.enter("award:lapse", told_change(row, asked))
    return row
