import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, text, update
from sqlmodel import Session, SQLModel, col

from accreditation.database import Database, observe_statements
from accreditation.errors import LedgerBroken
from accreditation.ledger.chain import FIRST, LedgerEntryValue, Verified, canonical, digest_of
from accreditation.ledger.entries import BATCH, LedgerEntry, append, digests, entries, head, verify

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
MANY = 7
BLANK: dict[str, Any] = {"at": AT, "actor": "a", "action": "b", "subject": "c", "detail": "{}"}


def create(database: Database) -> Database:
    with database.bookkeeping() as session:
        SQLModel.metadata.create_all(session.connection(), tables=[SQLModel.metadata.tables["ledger_entry"]])
    return database


def fill(database: Database, many: int = MANY) -> None:
    with database.writing() as session:
        for number in range(1, many + 1):
            append_one(session, number)


def append_one(session: Session, number: int) -> LedgerEntryValue:
    return append(
        session,
        at=AT + timedelta(minutes=number),
        actor=f"person:{number}",
        action="criterion:rate",
        subject=f"cycle:{number % 2}",
        detail={"criterion": f"1.{number}", "met": True},
    )


def tamper(database: Database, which: int, /, **values: Any) -> None:
    with database.bookkeeping() as session:
        session.execute(update(LedgerEntry).where(col(LedgerEntry.sequence) == which).values(**values))


def broken(database: Database, **expected: Any) -> tuple[int, str]:
    with pytest.raises(LedgerBroken) as caught, database.reading() as session:
        verify(session, **expected)
    return caught.value.sequence, str(caught.value)


@pytest.fixture
def ledger(any_database: Database) -> Database:
    return create(any_database)


