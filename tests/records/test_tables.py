"""The migrations make exactly the tables of the rows, on either database; what is append-only stays as it was said."""

from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from accreditation.database import Database, migrate, pending
from accreditation.ledger.entries import LedgerEntry
from accreditation.records import evidence_items, jobs, library_items, teams
from accreditation.records.answers import self_ratings
from accreditation.records.reviews import settlements
from accreditation.records.tables import APPEND_ONLY, CHANGEABLE, metadata
from accreditation.rules.cycle import Stage
from accreditation.rules.library import Described
from accreditation.scheme.answer import Answer
from accreditation.wiring import MIGRATIONS, House
from tests.walking import walk

DAY = datetime(2026, 4, 1, tzinfo=UTC)

FOR_TESTS = {"test_note", "test_remark"}
"""Tables that tests of the database make for themselves."""


def test_a_migrated_database_has_exactly_the_tables_of_the_rows(any_house: House) -> None:
    assert "ledger_entry" in metadata.tables
    assert LedgerEntry.metadata is metadata
    with any_house.database.reading() as session:
        opts = {"compare_type": True, "include_object": lambda _one, name, *_rest: name not in FOR_TESTS}
        context = MigrationContext.configure(session.connection(), opts=opts)
        assert compare_metadata(context, metadata) == []
    assert pending(any_house.database, MIGRATIONS) is False


def test_records_of_the_first_version_are_brought_up_to_date_and_stay_append_only(any_database: Database) -> None:
    _migrate(any_database, "0001")
    day = "'2026-04-01'"
    rows = {
        "edition": f"'d', 'small', '1', 'Small', {day}, '{{}}', {day}",
        "organisation (id, name, network)": "1, 'Trust', ''",
        "team (id, organisation_id, name, service_line)": "1, 1, 'North', 'small'",
        "round (id, scheme, name, edition_digest, opened_at)": f"1, 'small', 'spring', 'd', {day}",
        "cycle (id, team_id, round_id, edition_digest, enrolled_at)": f"1, 1, 1, 'd', {day}",
        "self_rating (cycle_id, criterion, version, state, measured, note, by, at, source)":
            f"1, '1.01', 1, 'rated', '92.50', '', 'somebody', {day}, ''",
        "evidence_item (id, cycle_id, digest, size, media_type, file_name, title, by, at)":
            f"1, 1, 'abc', 10, 'application/pdf', 'a.pdf', 'Policy', 'somebody', {day}), "
            f"(2, 1, 'def', 20, 'text/plain', 'b.txt', 'Rota', 'another', {day}), "
            f"(3, 1, 'abc', 10, 'application/pdf', 'c.pdf', 'Again', 'another', {day}",
        "evidence_link (evidence_id, criterion)": "1, '1.01'",
        "ledger_entry (sequence, at, actor, action, subject, detail, previous, digest)":
            f"1, {day}, 'a', 'organisation:rename', 'organisation:1', '{{\"was\": \"Old  Trust\"}}', '', ''), "
            f"(2, {day}, 'a', 'team:rename', 'team:1', '{{\"was\": \"N\", \"was_service_line\": \"x\"}}', '', ''), "
            f"(3, {day}, 'a', 'team:remove', 'team:7', '{{\"was\": \"S\", \"service_line\": \"x\"}}', '', ''",
        "settlement (cycle_id, criterion, state, rating, note, how, by, at)":
            f"1, '1.01', 'rated', 'met', 'seen', 'agreed', 'somebody', {day}",
    }  # fmt: skip
    with any_database.bookkeeping() as session:
        for columns, values in rows.items():
            session.execute(text(f"INSERT INTO {columns} VALUES ({values})"))
    migrate(any_database, MIGRATIONS)
    with any_database.reading() as session:
        assert self_ratings(session, [1])[1]["1.01"].answer() == Answer(measured="92.50")
        assert settlements(session, 1)["1.01"].answer() == Answer(rating="met", note="seen")
        held = evidence_items.of_cycle(session, 1)
        assert [(item.id, item.version_id, item.file_name, names) for item, names, _ in held] == [
            (1, 1, "a.pdf", ("1.01",)), (2, 2, "b.txt", ()), (3, 1, "c.pdf", ())
        ]  # fmt: skip
        assert [
            (item.id, one.number, one.digest, one.size, one.media_type, one.described, one.by, one.at)
            for item in library_items.of_team(session, 1)
            for one in item.versions
        ] == [
            (1, 1, "abc", 10, "application/pdf", Described(title="Policy"), "somebody", DAY),
            (2, 1, "def", 20, "text/plain", Described(title="Rota"), "another", DAY),
        ]
        (job,) = session.execute(text("SELECT kind, subject, done_at, held, attempts FROM job")).all()
        assert (job.kind, job.subject, job.done_at, bool(job.held), job.attempts) == ("evidence", 1, None, False, 0)
        assert jobs.next_due(session) == DAY
        assert [teams.called(session, name) for name in ("TRUST", "old trust", "Another")] == [1, 1, None]
        names = session.execute(text("SELECT team_id, name, service_line, plain FROM team_name ORDER BY id")).all()
        assert [tuple(row) for row in names] == [(1, "North", "small", "north"), (1, "N", "x", "n"), (7, "S", "x", "s")]
    for change in ("self_rating SET series = '[]'", "settlement SET series = '[]'", "evidence_item SET version_id = 2"):
        with pytest.raises(IntegrityError, match="appended, never changed"), any_database.bookkeeping() as session:
            session.execute(text(f"UPDATE {change}"))
    with any_database.bookkeeping() as session:
        session.execute(text(f"INSERT INTO library_item (team_id, by, at) VALUES (1, 'somebody', {day})"))


