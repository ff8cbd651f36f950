"""What reviewers found besides their ratings, version by version, and what the lead made of each: appended."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from accreditation.database import UTCDateTime
from accreditation.records.reviewers import sitting
from accreditation.records.reviews import nonces
from accreditation.rules.findings import Draft, Kind, Words


class Finding(SQLModel, table=True):
    """One version of a reviewer's finding; the highest stands. `key` is the reviewer's own name for it.

    A draft may lack its kind or its text, and one that was dropped stays kept. No criterion: the service as a whole.
    """

    __table_args__ = (UniqueConstraint("assignment_id", "key", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="assignment.id", index=True)
    key: str
    version: int
    kind: str | None
    criterion: str | None
    text: str
    dropped: bool
    by: str
    at: datetime = Field(sa_type=UTCDateTime)

    def draft(self) -> Draft:
        """The version as a value."""
        kind = None if self.kind is None else Kind(self.kind)
        return Draft(kind=kind, criterion=self.criterion, text=self.text, dropped=self.dropped)


class FindingChange(SQLModel, table=True):
    """What the reviewer who settles made of a finding: kept, amended or withdrawn, with a reason; the highest stands.

    `finding` is its name in the report. Kind, criterion and text are what it says from then on.
    """

    __tablename__ = "finding_change"

    cycle_id: int = Field(foreign_key="cycle.id", primary_key=True)
    finding: str = Field(primary_key=True, max_length=16)
    number: int = Field(primary_key=True)
    how: str
    kind: str
    criterion: str | None
    text: str
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)

    def words(self) -> Words:
        """What the finding says from this change on."""
        return Words(kind=Kind(self.kind), criterion=self.criterion, text=self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A finding that was handed in: its name in the report, whose it was, what it said, and what became of it."""

    name: str
    seat: int
    said: Words
    changes: tuple[FindingChange, ...]

    @property
    def reported(self) -> tuple[Words, ...]:
        """What the report says and said, the first first; nothing where it was withdrawn before the report was sent."""
        if not self.changes or self.changes[0].how == "withdrawn":
            return ()
        return tuple(change.words() for change in self.changes if change.how != "withdrawn")

    @property
    def stands(self) -> Words | None:
        """What the report says; None while nobody settled it, and where it was withdrawn."""
        return None if not self.changes or self.changes[-1].how == "withdrawn" else self.changes[-1].words()


def drafts(session: Session, seats: Iterable[int], keys: Iterable[str] | None = None) -> dict[int, dict[str, Finding]]:
    """Seat -> key -> the version that stands, in the order in which the findings were begun."""
    wanted = list(seats)
    query = select(Finding).where(col(Finding.assignment_id).in_(wanted)).order_by(col(Finding.id))
    if keys is not None:
        query = query.where(col(Finding.key).in_(list(keys)))
    standing: dict[int, dict[str, Finding]] = {one: {} for one in wanted}
    for row in session.exec(query):
        standing[row.assignment_id][row.key] = row
    return standing


def version(session: Session, *, seat: int, key: str, number: int) -> Finding | None:
    """This version of this finding, if there is one."""
    query = select(Finding).where(Finding.assignment_id == seat, Finding.key == key, Finding.version == number)
    return session.exec(query).first()


def name_of(nonce: str, key: str) -> str:
    """The name of a finding in the report. It tells neither whose it is nor how many others there are."""
    return hashlib.sha256(f"{nonce}:{key}".encode()).hexdigest()[:12]


def handed_in(session: Session, cycle_id: int, seats: Iterable[int]) -> list[HandedIn]:
    """Every finding that was handed in from these seats, by its name: an order that tells nothing."""
    known = nonces(session, seats)
    changes: dict[str, list[FindingChange]] = {}
    rows = select(FindingChange).where(FindingChange.cycle_id == cycle_id).order_by(col(FindingChange.number))
    for row in session.exec(rows):
        changes.setdefault(row.finding, []).append(row)
    found = [
        (name_of(known[seat], key), seat, said)
        for seat, by_key in drafts(session, known).items()
        for key, row in by_key.items()
        for said in [row.draft().words()]
        if said is not None
    ]
    return [
        HandedIn(name=name, seat=seat, said=said, changes=tuple(changes.get(name, ())))
        for name, seat, said in sorted(found, key=lambda one: one[0])
    ]


def of_review(session: Session, cycle_id: int) -> list[HandedIn]:
    """Every finding that whoever sits in the review team now has handed in."""
    return handed_in(session, cycle_id, [seat.id or 0 for seat, _ in sitting(session, cycle_ids=[cycle_id])])


def unsettled(session: Session, cycle_id: int) -> tuple[str, ...]:
    """The names of the findings that nobody has settled yet."""
    return tuple(one.name for one in of_review(session, cycle_id) if not one.changes)