@pytest.fixture(scope="module")
def long_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A hundred thousand entries, put in as rows: the chain is what counts here, not the door."""
    database = create(Database(f"sqlite:///{tmp_path_factory.mktemp('long')}/ledger.sqlite"))
    previous, rows = FIRST, []
    for sequence in range(1, 100_001):
        fields: dict[str, Any] = {"sequence": sequence, "previous": previous, **BLANK}
        previous = digest_of(**fields)
        rows.append(fields | {"digest": previous})
    with database.bookkeeping() as session:
        session.connection().execute(insert(SQLModel.metadata.tables["ledger_entry"]), rows)
    yield database
    database.close()


def test_an_empty_ledger_verifies(ledger: Database) -> None:
    with ledger.reading() as session:
        assert (verify(session), head(session)) == (Verified(entries=0, head=FIRST), (0, FIRST))


def test_what_is_appended_reads_back_and_verifies(ledger: Database) -> None:
    with ledger.writing() as session:
        first, second = append_one(session, 1), append_one(session, 2)
    with ledger.reading() as session:
        assert entries(session) == (first, second)
        assert verify(session) == Verified(entries=2, head=second.digest)
        assert head(session) == (2, second.digest)
    assert (first.sequence, first.previous, second.sequence, second.previous) == (1, FIRST, 2, first.digest)
    assert first.detail == {"criterion": "1.1", "met": True}


def test_entries_are_read_by_subject_and_page(ledger: Database) -> None:
    fill(ledger)
    with ledger.reading() as session:
        assert [one.sequence for one in entries(session, subject="cycle:1")] == [1, 3, 5, 7]
        assert [one.sequence for one in entries(session, subject="cycle:1", after=3, limit=1)] == [5]
        assert [one.sequence for one in entries(session, after=2, limit=3)] == [3, 4, 5]


def test_an_entry_whose_action_failed_leaves_no_hole(ledger: Database) -> None:
    fill(ledger, 2)

    def write() -> None:
        with ledger.writing() as session:
            append_one(session, 3)
            raise KeyError

    with pytest.raises(KeyError):
        write()
    fill(ledger, 1)
    with ledger.reading() as session:
        assert [one.sequence for one in entries(session)] == [1, 2, 3]
        assert verify(session).entries == 3


def test_entries_from_many_hands_at_once_make_one_chain(ledger: Database, any_url: str) -> None:
    others = [Database(any_url) for _ in range(4)]

    def enter(database: Database) -> None:
        for number in range(6):
            with database.writing() as session:
                append_one(session, number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(enter, others * 2))
    for other in others:
        other.close()
    with ledger.reading() as session:
        assert verify(session).entries == 48


def test_an_entry_costs_one_read_and_one_insert(ledger: Database) -> None:
    with ledger.writing() as session:
        head(session)
        with observe_statements(ledger) as seen:
            append_one(session, 1)
    assert [statement.split()[0] for statement in seen] == ["SELECT", "INSERT"]


@pytest.mark.parametrize("field", ["actor", "action", "subject"])
@pytest.mark.parametrize("value", ["", "two\nlines", "nul\0", "half \ud800"])
def test_a_field_that_is_not_one_line_of_text_is_refused(database: Database, field: str, value: str) -> None:
    create(database)
    fields = {"actor": "person:1", "action": "cycle:enrol", "subject": "cycle:1"} | {field: value}
    with pytest.raises(ValueError, match=f"{field} is .*one line"), database.writing() as session:
        append(session, at=AT, detail={}, **fields)


def test_a_moment_without_a_time_zone_is_refused(database: Database) -> None:
    create(database)
    with pytest.raises(TypeError, match="no time zone"), database.writing() as session:
        append(session, at=AT.replace(tzinfo=None), actor="a", action="b", subject="c", detail={})


def test_any_text_a_person_may_write_is_kept(ledger: Database) -> None:
    detail = {"reason": "naïve – 20 % “quoted” \\ \n\t\0 \U0001f600 \x7f"}
    with ledger.writing() as session:
        append(session, at=AT, actor="a", action="b", subject="c", detail=detail)
    with ledger.reading() as session:
        assert verify(session).entries == 1
        assert entries(session)[0].detail == detail


def test_an_entry_removed_from_the_middle_is_named(ledger: Database) -> None:
    fill(ledger)
    with ledger.bookkeeping() as session:
        session.execute(delete(LedgerEntry).where(col(LedgerEntry.sequence) == 4))
    assert broken(ledger) == (4, "Entry 4 is missing.")


def test_entries_cut_off_the_end_show_against_a_head_kept_elsewhere(ledger: Database) -> None:
    fill(ledger)
    with ledger.reading() as session:
        kept = head(session)
    with ledger.bookkeeping() as session:
        session.execute(delete(LedgerEntry).where(col(LedgerEntry.sequence) > 4))
    with ledger.reading() as session:
        assert verify(session).entries == 4
    assert broken(ledger, expected_head=kept) == (5, "The ledger ends with entry 4; it had 7. Entry 5 is missing.")


def test_a_ledger_that_has_grown_since_still_has_the_head_that_was_kept(ledger: Database) -> None:
    fill(ledger, 3)
    with ledger.reading() as session:
        kept = head(session)
    fill(ledger, 2)
    with ledger.reading() as session:
        assert verify(session, expected_head=kept).entries == 5


def test_a_whole_chain_written_anew_shows_against_a_head_kept_elsewhere(ledger: Database) -> None:
    fill(ledger)
    with ledger.reading() as session:
        kept = head(session)
    with ledger.bookkeeping() as session:
        session.execute(delete(LedgerEntry))
    with ledger.writing() as session:
        for number in range(2, MANY + 2):
            append_one(session, number)
    with ledger.reading() as session:
        assert verify(session).entries == MANY
    assert broken(ledger, expected_head=kept) == (7, "Entry 7 is not the one that was seen before.")


def test_two_entries_that_changed_places_are_named(ledger: Database) -> None:
    fill(ledger)
    for before, after in ((3, 99), (5, 3), (99, 5)):
        tamper(ledger, before, sequence=after)
    assert broken(ledger)[0] == 3


def test_an_altered_entry_with_its_digest_made_to_fit_breaks_the_next(ledger: Database) -> None:
    fill(ledger)
    with ledger.reading() as session:
        third = entries(session, after=2, limit=1)[0]
    digest = digest_of(
        sequence=3,
        at=third.at,
        actor="person:99",
        action=third.action,
        subject=third.subject,
        detail=canonical(third.detail),
        previous=third.previous,
    )
    tamper(ledger, 3, actor="person:99", digest=digest)
    assert broken(ledger) == (4, "Entry 4 does not follow from the entry before it.")


@pytest.mark.parametrize(
    "forgery",
    ["at = 'yesterday'", "at = 12", "detail = x'00ff'", "detail = 'no json'", "actor = x'00ff'", "digest = x'00'"],
)
def test_an_entry_made_unreadable_is_named(database: Database, forgery: str) -> None:
    create(database)
    fill(database)
    with database.bookkeeping() as session:
        session.execute(text(f"UPDATE ledger_entry SET {forgery} WHERE sequence = 5"))
    assert broken(database)[0] == 5


def test_reading_a_detail_that_is_not_what_was_kept_says_so(database: Database) -> None:
    create(database)
    fill(database)
    tamper(database, 5, detail="no json")
    with pytest.raises(LedgerBroken, match="Entry 5"), database.reading() as session:
        entries(session)


def test_an_entry_put_in_before_the_first_is_named(ledger: Database) -> None:
    fill(ledger)
    with ledger.bookkeeping() as session:
        session.execute(insert(LedgerEntry).values(sequence=-1, previous=FIRST, digest=FIRST, **BLANK))
    assert broken(ledger) == (-1, "Entry -1 was put in.")


@pytest.fixture(scope="module")
def filled() -> Iterator[Database]:
    with TemporaryDirectory() as folder:
        database = create(Database(f"sqlite:///{Path(folder) / 'ledger.sqlite'}"))
        fill(database)
        yield database
        database.close()


WORDS = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=8)
HEXADECIMAL = st.text("0123456789abcdef", min_size=64, max_size=64)
ALTERATIONS = st.one_of(
    st.tuples(st.just("sequence"), st.integers(MANY + 1, 2**31 - 1)),
    st.tuples(st.just("at"), st.datetimes(timezones=st.just(UTC))),
    st.tuples(st.sampled_from(["actor", "action", "subject"]), WORDS),
    st.tuples(st.just("detail"), WORDS | st.sampled_from(['{"criterion": "1.1","met":true}', "{}"])),
    st.tuples(st.sampled_from(["previous", "digest"]), HEXADECIMAL),
)


@given(st.integers(1, MANY), ALTERATIONS)
def test_altering_any_one_field_of_any_entry_names_it_as_the_first_broken(
    filled: Database, sequence: int, alteration: tuple[str, Any]
) -> None:
    field, value = alteration
    with filled.reading() as session:
        was = session.get_one(LedgerEntry, sequence)
    assume(getattr(was, field) != value)  # the first entry's `previous` is zeros already: that alters nothing
    tamper(filled, sequence, **{field: value})
    try:
        # The last entry moved away leaves a gap at its own place; any other leaves it at its old place too.
        assert broken(filled)[0] == sequence
    finally:
        moved = value if field == "sequence" else sequence
        tamper(filled, moved, **{field: getattr(was, field)})
    with filled.reading() as session:
        assert verify(session).entries == MANY


@pytest.mark.xdist_group("long ledger")  # one worker makes it once
def test_a_hundred_thousand_entries_verify_a_batch_at_a_time(long_ledger: Database) -> None:
    with long_ledger.reading() as session, observe_statements(long_ledger) as seen:
        assert verify(session).entries == 100_000
    assert (len(seen), {statement.count("LIMIT") for statement in seen}) == (100_000 // BATCH + 1, {1})


@pytest.mark.xdist_group("long ledger")  # one worker makes it once
def test_verifying_takes_the_memory_of_a_few_entries_however_many_there_are(
    long_ledger: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accreditation.ledger.entries.BATCH", 50)
    with long_ledger.bookkeeping() as session:
        session.execute(delete(LedgerEntry).where(col(LedgerEntry.sequence) > 4_000))
        session.flush()
        tracemalloc.start()
        try:
            assert verify(session).entries == 4_000
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        session.rollback()
    assert peak < 1_000_000  # all of them at once take some 3 MB


@pytest.mark.xdist_group("long ledger")  # one worker makes it once
def test_an_unreadable_entry_deep_in_a_long_ledger_is_named(long_ledger: Database) -> None:
    with long_ledger.bookkeeping() as session:
        session.execute(text("UPDATE ledger_entry SET at = 'yesterday' WHERE sequence = 54321"))
    assert broken(long_ledger) == (54321, "Entry 54321 was altered: it cannot be read.")
    tamper(long_ledger, 54321, at=AT)


def test_digests_are_those_of_the_entries_asked_for_whomever_they_are_about(tmp_path: Path) -> None:
    database = create(Database(f"sqlite:///{tmp_path / 'records.sqlite'}"))
    fill(database)
    with database.reading() as session:
        told = [(one.sequence, one.digest) for one in entries(session)]
        assert list(digests(session, first=3, last=5)) == told[2:5]
        assert list(digests(session, first=6, last=99)) == told[5:]
        assert list(digests(session, first=1, last=0)) == []
    database.close()
