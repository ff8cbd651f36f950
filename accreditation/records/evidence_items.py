"""Which evidence was attached to which criteria, whether its bytes were found whole, and which of it was taken back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, exists
from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime, once_a_moment
from accreditation.errors import NotFound
from accreditation.records.tombstones import lives

NO_SUCH = "There is no such evidence, or it is not yours to see."
"""What is said of evidence that does not exist, and of evidence that the asker may not know of."""


TOGETHER = 500
"""So many ids are asked for in one question; SQLite takes no more than some thousands."""

UPLOADED, FROM_LIBRARY = "uploaded", "library"
"""How a file came to a cycle: its bytes were sent for it, or the team's library had them already."""


class EvidenceItem(SQLModel, table=True):
    """A file that a team attached: a version of its library, pinned. The bytes lie in the store under their digest.

    What is written here stays, whatever becomes of the document: reviewers judge what was attached.
    """

    __tablename__ = "evidence_item"

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    version_id: int | None = Field(default=None, foreign_key="library_version.id", index=True)
    digest: str = Field(max_length=64)
    size: int
    media_type: str
    file_name: str
    title: str
    how: str = Field(default=UPLOADED, sa_column_kwargs={"server_default": UPLOADED})
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class EvidenceLink(SQLModel, table=True):
    """The file answers this criterion, on this page or in this section of it, as it was said when it was attached."""

    __tablename__ = "evidence_link"

    evidence_id: int = Field(foreign_key="evidence_item.id", primary_key=True)
    criterion: str = Field(primary_key=True)
    place: str = Field(default="", sa_column_kwargs={"server_default": ""})


class HowEnded(StrEnum):
    """How evidence ceased to be part of a cycle."""

    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


class EvidenceEnd(SQLModel, table=True):
    """The team took the file back, or another one stands in its place (`successor_id`); the row itself stays."""

    __tablename__ = "evidence_end"

    evidence_id: int = Field(foreign_key="evidence_item.id", primary_key=True)
    how: str
    reason: str
    successor_id: int | None = Field(default=None, foreign_key="evidence_item.id")
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class EvidenceCheck(SQLModel, table=True):
    """The engine re-read the bytes: they have their digest, or not."""

    __tablename__ = "evidence_check"

    evidence_id: int = Field(foreign_key="evidence_item.id", primary_key=True)
    whole: bool
    at: datetime = Field(sa_type=UTCDateTime)


def keep(
    session: Session, item: EvidenceItem, criteria: Iterable[str], places: Mapping[str, str] | None = None
) -> EvidenceItem:
    """Keep the item and what it answers, and where in it (criterion -> page or section), as far as that is said."""
    session.add(item)
    session.flush()
    assert item.id is not None  # noqa: S101  (it was flushed)
    said = places or {}
    session.add_all(
        EvidenceLink(evidence_id=item.id, criterion=criterion, place=said.get(criterion, "")) for criterion in criteria
    )
    session.flush()
    return item


def same(session: Session, *, cycle_id: int, digest: str, criteria: Iterable[str]) -> EvidenceItem | None:
    """The item with these bytes that already answers all of these criteria in this cycle, if there is one.

    An item that was found damaged or was deleted does not count: sending the file again is how a team mends it.
    """
    wanted = set(criteria)
    held = _with_links(session, cycle_id, and_(stands(), _lives(), col(EvidenceItem.digest) == digest))
    return next(
        (item for item, names, check in held if wanted <= set(names) and (check is None or check.whole)), None
    )  # fmt: skip


@once_a_moment
def of_cycle(session: Session, cycle_id: int) -> list[tuple[EvidenceItem, tuple[str, ...], EvidenceCheck | None]]:
    """Every item that stands in the cycle with the criteria it answers and its check, in the order they came."""
    return _with_links(session, cycle_id, stands(), links(session, cycle_id))


def living(session: Session, cycle_id: int) -> list[tuple[EvidenceItem, tuple[str, ...], EvidenceCheck | None]]:
    """The same without the items whose file was deleted: those that can be read."""
    return _with_links(session, cycle_id, and_(stands(), _lives()))


def over(session: Session, cycle_id: int) -> list[tuple[EvidenceItem, tuple[str, ...], EvidenceEnd]]:
    """Every item of the cycle that was withdrawn or replaced, with what it answered and how it ended."""
    items = _with_links(session, cycle_id, _over())
    ends = {
        row.evidence_id: row for row in session.exec(of_cycles(select(EvidenceEnd), EvidenceEnd.evidence_id, cycle_id))
    }
    return [(item, names, ends[item.id or 0]) for item, names, _ in items]


