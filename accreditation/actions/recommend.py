"""The engine works out what the rules recommend on the settled ratings, and keeps the working."""

import hashlib
import json
from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.grace import as_judged
from accreditation.database import Database
from accreditation.ledger.chain import Detail
from accreditation.records import jobs, reviews
from accreditation.records.awards import Recommendation
from accreditation.rules.award import award
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import ENGINE
from accreditation.rules.permissions import Permission
from accreditation.rules.scoring import Score, score
from accreditation.rules.stating import unstated_by_office
from accreditation.rules.told import told_award


def recommend(database: Database, *, job_id: int, at: datetime) -> Recommendation | None:
    """Recommend for the cycle of this job, if it waits for that; None where there is nothing to do.

    Nothing is recommended while the office has not stated its facts; stating them makes the next job.
    """
    with database.writing() as session:
        cycle_id = jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.AWARD, at=at)
        if cycle_id is None:
            return None
        desk = open_cycle(session, principal=ENGINE, permission=Permission.AWARD_RECOMMEND, cycle_id=cycle_id, at=at)
        if desk.now.stage is not Stage.RECOMMENDATION:
            desk.enter("award:look", {"job": job_id, "stage": desk.now.stage.value})
            return None
        awaited = unstated_by_office(scheme=desk.scheme, profile=desk.now.profile)
        if awaited:
            desk.enter("award:wait", {"job": job_id, "not_stated": list(awaited)})
            return None
        found = award(settled_score(desk))
        working = json.dumps(told_award(found), ensure_ascii=False)
        row = Recommendation(cycle_id=cycle_id, outcome=found.outcome, working=working, at=at)
        session.add(row)
        desk.go(Move.RECOMMEND)
        detail: dict[str, Detail] = {
            "outcome": found.outcome,
            "stands_in_the_way": list(found.stands_in_the_way),
            "working_sha256": hashlib.sha256(working.encode()).hexdigest(),
        }
        desk.enter("award:recommend", detail)
        return row


def settled_score(desk: Desk) -> Score:
    """How does every criterion of this cycle stand by its settled ratings, as they count since it was recommended?"""
    settled = {name: row.answer() for name, row in reviews.settlements(desk.session, desk.cycle_id).items()}
    recommended = desk.session.get(Recommendation, desk.cycle_id)
    on = (desk.at if recommended is None else recommended.at).date()
    answers = as_judged(desk, settled, on=on)
    return score(scheme=desk.scheme, profile=desk.now.profile, answers=answers, by="reviewer")
