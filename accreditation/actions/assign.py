"""Find review teams for a round: the engine matches, and where it cannot it says what blocks."""

from collections.abc import Sequence
from datetime import datetime

from accreditation.actions.desk import Desk, enter, open_cycle
from accreditation.database import Database, Session
from accreditation.ledger.chain import Detail
from accreditation.records import cycles, editions, jobs, reviewers
from accreditation.records.cycles import CycleNow
from accreditation.records.reviewers import Assignment, AssignmentBlock
from accreditation.rules import conflicts, matching
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import ENGINE, Principal
from accreditation.rules.permissions import Permission, permit


def assign_round(database: Database, *, job_id: int, at: datetime) -> tuple[int, ...]:
    """Do what a machine can for a round's cycles that wait for a review team; says which went on to review.

    Nothing where the job is done already.
    """
    with database.writing() as session:
        round_id = jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.ASSIGNMENT, at=at)
        return () if round_id is None else _assign(session, principal=ENGINE, round_id=round_id, at=at, job_id=job_id)


def assign(database: Database, *, principal: Principal, round_id: int, at: datetime) -> tuple[int, ...]:
    """The office has the engine look for review teams of a round now; says which cycles went on to review."""
    permit(principal, Permission.REVIEW_ASSIGN)
    with database.writing() as session:
        cycles.get_round(session, round_id)
        return _assign(session, principal=principal, round_id=round_id, at=at, job_id=None)


def _assign(
    session: Session, *, principal: Principal, round_id: int, at: datetime, job_id: int | None
) -> tuple[int, ...]:
    waiting = cycles.several(session, round_id=round_id, stages=[Stage.ASSIGNMENT])
    ready = []
    if waiting:
        match = _match(session, round_id=round_id, waiting=waiting)
        for now in waiting:
            desk = open_cycle(session, principal=principal, permission=Permission.REVIEW_ASSIGN, cycle_id=now.id, at=at)
            if now.id in match.teams:
                _seat(desk, match.teams[now.id])
                ready.append(now.id)
            else:
                _block(desk, match)
    if job_id is not None:
        detail: dict[str, Detail] = {"job": job_id, "waiting": [now.id for now in waiting], "ready": ready}
        enter(session, at=at, by=principal, action="review:match", subject=f"round:{round_id}", detail=detail)
    return tuple(ready)


def _match(session: Session, *, round_id: int, waiting: Sequence[CycleNow]) -> matching.Match:
    scheme = editions.scheme_of(session, waiting[0].cycle.edition_digest)
    pool = [
        conflicts.Reviewer(
            id=row.id or 0, name=row.name, roles=row.role_set, organisation=row.organisation_id, capacity=row.capacity
        )
        for row in reviewers.pool(session)
    ]
    sitting = reviewers.sitting(session, round_id=round_id)
    others = {assignment.cycle_id for assignment, _ in sitting} - {now.id for now in waiting}
    return matching.match(
        visits=[_visit(now) for now in waiting],
        elsewhere=[_visit(now) for now in cycles.several(session, ids=others)],
        reviewers=pool,
        seats=scheme.review_team,
        declared=[
            conflicts.Declared(reviewer=row.reviewer_id, organisation=row.organisation_id, reason=row.reason)
            for row in reviewers.declared(session)
        ],
        already=[
            matching.Assigned(cycle=a.cycle_id, reviewer=a.reviewer_id, role=a.role, why=a.why) for a, _ in sitting
        ],
    )


def _visit(now: CycleNow) -> conflicts.Visit:
    return conflicts.Visit(cycle=now.id, team_name=now.team.name, organisation=now.organisation.id or 0)


def _seat(desk: Desk, team: Sequence[matching.Assigned]) -> None:
    """Seat those of the team who do not sit yet, and let the review begin."""
    seated = {
        (assignment.reviewer_id, assignment.role)
        for assignment, _ in reviewers.sitting(desk.session, cycle_ids=[desk.cycle_id])
    }
    new = [member for member in team if (member.reviewer, member.role) not in seated]
    desk.session.add_all(
        Assignment(cycle_id=desk.cycle_id, reviewer_id=one.reviewer, role=one.role, why=one.why, at=desk.at)
        for one in new
    )
    desk.session.flush()
    desk.go(Move.ASSIGN)
    desk.enter(
        "review:assign", {"team": [{"reviewer": one.reviewer, "role": one.role, "why": one.why} for one in team]}
    )


def _block(desk: Desk, match: matching.Match) -> None:
    """Keep why no team was found, once for as long as the reason is the same."""
    reason = " ".join(_sentence(lack.why) for lack in match.unfilled if lack.cycle == desk.cycle_id)
    last = reviewers.last_block(desk.session, desk.cycle_id)
    if last is None or last.reason != reason:
        desk.session.add(AssignmentBlock(cycle_id=desk.cycle_id, reason=reason, at=desk.at))
        desk.enter("review:blocked", {"reason": reason})


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
