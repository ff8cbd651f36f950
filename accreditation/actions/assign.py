"""Find review teams for a round: the engine matches, and where it cannot it says what blocks."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from accreditation.actions.desk import Desk, enter, open_cycle
from accreditation.actions.questions import questions_of
from accreditation.database import Database, Session
from accreditation.errors import Unavailable
from accreditation.ledger.chain import Detail
from accreditation.records import cycles, jobs, reviewers
from accreditation.records.reviewers import Assignment, AssignmentBlock
from accreditation.rules import matching
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import ENGINE, Principal
from accreditation.rules.permissions import Permission, permit

TRIES = 3
"""How often a match is made again where the round changed while it was worked out."""


def _answered(questions: Sequence[matching.Question]) -> matching.Match:
    """Who sits where, over all editions? Whoever one edition's cycles were given counts as taken for the next."""
    matches: list[matching.Match] = []
    for question in questions:
        taken = tuple(one.seated for match in matches for one in match.assigned)
        matches.append(matching.match(replace(question, already=question.already + taken)))
    return matching.Match(
        assigned=tuple(one for match in matches for one in match.assigned),
        kept=tuple(one for match in matches for one in match.kept),
        unfilled=tuple(one for match in matches for one in match.unfilled),
        proven=all(match.proven for match in matches),
    )


def assign_round(database: Database, *, job_id: int, at: datetime) -> tuple[int, ...]:
    """Do what a machine can for a round's cycles that wait for a review team; says which went on to review.

    Nothing where the job is done already. Raises Unavailable where the round keeps changing meanwhile.
    """

    def begin(session: Session) -> int | None:
        return jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.ASSIGNMENT, at=at)

    with database.reading() as session:
        round_id = jobs.subject_of(session, job_id=job_id, kind=jobs.Kind.ASSIGNMENT)
    return _assign(database, principal=ENGINE, round_id=round_id, begin=begin, job_id=job_id, at=at)


def assign(database: Database, *, principal: Principal, round_id: int, at: datetime) -> tuple[int, ...]:
    """The office has the engine look for review teams of a round now; says which cycles went on to review."""
    permit(principal, Permission.REVIEW_ASSIGN)
    return _assign(database, principal=principal, round_id=round_id, begin=lambda _: round_id, job_id=None, at=at)


def _assign(
    database: Database,
    *,
    principal: Principal,
    round_id: int,
    begin: Callable[[Session], int | None],
    job_id: int | None,
    at: datetime,
) -> tuple[int, ...]:
    """Match outside the transaction, so that nobody waits for the solver; keep it if nothing changed meanwhile."""
    for _ in range(TRIES):
        with database.reading() as session:
            questions = questions_of(session, round_id)
        match = _answered(questions)
        with suppress(_Changed), database.writing() as session:
            if begin(session) is None:
                return ()
            if questions_of(session, round_id) != questions:
                raise _Changed
            return _keep(session, principal=principal, round_id=round_id, match=match, job_id=job_id, at=at)
    raise Unavailable("The round changed each time while review teams were looked for. Try again in a moment.")


class _Changed(Exception):
    """The round is not the one that was matched: roll back and look again."""


def _keep(
    session: Session, *, principal: Principal, round_id: int, match: matching.Match, job_id: int | None, at: datetime
) -> tuple[int, ...]:
    ready = []
    waiting = cycles.several(session, round_id=round_id, stages=[Stage.ASSIGNMENT])
    for now in waiting:
        desk = open_cycle(session, principal=principal, permission=Permission.REVIEW_ASSIGN, cycle_id=now.id, at=at)
        if now.id in match.teams:
            _seat(desk, match.teams[now.id])
            ready.append(now.id)
        else:
            _block(desk, match)
    if job_id is not None:
        ids = [now.id for now in waiting]
        detail: dict[str, Detail] = {"job": job_id, "waiting": ids, "ready": ready, "proven_best": match.proven}
        enter(session, at=at, by=principal, action="review:match", subject=f"round:{round_id}", detail=detail)
    return tuple(ready)


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
