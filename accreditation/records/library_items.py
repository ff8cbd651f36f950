"""What a team keeps in its library: documents, their versions, and what is said of each: appended."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from accreditation.database import UTCDateTime
from accreditation.errors import NotFound
from accreditation.records.evidence_items import TOGETHER, EvidenceCheck, EvidenceItem, EvidenceLink, stands
from accreditation.records.tombstones import lives
from accreditation.rules.library import Described, Item, Version

Told = tuple[Version, list[tuple[datetime, Described]]]
"""A version with everything that was ever said of it and when, the newest last."""

NO_SUCH = "There is no such document, or it is not in your library."
"""What is said of a document that does not exist, and of one in another team's library."""


class LibraryItem(SQLModel, table=True):
    """A document that a team keeps, whatever its version."""

    __tablename__ = "library_item"

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", index=True)
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class LibraryVersion(SQLModel, table=True):
    """These bytes are this version of the document. In one team's library a digest is one version, of one document."""

    __tablename__ = "library_version"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="library_item.id")
    number: int
    digest: str = Field(max_length=64, index=True)
    size: int
    media_type: str
    file_name: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class LibraryDetail(SQLModel, table=True):
    """What is said of a version; the highest id stands. A policy's new version holds from another day than the old."""

    __tablename__ = "library_detail"

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="library_version.id", index=True)
    title: str
    owner: str
    effective_on: date | None = None
    review_by: date | None = None
    by: str
    at: datetime = Field(sa_type=UTCDateTime)

    def described(self) -> Described:
        """What is said, as a value."""
        return Described(
            title=self.title, owner=self.owner, effective_on=self.effective_on, review_by=self.review_by
        )  # fmt: skip


def begin(session: Session, *, team_id: int, by: str, at: datetime) -> int:
    """Keep a new document of this team, which has no version yet; says its id."""
    row = LibraryItem(team_id=team_id, by=by, at=at)
    session.add(row)
    session.flush()
    return _id(row.id)


