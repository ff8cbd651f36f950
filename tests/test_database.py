import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, ClassVar

import pytest
from sqlalchemy import inspect, text, update
from sqlalchemy.exc import IntegrityError, ProgrammingError, StatementError
from sqlmodel import Field, Session, SQLModel, select

from accreditation.database import Database, UTCDateTime, append_only_ddl, migrate, observe_statements, pending
from accreditation.errors import Invalid, Unavailable, Unrecorded
from accreditation.ledger.entries import LedgerEntry, append
from tests.journeys.running import program
from tests.journeys.warm import Warm

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

ENV = """
from alembic import context
context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
"""

FIRST_MIGRATION = """
import sqlalchemy as sa
from alembic import op
revision = "0001"
down_revision = None
def upgrade():
    op.create_table("parent", sa.Column("id", sa.Integer, primary_key=True), sa.Column("word", sa.Text))
    op.create_table("child", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent", sa.Integer, sa.ForeignKey("parent.id", ondelete="CASCADE")))
"""

SECOND_MIGRATION = """
import sqlalchemy as sa
from alembic import op
revision = "0002"
down_revision = "0001"
def upgrade():
    recreate = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    with op.batch_alter_table("parent", recreate=recreate) as table:
        table.alter_column("word", type_=sa.String(9), existing_type=sa.Text)
"""

FAULTY_MIGRATION = """
import sqlalchemy as sa
from alembic import op
revision = "0003"
down_revision = "0002"
def upgrade():
    op.add_column("parent", sa.Column("half", sa.Text))
    op.execute("SELECT nothing FROM nowhere")
"""


class Note(SQLModel, table=True):
    __tablename__: ClassVar[Any] = "test_note"

    id: int | None = Field(default=None, primary_key=True)
    word: str
    at: datetime = Field(default=AT, sa_type=UTCDateTime)


class Remark(SQLModel, table=True):
    __tablename__: ClassVar[Any] = "test_remark"

    id: int = Field(primary_key=True)
    note: int = Field(foreign_key="test_note.id")


TABLES = [SQLModel.metadata.tables[name] for name in ("test_note", "test_remark", "ledger_entry")]


@pytest.fixture
def store(any_database: Database) -> Database:
    with any_database.bookkeeping() as session:
        SQLModel.metadata.create_all(session.connection(), tables=TABLES)
    return any_database


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text(ENV)
    (folder / "versions" / "first.py").write_text(FIRST_MIGRATION)
    return folder


def enter(session: Session, *, action: str = "note:write") -> None:
    append(session, at=AT, actor="person:1", action=action, subject="note:1", detail={})


def words(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.exec(select(Note.word).order_by(Note.word)))


def test_what_is_written_with_its_ledger_entry_is_kept(store: Database) -> None:
    with store.writing() as session:
        session.add(Note(word="kept"))
        enter(session)
    assert words(store) == ["kept"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda session: session.add(Note(word="new")), id="a row added"),
        pytest.param(lambda session: setattr(session.get(Note, 1), "word", "new"), id="a row changed"),
        pytest.param(lambda session: session.delete(session.get(Note, 1)), id="a row deleted"),
        pytest.param(lambda session: session.execute(update(Note).values(word="new")), id="a bulk statement"),
        pytest.param(lambda session: session.execute(text("DELETE FROM test_note")), id="hand-written SQL"),
        pytest.param(
            lambda session: session.execute(
                text("WITH w AS (SELECT 9 AS id) INSERT INTO test_note SELECT id, 'new', NULL FROM w WHERE id = 8")
            ),
            id="an insert behind WITH",
        ),
    ],
)
def test_a_change_without_a_ledger_entry_is_rolled_back_and_named(store: Database, change: Any) -> None:
    with store.writing() as session:
        session.add(Note(word="old"))
        enter(session)
    with pytest.raises(Unrecorded, match="without an entry in the ledger"), store.writing() as session:
        change(session)
    assert words(store) == ["old"]


def test_a_ledger_entry_undone_with_its_savepoint_does_not_count(store: Database) -> None:
    def write() -> None:
        with store.writing() as session:
            session.add(Note(word="new"))
            savepoint = session.begin_nested()
            enter(session)
            savepoint.rollback()

    with pytest.raises(Unrecorded):
        write()
    assert words(store) == []


def test_an_entry_after_one_that_was_undone_counts(store: Database) -> None:
    with store.writing() as session:
        session.add(Note(word="new"))
        savepoint = session.begin_nested()
        enter(session)
        savepoint.rollback()
        enter(session)
    assert words(store) == ["new"]


def test_an_entry_before_an_undone_savepoint_counts(store: Database) -> None:
    with store.writing() as session:
        session.add(Note(word="new"))
        enter(session)
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text("INSERT INTO test_remark (id, note) VALUES (1, 99)"))
    assert words(store) == ["new"]


