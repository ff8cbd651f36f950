"""Drafts of schemes, kept between visits: every text that was ever saved of one, and how it ended. All appended."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, func, select

from accreditation.database import UTCDateTime
from accreditation.errors import NotFound


class SchemeDraft(SQLModel, table=True):
    """Somebody began a draft of a scheme, from a published edition or from an example (then `began_from` is null)."""

    __tablename__ = "scheme_draft"

    id: int | None = Field(default=None, primary_key=True)
    scheme: str = Field(index=True)
    began_from: str | None = Field(default=None, foreign_key="edition.digest")
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class SchemeDraftVersion(SQLModel, table=True):
    """The whole text of a draft as it was saved; the highest number stands. It may have any number of faults."""

    __tablename__ = "scheme_draft_version"

    draft_id: int = Field(foreign_key="scheme_draft.id", primary_key=True)
    number: int = Field(primary_key=True)
    text: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class SchemeDraftEnd(SQLModel, table=True):
    """A draft became the edition `edition_digest`, or was given up where there is none, and why."""

    __tablename__ = "scheme_draft_end"

    draft_id: int = Field(foreign_key="scheme_draft.id", primary_key=True)
    edition_digest: str | None = Field(default=None, foreign_key="edition.digest")
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


def begin(session: Session, *, scheme: str, began_from: str | None, by: str, at: datetime) -> int:
    """Append a draft without any text; says its id."""
    row = SchemeDraft(scheme=scheme, began_from=began_from, by=by, at=at)
    session.add(row)
    session.flush()
    return row.id or 0


def append(session: Session, *, draft_id: int, number: int, text: str, by: str, at: datetime) -> SchemeDraftVersion:
    """Append the text under this number."""
    row = SchemeDraftVersion(draft_id=draft_id, number=number, text=text, by=by, at=at)
    session.add(row)
    session.flush()
    return row


def end(session: Session, *, draft_id: int, digest: str | None, reason: str, by: str, at: datetime) -> None:
    """Append that the draft ended."""
    session.add(SchemeDraftEnd(draft_id=draft_id, edition_digest=digest, reason=reason, by=by, at=at))
    session.flush()


def get(session: Session, *, scheme: str, draft_id: int) -> SchemeDraft:
    """This draft of this scheme, open or ended. Raises NotFound."""
    row = session.get(SchemeDraft, draft_id)
    if row is None or row.scheme != scheme:
        raise NotFound(f"There is no draft {draft_id} of the scheme '{scheme}'.")
    return row


def ended(session: Session, draft_id: int) -> SchemeDraftEnd | None:
    """How this draft ended; None where it is open."""
    return session.get(SchemeDraftEnd, draft_id)


def open_drafts(session: Session, scheme: str | None = None) -> list[SchemeDraft]:
    """The drafts (of this scheme) that are open, the newest first."""
    query = select(SchemeDraft).where(col(SchemeDraft.id).not_in(select(SchemeDraftEnd.draft_id)))
    if scheme is not None:
        query = query.where(SchemeDraft.scheme == scheme)
    return list(session.exec(query.order_by(col(SchemeDraft.id).desc())))


def version(session: Session, draft_id: int, number: int | None = None) -> SchemeDraftVersion:
    """The text of this number, or the one that stands. Raises NotFound."""
    query = select(SchemeDraftVersion).where(SchemeDraftVersion.draft_id == draft_id)
    if number is not None:
        query = query.where(SchemeDraftVersion.number == number)
    row = session.exec(query.order_by(col(SchemeDraftVersion.number).desc()).limit(1)).first()
    if row is None:
        raise NotFound(f"There is no text {number} of the draft {draft_id}.")
    return row


def saved(session: Session, draft_id: int) -> list[tuple[int, str, datetime]]:
    """Every text that was saved, the newest first: its number, who saved it and when."""
    query = select(SchemeDraftVersion.number, SchemeDraftVersion.by, SchemeDraftVersion.at)
    query = query.where(SchemeDraftVersion.draft_id == draft_id).order_by(col(SchemeDraftVersion.number).desc())
    return [(number, by, at) for number, by, at in session.exec(query)]


def last_saved(session: Session, draft_ids: Iterable[int]) -> dict[int, tuple[int, str, datetime]]:
    """Draft -> the number of the text that stands, who saved it and when."""
    newest = (
        select(SchemeDraftVersion.draft_id, func.max(SchemeDraftVersion.number).label("number"))
        .where(col(SchemeDraftVersion.draft_id).in_(list(draft_ids)))
        .group_by(col(SchemeDraftVersion.draft_id))
        .subquery()
    )
    query = select(
        SchemeDraftVersion.draft_id, SchemeDraftVersion.number, SchemeDraftVersion.by, SchemeDraftVersion.at
    ).join(
        newest,
        (newest.c.draft_id == SchemeDraftVersion.draft_id) & (newest.c.number == SchemeDraftVersion.number),
    )
    return {draft: (number, by, at) for draft, number, by, at in session.exec(query)}
