"""The worked cases of an edition, kept beside it: they belong to its author's text, and no digest depends on them."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.records import editions
from accreditation.scheme.one_text import as_one
from accreditation.scheme.source import Files
from accreditation.scheme.write import CASES_FILE, write


class EditionCases(SQLModel, table=True):
    """An edition was published with these worked cases, written as a file of a standard; the newest stand."""

    __tablename__ = "edition_cases"

    id: int | None = Field(default=None, primary_key=True)
    edition_digest: str = Field(foreign_key="edition.digest", index=True)
    content: str
    at: datetime = Field(sa_type=UTCDateTime)


def keep(session: Session, *, digest: str, content: str, at: datetime) -> bool:
    """Keep these cases of this edition; says whether they are other ones than stand."""
    if cases_of(session, digest) == content:
        return False
    session.add(EditionCases(edition_digest=digest, content=content, at=at))
    session.flush()
    return True


def cases_of(session: Session, digest: str) -> str:
    """The worked cases of this edition, as a file of a standard; nothing where none came with it."""
    query = select(EditionCases.content).where(EditionCases.edition_digest == digest)
    return session.exec(query.order_by(col(EditionCases.id).desc()).limit(1)).first() or ""


def whole_text(session: Session, digest: str) -> str:
    """The edition as one text, its worked cases with it: what a draft of the next one begins with. Raises NotFound."""
    files: Files = write(editions.scheme_of(session, digest))
    cases = cases_of(session, digest)
    return as_one({**files, CASES_FILE: cases.encode()} if cases else files)
