"""Requests for more evidence: what the team is asked, and what a reviewer asked."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from accreditation.database import Database
from accreditation.records import evidence_items, evidence_requests, reviewers
from accreditation.records.evidence_requests import EvidenceRequest, EvidenceRequestAnswer
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.moves import allowed
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.seats import seats_seen

State = Literal["open", "answered", "expired", "ended"]
"""How a request stands; it "ended" where the review was over before its time was, and nobody had answered."""


class RequestShown(Shown):
    """What is asked on one criterion, until when, and what the team answered. A team never learns who asks."""

    request: str | None = Field(description="Its name, by which the team answers it; null for a reviewer.")
    criterion: str
    title: str
    question: str
    asked_at: datetime
    due_at: datetime
    state: State
    reply: str
    evidence: tuple[int, ...] = Field(description="Ids of what was attached to the criterion since it was asked.")
    asked_by: str | None = Field(description="The reviewer who asks; null for the team.")


class Requests(Shown):
    """The requests of a cycle that the asker may see, those due first in front."""

    cycle: int
    requests: tuple[RequestShown, ...]


def requests_of(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> Requests:
    """What is asked of this team besides? Its own people see all; a reviewer their own, and others' once handed in."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.EVIDENCE_READ, cycle_id=cycle_id)
        return Requests(cycle=cycle_id, requests=shown_requests(looked, at=at))


def shown_requests(looked: Looked, *, at: datetime, criterion: str | None = None) -> tuple[RequestShown, ...]:
    """The requests (on this criterion, where one is named) that the asker may see."""
    own = looked.principal.role is Role.REVIEWER
    seats = [seat.id or 0 for seat, _ in seats_seen(looked)[0]] if own else None
    found = evidence_requests.of_cycle(looked.session, looked.cycle_id, seats=seats)
    items = evidence_items.of_cycle(looked.session, looked.cycle_id) if found else []
    names = reviewers.names_of_seats(looked.session, [asked.assignment_id for asked, _ in found])
    return tuple(
        RequestShown(
            request=None if own else asked.name, criterion=asked.criterion, question=asked.question,
            title=looked.scheme.by_id[asked.criterion].title if asked.criterion in looked.scheme.by_id else "",
            asked_at=asked.at, due_at=asked.due_at, state=_state(asked, ended, at, looked.now.stage),
            reply="" if ended is None else ended.reply,
            evidence=tuple(item.id or 0 for item, of, _ in items if asked.criterion in of and item.at >= asked.at),
            asked_by=None if looked.by_team else names[asked.assignment_id],
        )
        for asked, ended in found
        if criterion in (None, asked.criterion)
    )  # fmt: skip


def are_answered_in(stage: Stage) -> bool:
    """Can a team answer a request in this stage at all?"""
    return any(row.move is Move.ANSWER_REQUEST for row in allowed(stage))


def _state(asked: EvidenceRequest, ended: EvidenceRequestAnswer | None, at: datetime, stage: Stage) -> State:
    if ended is not None:
        return "answered" if ended.how == "answered" else "expired"
    if at > asked.due_at:
        return "expired"
    return "open" if are_answered_in(stage) else "ended"
