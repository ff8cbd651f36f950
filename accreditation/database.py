"""Engine, session, and the only commit in the project.

A session is opened for reading, for writing, or for bookkeeping, and it ends where it was opened: nobody else
commits. Writers take turns, on SQLite and on PostgreSQL alike: a writer that has begun sees everything that is
committed and nobody changes it underneath, so what an action decided still holds when it is kept.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import DateTime, Dialect, Engine, Row, event, inspect, make_url
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session as Session  # noqa: PLC0414  actions and views name it from here, SQLModel stays below
from sqlmodel import create_engine

from accreditation.errors import Fault, Invalid, Unavailable, Unrecorded

ENTERED = "entered"
"""The key in `Session.info` under which the ledger leaves its entry; present in writing sessions only."""

WRITERS_LOCK = int.from_bytes(b"accredit")
"""The PostgreSQL advisory lock that writers and migrations hold until their transaction ends."""

_CHANGES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|COPY|CREATE|ALTER|DROP|TRUNCATE)\b"
    r"|\s*WITH\b.*\b(INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\S+\s+SET)\b",
    re.IGNORECASE | re.DOTALL,
)

_SQLITE_TROUBLE = {
    "SQLITE_BUSY": "Another process is writing to the database and has not finished. Try again in a moment.",
    "SQLITE_LOCKED": "Another process is writing to the database and has not finished. Try again in a moment.",
    "SQLITE_FULL": "The disk that keeps the database is full; nothing was kept. Make room, then try again.",
    "SQLITE_IOERR": "The disk that keeps the database cannot be read or written. Look at the disk.",
    "SQLITE_READONLY": "The database file cannot be written. Look at who owns it and its folder.",
    "SQLITE_CORRUPT": "The database file is damaged. Stop the engine and restore the last backup.",
    "SQLITE_NOTADB": "The file is not a database. Look at the database's address in the settings.",
}

_POSTGRESQL_TROUBLE = {
    "08": "The database server broke the connection; nothing was kept. Try again in a moment.",
    "28": "The database server refuses the sign-in. Look at the user in the database's address.",
    "3D": "The database server has no database of that name. Create it, or look at the database's address.",
    "40": "Somebody else wrote at the same moment; nothing was kept. Try again.",
    "53": "The database server has run out of disk, memory or connections; nothing was kept. Look at the server.",
    "55": "Another process is writing to the database and has not finished. Try again in a moment.",
    "57": "The database server is stopping or starting; nothing was kept. Try again in a moment.",
    "58": "The database server cannot read or write its disk. Look at the server.",
}


class UTCDateTime(TypeDecorator[datetime]):
    """When, always aware and in UTC: SQLite forgets time zones, so they are taken off and put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Which moment is stored? Raises TypeError for a naive datetime: nobody knows which moment it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError(f"{value.isoformat()} has no time zone; hand in an aware datetime")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 SQLAlchemy's signature
        """Which moment was stored? Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


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
        self._url = _address(url)
        self._patience = patience
        self._turn = threading.Lock()
        self.dialect: Literal["sqlite", "postgresql"] = (
            "sqlite" if self._url.get_backend_name() == "sqlite" else "postgresql"
        )
        self._reader, self._writer = (
            _sqlite(self._url, patience) if self.dialect == "sqlite" else _postgresql(self._url, patience)
        )
        event.listen(self._reader, "before_cursor_execute", _refuse_changes)
        event.listen(self._writer, "before_cursor_execute", _note_changes)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """What stands now? Every read in the block sees the same moment; a change raises Unrecorded."""
        with self._plainly(), _Reading(self._reader, expire_on_commit=False) as session:
            yield session
            session.flush()

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
        """Keep the engine's own notes, without a ledger entry: the leases of the outbox, and nothing else.

        A lease says which worker holds a job until when. It is no fact about a team and changes every minute;
        in the ledger it would bury what people did.
        """
        with self._turned(info={}) as session:
            yield session
            Session.commit(session)

    def close(self) -> None:
        """Give back every connection; the next session would open new ones."""
        self._reader.dispose()
        self._writer.dispose()

    @contextmanager
    def _turned(self, *, info: dict[str, Any]) -> Iterator[Session]:
        if not self._turn.acquire(timeout=self._patience):
            raise Unavailable(_SQLITE_TROUBLE["SQLITE_BUSY"])
        try:
            with self._plainly(), self._writer.connect() as connection:
                connection.info["wrote"] = False
                with _Kept(connection, expire_on_commit=False, info=info | {"connection": connection}) as session:
                    yield session
        finally:
            self._turn.release()

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except PoolExhausted as error:
            raise Unavailable("Too many people read at the same moment. Try again in a moment.") from error
        except DBAPIError as error:
            sentence = _trouble(error, self._url)
            if sentence is None:
                raise
            raise Unavailable(sentence) from error


def migrate(database: Database, scripts: Path) -> None:
    """Bring the tables up to the newest migration in `scripts` (Alembic's folder); nothing to do costs one look.

    All or nothing, and safe when two processes start at once: the second waits and finds nothing to do. Its env.py
    must use the connection in `context.config.attributes["connection"]`, which holds the writers' lock, and no other.
    """
    if not pending(database, scripts):
        return
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    # SQLite rebuilds a table to alter it. With foreign keys on, dropping the old one would empty what points at it,
    # and the switch does nothing inside a transaction: off before it, checked at its end, on again after it.
    with (
        database._plainly(),
        database._turn,
        database._writer.connect() as connection,
        _without_foreign_keys(connection),
        connection.begin(),
    ):
        if _behind(connection, scripts):
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _check_foreign_keys(connection)


def pending(database: Database, scripts: Path) -> bool:
    """Is there a migration in `scripts` that these records have not had?"""
    with database._plainly(), database._reader.connect() as connection:
        return _behind(connection, scripts)


@contextmanager
def observe_statements(database: Database) -> Iterator[list[str]]:
    """Which SQL statements run in this block, in any thread? Without SQLite's BEGIN, elsewhere no statement."""
    seen: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    engines = (database._reader, database._writer)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def append_only_ddl(table: str, dialect: str) -> tuple[str, ...]:
    """Which statements make the database itself refuse to change or delete rows of `table`? For migrations.

    The refusal arrives as SQLAlchemy's IntegrityError. On SQLite, a migration that alters the table in batch mode
    rebuilds it and loses the triggers: run these again after it.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,40}", table):
        raise ValueError(f"{table!r} is not the name of a table")
    refusal = f"rows of {table} are appended, never changed or deleted"
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            for verb in ("UPDATE", "DELETE")
        )
    return (
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION USING MESSAGE = '{refusal}', ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
    )


def _address(url: str) -> URL:
    allowed = "write sqlite:////folder/file.sqlite or postgresql+psycopg://user@host/name"
    try:
        address = make_url(url)
        address.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise Invalid([Fault(where="database url", found="it cannot be read", allowed=allowed)]) from error
    if address.drivername not in ("sqlite", "postgresql", "postgresql+psycopg"):
        found = f"{address.drivername} is not supported"
        raise Invalid([Fault(where="database url", found=found, allowed=allowed)])
    if address.drivername == "sqlite" and address.database in (None, "", ":memory:"):
        # Every connection would have a database of its own, and nothing would be kept.
        raise Invalid([Fault(where="database url", found="it names no file", allowed=allowed)])
    return address


def _sqlite(url: URL, patience: float) -> tuple[Engine, Engine]:
    """Two engines on one file: readers that cannot write, and one writer."""
    options = {"connect_args": {"timeout": patience}, "pool_timeout": patience}
    reader = create_engine(url, pool_size=10, max_overflow=40, **options)
    writer = create_engine(url, pool_size=1, max_overflow=0, **options)
    event.listen(reader, "connect", _sqlite_reader)
    event.listen(writer, "connect", _sqlite_writer)
    event.listen(reader, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    event.listen(writer, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return reader, writer


def _sqlite_writer(raw: Any, _record: object) -> None:
    raw.isolation_level = None  # SQLAlchemy begins, not Python's sqlite3, which begins late and never IMMEDIATE
    if raw.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")  # an award survives a power cut
    raw.execute("PRAGMA foreign_keys=ON")
    raw.execute("PRAGMA recursive_triggers=ON")  # INSERT OR REPLACE then meets the append-only trigger as well


def _sqlite_reader(raw: Any, record: object) -> None:
    _sqlite_writer(raw, record)
    raw.execute("PRAGMA query_only=ON")


def _postgresql(url: URL, patience: float) -> tuple[Engine, Engine]:
    """Two faces of one pool: readers see one moment and cannot write; writers see what was committed last."""
    engine = create_engine(
        url,
        pool_size=10,
        max_overflow=40,
        pool_timeout=patience,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 10},
    )

    @event.listens_for(engine, "connect")
    def _connected(raw: Any, _record: object) -> None:
        raw.autocommit = True
        raw.execute(f"SET lock_timeout = {max(1, round(patience * 1000))}")
        raw.autocommit = False

    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    writer = engine.execution_options(isolation_level="READ COMMITTED")
    event.listen(
        writer, "begin", lambda connection: connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})")
    )
    return reader, writer


def _refuse_changes(_connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
    if _CHANGES.match(statement):
        raise Unrecorded("A reading session was asked to change rows; open `database.writing()` instead.")


def _note_changes(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
    # At the cursor, so that flushes, bulk statements and hand-written SQL all count, and idle flushes do not.
    if _CHANGES.match(statement):
        connection.info["wrote"] = True


def _stands(entry: object | None) -> bool:
    """Is the ledger's entry still part of this transaction, and not undone with a savepoint?"""
    return entry is not None and not inspect(entry, raiseerr=True).transient


def _trouble(error: DBAPIError, url: URL) -> str | None:
    """What should a person be told? None where the fault is in the program and not in the store."""
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None and name.startswith("SQLITE_CANTOPEN"):
        folder = Path(url.database or "").parent
        why = "cannot be opened" if folder.is_dir() else "does not exist"
        return f"The folder of the database, {folder}, {why}. Create it, or look at the database's address."
    if name is not None:
        return next((say for code, say in _SQLITE_TROUBLE.items() if name.startswith(code)), None)
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return _POSTGRESQL_TROUBLE.get(state[:2])
    if type(error.orig).__name__ == "OperationalError":
        return f"The database server at {url.host or 'this machine'} cannot be reached. Look whether it is running."
    return None


def _behind(connection: Connection, scripts: Path) -> bool:
    """Do the migrations recorded in the database differ from the newest in the folder?"""
    wanted = set(ScriptDirectory(str(scripts)).get_heads())
    return set(MigrationContext.configure(connection).get_current_heads()) != wanted


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        dangling: list[Row[Any]] = list(connection.exec_driver_sql("PRAGMA foreign_key_check"))
        if dangling:
            raise RuntimeError(f"The migration leaves rows that point at nothing: {dangling[:5]}; it was rolled back.")
