"""Sessions of people who signed in, kept as digests so that they can be ended; and tries to sign in, to be counted."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.rules.derived import digest_of
from accreditation.rules.lockout import LATELY, REMEMBERED, Try
from accreditation.rules.sessions import LONGEST, TOUCHED, Ends, Span, over


class SignInSession(SQLModel, table=True):
    """Somebody is signed in with this browser; its cookie holds the secret of which the digest is kept."""

    __tablename__ = "sign_in_session"

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(unique=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    how: str
    device: str = ""
    began_at: datetime = Field(sa_type=UTCDateTime)
    seen_at: datetime = Field(sa_type=UTCDateTime)
    ended: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    @property
    def span(self) -> Span:
        """When it began, when it was seen, and how it was ended."""
        return Span(
            began_at=self.began_at, seen_at=self.seen_at, ended=None if self.ended is None else Ends(self.ended)
        )


class SignInAttempt(SQLModel, table=True):
    """Somebody tries to sign in. The account is kept as a digest: people type passwords into the wrong field."""

    __tablename__ = "sign_in_attempt"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    account: str = Field(index=True, max_length=64)
    address: str = Field(index=True, max_length=64)
    succeeded: bool = False
    at: datetime = Field(sa_type=UTCDateTime, index=True)


def begin(session: Session, *, secret: str, person_id: int, how: str, at: datetime) -> None:
    """Keep a new session of this person."""
    session.add(
        SignInSession(digest=digest_of(secret), person_id=person_id, how=how, began_at=at, seen_at=at)
    )  # fmt: skip
    session.flush()


def name_device(session: Session, *, secret: str, device: str) -> None:
    """Write down with which browser the session of this secret began."""
    session.execute(
        update(SignInSession)
        .where(col(SignInSession.digest) == digest_of(secret))
        .values(device=device)
        .execution_options(synchronize_session=False)
    )


def of_secret(session: Session, secret: str) -> SignInSession | None:
    """The session whose cookie this is, if there ever was one."""
    return session.exec(select(SignInSession).where(SignInSession.digest == digest_of(secret))).first()


def touch(session: Session, *, session_id: int, at: datetime) -> None:
    """Write down that this session was seen; of two requests at once one does."""
    session.execute(
        update(SignInSession)
        .where(col(SignInSession.id) == session_id, col(SignInSession.seen_at) <= at - TOUCHED)
        .values(seen_at=at)
        .execution_options(synchronize_session=False)
    )


def end(session: Session, *, secret: str, how: Ends, at: datetime) -> int | None:
    """End this session; says whose it was, None where it was over already or never was."""
    row = of_secret(session, secret)
    if row is None or row.ended is not None:
        return None
    row.ended, row.ended_at = how.value, at
    session.flush()
    return row.person_id


def last_of(session: Session, person_ids: Iterable[int]) -> dict[int, datetime]:
    """Person -> when they signed in last; nobody who never did."""
    last = func.max(SignInSession.began_at, type_=UTCDateTime())
    query = select(SignInSession.person_id, last).where(col(SignInSession.person_id).in_(list(person_ids)))
    return dict(session.exec(query.group_by(col(SignInSession.person_id))).all())


def end_all(session: Session, *, person_id: int, how: Ends, at: datetime, but: str = "") -> int:
    """End every session of this person, but that of this secret; says how many went on until now."""
    going_on = session.exec(
        select(SignInSession)
        .where(SignInSession.person_id == person_id, col(SignInSession.ended).is_(None))
        .where(col(SignInSession.digest) != digest_of(but))
    ).all()
    for row in going_on:
        row.ended, row.ended_at = how.value, at
    session.flush()
    return len(going_on)


def going_on(session: Session, *, person_id: int, at: datetime) -> list[SignInSession]:
    """The sessions of this person that go on, the newest first: in each of so many browsers they are signed in."""
    rows = session.exec(
        select(SignInSession)
        .where(SignInSession.person_id == person_id, col(SignInSession.began_at) > at - LONGEST)
        .order_by(col(SignInSession.id).desc())
    )
    return [row for row in rows if over(row.span, at=at) is None]


def attempt(session: Session, *, kind: str, account: str, address: str, at: datetime) -> int:
    """Keep that somebody tries, as a failure until it succeeds; forgets what is of no use any more. Says its id."""
    failed = col(SignInAttempt.succeeded).is_(False)
    old = (col(SignInAttempt.at) < at - LATELY) | (failed & (col(SignInAttempt.at) < at - REMEMBERED))
    session.execute(delete(SignInAttempt).where(old))
    row = SignInAttempt(kind=kind, account=account, address=address, at=at)
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101  (it was flushed)
    return row.id


def succeed(session: Session, attempt_id: int) -> None:
    """That attempt was right."""
    session.execute(
        update(SignInAttempt)
        .where(col(SignInAttempt.id) == attempt_id)
        .values(succeeded=True)
        .execution_options(synchronize_session=False)
    )


def tries_on(session: Session, *, kind: str, account: str, since: datetime) -> list[Try]:
    """The tries on this account, the newest first."""
    of = (SignInAttempt.account == account, SignInAttempt.kind == kind, col(SignInAttempt.at) > since)
    rows = session.exec(select(SignInAttempt).where(*of).order_by(col(SignInAttempt.id).desc()).limit(MOST_TRIES))
    return [Try(at=row.at, near=row.address, succeeded=row.succeeded) for row in rows]


def failures(session: Session, *, kind: str, since: datetime, address: str) -> list[datetime]:
    """When did tries from this address fail?"""
    of = (SignInAttempt.address == address, SignInAttempt.kind == kind, col(SignInAttempt.at) > since)
    query = select(SignInAttempt.at).where(*of, col(SignInAttempt.succeeded).is_(False))
    return list(session.exec(query.order_by(col(SignInAttempt.id).desc()).limit(MOST_COUNTED)))


MOST_COUNTED = 200
"""So many failures from an address are looked at; that many more change no pause."""

MOST_TRIES = 1000
"""So many tries on an account are looked at: pauses let through 96 wrong ones a day from elsewhere and as many from
where its owner is, so that these never hide where the owner signed in."""
