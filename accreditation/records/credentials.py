"""How somebody proves who they are: password, authenticator app, an identity elsewhere; and links that let them in.

A password is kept as Argon2id makes it, with the parameters that OWASP names as the least (19 MiB, two passes): about
25 ms of a core, which a college's machine bears and somebody who stole the table does not. What was replaced is
forgotten. Of a link and of an app the records hold no secret: both are derived from the house's key.
"""

from collections.abc import Iterable
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from accreditation.database import UTCDateTime

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

_NOBODYS = _HASHER.hash("nobody's password")
"""What is looked at where there is no account: the answer takes as long as for one that exists."""


class Password(SQLModel, table=True):
    """A person's password as Argon2id made it."""

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    hashed: str
    at: datetime = Field(sa_type=UTCDateTime)


class SecondFactor(SQLModel, table=True):
    """A person's authenticator app: by which name its secret is derived, and the newest step of time that was used."""

    __tablename__ = "second_factor"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    nonce: str
    used_step: int
    confirmed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Identity(SQLModel, table=True):
    """A person as somebody else's identity provider knows them: by issuer and subject, and by nothing that changes."""

    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    issuer: str
    subject: str
    at: datetime = Field(sa_type=UTCDateTime)


class SignInLink(SQLModel, table=True):
    """A link that was sent to a person: to be used once, until it expires. Kept is its digest alone."""

    __tablename__ = "sign_in_link"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str
    nonce: str
    digest: str = Field(unique=True, max_length=64)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class SignInLinkEnd(SQLModel, table=True):
    """The link was used, or another took its place."""

    __tablename__ = "sign_in_link_end"

    link_id: int = Field(foreign_key="sign_in_link.id", primary_key=True)
    how: str
    at: datetime = Field(sa_type=UTCDateTime)


def set_password(session: Session, *, person_id: int, hashed: str, at: datetime) -> None:
    """Let this be the person's password from now on; the old one is forgotten."""
    row = session.get(Password, person_id)
    if row is None:
        session.add(Password(person_id=person_id, hashed=hashed, at=at))
    else:
        row.hashed, row.at = hashed, at
    session.flush()


def password_of(session: Session, person_id: int) -> str | None:
    """The person's password as it is kept, if there is one."""
    row = session.get(Password, person_id)
    return None if row is None else row.hashed


def hashed(password: str) -> str:
    """The password as it is kept. Takes a while, on purpose: outside of any transaction."""
    return _HASHER.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Is this the password? Takes as long where nothing is kept. Outside of any transaction."""
    try:
        return _HASHER.verify(kept or _NOBODYS, password) and kept is not None
    except (Argon2Error, InvalidHashError):
        return False


def factor_of(session: Session, person_id: int) -> SecondFactor | None:
    """The person's authenticator app, confirmed or not yet."""
    return session.get(SecondFactor, person_id)


def keep_factor(session: Session, row: SecondFactor) -> None:
    """Keep this authenticator app as it is now."""
    session.add(row)
    session.flush()


def drop_factor(session: Session, row: SecondFactor) -> None:
    """Forget this authenticator app."""
    session.delete(row)
    session.flush()


def identified(session: Session, *, issuer: str, subject: str) -> int | None:
    """Whom does this provider mean by this subject? The person's id, if we know them."""
    return session.exec(
        select(Identity.person_id).where(Identity.issuer == issuer, Identity.subject == subject)
    ).first()


def keep_identity(session: Session, row: Identity) -> None:
    """Keep that this person is known there under this subject."""
    session.add(row)
    session.flush()


def drop_identities(session: Session, person_id: int) -> list[str]:
    """Forget by what providers mean this person; says which providers those were."""
    rows = session.exec(select(Identity).where(Identity.person_id == person_id).order_by(col(Identity.id))).all()
    for row in rows:
        session.delete(row)
    session.flush()
    return [row.issuer for row in rows]


def has_identity(session: Session, person_id: int) -> bool:
    """Does any provider know this person?"""
    return session.exec(select(Identity.id).where(Identity.person_id == person_id)).first() is not None


def who_can_sign_in(session: Session, person_ids: Iterable[int]) -> set[int]:
    """Who of these chose a password, or signs in with another's provider?"""
    wanted = list(person_ids)
    found = session.exec(select(Password.person_id).where(col(Password.person_id).in_(wanted))).all()
    known = session.exec(select(Identity.person_id).where(col(Identity.person_id).in_(wanted))).all()
    return {*found, *known}


def can_sign_in(session: Session, person_id: int) -> bool:
    """Did this person choose a password, or do they sign in with another's provider?"""
    return password_of(session, person_id) is not None or has_identity(session, person_id)


def keep_link(session: Session, row: SignInLink) -> int:
    """Append this link; says its id."""
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101  (it was flushed)
    return row.id


def link(session: Session, link_id: int) -> SignInLink:
    """This link, whatever became of it."""
    found = session.get(SignInLink, link_id)
    assert found is not None  # noqa: S101  (a letter's key points at it)
    return found


def open_link(session: Session, *, digest: str, at: datetime) -> SignInLink | None:
    """The link of this digest, if it may be used at this moment."""
    found = session.exec(
        select(SignInLink)
        .where(SignInLink.digest == digest, col(SignInLink.expires_at) > at)
        .where(col(SignInLink.id).not_in(select(SignInLinkEnd.link_id)))
    )
    return found.first()


def open_links(session: Session, *, person_id: int, at: datetime) -> list[SignInLink]:
    """The links of this person that may still be used."""
    found = session.exec(
        select(SignInLink)
        .where(SignInLink.person_id == person_id, col(SignInLink.expires_at) > at)
        .where(col(SignInLink.id).not_in(select(SignInLinkEnd.link_id)))
        .order_by(col(SignInLink.id))
    )
    return list(found)


def end_link(session: Session, *, link_id: int, how: str, at: datetime) -> None:
    """Append that this link is used up."""
    session.add(SignInLinkEnd(link_id=link_id, how=how, at=at))
    session.flush()
