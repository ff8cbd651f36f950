"""The sessions, and the only commit in the project.

A session is opened for reading, for writing, or for bookkeeping, and it ends where it was opened: nobody else
commits. Writers take turns, on SQLite and on PostgreSQL alike: a writer that has begun sees everything that is
committed and nobody changes it underneath, so what an action decided still holds when it is kept.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from sqlalchemy import event, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlmodel import Session

from accreditation.database.engines import address, engines
from accreditation.database.remembering import KNOWN
from accreditation.database.trouble import SQLITE_TROUBLE, trouble
from accreditation.errors import Unavailable, Unrecorded

ENTERED = "entered"
"""The key in `Session.info` under which the ledger leaves its entry; present in writing sessions only."""


class _Kept(Session):
    """A session whose end belongs to Database."""

    def commit(self) -> None:
        raise Unrecorded("Only Database commits, at the end of `with database.writing()`: remove this commit.")


class _Reading(_Kept):
    """A session that changes nothing."""

    def flush(self, objects: Any = None) -> None:
        changed = [one for one in self.dirty if self.is_modified(one)]
        if changed or self.new or self.deleted:
            raise Unrecorded("A reading session was asked to change rows; open `database.writing()` instead.")
        super().flush(objects)


class Database:
    """Where the records are kept: a SQLite file or a PostgreSQL database, with the same manners.

    `url` is `sqlite:////folder/file` or `postgresql+psycopg://…`; anything else is Invalid. `patience` is how many
    seconds a writer waits for its turn before it is told that the store is Unavailable.
    Nothing is opened before it is needed. Safe to share between threads; sessions are not.
    """

    def __init__(self, url: str, *, patience: float = 20.0) -> None:
        self._url = address(url)
        self._patience = patience
        self.turn = threading.Lock()
        self.dialect: Literal["sqlite", "postgresql"] = (
            "sqlite" if self._url.get_backend_name() == "sqlite" else "postgresql"
        )
        self.reader, self.writer = engines(self._url, patience)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """What stands now? Every read in the block sees the same moment; a change raises Unrecorded."""
        with self.plainly(), _Reading(self.reader, expire_on_commit=False, info={KNOWN: {}}) as session:
            yield session
            session.flush()

    @contextmanager
    def one_moment(self) -> Iterator["Database"]:
        """The records as they stand now: every `reading()` of what is handed out sees this moment, and none writes.

        For what is put together of many views and must fit together. For one thread, and not for long.
        """
        with self.reading() as session:
            yield _OneMoment(self, session)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Keep everything done in the block, or nothing; and only with its entry in the ledger.

        Rows changed without an entry raise Unrecorded and are rolled back. Nothing changed: nothing happens.
        One writer at a time: a block opened inside another one waits for itself, then is Unavailable.
        """
        with self._turned(info={ENTERED: None}) as session:
            yield session
            session.flush()
            wrote = session.info["connection"].info["wrote"]
            if wrote and not _stands(session.info[ENTERED]):
                session.rollback()
                raise Unrecorded("Rows were changed without an entry in the ledger; nothing was kept.")
            Session.commit(session)

    @contextmanager
    def bookkeeping(self) -> Iterator[Session]:
        """Keep the engine's own notes, without a ledger entry: leases of the outbox, tries to sign in, sessions seen.

        A lease says which worker holds a job until when. It is no fact about a team and changes every minute;
        in the ledger it would bury what people did. So would what a stranger types on the page to sign in.
        """
        with self._turned(info={}) as session:
            yield session
            Session.commit(session)

    def close(self) -> None:
        """Give back every connection; the next session would open new ones."""
        self.reader.dispose()
        self.writer.dispose()

    @contextmanager
    def _turned(self, *, info: dict[str, Any]) -> Iterator[Session]:
        if not self.turn.acquire(timeout=self._patience):
            raise Unavailable(SQLITE_TROUBLE["SQLITE_BUSY"])
        try:
            with self.plainly(), self.writer.connect() as connection:
                connection.info["wrote"] = False
                with _Kept(connection, expire_on_commit=False, info=info | {"connection": connection}) as session:
                    yield session
        finally:
            self.turn.release()

    @contextmanager
    def plainly(self) -> Iterator[None]:
        """Say in a sentence, as Unavailable, why the store could not answer in this block."""
        try:
            yield
        except PoolExhausted as error:
            raise Unavailable("Too many people read at the same moment. Try again in a moment.") from error
        except DBAPIError as error:
            sentence = trouble(error, self._url)
            if sentence is None:
                raise
            raise Unavailable(sentence) from error


class _OneMoment(Database):
    """A database of which only one reading session is left."""

    def __init__(self, of: Database, session: Session) -> None:
        self.dialect = of.dialect
        self._session = session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """The session that sees this moment."""
        yield self._session

    @contextmanager
    def _turned(self, *, info: dict[str, Any]) -> Iterator[Session]:  # noqa: ARG002  (as the one it stands for)
        raise Unrecorded("What looks at one moment changes nothing; open `database.writing()` of the whole database.")
        yield  # a generator, as the one it stands for


@contextmanager
def observe_statements(database: Database) -> Iterator[list[str]]:
    """Which SQL statements run in this block, in any thread? Without SQLite's BEGIN, elsewhere no statement."""
    seen: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    both = (database.reader, database.writer)
    for engine in both:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in both:
            event.remove(engine, "before_cursor_execute", note)


def _stands(entry: object | None) -> bool:
    """Is the ledger's entry still part of this transaction, and not undone with a savepoint?"""
    return entry is not None and not inspect(entry, raiseerr=True).transient