def test_a_writing_block_that_only_reads_needs_no_entry(store: Database) -> None:
    with store.writing() as session:
        assert session.exec(select(Note)).all() == []


def test_an_error_in_a_writing_block_keeps_nothing(store: Database) -> None:
    def write() -> None:
        with store.writing() as session:
            session.add(Note(word="new"))
            enter(session)
            raise KeyError

    with pytest.raises(KeyError):
        write()
    assert words(store) == []


def test_nobody_else_commits(store: Database) -> None:
    def write() -> None:
        with store.writing() as session:
            session.add(Note(word="new"))
            enter(session)
            session.commit()

    with pytest.raises(Unrecorded, match="Only Database commits"):
        write()
    assert words(store) == []


def test_rows_can_be_used_after_the_commit(store: Database) -> None:
    with store.writing() as session:
        note = Note(word="kept")
        session.add(note)
        enter(session)
    assert (note.id, note.word) == (1, "kept")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda session: session.add(Note(word="new")), id="a row added"),
        pytest.param(lambda session: setattr(session.get(Note, 1), "word", "new"), id="a row changed"),
        pytest.param(lambda session: session.delete(session.get(Note, 1)), id="a row deleted"),
        pytest.param(lambda session: session.execute(update(Note).values(word="new")), id="a bulk statement"),
        pytest.param(lambda session: session.execute(text("DELETE FROM test_note")), id="hand-written SQL"),
    ],
)
def test_a_reading_block_changes_nothing(store: Database, change: Any) -> None:
    with store.writing() as session:
        session.add(Note(word="old"))
        enter(session)
    with pytest.raises(Unrecorded, match="reading session"), store.reading() as session:
        change(session)
    assert words(store) == ["old"]


def test_what_looks_at_one_moment_sees_it_in_every_block_and_writes_nothing(store: Database) -> None:
    with store.one_moment() as moment:
        with moment.reading() as session:
            before = session.execute(text("SELECT count(*) FROM ledger_entry")).scalar_one()
        with store.writing() as session:
            enter(session)
        with moment.reading() as session:
            assert session.execute(text("SELECT count(*) FROM ledger_entry")).scalar_one() == before
        with pytest.raises(Unrecorded), moment.writing():
            raise AssertionError("it wrote")
    with store.reading() as session:
        assert session.execute(text("SELECT count(*) FROM ledger_entry")).scalar_one() == before + 1


def test_a_reading_block_sees_one_moment(store: Database) -> None:
    with store.reading() as session:
        before = len(session.exec(select(Note)).all())
        with store.writing() as other:
            other.add(Note(word="later"))
            enter(other)
        after = len(session.exec(select(Note)).all())
    assert (before, after, words(store)) == (0, 0, ["later"])


def test_the_ledger_refuses_a_session_that_is_not_for_writing(store: Database) -> None:
    with pytest.raises(Unrecorded, match="writing"), store.bookkeeping() as session:
        enter(session)
    with pytest.raises(Unrecorded, match="writing"), store.reading() as session:
        enter(session)


def test_bookkeeping_keeps_without_an_entry(store: Database) -> None:
    with store.bookkeeping() as session:
        session.add(Note(word="lease"))
    assert words(store) == ["lease"]


def test_foreign_keys_are_held(store: Database) -> None:
    def write() -> None:
        with store.writing() as session:
            session.add(Remark(id=1, note=99))
            enter(session)

    with pytest.raises(IntegrityError):
        write()


def test_writers_in_many_threads_take_turns(store: Database) -> None:
    def count_up(_turn: int) -> None:
        with store.writing() as session:
            note = session.get(Note, 1)
            assert note is not None
            note.word = str(int(note.word) + 1)  # lost, if two writers read the same word
            enter(session)

    with store.writing() as session:
        session.add(Note(word="0"))
        enter(session)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count_up, range(40)))
    assert words(store) == ["40"]


def test_writers_in_other_processes_take_turns(store: Database, any_url: str) -> None:
    others = [Database(any_url) for _ in range(3)]  # each with a turn of its own, as a process has

    def count_up(database: Database) -> None:
        for _ in range(8):
            with database.writing() as session:
                note = session.get(Note, 1)
                assert note is not None
                note.word = str(int(note.word) + 1)
                enter(session)

    with store.writing() as session:
        session.add(Note(word="0"))
        enter(session)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(count_up, others))
    for other in others:
        other.close()
    assert words(store) == ["24"]


def test_a_writer_that_waits_too_long_for_another_process_is_told(store: Database, any_url: str) -> None:
    hurried = Database(any_url, patience=0.05)
    with store.writing() as session:
        session.exec(select(Note)).all()
        with pytest.raises(Unavailable, match="Another process is writing"), hurried.writing() as other:
            other.exec(select(Note)).all()
    hurried.close()


