"""The engine's part of a self-assessment: how far is the team from each award, by its own answers?"""

import hashlib
import json
from datetime import datetime

from accreditation.actions.desk import Desk, entered, entered_profile, open_cycle
from accreditation.database import Database
from accreditation.records import answers, awards, jobs
from accreditation.records.awards import GapReport
from accreditation.rules.award import Award, award
from accreditation.rules.people import ENGINE
from accreditation.rules.permissions import Permission
from accreditation.rules.scoring import Score, Standing, score
from accreditation.rules.told import told_award
from accreditation.scheme.answer import Answer


def report_gap(database: Database, *, job_id: int, at: datetime) -> GapReport | None:
    """Report the gap for the cycle of this job; None where the job is done already.

    Where the newest report was made from the same answers, it stands and no other is made.
    """
    with database.writing() as session:
        cycle_id = jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.SELF_ASSESSMENT, at=at)
        if cycle_id is None:
            return None
        desk = open_cycle(session, principal=ENGINE, permission=Permission.ASSESSMENT_READ, cycle_id=cycle_id, at=at)
        given = {name: row.answer() for name, row in answers.self_ratings(session, [cycle_id])[cycle_id].items()}
        basis = _basis(desk, given)
        report = awards.newest_gaps(session, [cycle_id]).get(cycle_id)
        is_new = report is None or report.basis != basis
        if report is None or is_new:
            report = _report(desk, given, basis)
            session.add(report)
        desk.enter("assessment:gap", {"job": job_id, "basis": basis, "new": is_new, "distance": report.distance})
        return report


def _basis(desk: Desk, given: dict[str, Answer]) -> str:
    """The digest of everything that the report is made from."""
    made_from = [
        desk.scheme.digest,
        sorted(entered_profile(desk.now.profile).items()),
        {n: entered(a) for n, a in sorted(given.items())},
    ]
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()


def _report(desk: Desk, given: dict[str, Answer], basis: str) -> GapReport:
    scored = score(scheme=desk.scheme, profile=desk.now.profile, answers=given, by="team")
    found = award(scored)
    told = {**told_award(found), "counts": _counts(scored)}
    return GapReport(
        cycle_id=desk.cycle_id, basis=basis, outcome=found.outcome, distance=_distance(desk, found), at=desk.at,
        report=json.dumps(told, ensure_ascii=False),
    )  # fmt: skip


def _counts(scored: Score) -> dict[str, int]:
    return {standing.value: len(scored.standing(standing)) for standing in Standing}


def _distance(desk: Desk, found: Award) -> int | None:
    """How many criteria at least is the team away from the nearest award? 0 with one; None where none is reachable."""
    if found.awarded:
        return 0
    awarded = {outcome.outcome for outcome in desk.scheme.award if outcome.awarded}
    return min((one.size for one in found.improvements if one.outcome in awarded), default=None)
