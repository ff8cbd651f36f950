"""Who handed in a review, and how each criterion was settled."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.scheme.answer import Answer


class HandIn(SQLModel, table=True):
    """A reviewer handed in; from then on nothing of theirs changes.

    `nonce` is random and goes into the ledger's commitment to the ratings, so that nobody guesses them from it.
    """

    __tablename__ = "hand_in"

    assignment_id: int = Field(foreign_key="assignment.id", primary_key=True)
    nonce: str = Field(max_length=64)
    at: datetime = Field(sa_type=UTCDateTime)


class Settlement(SQLModel, table=True):
    """How a criterion was settled: 'agreed' by all reviewers, or by the 'lead' with a reason."""

    cycle_id: int = Field(foreign_key="cycle.id", primary_key=True)
    criterion: str = Field(primary_key=True)
    state: str
    rating: str | None
    note: str
    how: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)

    def answer(self) -> Answer:
        """The settled answer as a value."""
        return Answer.model_validate({"state": self.state, "rating": self.rating, "note": self.note})


def nonces(session: Session, assignment_ids: Iterable[int]) -> dict[int, str]:
    """Assignment -> what the commitment to its ratings was made with."""
    query = select(HandIn).where(col(HandIn.assignment_id).in_(list(assignment_ids)))
    return {row.assignment_id: row.nonce for row in session.exec(query)}


def handed_in(session: Session, assignment_ids: Iterable[int]) -> dict[int, datetime]:
    """Which of these assignments are handed in, and since when?"""
    query = select(HandIn).where(col(HandIn.assignment_id).in_(list(assignment_ids)))
    return {row.assignment_id: row.at for row in session.exec(query)}


def settlements(session: Session, cycle_id: int) -> dict[str, Settlement]:
    """Criterion -> how it was settled."""
    query = select(Settlement).where(Settlement.cycle_id == cycle_id).order_by(Settlement.criterion)
    return {row.criterion: row for row in session.exec(query)}