def test_a_writer_inside_a_writer_is_told(any_url: str) -> None:
    hurried = Database(any_url, patience=0.05)
    with hurried.writing(), pytest.raises(Unavailable), hurried.writing():
        raise AssertionError
    hurried.close()


def test_readers_do_not_wait_for_a_writer(store: Database) -> None:
    with store.writing() as session:
        session.add(Note(word="not yet"))
        session.flush()
        assert words(store) == []
        enter(session)


def test_every_moment_comes_back_aware_and_in_utc(store: Database) -> None:
    summer = datetime(2026, 7, 1, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
    with store.writing() as session:
        session.add(Note(word="when", at=summer))
        enter(session)
    with store.reading() as session:
        note = session.exec(select(Note).where(Note.at == summer)).one()
    assert note.at.isoformat() == "2026-07-01T09:00:00.123456+00:00"


def test_a_moment_without_a_time_zone_is_refused(store: Database) -> None:
    with pytest.raises(StatementError, match="has no time zone"), store.writing() as session:
        session.add(Note(word="when", at=datetime(2026, 7, 1)))  # noqa: DTZ001 the point of the test


def test_a_fault_in_a_statement_stays_what_it_is(store: Database) -> None:
    with pytest.raises(Exception, match="nowhere") as caught, store.reading() as session:
        session.execute(text("SELECT 1 FROM nowhere"))
    assert not isinstance(caught.value, Unavailable)


def test_a_fault_in_a_statement_says_nothing_of_what_people_wrote(store: Database) -> None:
    with pytest.raises(Exception, match="nowhere") as caught, store.reading() as session:
        session.execute(text("SELECT 1 FROM nowhere WHERE word = :word"), {"word": "written by somebody"})
    assert "somebody" not in str(caught.value)


def test_statements_are_counted_where_they_run(store: Database) -> None:
    with observe_statements(store) as seen, store.reading() as session:
        session.exec(select(Note)).all()
        session.exec(select(Remark)).all()
    with store.reading() as session:
        session.exec(select(Note)).all()
    assert [statement.split("FROM ")[-1].strip() for statement in seen] == ["test_note", "test_remark"]


def test_one_rating_sized_write_costs_few_statements(store: Database) -> None:
    with observe_statements(store) as seen, store.writing() as session:
        session.add(Note(word="kept"))
        enter(session)
    turn = ["SELECT pg_advisory_xact_lock"] if store.dialect == "postgresql" else []
    assert [s.split("(")[0].strip() for s in seen if not s.startswith("SELECT ledger")] == [
        *turn,
        "INSERT INTO test_note",
        "INSERT INTO ledger_entry",
    ]
    assert len(seen) == 3 + len(turn)


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://host/name", "sqlite://", "sqlite:///:memory:", "postgresql+nix://h/n"]
)
def test_an_address_that_cannot_keep_records_is_refused(url: str) -> None:
    with pytest.raises(Invalid, match="database url"):
        Database(url)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    missing = Database(f"sqlite:///{tmp_path}/absent/records.sqlite")
    with pytest.raises(Unavailable, match="absent, does not exist"), missing.reading() as session:
        session.execute(text("SELECT 1"))


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear colleagues, " * 100)
    letter = Database(f"sqlite:///{tmp_path}/letter.txt")
    with pytest.raises(Unavailable, match="not a database"), letter.reading() as session:
        session.execute(text("SELECT 1"))


def test_a_full_disk_keeps_nothing_and_says_so(database: Database) -> None:
    with database.bookkeeping() as session:
        SQLModel.metadata.create_all(session.connection(), tables=TABLES)

    def write() -> None:
        with database.writing() as session:
            session.execute(text("PRAGMA max_page_count = 1"))  # SQLite then behaves as on a full disk
            session.add(Note(word="long" * 100_000))
            enter(session)

    with pytest.raises(Unavailable, match="disk that keeps the database is full"):
        write()
    assert words(database) == []


def test_a_server_that_does_not_answer_is_named() -> None:
    absent = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1 cannot be reached"), absent.reading() as session:
        session.execute(text("SELECT 1"))


