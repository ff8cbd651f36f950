"""Two engines for one store: one that cannot write, and one that writes when it is its turn."""

import re
from typing import Any

from sqlalchemy import Engine, event, make_url
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlmodel import create_engine

from accreditation.errors import Fault, Invalid, Unrecorded

WRITERS_LOCK = int.from_bytes(b"accredit")
"""The PostgreSQL advisory lock that writers and migrations hold until their transaction ends."""


_CHANGES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|COPY|CREATE|ALTER|DROP|TRUNCATE)\b"
    r"|\s*WITH\b.*\b(INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\S+\s+SET)\b",
    re.IGNORECASE | re.DOTALL,
)


def address(url: str) -> URL:
    """Which database does this url name? Raises Invalid for one that is not supported, or that names no file."""
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


def engines(url: URL, patience: float) -> tuple[Engine, Engine]:
    """The reader and the writer for this address; a writer waits `patience` seconds for its turn."""
    reader, writer = _sqlite(url, patience) if url.get_backend_name() == "sqlite" else _postgresql(url, patience)
    event.listen(reader, "before_cursor_execute", _refuse_changes)
    event.listen(writer, "before_cursor_execute", _note_changes)
    return reader, writer


def _sqlite(url: URL, patience: float) -> tuple[Engine, Engine]:
    """Two engines on one file: readers that cannot write, and one writer."""
    options = {"connect_args": {"timeout": patience}, "pool_timeout": patience, "hide_parameters": True}
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
        hide_parameters=True,  # what people wrote stands in no message of an error, and so in no log
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
