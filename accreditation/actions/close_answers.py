"""The engine's part of the answers: silence counts as the scheme says, and a team that all agree to begins."""

from datetime import datetime

from accreditation.actions.answer_seat import keep_answer
from accreditation.actions.close_accuracy import MOMENT
from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.seat import seat
from accreditation.actions.vacate import end_invitations, find_another
from accreditation.database import Database
from accreditation.records import invitations, jobs
from accreditation.records.invitations import Ending, Invitation, Said, Side
from accreditation.records.proposed_teams import proposed_team
from accreditation.rules.cycle import Stage
from accreditation.rules.people import ENGINE
from accreditation.rules.permissions import Permission


def close_answers(database: Database, *, job_id: int, at: datetime) -> int | None:
    """Do what a machine can about the answers to this job's cycle; says the cycle where its review begins by this.

    A service's silence is no conflict where the scheme says so; a reviewer's is declining, and the engine looks for
    another. Once everybody who is asked agrees, the review begins. Nothing where the job is done already.
    """
    with database.writing() as session:
        cycle_id = jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.ANSWERS, at=at)
        if cycle_id is None:
            return None
        desk = open_cycle(session, principal=ENGINE, permission=Permission.REVIEW_ASSIGN, cycle_id=cycle_id, at=at)
        waits = desk.now.stage is Stage.ASSIGNMENT
        silent = _silence(desk) if waits else []
        team = proposed_team(session, desk.now)
        begins = waits and not team.lacking
        if begins:
            seat(desk, team.seats)
        desk.enter("review:answers", {"job": job_id, "begins": begins, "did_not_answer": list(silent)})
        return cycle_id if begins else None


def _silence(desk: Desk) -> list[int]:
    """Count silence whose time is over, and look again when the next time is; which reviewers did not answer?"""
    asked = [one for one, _ in invitations.open_ones(desk.session, cycle_ids=[desk.cycle_id])]
    said = invitations.answers(desk.session, [one.id or 0 for one in asked])
    silent = []
    for one in asked:
        given = said[one.id or 0]
        if Side.SERVICE not in given:
            _service_is_silent(desk, one)
        if Side.REVIEWER not in given and one.reviewer_until is not None:
            if desk.at > one.reviewer_until:
                _reviewer_is_silent(desk, one)
                silent.append(one.reviewer_id)
            else:
                _look_again(desk, one.reviewer_until)
    return silent


def _service_is_silent(desk: Desk, one: Invitation) -> None:
    rules = desk.scheme.assignment.service_answers
    if one.service_until is None or (rules is not None and rules.silence == "waits"):
        return
    if desk.at > one.service_until:
        keep_answer(desk, one, side=Side.SERVICE, said=Said.NO_CONFLICT, reason="")
    else:
        _look_again(desk, one.service_until)


def _reviewer_is_silent(desk: Desk, one: Invitation) -> None:
    keep_answer(desk, one, side=Side.REVIEWER, said=Said.DECLINES, reason="")
    end_invitations(desk.session, [one], how=Ending.SILENT, by=ENGINE.name, at=desk.at)
    find_another(desk.session, cycle_id=desk.cycle_id, left=one.reviewer_id, role=one.role, at=desk.at)


def _look_again(desk: Desk, until: datetime) -> None:
    """Let the engine look once this time is over; its last moment is in time."""
    jobs.enqueue(desk.session, kind=jobs.Kind.ANSWERS, subject=desk.cycle_id, at=desk.at, due_at=until + MOMENT)