def _migrate(database: Database, revision: str) -> None:
    """Bring these records to this version and no further."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.plainly(), database.turn, database.writer.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def test_every_table_is_append_only_or_changes_for_a_stated_reason() -> None:
    assert sorted([*APPEND_ONLY, *CHANGEABLE]) == sorted(set(metadata.tables) - FOR_TESTS)
    assert set(CHANGEABLE) == {
        "identity", "job", "organisation", "password", "reviewer", "second_factor", "sign_in_attempt",
        "sign_in_session",
        "team", "token",
    }  # fmt: skip


@pytest.mark.parametrize("statement", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"])
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_rows_of_append_only_tables_are_neither_changed_nor_deleted(
    request: pytest.FixtureRequest, kind: str, statement: str
) -> None:
    house: House = request.getfixturevalue(f"{kind}_house")
    walk(house, Stage.REVIEW)
    fill(house)
    refused = [table for table in APPEND_ONLY if _is_refused(house, table, statement)]
    assert refused == list(APPEND_ONLY)


def fill(house: House) -> None:
    """A row in each append-only table that a cycle in review has not filled yet."""
    day = "'2026-04-01'"
    rows = {
        "accuracy_comment (id, cycle_id, criterion, reason, by, at)": f"1, 1, '1.01', 'why', 'somebody', {day}",
        "evidence_place (evidence_id, criterion, number, place, by, at)": f"1, '1.01', 1, 'p. 3', 'somebody', {day}",
        "legal_hold (id, scheme, reason, by, at)": f"1, 'small', 'why', 'somebody', {day}",
        "legal_hold_end (hold_id, reason, by, at)": f"1, 'why', 'somebody', {day}",
        "tombstone (version_id, team_id, digest, size, media_type, cause, reason, by, at)":
            f"1, 1, 'd', 10, 'text/plain', 'request', 'why', 'somebody', {day}",
        "evidence_end (evidence_id, how, reason, by, at)": f"1, 'withdrawn', 'why', 'somebody', {day}",
        "clearance_hit (clearance_id, number, what, page, label, masked)": "1, 1, 'nhs_number', 1, 'page 1', 'so'",
        "placing_suggestion (version_id, edition_digest, rank, criterion, score, because)":
            "1, (SELECT digest FROM edition), 1, '1.01', 2.5, 'rota night'",
        "placing_dismissal (cycle_id, item_id, criterion, by, at)": f"1, 1, '1.01', 'somebody', {day}",
        "evidence_request (name, cycle_id, assignment_id, criterion, question, due_at, by, at)":
            f"'0123456789abcdef', 1, 1, '1.01', 'why', {day}, 'somebody', {day}",
        "evidence_request_answer (request, how, reply, by, at)":
            f"'0123456789abcdef', 'answered', 'so', 'somebody', {day}",
        "finding (assignment_id, key, version, text, dropped, by, at)": f"1, 'a', 1, 'so', false, 'somebody', {day}",
        "finding_change (cycle_id, finding, number, how, kind, text, reason, by, at)":
            f"1, '0123456789ab', 1, 'kept', 'key_action', 'so', 'why', 'somebody', {day}",
        "immediate_risk (name, cycle_id, assignment_id, text, by, at)":
            f"'0123456789abcdef', 1, 1, 'so', 'somebody', {day}",
        "immediate_risk_answer (risk, reply, by, at)": f"'0123456789abcdef', 'so', 'somebody', {day}",
        "notice (inbox, number, kind, cycle_id, about, words, at)":
            f"'office', 1, 'risk_raised', 1, 'risk:x', 'so', {day}",
        "accuracy_answer (comment_id, reason, by, at)": f"1, 'why', 'somebody', {day}",
        "assignment_block (cycle_id, reason, at)": f"1, 'why', {day}",
        "assignment_end (assignment_id, at)": f"1, {day}",
        "calibration_exercise (id, cycle_id, edition_digest, title, about, by, at)":
            f"1, 1, (SELECT digest FROM edition), 'title', '', 'somebody', {day}",
        "calibration_item (exercise_id, criterion, version, content, reason, by, at)":
            f"1, '1.01', 1, '{{}}', '', 'somebody', {day}",
        "calibration_release (exercise_id, by, at)": f"1, 'somebody', {day}",
        "calibration_retirement (exercise_id, reason, by, at)": f"1, 'why', 'somebody', {day}",
        "calibration_answer (exercise_id, reviewer_id, criterion, version, state, note, by, at)":
            f"1, 1, '1.01', 1, 'rated', '', 'somebody', {day}",
        "calibration_hand_in (exercise_id, reviewer_id, at)": f"1, 1, {day}",
        "condition (id, cycle_id, needed, criteria, due_on)": f"1, 1, 1, '[]', {day}",
        "condition_met (condition_id, criteria, reason, by, at)": f"1, '[]', 'why', 'somebody', {day}",
        "decision (cycle_id, outcome, departs, reason, by, at)": f"1, 'deferred', false, '', 'somebody', {day}",
        "declared_conflict (reviewer_id, organisation_id, reason, by, at)": f"1, 2, 'why', 'somebody', {day}",
        "edition_change (cycle_id, number, edition_digest, report, by, at)":
            f"1, 1, (SELECT digest FROM edition), '{{}}', 'somebody', {day}",
        "hand_in (assignment_id, nonce, at)": f"1, 'nonce', {day}",
        "publication (cycle_id, edition_digest, by, at)": f"1, (SELECT digest FROM edition), 'somebody', {day}",
        "appeal (cycle_id, reason, by, at)": f"1, 'why', 'somebody', {day}",
        "appeal_answer (cycle_id, reason, by, at)": f"1, 'why', 'somebody', {day}",
        "outcome_change (cycle_id, number, outcome, because, departs, reason, by, at)":
            f"1, 1, 'refused', 'lapsed', false, '', 'engine', {day}",
        "organisation_merger (organisation_id, into_id, reason, by, at)": f"3, 1, 'why', 'somebody', {day}",
        "reviewer_fact (reviewer_id, fact, value, by, at)": f"1, 'visits_done', '3', 'somebody', {day}",
        "proposal (id, round_id, number, question, wishes, told, by, at)":
            f"1, 1, 1, 'digest', '{{}}', '{{}}', 'engine', {day}",
        "proposal_seat (proposal_id, cycle_id, reviewer_id, role, why, how)": "1, 1, 1, 'lead', 'why', 'proposed'",
        "proposal_confirmation (proposal_id, cycle_id, by, at)": f"1, 1, 'somebody', {day}",
        "indicator_mapping (scheme, name, number, content, by, at)": f"'small', 'audit', 1, '{{}}', 'somebody', {day}",
        "indicator_value (team_id, scheme, criterion, period, begins, number, state, note, source, file_name, "
        "file_digest, by, at)":
            f"1, 'small', '2.01', '2026', {day}, 1, 'rated', '', 'audit', 'a.csv', 'd', 'somebody', {day}",
        "indicator_challenge (cycle_id, criterion, value_id, note, by, at)": f"1, '2.01', 1, 'why', 'somebody', {day}",
        "indicator_challenge_answer (challenge_id, how, reason, by, at)": f"1, 'upheld', 'why', 'somebody', {day}",
        "invitation (id, cycle_id, reviewer_id, proposal_id, role, why, at)": f"1, 1, 1, 1, 'lead', 'why', {day}",
        "invitation_end (invitation_id, proposal_id, how, by, at)": f"1, 1, 'declined', 'somebody', {day}",
        "seat_answer (invitation_id, side, number, said, reason, by, at)":
            f"1, 'reviewer', 1, 'accepts', '', 'somebody', {day}",
        "visit_day (cycle_id, number, first, last, by, at)": f"1, 1, {day}, {day}, 'somebody', {day}",
        "panel_member (id, cycle_id, reviewer_id, kind, by, at)": f"1, 1, 1, 'appeal', 'somebody', {day}",
        "panel_member_end (member_id, by, at)": f"1, 'somebody', {day}",
        "recommendation (cycle_id, outcome, working, at)": f"1, 'deferred', '{{}}', {day}",
        "review_rating (assignment_id, criterion, version, state, note, by, at)":
            f"1, '1.01', 1, 'rated', '', 'somebody', {day}",
        "settlement (cycle_id, criterion, state, note, how, by, at)":
            f"1, '1.01', 'rated', '', 'agreed', 'somebody', {day}",
        "person (id, by, at)": f"1, 'somebody', {day}",
        "person_detail (person_id, number, name, email, account, by, at)":
            f"1, 1, 'A lead', 'lead@example.org', 'lead@example.org', 'somebody', {day}",
        "criterion_comment (id, cycle_id, criterion, text, by, at)": f"1, 1, '1.01', 'why', 'somebody', {day}",
        "criterion_holder (cycle_id, criterion, number, person_id, by, at)": f"1, '1.01', 1, 1, 'somebody', {day}",
        "role_grant (id, person_id, role, by, at)": f"1, 1, 'office', 'somebody', {day}",
        "role_grant_end (grant_id, reason, by, at)": f"1, 'why', 'somebody', {day}",
        "role_taken (grant_id, at)": f"1, {day}",
        "role_mistaken (grant_id, reason, by, at)": f"1, 'why', 'somebody', {day}",
        "sign_in_link (id, person_id, kind, nonce, digest, expires_at, by, at)":
            f"1, 1, 'invitation', 'n', 'd', {day}, 'somebody', {day}",
        "sign_in_link_end (link_id, how, at)": f"1, 'used', {day}",
        "letter (id, person_id, link_id, kind, at)": f"1, 1, 1, 'invitation', {day}",
        "letter_sent (letter_id, at)": f"1, {day}",
        "reminder (id, person_id, cycle_id, area, by, at)": f"1, 1, 1, 'team', 'somebody', {day}",
        "reminder_sent (reminder_id, at)": f"1, {day}",
        "edition_cases (id, edition_digest, content, at)": f"1, (SELECT digest FROM edition), '', {day}",
        "scheme_draft (id, scheme, by, at)": f"1, 'small', 'somebody', {day}",
        "scheme_draft_version (draft_id, number, text, by, at)": f"1, 1, 'id: small', 'somebody', {day}",
        "scheme_draft_end (draft_id, reason, by, at)": f"1, 'why', 'somebody', {day}",
        "settler_appointment (cycle_id, number, assignment_id, reason, by, at)": f"1, 1, 1, 'why', 'somebody', {day}",
    }  # fmt: skip
    with house.database.bookkeeping() as session:
        for columns, values in rows.items():
            session.execute(text(f"INSERT INTO {columns} VALUES ({values})"))


def _is_refused(house: House, table: str, statement: str) -> bool:
    column = next(iter(metadata.tables[table].primary_key.columns)).name
    with house.database.reading() as session:
        rows = session.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one()
    assert rows > 0, f"{table} is empty: nothing would be refused"
    refusal = f"rows of {table} are appended, never changed or deleted"
    with pytest.raises(IntegrityError, match=refusal), house.database.bookkeeping() as session:
        session.execute(text(statement.format(table=f'"{table}"', column=column)))
    return True
