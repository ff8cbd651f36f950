"""Who handed in a review, and how each criterion was settled."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime, once_a_moment
from accreditation.records.answers import ReviewRating, Said
from accreditation.records.reviewers import Assignment, AssignmentEnd


class HandIn(SQLModel, table=True):
    """A reviewer handed in; from then on nothing of theirs changes.

    `nonce` is random and goes into the ledger's commitment to the ratings, so that nobody guesses them from it.
    """

    __tablename__ = "hand_in"

    assignment_id: int = Field(foreign_key="assignment.id", primary_key=True)
    nonce: str = Field(max_length=64)
    at: datetime = Field(sa_type=UTCDateTime)


class Settlement(Said, table=True):
    """How a criterion was settled: 'agreed' by all reviewers, by the 'same_verdict', or by the 'lead' with a reason.

    The highest version stands: one that was 'amended' after the team said what is not accurate stands above the first.
    """

    cycle_id: int = Field(foreign_key="cycle.id", primary_key=True)
    criterion: str = Field(primary_key=True)
    version: int = Field(default=1, primary_key=True, sa_column_kwargs={"server_default": "1"})
    how: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


def nonces(session: Session, assignment_ids: Iterable[int]) -> dict[int, str]:
    """Assignment -> what the commitment to its ratings was made with."""
    query = select(HandIn).where(col(HandIn.assignment_id).in_(list(assignment_ids)))
    return {row.assignment_id: row.nonce for row in session.exec(query)}


@once_a_moment
def handed_in(session: Session, assignment_ids: Iterable[int]) -> dict[int, datetime]:
    """Which of these assignments are handed in, and since when?"""
    query = select(HandIn).where(col(HandIn.assignment_id).in_(list(assignment_ids)))
    return {row.assignment_id: row.at for row in session.exec(query)}


def handed_in_and_left(session: Session, cycle_ids: Iterable[int]) -> frozenset[tuple[int, int]]:
    """(cycle, reviewer): who handed in a review of these cycles, so could see the others', and left its seat since."""
    query = (
        select(Assignment.cycle_id, Assignment.reviewer_id)
        .join(HandIn, col(HandIn.assignment_id) == Assignment.id)
        .join(AssignmentEnd, col(AssignmentEnd.assignment_id) == Assignment.id)
        .where(col(Assignment.cycle_id).in_(list(cycle_ids)))
        .distinct()
    )
    return frozenset((cycle, reviewer) for cycle, reviewer in session.exec(query))


def settlements(session: Session, cycle_id: int) -> dict[str, Settlement]:
    """Criterion -> how it was settled; the version that stands."""
    query = select(Settlement).where(Settlement.cycle_id == cycle_id)
    query = query.order_by(Settlement.criterion, col(Settlement.version))
    return {row.criterion: row for row in session.exec(query)}


def versions(session: Session, cycle_id: int) -> dict[str, list[Settlement]]:
    """Criterion -> every version of how it was settled, the first one first."""
    query = select(Settlement).where(Settlement.cycle_id == cycle_id)
    found: dict[str, list[Settlement]] = {}
    for row in session.exec(query.order_by(Settlement.criterion, col(Settlement.version))):
        found.setdefault(row.criterion, []).append(row)
    return found


def who_found(session: Session, cycle_id: int) -> frozenset[str]:
    """The names under which people rated this cycle as reviewers."""
    query = select(ReviewRating.by).join(Assignment, col(Assignment.id) == ReviewRating.assignment_id)
    return frozenset(session.exec(query.where(Assignment.cycle_id == cycle_id).distinct()))
