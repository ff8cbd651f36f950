"""What reviewers asked a team to show besides, criterion by criterion, and how each request ended: appended."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime, once_a_moment


class EvidenceRequest(SQLModel, table=True):
    """A reviewer asks for more evidence on one criterion. `name` is random: a number would tell of others' requests."""

    __tablename__ = "evidence_request"

    name: str = Field(primary_key=True, max_length=16)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    assignment_id: int = Field(foreign_key="assignment.id")
    criterion: str
    question: str
    due_at: datetime = Field(sa_type=UTCDateTime)
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class EvidenceRequestAnswer(SQLModel, table=True):
    """A request ended: the team 'answered' it, or its time was over and it 'expired'."""

    __tablename__ = "evidence_request_answer"

    request: str = Field(foreign_key="evidence_request.name", primary_key=True, max_length=16)
    how: str
    reply: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


Asked = tuple[EvidenceRequest, EvidenceRequestAnswer | None]
"""A request, and how it ended, if it did."""


@once_a_moment
def of_cycle(session: Session, cycle_id: int, *, seats: Iterable[int] | None = None) -> list[Asked]:
    """Every request of this cycle (by these seats alone, where given), by when it is due; each with its end."""
    query = (
        select(EvidenceRequest, EvidenceRequestAnswer)
        .join(EvidenceRequestAnswer, col(EvidenceRequestAnswer.request) == EvidenceRequest.name, isouter=True)
        .where(EvidenceRequest.cycle_id == cycle_id)
        .order_by(col(EvidenceRequest.due_at), EvidenceRequest.name)
    )
    if seats is not None:
        query = query.where(col(EvidenceRequest.assignment_id).in_(list(seats)))
    return list(session.exec(query))


def asked_for(session: Session, cycle_id: int, at: datetime) -> dict[str, datetime]:
    """Criterion -> when it was first asked for, of the requests that can be answered at this moment."""
    found: dict[str, datetime] = {}
    for one in open_at(session, cycle_id, at):
        found[one.criterion] = min(one.at, found.get(one.criterion, one.at))
    return found


def open_at(session: Session, cycle_id: int, at: datetime) -> list[EvidenceRequest]:
    """The requests of this cycle that can be answered at this moment; the last moment is in time."""
    return [one for one, ended in of_cycle(session, cycle_id) if ended is None and at <= one.due_at]


def first_due(session: Session, cycle_ids: Iterable[int], at: datetime) -> dict[int, datetime]:
    """Cycle -> when the first request that can be answered at this moment is due; none of those without one."""
    query = (
        select(EvidenceRequest.cycle_id, func.min(col(EvidenceRequest.due_at)))
        .join(EvidenceRequestAnswer, col(EvidenceRequestAnswer.request) == EvidenceRequest.name, isouter=True)
        .where(col(EvidenceRequest.cycle_id).in_(list(cycle_ids)), col(EvidenceRequest.due_at) >= at)
        .where(col(EvidenceRequestAnswer.request).is_(None))
        .group_by(col(EvidenceRequest.cycle_id))
    )
    return dict(session.exec(query).all())
