"""On which days a cycle's visit is: appended, never overwritten; the newest statement stands."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.rules.conflicts import Days

TOGETHER = 500
"""So many ids are asked for in one question; SQLite takes no more than some thousands."""


class VisitDay(SQLModel, table=True):
    """The college office said on which days a cycle's visit is; the highest number of a cycle stands."""

    __tablename__ = "visit_day"

    cycle_id: int = Field(foreign_key="cycle.id", primary_key=True)
    number: int = Field(primary_key=True)
    first: date
    last: date
    by: str
    at: datetime = Field(sa_type=UTCDateTime)

    @property
    def days(self) -> Days:
        """From the first day to the last, as a value."""
        return Days(first=self.first, last=self.last)


def newest(session: Session, cycle_ids: Iterable[int]) -> dict[int, VisitDay]:
    """Cycle -> the statement that stands of its visit's days; nothing of a cycle whose visit has none."""
    ids = sorted(set(cycle_ids))
    found: dict[int, VisitDay] = {}
    for start in range(0, len(ids), TOGETHER):
        query = select(VisitDay).where(col(VisitDay.cycle_id).in_(ids[start : start + TOGETHER]))
        for row in session.exec(query.order_by(col(VisitDay.number))):
            found[row.cycle_id] = row
    return found


def days_of(session: Session, cycle_ids: Iterable[int]) -> dict[int, Days]:
    """Cycle -> the days of its visit; nothing of a cycle whose visit has none."""
    return {cycle: row.days for cycle, row in newest(session, cycle_ids).items()}


def state(session: Session, *, cycle_id: int, days: Days, by: str, at: datetime) -> VisitDay | None:
    """Append these days, unless they stand already; None where they do."""
    stands = newest(session, [cycle_id]).get(cycle_id)
    if stands is not None and stands.days == days:
        return None
    number = 1 if stands is None else stands.number + 1
    row = VisitDay(cycle_id=cycle_id, number=number, first=days.first, last=days.last, by=by, at=at)
    session.add(row)
    session.flush()
    return row
