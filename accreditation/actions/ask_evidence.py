"""A reviewer asks for more evidence on one criterion: that opens it, and nothing else, to the team for a time."""

import secrets
from datetime import datetime, timedelta

from accreditation.actions.desk import Desk, digest_of, open_cycle
from accreditation.actions.reviewing import check_criterion, check_still_open, seat_of
from accreditation.actions.wording import check_words
from accreditation.database import Database
from accreditation.errors import MoveNotAllowed
from accreditation.records import evidence_requests, jobs, notices
from accreditation.records.evidence_requests import EvidenceRequest
from accreditation.rules.afterwards import day_words
from accreditation.rules.cycle import Move
from accreditation.rules.deadlines import holidays_of
from accreditation.rules.moves import allowed
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission

MOMENT = timedelta(seconds=1)
"""The last moment is in time, so the engine looks just after it."""


def ask_evidence(
    database: Database, *, principal: Principal, cycle_id: int, criterion: str, question: str, at: datetime
) -> datetime:
    """Ask the team for more evidence on this criterion; says until when it can answer.

    The team learns the question and the date, not who asks; the other reviewers learn nothing before they hand in.
    The same question again, while it is open, changes nothing. Raises MoveNotAllowed where the scheme gives no time,
    and where the reviewer has asked as often in this visit as it lets them.
    """
    with database.writing() as session:
        desk = open_cycle(
            session, principal=principal, permission=Permission.EVIDENCE_REQUEST, cycle_id=cycle_id, at=at
        )
        seat = seat_of(desk)
        check_criterion(desk, criterion)
        before = evidence_requests.of_cycle(session, cycle_id, seats=[seat])
        for asked, ended in before:
            if ended is None and (asked.criterion, asked.question) == (criterion, question.strip()):
                return asked.due_at
        desk.transition(Move.ASK_EVIDENCE)
        check_still_open(desk, seat)
        check_words("question", question, say="say what you need to see", rules=desk.scheme.evidence_rules)
        row = EvidenceRequest(
            name=secrets.token_hex(8), cycle_id=cycle_id, assignment_id=seat, criterion=criterion,
            question=question.strip(), due_at=_due(desk, asked=len(before)), by=principal.name, at=at,
        )  # fmt: skip
        session.add(row)
        session.flush()
        watch(desk, row.due_at)
        _tell(desk, row)
        detail = {"request": row.name, "criterion": criterion, "question_sha256": digest_of(row.question)}
        desk.enter("evidence:request", {**detail, "assignment": seat, "due_at": row.due_at})
        return row.due_at


def watch(desk: Desk, due_at: datetime) -> None:
    """Let the engine look at this cycle's requests when the time of one is over."""
    when = max(due_at + MOMENT, desk.at)
    jobs.enqueue(desk.session, kind=jobs.Kind.REQUESTS, subject=desk.cycle_id, at=desk.at, due_at=when)


def _due(desk: Desk, *, asked: int) -> datetime:
    """Until when can the team answer? Raises MoveNotAllowed where this reviewer may ask nothing (any more)."""
    rule = desk.scheme.evidence_requests
    if rule is None:
        raise _not_now(
            desk,
            "This edition gives teams no time to answer requests during a review: its scheme has no "
            "'evidence_requests'. Say in the comment what is lacking.",
        )
    if asked >= rule.most:
        raise _not_now(
            desk,
            f"You have asked for more evidence {asked} times in this visit, and this scheme lets each reviewer ask "
            f"{rule.most} times. Say in the comment what is lacking.",
        )
    return rule.within.after(desk.at, holidays=holidays_of(scheme=desk.scheme, profile=desk.now.profile))


def _not_now(desk: Desk, why: str) -> MoveNotAllowed:
    others = [str(one) for one in allowed(desk.now.stage) if one.move is not Move.ASK_EVIDENCE]
    return MoveNotAllowed(why, stage=desk.now.stage.value, allowed=others)


def _tell(desk: Desk, row: EvidenceRequest) -> None:
    words = (
        f"More evidence is asked for on {row.criterion}. It can be attached, and the question answered, until "
        f"{day_words(row.due_at.date())}, {row.due_at:%H:%M} UTC."
    )
    for role in (Role.TEAM_LEAD, Role.TEAM_MEMBER):
        notices.tell(
            desk.session, inbox=notices.inbox(role, desk.now.cycle.team_id), kind="evidence_asked",
            cycle_id=desk.cycle_id, about=f"request:{row.name}", words=words, at=desk.at,
        )  # fmt: skip
