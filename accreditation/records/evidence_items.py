"""Which evidence was attached to which criteria, and whether its bytes were found whole."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.errors import NotFound

NO_SUCH = "There is no such evidence, or it is not yours to see."
"""What is said of evidence that does not exist, and of evidence that the asker may not know of."""


class EvidenceItem(SQLModel, table=True):
    """A file that a team attached. The bytes lie in the store under their digest (SHA-256, hex)."""

    __tablename__ = "evidence_item"

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    digest: str = Field(max_length=64)
    size: int
    media_type: str
    file_name: str
    title: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class EvidenceLink(SQLModel, table=True):
    """The file answers this criterion."""

    __tablename__ = "evidence_link"

    evidence_id: int = Field(foreign_key="evidence_item.id", primary_key=True)
    criterion: str = Field(primary_key=True)


class EvidenceCheck(SQLModel, table=True):
    """The engine re-read the bytes: they have their digest, or not."""

    __tablename__ = "evidence_check"

    evidence_id: int = Field(foreign_key="evidence_item.id", primary_key=True)
    whole: bool
    at: datetime = Field(sa_type=UTCDateTime)


def keep(session: Session, item: EvidenceItem, criteria: Iterable[str]) -> EvidenceItem:
    """Keep the item and what it answers."""
    session.add(item)
    session.flush()
    assert item.id is not None  # noqa: S101  (it was flushed)
    session.add_all(EvidenceLink(evidence_id=item.id, criterion=criterion) for criterion in criteria)
    session.flush()
    return item


def same(session: Session, *, cycle_id: int, digest: str, criteria: Iterable[str]) -> EvidenceItem | None:
    """The item with these bytes that already answers all of these criteria in this cycle, if there is one.

    An item that was found damaged does not count: sending the file again is how a team mends it.
    """
    wanted = set(criteria)
    held = [
        (item, names)
        for item, names, check in of_cycle(session, cycle_id)
        if item.digest == digest and (check is None or check.whole)
    ]
    return next((item for item, names in held if wanted <= set(names)), None)


def of_cycle(session: Session, cycle_id: int) -> list[tuple[EvidenceItem, tuple[str, ...], EvidenceCheck | None]]:
    """Every item of the cycle with the criteria it answers and its check, in the order they came."""
    items = session.exec(
        select(EvidenceItem, EvidenceCheck)
        .join(EvidenceCheck, col(EvidenceCheck.evidence_id) == EvidenceItem.id, isouter=True)
        .where(EvidenceItem.cycle_id == cycle_id)
        .order_by(col(EvidenceItem.id))
    ).all()
    criteria: dict[int, list[str]] = {}
    for criterion, ids in links(session, cycle_id).items():
        for evidence_id in ids:
            criteria.setdefault(evidence_id, []).append(criterion)
    return [(item, tuple(criteria.get(item.id or 0, ())), check) for item, check in items]


def links(session: Session, cycle_id: int) -> dict[str, list[int]]:
    """Criterion -> the ids of the items of this cycle that answer it, in the order they came."""
    query = (
        select(EvidenceLink)
        .join(EvidenceItem, col(EvidenceItem.id) == EvidenceLink.evidence_id)
        .where(EvidenceItem.cycle_id == cycle_id)
        .order_by(EvidenceLink.criterion, col(EvidenceLink.evidence_id))
    )
    found: dict[str, list[int]] = {}
    for link in session.exec(query):
        found.setdefault(link.criterion, []).append(link.evidence_id)
    return found


def get(session: Session, evidence_id: int) -> EvidenceItem:
    """The item with this id. Raises NotFound."""
    row = session.get(EvidenceItem, evidence_id)
    if row is None:
        raise NotFound(NO_SUCH)
    return row


def attached(session: Session, cycle_id: int) -> frozenset[str]:
    """Which criteria of the cycle have evidence attached? Evidence found damaged does not count."""
    query = (
        select(EvidenceLink.criterion)
        .join(EvidenceItem, col(EvidenceItem.id) == EvidenceLink.evidence_id)
        .join(EvidenceCheck, col(EvidenceCheck.evidence_id) == EvidenceItem.id, isouter=True)
        .where(EvidenceItem.cycle_id == cycle_id, col(EvidenceCheck.whole).is_distinct_from(False))
    )
    return frozenset(session.exec(query))
