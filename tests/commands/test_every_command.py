"""Whatever is asked wrongly: words and an exit code, never a traceback; and every command explains itself."""

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import typer.main

from accreditation import wiring
from accreditation.__main__ import app
from accreditation.actions.decide import decide
from accreditation.scheme.answer import Answer
from tests.commands.conftest import Accredit
from tests.walking import AT, COMMITTEE, begin
from tests.wide import to_decision


def commands() -> dict[tuple[str, ...], str]:
    """Every command by its words, and the first line of its help."""
    found: dict[tuple[str, ...], str] = {}

    def walk(group: object, words: tuple[str, ...]) -> None:
        for name, one in getattr(group, "commands", {}).items():
            if hasattr(one, "commands"):
                walk(one, (*words, name))
            else:
                found[(*words, name)] = one.help or ""

    walk(typer.main.get_command(app), ())
    return found


def test_these_are_the_commands() -> None:
    assert sorted(commands()) == [
        ("audit", "import"), ("audit", "map"), ("burden",),
        ("cycle", "carry-over"), ("cycle", "date-visit"), ("cycle", "export"), ("cycle", "show"), ("cycle", "take-off"),
        ("demo",), ("evidence", "delete"), ("evidence", "due"), ("evidence", "explain"),
        ("evidence", "look-again"), ("evidence", "offers"), ("evidence", "release"), ("evidence", "replace"),
        ("evidence", "suggestions"), ("evidence", "unfinished"), ("evidence", "uphold"), ("evidence", "upload"),
        ("evidence", "verify"), ("evidence", "waiting"), ("evidence", "withdraw"), ("flows", "deploy"),
        ("hold", "end"), ("hold", "list"), ("hold", "set"), ("import", "reviewers"), ("import", "teams"),
        ("ledger", "verify"), ("letters",), ("match",), ("migrate",), ("panel", "name"), ("panel", "show"),
        ("panel", "take-off"), ("person", "end"), ("person", "forget-app"), ("person", "invite"), ("person", "list"),
        ("reviewer", "away"), ("reviewer", "change"), ("reviewer", "conflict"),
        ("reviewer", "list"), ("reviewer", "register"), ("reviewer", "show"),
        ("round", "agreement"), ("round", "confirm"), ("round", "list"), ("round", "open"),
        ("round", "propose"), ("serve",), ("standards", "case"),
        ("standards", "check"), ("standards", "compare"), ("standards", "explain"), ("standards", "export"),
        ("standards", "impact"), ("standards", "import"), ("standards", "new"), ("standards", "publish"),
        ("standards", "replay"), ("standards", "schema"), ("token", "create"), ("verify",),
    ]  # fmt: skip


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_says_what_it_does_and_what_each_option_means(words: tuple[str, ...], accredit: Accredit) -> None:
    said = accredit(*words, "--help")
    shown = " ".join(said.out.split())
    assert (said.code, said.err, shown.startswith(f"Usage: accredit {' '.join(words)} ")) == (0, "", True)
    assert " ".join(commands()[words].split())[:60] in shown


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_option_has_a_word_of_help(words: tuple[str, ...]) -> None:
    command: Any = typer.main.get_command(app)
    for word in words:
        command = command.commands[word]
    silent = [one.name for one in command.params if one.name != "help" and not getattr(one, "help", "")]
    assert silent == []


def test_the_command_alone_shows_its_help(accredit: Accredit) -> None:
    assert "Usage: accredit" in accredit().out + accredit().err


@pytest.mark.parametrize("words", [("nonsense",), ("round",), ("cycle", "show"), ("cycle", "show", "x")])
def test_wrong_words_are_a_mistake_of_use(words: tuple[str, ...], accredit: Accredit) -> None:
    assert accredit(*words).code == 2


def test_migrating_says_where_it_stands_and_can_be_done_again(accredit: Accredit, data: Path) -> None:
    (data / "records.sqlite").unlink()
    for _ in range(2):
        said = accredit("migrate")
        assert (said.code, said.out, said.err) == (0, "The records (sqlite) are up to date.\n", "")
        wiring.house.cache_clear()


def test_a_cycle_that_is_not_there_is_said_to_be_none(accredit: Accredit) -> None:
    said = accredit("cycle", "show", "7")
    assert (said.code, said.out, said.err) == (1, "", "There is no such cycle, or it is not one of yours.\n")
    assert accredit("cycle", "show", "0").code == 2
    assert accredit("cycle", "show", str(2**40)).code == 2


