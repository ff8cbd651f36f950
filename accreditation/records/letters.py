"""Letters by e-mail: an outbox. Whom it is for and why is kept; its words are made when it is sent."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.errors import NotFound
from accreditation.records import credentials, people
from accreditation.rules.derived import secret_of_link
from accreditation.rules.letters import LetterKind, Words, words_of


class Letter(SQLModel, table=True):
    """A letter to a person, with the link that it brings."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    link_id: int = Field(foreign_key="sign_in_link.id")
    kind: str
    at: datetime = Field(sa_type=UTCDateTime)


class LetterSent(SQLModel, table=True):
    """The mail server took the letter."""

    __tablename__ = "letter_sent"

    letter_id: int = Field(foreign_key="letter.id", primary_key=True)
    at: datetime = Field(sa_type=UTCDateTime)


def write(session: Session, row: Letter) -> int:
    """Append this letter; says its id."""
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101  (it was flushed)
    return row.id


def get(session: Session, letter_id: int) -> tuple[Letter, LetterSent | None]:
    """This letter, and that it was sent, if it was. Raises NotFound."""
    row = session.get(Letter, letter_id)
    if row is None:
        raise NotFound(f"There is no letter {letter_id}.")
    return row, session.get(LetterSent, letter_id)


def sent(session: Session, *, letter_id: int, at: datetime) -> None:
    """Append that the mail server took it."""
    session.add(LetterSent(letter_id=letter_id, at=at))
    session.flush()


def not_sent(session: Session, *, limit: int) -> list[Letter]:
    """Letters that no mail server took, oldest first."""
    waiting = (
        select(Letter).where(col(Letter.id).not_in(select(LetterSent.letter_id))).order_by(col(Letter.id)).limit(limit)
    )
    return list(session.exec(waiting))


def said(session: Session, *, key: bytes, site: str, letter: Letter, at: datetime) -> Words | None:
    """What does this letter say? None where its link works no more."""
    link = credentials.link(session, letter.link_id)
    if credentials.open_link(session, digest=link.digest, at=at) is None:
        return None
    person = people.get(session, letter.person_id)
    return words_of(
        LetterKind(letter.kind), to=person.email, name=person.name, expires_at=link.expires_at,
        link=f"{site}/invitation?link={secret_of_link(key, link.nonce)}",
    )  # fmt: skip
