"""Reminders by e-mail: whom the office reminded of whose turn it is. Their words are made when they are sent."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.errors import NotFound


class Reminder(SQLModel, table=True):
    """Somebody is reminded of a cycle in which it is their turn; `area` is where on the site they go on."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    area: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class ReminderSent(SQLModel, table=True):
    """The mail server took the reminder."""

    __tablename__ = "reminder_sent"

    reminder_id: int = Field(foreign_key="reminder.id", primary_key=True)
    at: datetime = Field(sa_type=UTCDateTime)


def write(session: Session, row: Reminder) -> int:
    """Append this reminder; says its id."""
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101  (it was flushed)
    return row.id


def get(session: Session, reminder_id: int) -> tuple[Reminder, ReminderSent | None]:
    """This reminder, and that it was sent, if it was. Raises NotFound."""
    row = session.get(Reminder, reminder_id)
    if row is None:
        raise NotFound(f"There is no reminder {reminder_id}.")
    return row, session.get(ReminderSent, reminder_id)


def sent(session: Session, *, reminder_id: int, at: datetime) -> None:
    """Append that the mail server took it."""
    session.add(ReminderSent(reminder_id=reminder_id, at=at))
    session.flush()


def since(session: Session, person_ids: Iterable[int], moment: datetime) -> set[int]:
    """Who of these was reminded after this moment, of whatever cycle?"""
    query = select(Reminder.person_id).where(col(Reminder.person_id).in_(list(person_ids)), col(Reminder.at) > moment)
    return set(session.exec(query))


def of_cycle(session: Session, cycle_id: int, *, limit: int) -> list[Reminder]:
    """The newest reminders about this cycle, the newest first."""
    query = select(Reminder).where(Reminder.cycle_id == cycle_id).order_by(col(Reminder.id).desc()).limit(limit)
    return list(session.exec(query))
