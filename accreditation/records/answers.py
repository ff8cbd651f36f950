"""What teams and reviewers answered, version by version; the highest version stands."""

import json
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import bindparam, exists
from sqlalchemy import select as columns_of
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from accreditation.database import UTCDateTime, once_a_moment
from accreditation.scheme.answer import Answer


class Said(SQLModel):
    """The columns of an answer. Numbers are kept as text, and a series as JSON with such numbers, to the last digit."""

    state: str
    rating: str | None = None
    measured: str | None = None
    level: str | None = None
    series: str | None = None
    note: str = ""

    def answer(self) -> Answer:
        """The answer as a value."""
        return Answer.model_validate(
            {
                "state": self.state,
                "rating": self.rating,
                "measured": None if self.measured is None else Decimal(self.measured),
                "level": self.level,
                "series": () if self.series is None else json.loads(self.series),
                "note": self.note,
            }
        )


class _Version(Said):
    """One version of somebody's answer to one criterion."""

    criterion: str
    version: int
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class SelfRating(_Version, table=True):
    """A team's answer to one criterion. `source` says where a measured answer was published."""

    __tablename__ = "self_rating"
    __table_args__ = (UniqueConstraint("cycle_id", "criterion", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    source: str = ""


class ReviewRating(_Version, table=True):
    """One reviewer's answer to one criterion, given alone."""

    __tablename__ = "review_rating"
    __table_args__ = (UniqueConstraint("assignment_id", "criterion", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="assignment.id", index=True)


T = TypeVar("T", SelfRating, ReviewRating)


def columns(answer: Answer) -> dict[str, Any]:
    """The answer as columns."""
    return {
        "state": answer.state,
        "rating": answer.rating,
        "measured": None if answer.measured is None else str(answer.measured),
        "level": answer.level,
        "series": _series(answer),
        "note": answer.note,
    }


def _series(answer: Answer) -> str | None:
    points = [point.model_dump(mode="json") for point in answer.series]
    return json.dumps(points, ensure_ascii=False) if points else None


@once_a_moment
def self_ratings(
    session: Session, cycle_ids: Iterable[int], criteria: Iterable[str] | None = None
) -> dict[int, dict[str, SelfRating]]:
    """Cycle -> criterion -> the version that stands, for these cycles (and, where given, these criteria)."""
    standing: dict[int, dict[str, SelfRating]] = {cycle: {} for cycle in cycle_ids}
    for row in _read(session, SelfRating, standing, criteria):
        standing[row.cycle_id][row.criterion] = row
    return standing


def versions(session: Session, cycle_id: int, criterion: str) -> list[SelfRating]:
    """Everything that a team answered to this criterion, the oldest first."""
    query = select(SelfRating).where(SelfRating.cycle_id == cycle_id, SelfRating.criterion == criterion)
    return list(session.exec(query.order_by(col(SelfRating.version))))


@once_a_moment
def review_ratings(
    session: Session, assignment_ids: Iterable[int], criteria: Iterable[str] | None = None
) -> dict[int, dict[str, ReviewRating]]:
    """Assignment -> criterion -> the version that stands."""
    standing: dict[int, dict[str, ReviewRating]] = {one: {} for one in assignment_ids}
    for row in _read(session, ReviewRating, standing, criteria):
        standing[row.assignment_id][row.criterion] = row
    return standing


def _read(session: Session, row: type[T], whose: Iterable[int], criteria: Iterable[str] | None) -> Iterable[T]:
    """The versions that stand, of these cycles or assignments (and, where given, of these criteria)."""
    given: dict[str, list[Any]] = {"whose": list(whose)}
    if criteria is not None:
        given["criteria"] = list(criteria)
    found: Iterable[T] = session.execute(_standing(row, some=criteria is not None), given).scalars()
    return found


@cache
def _standing(row: Any, *, some: bool) -> Any:
    """The question for them; made once. A page that saves itself makes many versions: those before are not read."""
    later, key = aliased(row), "cycle_id" if row is SelfRating else "assignment_id"
    newer = exists().where(
        getattr(later, key) == getattr(row, key), later.criterion == row.criterion, later.version > row.version
    )
    query = columns_of(row).where(getattr(row, key).in_(bindparam("whose", expanding=True)), ~newer)
    if some:
        query = query.where(row.criterion.in_(bindparam("criteria", expanding=True)))
    return query.order_by(row.criterion)


def rating_version(session: Session, *, seat: int, criterion: str, number: int) -> ReviewRating | None:
    """This version of this reviewer's answer to a criterion, if there is one."""
    query = select(ReviewRating).where(ReviewRating.assignment_id == seat, ReviewRating.criterion == criterion)
    return session.exec(query.where(ReviewRating.version == number)).first()
