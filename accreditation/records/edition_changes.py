"""Which edition a running cycle was carried over to, by whom, and what was told of it: appended, never overwritten."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from accreditation.database import UTCDateTime


class EditionChange(SQLModel, table=True):
    """A cycle goes on under another edition; the highest number stands. `report` is what was told of it, as JSON."""

    __tablename__ = "edition_change"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    number: int
    edition_digest: str = Field(foreign_key="edition.digest")
    report: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


def newest_of(cycle_id: Any) -> Any:
    """The condition that joins a cycle with its newest change of edition."""
    later = aliased(EditionChange)
    is_newest = ~exists().where(col(later.cycle_id) == EditionChange.cycle_id, col(later.number) > EditionChange.number)
    return and_(col(EditionChange.cycle_id) == cycle_id, is_newest)


def changes_of(session: Session, cycle_id: int) -> list[EditionChange]:
    """Every change of this cycle's edition, in order; none where it runs on the one it began with."""
    query = select(EditionChange).where(EditionChange.cycle_id == cycle_id).order_by(col(EditionChange.number))
    return list(session.exec(query))


def carried_to(session: Session, cycle_ids: Iterable[int]) -> dict[int, str]:
    """Cycle -> the edition it was carried over to last; only those that were carried over are in it."""
    query = select(EditionChange).where(col(EditionChange.cycle_id).in_(list(cycle_ids)))
    rows = session.exec(query.order_by(col(EditionChange.number)))
    return {row.cycle_id: row.edition_digest for row in rows}


def append(session: Session, *, cycle_id: int, digest: str, report: str, by: str, at: datetime) -> EditionChange:
    """Append the edition under which the cycle goes on."""
    number = len(changes_of(session, cycle_id)) + 1
    row = EditionChange(cycle_id=cycle_id, number=number, edition_digest=digest, report=report, by=by, at=at)
    session.add(row)
    session.flush()
    return row
