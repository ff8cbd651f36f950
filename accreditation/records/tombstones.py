"""Which files were deleted: what remains of each is its digest, why, by whom and when. Appended."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import exists
from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.errors import Gone
from accreditation.rules.retention import Cause, deleted_words

TOGETHER = 500
"""So many ids are asked for in one question; SQLite takes no more than some thousands."""


class Tombstone(SQLModel, table=True):
    """This version of a team's library is deleted, wherever it is attached: these bytes are no longer the team's.

    Another team's version of the same bytes lives on. The bytes go where no version has them any more.
    """

    version_id: int = Field(foreign_key="library_version.id", primary_key=True)
    team_id: int = Field(foreign_key="team.id")
    digest: str = Field(max_length=64, index=True)
    size: int
    media_type: str
    cause: str
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)

    @property
    def words(self) -> str:
        """What is said of the file to whoever could see it."""
        return deleted_words(cause=Cause(self.cause), reason=self.reason, at=self.at)


def lives(version_id: Any) -> Any:
    """The condition that the version with this id, a column, was not deleted."""
    return ~exists().where(col(Tombstone.version_id) == version_id)


def bury(session: Session, stone: Tombstone) -> None:
    """Append that this version is deleted."""
    session.add(stone)
    session.flush()


def of_version(session: Session, version_id: int | None) -> Tombstone | None:
    """What is left of this version, where it was deleted."""
    return None if version_id is None else session.get(Tombstone, version_id)


def check_there(session: Session, version_id: int | None) -> None:
    """Is this version's file still there? Raises Gone, which says when it was deleted and why."""
    stone = of_version(session, version_id)
    if stone is not None:
        raise Gone(stone.words)


def of_versions(session: Session, version_ids: Iterable[int | None]) -> dict[int, Tombstone]:
    """Version -> what is left of it, for those of these that were deleted."""
    wanted = sorted({one for one in version_ids if one is not None})
    found: dict[int, Tombstone] = {}
    for start in range(0, len(wanted), TOGETHER):
        query = select(Tombstone).where(col(Tombstone.version_id).in_(wanted[start : start + TOGETHER]))
        found |= {row.version_id: row for row in session.exec(query)}
    return found


def with_digest(session: Session, digest: str) -> list[Tombstone]:
    """Every deletion of a file with these bytes, of any team, the newest last."""
    query = select(Tombstone).where(Tombstone.digest == digest).order_by(col(Tombstone.at), col(Tombstone.version_id))
    return list(session.exec(query))