def test_a_cycle_is_shown_with_its_stage_what_is_missing_and_what_happened(accredit: Accredit) -> None:
    begin(wiring.house())
    said = accredit("cycle", "show", "1")
    lines = said.out.splitlines()
    assert (said.code, said.err, lines[0]) == (0, "", "North, North Trust")
    assert lines[1].startswith("small, edition 2026.1 (")
    assert lines[2].startswith("Stage: self assessment (the team rates itself")
    assert [line.split() for line in lines if line.startswith(("1 First", "2 Second"))] == [
        ["1", "First", "0", "of", "1", "0"],
        ["2", "Second", "0", "of", "2", "0"],
    ]
    assert "Evidence: 0 of 1 required criteria have it." in lines
    assert lines[-2:] == ["What happened", "  1 Apr 2026 09:00  self assessment (enrol, the office)"]


def test_a_cycle_is_shown_with_its_facts_its_scores_and_what_limits_it(accredit: Accredit) -> None:
    to_decision(wiring.house(), c1_02=Answer(measured=20))
    lines = accredit("cycle", "show", "1").out.splitlines()
    assert "Profile: site: In a city, beds: 12.50 beds, visit: The first, most: 0 criteria" in lines
    start = lines.index("The rules recommend: Silver, valid for 1 year")
    assert lines[start + 1 : start + 4] == [
        "  Points: 75.0, level B",
        "  Met: First: 75, level part",
        "  For the college: 1",
    ]
    assert "  limited from gold to silver: nothing is gold where scans are slow; in the way: 1.02" in lines


def test_a_judgement_is_shown_as_one_with_the_committees_reason(accredit: Accredit) -> None:
    house = wiring.house()
    to_decision(house, c1_01=Answer(rating="poor"))
    decide(house.database, principal=COMMITTEE, cycle_id=1, outcome="silver", reason="All else is excellent.", at=AT)
    lines = accredit("cycle", "show", "1").out.splitlines()
    assert "The rules are silent; people decide: For the committee" in lines
    assert "Decided: Silver, valid until 1 April 2027 (not published)" in lines
    assert "  by the committee's judgement, where the rules are silent: All else is excellent." in lines


def test_a_setting_that_cannot_be_is_named(accredit: Accredit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCREDIT_PORT", "eighty")
    monkeypatch.setenv("ACCREDIT_EVIDENCE_LIMIT", "0")
    said = accredit("migrate")
    assert (said.code, said.out, [line.split(";")[0] for line in said.err.splitlines()]) == (
        1, "", ["ACCREDIT_EVIDENCE_LIMIT: '0'", "ACCREDIT_PORT: 'eighty'"],
    )  # fmt: skip


def test_a_data_folder_that_cannot_be_made_is_said(
    accredit: Accredit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ACCREDIT_DATA", str(tmp_path / "file" / "data"))
    said = accredit("ledger", "verify")
    assert (said.code, said.out, said.err) == (
        1, "", f"The folder {tmp_path}/file/data cannot be made: Not a directory. ACCREDIT_DATA names it.\n",
    )  # fmt: skip


def test_a_file_that_is_no_database_is_said(accredit: Accredit, data: Path) -> None:
    (data / "records.sqlite").write_bytes(b"no database at all, but long enough to look at" * 100)
    said = accredit("ledger", "verify")
    assert (said.code, said.out, said.err) == (
        1, "", "The file is not a database. Look at the database's address in the settings.\n",
    )  # fmt: skip


def test_a_damaged_database_is_said(accredit: Accredit, data: Path) -> None:
    begin(wiring.house())
    wiring.house().close()
    with sqlite3.connect(data / "records.sqlite") as raw:
        size = raw.execute("PRAGMA page_size").fetchone()[0]
    raw.close()
    file = data / "records.sqlite"
    file.write_bytes(file.read_bytes()[:size] + os.urandom(file.stat().st_size - size))
    wiring.house.cache_clear()
    said = accredit("ledger", "verify")
    assert (said.code, said.out, said.err) == (
        1, "", "The database file is damaged. Stop the engine and restore the last backup.\n",
    )  # fmt: skip


def test_trouble_that_the_system_has_is_said_in_words(accredit: Accredit, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "some/file")

    monkeypatch.setattr("accreditation.commands.ledger.verify_chain", full)
    said = accredit("ledger", "verify")
    assert (said.code, said.out, said.err) == (
        1, "", "The system refuses: some/file: No space left on device. Look at the folder, its disk and its owner.\n",
    )  # fmt: skip