def test_a_connection_cut_by_the_server_is_told_and_the_next_one_works(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    with pytest.raises(Unavailable), database.reading() as session:
        session.execute(text(kill))
    with database.reading() as session:
        assert session.execute(text("SELECT 1")).scalar() == 1
    database.close()


def test_sqlite_keeps_every_commit_through_a_power_cut(database: Database) -> None:
    with database.writing() as session:
        found = [session.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")]
    assert found == ["wal", 2]


def test_the_database_itself_refuses_a_reader_that_writes(database: Database) -> None:
    with database.reading() as session:
        raw: Any = session.connection().connection.driver_connection
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            raw.execute("CREATE TABLE sly (id INTEGER)")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE test_note SET word = 'new'",
        "DELETE FROM test_note",
        pytest.param("TRUNCATE test_note CASCADE", id="truncate"),
        pytest.param("INSERT OR REPLACE INTO test_note (id, word, at) VALUES (1, 'new', '2026-01-01')", id="replace"),
    ],
)
def test_an_append_only_table_refuses_every_change_to_what_it_has(store: Database, statement: str) -> None:
    with store.bookkeeping() as session:
        for ddl in append_only_ddl("test_note", store.dialect):
            session.connection().exec_driver_sql(ddl)
        session.add(Note(word="old"))
        session.flush()
        session.add(Note(word="second"))
    foreign = "TRUNCATE" if store.dialect == "sqlite" else "INSERT OR REPLACE"
    refused: Any = (ProgrammingError, Exception) if statement.startswith(foreign) else IntegrityError
    with pytest.raises(refused), store.bookkeeping() as session:
        session.execute(text(statement))
    assert words(store) == ["old", "second"]


def test_append_only_statements_survive_alembics_text(store: Database) -> None:
    with store.bookkeeping() as session:
        for ddl in append_only_ddl("ledger_entry", store.dialect):
            session.execute(text(ddl))
    with store.writing() as session:
        enter(session)
    with pytest.raises(IntegrityError, match="appended, never changed"), store.bookkeeping() as session:
        session.execute(update(LedgerEntry).values(actor="person:2"))


def test_the_name_of_an_append_only_table_is_checked() -> None:
    with pytest.raises(ValueError, match="not the name of a table"):
        append_only_ddl("note; DROP TABLE note", "sqlite")


def test_migrating_brings_the_tables_and_then_has_nothing_to_do(any_database: Database, scripts: Path) -> None:
    assert pending(any_database, scripts)
    migrate(any_database, scripts)
    assert not pending(any_database, scripts)
    with observe_statements(any_database) as seen:
        migrate(any_database, scripts)
    assert [one for one in seen if "CREATE" in one] == []


def test_rebuilding_a_table_keeps_the_rows_that_point_at_it(any_database: Database, scripts: Path) -> None:
    migrate(any_database, scripts)
    with any_database.bookkeeping() as session:
        session.execute(text("INSERT INTO parent (id, word) VALUES (1, 'one')"))
        session.execute(text("INSERT INTO child (id, parent) VALUES (1, 1)"))
    (scripts / "versions" / "second.py").write_text(SECOND_MIGRATION)
    migrate(any_database, scripts)
    with any_database.reading() as session:
        assert session.execute(text("SELECT id, parent FROM child")).all() == [(1, 1)]
    with pytest.raises(IntegrityError), any_database.bookkeeping() as session:
        session.execute(text("INSERT INTO child (id, parent) VALUES (2, 99)"))


def test_a_migration_that_fails_leaves_the_tables_as_they_were(any_database: Database, scripts: Path) -> None:
    migrate(any_database, scripts)
    (scripts / "versions" / "second.py").write_text(SECOND_MIGRATION)
    (scripts / "versions" / "third.py").write_text(FAULTY_MIGRATION)
    with pytest.raises(Exception, match="nowhere"):
        migrate(any_database, scripts)
    with any_database.reading() as session:
        columns = [column["name"] for column in inspect(session.connection()).get_columns("parent")]
        version = session.execute(text("SELECT version_num FROM alembic_version")).all()
    assert (columns, version) == (["id", "word"], [("0001",)])


@pytest.mark.xdist_group("engine")
def test_processes_that_start_at_once_migrate_once(warm: Warm, any_url: str, scripts: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from accreditation.database import Database, migrate\n"
        "database = Database(sys.argv[1]); sys.stdin.readline(); migrate(database, Path(sys.argv[2]))"
    )
    with (
        program(warm, code, any_url, scripts, folder=tmp_path / "one") as one,
        program(warm, code, any_url, scripts, folder=tmp_path / "other") as other,
    ):
        one.tell("go\n")
        other.tell("go\n")
        assert [one.end(), other.end()] == [(0, ""), (0, "")]


def test_threads_that_start_at_once_on_a_new_file_all_get_in(tmp_path: Path) -> None:
    together = threading.Barrier(6)

    def first_look(number: int) -> None:
        one = Database(f"sqlite:///{tmp_path}/new.sqlite")
        together.wait()
        with one.reading() as session:
            session.execute(text("SELECT 1"))
        with one.bookkeeping() as session:
            session.execute(text(f"CREATE TABLE t{number} (id INTEGER)"))
        one.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(first_look, range(6)))
