"""Immediate risks that reviewers raised, and what the teams' leads answered in writing: appended."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime


class ImmediateRisk(SQLModel, table=True):
    """A reviewer raised an immediate risk, on one criterion or the service as a whole.

    `name` is random: a number would tell of other risks. `reply_by` is empty where the scheme sets no time.
    """

    __tablename__ = "immediate_risk"

    name: str = Field(primary_key=True, max_length=16)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    assignment_id: int = Field(foreign_key="assignment.id")
    criterion: str | None
    text: str
    reply_by: datetime | None = Field(sa_type=UTCDateTime)
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class ImmediateRiskAnswer(SQLModel, table=True):
    """What the team's lead answered."""

    __tablename__ = "immediate_risk_answer"

    risk: str = Field(foreign_key="immediate_risk.name", primary_key=True, max_length=16)
    reply: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


Raised = tuple[ImmediateRisk, ImmediateRiskAnswer | None]
"""A risk, and its answer, if there is one."""


def of_cycle(session: Session, cycle_id: int, *, seats: Iterable[int] | None = None) -> list[Raised]:
    """Every risk of this cycle (raised from these seats alone, where given), the oldest first; each with its answer."""
    query = (
        select(ImmediateRisk, ImmediateRiskAnswer)
        .join(ImmediateRiskAnswer, col(ImmediateRiskAnswer.risk) == ImmediateRisk.name, isouter=True)
        .where(ImmediateRisk.cycle_id == cycle_id)
        .order_by(col(ImmediateRisk.at), ImmediateRisk.name)
    )
    if seats is not None:
        query = query.where(col(ImmediateRisk.assignment_id).in_(list(seats)))
    return list(session.exec(query))


def unanswered(session: Session, *, cycle_ids: Iterable[int] | None = None) -> list[ImmediateRisk]:
    """Every immediate risk that nobody has answered, of whatever cycle or of these; what is due first comes first."""
    query = (
        select(ImmediateRisk)
        .join(ImmediateRiskAnswer, col(ImmediateRiskAnswer.risk) == ImmediateRisk.name, isouter=True)
        .where(col(ImmediateRiskAnswer.risk).is_(None))
        .order_by(col(ImmediateRisk.reply_by), col(ImmediateRisk.at), ImmediateRisk.name)
    )
    if cycle_ids is not None:
        query = query.where(col(ImmediateRisk.cycle_id).in_(list(cycle_ids)))
    return list(session.exec(query))
