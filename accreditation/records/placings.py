"""Which criteria the documents of a team's library may answer, as the engine suggests; and what its team set aside.

A document is read once for every edition whose wording it is held against; its text is kept nowhere. Appended.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import and_, exists
from sqlalchemy.orm import aliased
from sqlmodel import Field, ForeignKeyConstraint, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.records.clearances import Clearance
from accreditation.records.library_items import LibraryItem, LibraryVersion, in_parts
from accreditation.records.tombstones import lives
from accreditation.rules.clearance import OPEN
from accreditation.rules.placing import Suggestion


class PlacingLook(SQLModel, table=True):
    """The engine held this version against the wording of this edition; it may have found nothing to suggest.

    `unread` says why it was not held against it, in words that tell nothing of what stands in it; empty where it was.
    """

    __tablename__ = "placing_look"

    version_id: int = Field(foreign_key="library_version.id", primary_key=True)
    edition_digest: str = Field(foreign_key="edition.digest", primary_key=True)
    unread: str = ""
    at: datetime = Field(sa_type=UTCDateTime)


class PlacingSuggestion(SQLModel, table=True):
    """The version may answer this criterion; rank 1 is the likeliest. `because` are words of the criterion's own
    wording with a space between: never what stands in the document alone, for that may be a patient's.
    """

    __tablename__ = "placing_suggestion"
    __table_args__ = (
        ForeignKeyConstraint(
            ["version_id", "edition_digest"], ["placing_look.version_id", "placing_look.edition_digest"]
        ),
    )  # fmt: skip

    version_id: int = Field(primary_key=True)
    edition_digest: str = Field(primary_key=True)
    rank: int = Field(primary_key=True)
    criterion: str
    score: float
    because: str


class PlacingDismissal(SQLModel, table=True):
    """The team says that this document, whatever its version, does not answer the criterion in this cycle."""

    __tablename__ = "placing_dismissal"

    cycle_id: int = Field(foreign_key="cycle.id", primary_key=True)
    item_id: int = Field(foreign_key="library_item.id", primary_key=True)
    criterion: str = Field(primary_key=True)
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


def keep(
    session: Session, *, version_id: int, edition: str, found: Sequence[Suggestion], at: datetime, unread: str = ""
) -> bool:  # fmt: skip
    """Keep what this version may answer in the edition with this digest; says whether it was not kept before.

    `unread` says why nobody knows what it may answer.
    """
    if session.get(PlacingLook, (version_id, edition)) is not None:
        return False
    session.add(PlacingLook(version_id=version_id, edition_digest=edition, unread=unread, at=at))
    session.flush()
    session.add_all(
        PlacingSuggestion(
            version_id=version_id, edition_digest=edition, rank=rank, criterion=one.criterion, score=one.score,
            because=" ".join(one.because),
        )
        for rank, one in enumerate(found, start=1)
    )  # fmt: skip
    session.flush()
    return True


def placed(session: Session, version_ids: Iterable[int], edition: str) -> dict[int, str]:
    """Version -> why it could not be read, of these that were held against the wording of the edition with this digest.

    Empty where it was read.
    """
    found: dict[int, str] = {}
    for some in in_parts(version_ids):
        query = select(PlacingLook.version_id, PlacingLook.unread).where(
            col(PlacingLook.version_id).in_(some), PlacingLook.edition_digest == edition
        )  # fmt: skip
        found |= dict(session.exec(query).all())
    return found


def suggested(session: Session, version_ids: Iterable[int], edition: str) -> dict[int, tuple[Suggestion, ...]]:
    """Version -> what it may answer in the edition with this digest, the likeliest first; nothing of other versions."""
    found: dict[int, tuple[Suggestion, ...]] = {}
    for some in in_parts(version_ids):
        query = (
            select(PlacingSuggestion)
            .where(col(PlacingSuggestion.version_id).in_(some), PlacingSuggestion.edition_digest == edition)
            .order_by(col(PlacingSuggestion.version_id), col(PlacingSuggestion.rank))
        )
        for row in session.exec(query):
            one = Suggestion(criterion=row.criterion, score=row.score, because=tuple(row.because.split()))
            found[row.version_id] = (*found.get(row.version_id, ()), one)
    return found


def dismiss(session: Session, *, cycle_id: int, item_id: int, criterion: str, by: str, at: datetime) -> None:
    """Append that this document does not answer the criterion in this cycle."""
    session.add(PlacingDismissal(cycle_id=cycle_id, item_id=item_id, criterion=criterion, by=by, at=at))
    session.flush()


def dismissed(session: Session, cycle_id: int) -> frozenset[tuple[int, str]]:
    """Documents and criteria of which the team said that they do not belong together in this cycle."""
    query = select(PlacingDismissal.item_id, PlacingDismissal.criterion).where(PlacingDismissal.cycle_id == cycle_id)
    return frozenset((item, criterion) for item, criterion in session.exec(query))


def teams_with_unread(session: Session) -> list[int]:
    """Which teams have a document that may be opened, and whose newest version was never held against any wording?"""
    later = aliased(LibraryVersion)
    cleared = exists().where(
        col(Clearance.version_id) == LibraryVersion.id, col(Clearance.state).in_([one.value for one in OPEN])
    )
    newer = exists().where(
        and_(col(later.item_id) == LibraryVersion.item_id, col(later.number) > LibraryVersion.number)
    )
    read = exists().where(col(PlacingLook.version_id) == LibraryVersion.id)
    query = (
        select(LibraryItem.team_id)
        .join(LibraryVersion, col(LibraryVersion.item_id) == LibraryItem.id)
        .where(cleared, ~newer, ~read, lives(LibraryVersion.id))
        .distinct()
    )
    return sorted(session.exec(query))
