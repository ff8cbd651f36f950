"""Find review teams for a round: the engine matches, and where it cannot it says what blocks.

Where the scheme has the engine confirm, teams are seated as they are found; where it has the college office confirm,
they are proposed to it.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from accreditation.actions.desk import Desk, enter, open_cycle
from accreditation.actions.propose import by_office, keep_proposal
from accreditation.actions.questions import RoundAsked, round_asked
from accreditation.actions.seat import seat
from accreditation.database import Database, Session
from accreditation.errors import Unavailable
from accreditation.ledger.chain import Detail
from accreditation.records import cycles, jobs, reviewers
from accreditation.records.cycles import CycleNow
from accreditation.records.reviewers import AssignmentBlock
from accreditation.rules.cycle import Stage
from accreditation.rules.lasting import Judged
from accreditation.rules.matching import Unfilled
from accreditation.rules.people import ENGINE, Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.proposing import Content, propose

TRIES = 3
"""How often a match is made again where the round changed while it was worked out."""


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
            asked = round_asked(session, round_id)
        found = _found(asked)
        with suppress(_Changed), database.writing() as session:
            if begin(session) is None:
                return ()
            if round_asked(session, round_id) != asked:
                raise _Changed
            return _keep(session, principal=principal, round_id=round_id, found=found, job_id=job_id, at=at)
    raise Unavailable("The round changed each time while review teams were looked for. Try again in a moment.")


class _Changed(Exception):
    """The round is not the one that was matched: roll back and look again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Who sits where, around which wishes that still hold, and the digest of what that depends on."""

    content: Content
    judged: Judged
    question: str


def _found(asked: RoundAsked) -> _Found:
    judged = asked.judged
    content = propose(questions=asked.questions, wishes=judged.wishes)
    return _Found(content=content, judged=judged, question=asked.digest)


def _keep(
    session: Session, *, principal: Principal, round_id: int, found: _Found, job_id: int | None, at: datetime
) -> tuple[int, ...]:
    """Seat what the engine may seat; propose to the office what the office confirms."""
    ready = []
    waiting = cycles.several(session, round_id=round_id, stages=[Stage.ASSIGNMENT])
    offices = {now.id: now for now in waiting if by_office(session, now)}
    for now in waiting:
        if now.id not in offices and _seated(session, principal, now.id, found.content, at):
            ready.append(now.id)
    number = _proposed(session, principal, round_id, list(offices.values()), found, at)
    if job_id is not None:
        detail: dict[str, Detail] = {
            "job": job_id,
            "waiting": [now.id for now in waiting],
            "ready": ready,
            "proposal": number,
            "proven_best": found.content.proven,
        }
        enter(session, at=at, by=principal, action="review:match", subject=f"round:{round_id}", detail=detail)
    return tuple(ready)


def _seated(session: Session, principal: Principal, cycle_id: int, content: Content, at: datetime) -> bool:
    """Seat this team where it is complete; else keep why it is not."""
    desk = open_cycle(session, principal=principal, permission=Permission.REVIEW_ASSIGN, cycle_id=cycle_id, at=at)
    own = content.of([cycle_id])
    if own.empty:
        _block(desk, own.empty)
        return False
    seat(desk, own.seats)
    return True


def _proposed(
    session: Session, principal: Principal, round_id: int, waiting: Sequence[CycleNow], found: _Found, at: datetime
) -> int | None:
    """Keep what is proposed to the office; says the number of a new proposal."""
    if not waiting:
        return None
    row = keep_proposal(
        session, principal=principal, round_id=round_id, waiting=waiting, content=found.content,
        wishes=found.judged.wishes, fallen=found.judged.fallen, question=found.question, at=at,
    )  # fmt: skip
    return None if row is None else row.number


def _block(desk: Desk, empty: Sequence[Unfilled]) -> None:
    """Keep why no team was found, once for as long as the reason is the same."""
    reason = " ".join(_sentence(lack.why) for lack in empty)
    last = reviewers.last_block(desk.session, desk.cycle_id)
    if last is None or last.reason != reason:
        desk.session.add(AssignmentBlock(cycle_id=desk.cycle_id, reason=reason, at=desk.at))
        desk.enter("review:blocked", {"reason": reason})


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