def add_version(
    session: Session, *, item_id: int, digest: str, size: int, media_type: str, file_name: str, described: Described,
    by: str, at: datetime,
) -> Version:  # fmt: skip
    """Keep these bytes as the document's next version, with what is said of it."""
    number = len(session.exec(select(LibraryVersion.id).where(LibraryVersion.item_id == item_id)).all()) + 1
    row = LibraryVersion(
        item_id=item_id, number=number, digest=digest, size=size, media_type=media_type, file_name=file_name, by=by,
        at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    describe(session, version_id=_id(row.id), described=described, by=by, at=at)
    return _version(row, described)


def describe(session: Session, *, version_id: int, described: Described, by: str, at: datetime) -> None:
    """Append what is said of this version now."""
    session.add(
        LibraryDetail(
            version_id=version_id, title=described.title, owner=described.owner, effective_on=described.effective_on,
            review_by=described.review_by, by=by, at=at,
        )
    )  # fmt: skip
    session.flush()


def with_digest(session: Session, *, team_id: int, digest: str) -> Version | None:
    """The version in this team's library that has these bytes and was not deleted, if there is one."""
    query = (
        select(LibraryVersion)
        .join(LibraryItem, col(LibraryItem.id) == LibraryVersion.item_id)
        .where(LibraryItem.team_id == team_id, LibraryVersion.digest == digest, lives(LibraryVersion.id))
        .order_by(col(LibraryVersion.id))
    )
    row = session.exec(query).first()
    return None if row is None else _versions(session, [row])[0]


def get(session: Session, item_id: int) -> Item:
    """The document with this id, with all its versions. Raises NotFound."""
    found = _items(session, LibraryItem.id == item_id)
    if not found:
        raise NotFound(NO_SUCH)
    return found[0]


def own(session: Session, item_id: int, team_id: int | None) -> Item:
    """The document with this id in this team's library. Raises NotFound, for one of others as if there were none."""
    found = _items(session, and_(col(LibraryItem.id) == item_id, col(LibraryItem.team_id) == team_id))
    if not found:
        raise NotFound(NO_SUCH)
    return found[0]


def own_version(session: Session, version_id: int, team_id: int | None) -> tuple[Item, Version]:
    """The version with this id in this team's library, and the document it is one of. Raises NotFound, likewise."""
    of = select(LibraryVersion.item_id).where(LibraryVersion.id == version_id).scalar_subquery()
    found = _items(session, and_(col(LibraryItem.id) == of, col(LibraryItem.team_id) == team_id))
    if not found:
        raise NotFound(NO_SUCH)
    return found[0], next(one for one in found[0].versions if one.id == version_id)


def of_version(session: Session, version_id: int) -> tuple[Item, Version]:
    """The version with this id, and the document it is one of. Raises NotFound."""
    row = session.get(LibraryVersion, version_id)
    if row is None:
        raise NotFound(NO_SUCH)
    item = get(session, row.item_id)
    return item, next(one for one in item.versions if one.id == version_id)


def of_team(
    session: Session, team_id: int, after: int = 0, limit: int | None = None, *, sought: str = ""
) -> list[Item]:  # fmt: skip
    """The documents of this team with their versions, in the order they were begun: all, or a part of them.

    Where something is `sought`, those alone in which each of its words stands in a title, an owner or a file's name.
    """
    part = (
        select(LibraryItem.id)
        .where(LibraryItem.team_id == team_id, col(LibraryItem.id) > after, *map(_tells, sought.lower().split()))
        .order_by(col(LibraryItem.id))
        .limit(limit)
    )
    return _items(session, col(LibraryItem.id).in_(part))


def _tells(word: str) -> ColumnElement[bool]:
    """The condition that a version of the document is called so, in capitals or not."""
    told = (LibraryDetail.title, LibraryDetail.owner, LibraryVersion.file_name)
    said = select(LibraryVersion.item_id).join(LibraryDetail, col(LibraryDetail.version_id) == LibraryVersion.id)
    called = or_(*(func.lower(one).contains(word, autoescape=True) for one in told))
    return col(LibraryItem.id).in_(said.where(called))


def numbers(session: Session, team_ids: Iterable[int]) -> dict[int, int]:
    """Team -> how many documents it keeps; nothing of a team that keeps none."""
    query = select(LibraryItem.team_id, func.count()).where(col(LibraryItem.team_id).in_(sorted(set(team_ids))))
    return dict(session.exec(query.group_by(col(LibraryItem.team_id))).all())


def in_hand(session: Session, team_id: int) -> list[Item]:
    """The documents of this team whose newest version was not deleted: what can be read, offered and attached."""
    newest, later = aliased(LibraryVersion), aliased(LibraryVersion)
    deleted = exists().where(
        col(newest.item_id) == LibraryItem.id,
        ~lives(newest.id),
        ~exists().where(col(later.item_id) == newest.item_id, col(later.number) > newest.number),
    )
    return _items(session, and_(col(LibraryItem.team_id) == team_id, ~deleted))


def versions(session: Session, version_ids: Iterable[int]) -> dict[int, Version]:
    """These versions by id, each with what is said of it now."""
    return {name: version for name, (version, _) in told(session, version_ids).items()}


def told(session: Session, version_ids: Iterable[int]) -> dict[int, Told]:
    """These versions by id, each with everything that was ever said of it and when, the newest last."""
    return _told(session, version_ids, lambda some: col(LibraryVersion.id).in_(some))


def told_of_documents(session: Session, version_ids: Iterable[int]) -> dict[int, Told]:
    """The same of every version, the newest too, of the documents that these are versions of; by number."""
    of = LibraryVersion.item_id
    found = _told(
        session, version_ids, lambda some: col(of).in_(select(of).where(col(LibraryVersion.id).in_(some)))
    )  # fmt: skip
    return dict(sorted(found.items(), key=lambda one: one[1][0].number))


def _told(
    session: Session, ids: Iterable[int], which: Callable[[list[int]], ColumnElement[bool]]
) -> dict[int, Told]:  # fmt: skip
    said: dict[int, tuple[LibraryVersion, list[tuple[datetime, Described]]]] = {}
    for some in in_parts(ids):
        query = select(LibraryVersion, LibraryDetail).join(
            LibraryDetail, col(LibraryDetail.version_id) == LibraryVersion.id
        )
        for row, detail in session.exec(query.where(which(some)).order_by(col(LibraryDetail.id))):
            several = said.setdefault(detail.version_id, (row, []))[1]
            several.append((detail.at, detail.described()))
    return {name: (_version(row, several[-1][1]), several) for name, (row, several) in said.items()}


def said_of(session: Session, version_ids: Iterable[int]) -> dict[int, list[LibraryDetail]]:
    """Version -> everything that was ever said of it, the newest last."""
    found: dict[int, list[LibraryDetail]] = {}
    for some in in_parts(version_ids):
        query = select(LibraryDetail).where(col(LibraryDetail.version_id).in_(some)).order_by(col(LibraryDetail.id))
        for row in session.exec(query):
            found.setdefault(row.version_id, []).append(row)
    return found


def newest_versions(session: Session, item_ids: Iterable[int]) -> dict[int, int]:
    """Document -> the id of its newest version."""
    found: dict[int, int] = {}
    for some in in_parts(item_ids):
        query = select(LibraryVersion.item_id, LibraryVersion.id).where(col(LibraryVersion.item_id).in_(some))
        for item, version in session.exec(query.order_by(col(LibraryVersion.number))):
            found[item] = _id(version)
    return found


def shown(session: Session, cycle_id: int) -> dict[str, list[Described]]:
    """Criterion -> what is said now of every file that stands in this cycle and answers it, not damaged or deleted."""
    query = (
        select(EvidenceLink, EvidenceItem)
        .join(EvidenceItem, col(EvidenceItem.id) == EvidenceLink.evidence_id)
        .join(EvidenceCheck, col(EvidenceCheck.evidence_id) == EvidenceItem.id, isouter=True)
        .where(EvidenceItem.cycle_id == cycle_id, col(EvidenceCheck.whole).is_distinct_from(False), stands())
        .where(lives(EvidenceItem.version_id))
        .order_by(col(EvidenceItem.id))
    )
    rows = session.exec(query).all()
    said = said_of(session, [item.version_id for _, item in rows if item.version_id is not None])
    found: dict[str, list[Described]] = {}
    for link, item in rows:
        told = said.get(item.version_id or 0)
        found.setdefault(link.criterion, []).append(told[-1].described() if told else Described(title=item.title))
    return found


def _items(session: Session, which: Any) -> list[Item]:
    query = (
        select(LibraryItem, LibraryVersion)
        .join(LibraryVersion, col(LibraryVersion.item_id) == LibraryItem.id)
        .where(which)
        .order_by(col(LibraryItem.id), col(LibraryVersion.number))
    )
    rows = session.exec(query).all()
    held: dict[int, list[Version]] = {}
    for version in _versions(session, [row for _, row in rows]):
        held.setdefault(version.item, []).append(version)
    teams = {_id(item.id): item.team_id for item, _ in rows}
    return [Item(id=item, team=teams[item], versions=tuple(several)) for item, several in held.items()]


def _versions(session: Session, rows: Sequence[LibraryVersion]) -> list[Version]:
    said = said_of(session, [_id(row.id) for row in rows])
    return [_version(row, said[_id(row.id)][-1].described()) for row in rows]


def _version(row: LibraryVersion, described: Described) -> Version:
    return Version(
        id=_id(row.id), item=row.item_id, number=row.number, digest=row.digest, size=row.size,
        media_type=row.media_type, file_name=row.file_name, described=described, by=row.by, at=row.at,
    )  # fmt: skip


def in_parts(ids: Iterable[int]) -> Iterator[list[int]]:
    """These ids, each once and in order, so many at a time as one question takes."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), TOGETHER):
        yield wanted[start : start + TOGETHER]


def _id(value: int | None) -> int:
    assert value is not None  # noqa: S101  (a flushed row has its id)
    return value
