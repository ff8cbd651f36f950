"""Legal holds: on all evidence of a scheme, of a cycle or of a team. Set, and some day ended: both are appended."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.errors import NotFound
from accreditation.rules.retention import Hold


class LegalHold(SQLModel, table=True):
    """Nothing of this scheme, of this cycle or of this team (one of the three) is deleted until it is ended."""

    __tablename__ = "legal_hold"

    id: int | None = Field(default=None, primary_key=True)
    scheme: str | None = None
    cycle_id: int | None = Field(default=None, foreign_key="cycle.id")
    team_id: int | None = Field(default=None, foreign_key="team.id")
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)

    @property
    def on(self) -> str:
        """What it is on, in words."""
        if self.scheme is not None:
            return f"the scheme {self.scheme}"
        return f"cycle {self.cycle_id}" if self.cycle_id is not None else f"team {self.team_id}"

    def value(self) -> Hold:
        """The hold as a value."""
        return Hold(id=self.id or 0, on=self.on, reason=self.reason, by=self.by, at=self.at)


class LegalHoldEnd(SQLModel, table=True):
    """The hold was ended, and why."""

    __tablename__ = "legal_hold_end"

    hold_id: int = Field(foreign_key="legal_hold.id", primary_key=True)
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


def begin(session: Session, row: LegalHold) -> int:
    """Append this hold; says its id."""
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101  (it was flushed)
    return row.id


def end(session: Session, row: LegalHoldEnd) -> None:
    """Append that the hold is ended."""
    session.add(row)
    session.flush()


def get(session: Session, hold_id: int) -> tuple[LegalHold, LegalHoldEnd | None]:
    """The hold with this id, and how it ended, if it did. Raises NotFound."""
    row = session.get(LegalHold, hold_id)
    if row is None:
        raise NotFound(f"There is no legal hold {hold_id}.")
    return row, session.get(LegalHoldEnd, hold_id)


def open_ones(session: Session) -> list[LegalHold]:
    """The holds that are not ended, in the order they were set."""
    return [row for row, ended in _all(session, col(LegalHoldEnd.hold_id).is_(None)) if ended is None]


def after(session: Session, hold_id: int, *, limit: int) -> list[tuple[LegalHold, LegalHoldEnd | None]]:
    """Holds behind this id with how they ended, if they did, in the order they were set."""
    return list(_all(session, col(LegalHold.id) > hold_id, limit=limit))


def _all(
    session: Session, which: Any, *, limit: int | None = None
) -> Iterable[tuple[LegalHold, LegalHoldEnd | None]]:  # fmt: skip
    query: Any = (
        select(LegalHold, LegalHoldEnd)
        .join(LegalHoldEnd, col(LegalHoldEnd.hold_id) == LegalHold.id, isouter=True)
        .where(which)
        .order_by(col(LegalHold.id))
        .limit(limit)
    )
    return session.exec(query).all()  # type: ignore[no-any-return]
