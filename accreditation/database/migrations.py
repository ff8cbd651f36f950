"""Bringing the tables up to date, and what the database itself refuses."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Row
from sqlalchemy.engine import Connection

from accreditation.database.sessions import Database


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
        database.plainly(),
        database.turn,
        database.writer.connect() as connection,
        _without_foreign_keys(connection),
        connection.begin(),
    ):
        if _behind(connection, scripts):
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _check_foreign_keys(connection)


def pending(database: Database, scripts: Path) -> bool:
    """Is there a migration in `scripts` that these records have not had?"""
    with database.plainly(), database.reader.connect() as connection:
        return _behind(connection, scripts)


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


def changeable_ddl(table: str, dialect: str) -> tuple[str, ...]:
    """Which statements take that refusal away again? For a migration that fills a new column of old rows.

    It then runs the statements of `append_only_ddl` once more.
    """
    if dialect == "sqlite":
        return tuple(f"DROP TRIGGER {table}_no_{verb}" for verb in ("update", "delete"))
    return (f"DROP TRIGGER {table}_append_only ON {table}", f"DROP FUNCTION {table}_append_only()")


def _behind(connection: Connection, scripts: Path) -> bool:
    """Do the migrations recorded in the database differ from the newest in the folder?"""
    files = tuple(sorted((file.name, file.stat().st_mtime_ns) for file in (scripts / "versions").glob("*.py")))
    return set(MigrationContext.configure(connection).get_current_heads()) != _newest(scripts, files)


@lru_cache(maxsize=4)
def _newest(scripts: Path, files: tuple[tuple[str, int], ...]) -> frozenset[str]:  # noqa: ARG001 - remembered by them
    """Which migration is the newest? The folder is read once for as long as these are its files."""
    return frozenset(ScriptDirectory(str(scripts)).get_heads())


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