def _with_links(
    session: Session, cycle_id: int, which: Any, answering: Mapping[str, list[int]] | None = None
) -> list[tuple[EvidenceItem, tuple[str, ...], EvidenceCheck | None]]:
    items = session.exec(
        select(EvidenceItem, EvidenceCheck)
        .join(EvidenceCheck, col(EvidenceCheck.evidence_id) == EvidenceItem.id, isouter=True)
        .where(EvidenceItem.cycle_id == cycle_id, which)
        .order_by(col(EvidenceItem.id))
    ).all()
    criteria: dict[int, list[str]] = {}
    for criterion, ids in (_links(session, cycle_id, which) if answering is None else answering).items():
        for evidence_id in ids:
            criteria.setdefault(evidence_id, []).append(criterion)
    return [(item, tuple(criteria.get(item.id or 0, ())), check) for item, check in items]


@once_a_moment
def links(session: Session, cycle_id: int) -> dict[str, list[int]]:
    """Criterion -> the ids of the items that stand in this cycle and answer it, in the order they came."""
    return _links(session, cycle_id, stands())


def _links(session: Session, cycle_id: int, which: Any) -> dict[str, list[int]]:
    query = (
        of_cycles(select(EvidenceLink), EvidenceLink.evidence_id, cycle_id)
        .where(which)
        .order_by(EvidenceLink.criterion, col(EvidenceLink.evidence_id))
    )
    found: dict[str, list[int]] = {}
    for link in session.exec(query):
        found.setdefault(link.criterion, []).append(link.evidence_id)
    return found


def of_versions(session: Session, version_ids: Iterable[int]) -> list[tuple[EvidenceItem, tuple[str, ...]]]:
    """Where these versions stand as evidence, in any cycle: the items with the criteria they answer, by id."""
    criteria: dict[int, list[str]] = {}
    items: dict[int, EvidenceItem] = {}
    wanted = sorted(set(version_ids))
    for start in range(0, len(wanted), TOGETHER):
        query = (
            select(EvidenceItem, EvidenceLink.criterion)
            .join(EvidenceLink, col(EvidenceLink.evidence_id) == EvidenceItem.id)
            .where(col(EvidenceItem.version_id).in_(wanted[start : start + TOGETHER]), stands())
            .order_by(col(EvidenceItem.id), EvidenceLink.criterion)
        )
        for item, criterion in session.exec(query):
            items[item.id or 0] = item
            criteria.setdefault(item.id or 0, []).append(criterion)
    return [(item, tuple(criteria[name])) for name, item in sorted(items.items())]


def end(
    session: Session, *, evidence_id: int, how: HowEnded, reason: str, by: str, at: datetime,
    successor_id: int | None = None,
) -> None:  # fmt: skip
    """Append that the item is no part of its cycle any more, and how that came."""
    session.add(
        EvidenceEnd(
            evidence_id=evidence_id, how=how.value, reason=reason, successor_id=successor_id, by=by, at=at
        )
    )  # fmt: skip
    session.flush()


def ended(session: Session, evidence_id: int) -> EvidenceEnd | None:
    """How the item ended, if it did."""
    return session.get(EvidenceEnd, evidence_id)


def get(session: Session, evidence_id: int) -> EvidenceItem:
    """The item with this id. Raises NotFound."""
    row = session.get(EvidenceItem, evidence_id)
    if row is None:
        raise NotFound(NO_SUCH)
    return row


def cycle_of(session: Session, evidence_id: int) -> int:
    """In which cycle does this item stand? In 0, which is nobody's, where there is none: looking there is as long."""
    return session.exec(select(EvidenceItem.cycle_id).where(EvidenceItem.id == evidence_id)).first() or 0


def attached(session: Session, cycle_id: int) -> frozenset[str]:
    """Which criteria of the cycle have evidence attached? What was damaged, deleted or taken back does not count."""
    query = (
        select(EvidenceLink.criterion)
        .join(EvidenceItem, col(EvidenceItem.id) == EvidenceLink.evidence_id)
        .join(EvidenceCheck, col(EvidenceCheck.evidence_id) == EvidenceItem.id, isouter=True)
        .where(EvidenceItem.cycle_id == cycle_id, col(EvidenceCheck.whole).is_distinct_from(False), stands(), _lives())
    )
    return frozenset(session.exec(query))


def stands() -> Any:
    """The condition that an item was neither withdrawn nor replaced."""
    return ~_over()


def _lives() -> Any:
    return lives(EvidenceItem.version_id)


def _over() -> Any:
    return exists().where(col(EvidenceEnd.evidence_id) == EvidenceItem.id)


def of_cycles(query: Any, evidence_id: Any, *cycle_ids: int) -> Any:
    """The rows of these cycles' items."""
    return query.join(EvidenceItem, col(EvidenceItem.id) == evidence_id).where(
        col(EvidenceItem.cycle_id).in_(cycle_ids)
    )
