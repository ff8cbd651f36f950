"""What a team says against a figure that is reported of it, and what the college office answers."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime


class IndicatorChallenge(SQLModel, table=True):
    """A team challenges a figure that its cycle shows, with a note. The figure stays what it is."""

    __tablename__ = "indicator_challenge"

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    criterion: str
    value_id: int = Field(foreign_key="indicator_value.id")
    note: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class IndicatorChallengeAnswer(SQLModel, table=True):
    """The office's answer to a challenge: the figure is upheld, or was corrected by a newer one."""

    __tablename__ = "indicator_challenge_answer"

    challenge_id: int = Field(foreign_key="indicator_challenge.id", primary_key=True)
    how: str
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


Challenged = tuple[IndicatorChallenge, IndicatorChallengeAnswer | None]
"""A challenge, and its answer where there is one."""


def of_cycles(session: Session, cycle_ids: Iterable[int]) -> list[Challenged]:
    """The challenges of these cycles with their answers, the oldest first."""
    query = (
        select(IndicatorChallenge, IndicatorChallengeAnswer)
        .join(
            IndicatorChallengeAnswer,
            col(IndicatorChallengeAnswer.challenge_id) == IndicatorChallenge.id,
            isouter=True,
        )
        .where(col(IndicatorChallenge.cycle_id).in_(list(cycle_ids)))
        .order_by(col(IndicatorChallenge.id))
    )
    return list(session.exec(query))
