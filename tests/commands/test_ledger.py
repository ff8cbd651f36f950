"""accredit ledger verify: the first entry that was altered is named."""

import sqlite3
from pathlib import Path

import pytest

from accreditation.ledger.chain import FIRST
from accreditation.wiring import House
from tests.commands.conftest import Accredit
from tests.walking import begin


def altered(data: Path, *statements: str) -> None:
    """Change the past behind the engine's back, as somebody with the file could."""
    with sqlite3.connect(data / "records.sqlite") as raw:
        triggers = raw.execute("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='ledger_entry'")
        for (name,) in triggers.fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
    raw.close()


def test_an_empty_ledger_is_whole(accredit: Accredit) -> None:
    said = accredit("ledger", "verify")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "The ledger is whole: 0 entries, each follows from the one before.",
        f"Head: 0:{FIRST}",
        "Keep the head elsewhere: `accredit ledger verify --head ...` then shows whether the end was cut off.",
    ]


def test_a_head_kept_elsewhere_still_fits_when_the_ledger_has_grown(accredit: Accredit, kept: House) -> None:
    begin(kept)
    head = accredit("ledger", "verify").out.splitlines()[1].removeprefix("Head: ")
    accredit("token", "create", "office desk", "--role", "office")
    said = accredit("ledger", "verify", "--head", head)
    assert (said.code, said.out.splitlines()[1] != f"Head: {head}") == (0, True)


def test_the_altered_entry_is_named(accredit: Accredit, kept: House, data: Path) -> None:
    begin(kept)
    altered(data, "UPDATE ledger_entry SET actor = 'somebody else' WHERE sequence = 2")
    said = accredit("ledger", "verify")
    assert (said.code, said.out) == (1, "")
    assert said.err == "Entry 2 was altered: its digest does not recompute.\n"


def test_a_removed_entry_is_named(accredit: Accredit, kept: House, data: Path) -> None:
    begin(kept)
    altered(data, "DELETE FROM ledger_entry WHERE sequence = 2")
    said = accredit("ledger", "verify")
    assert (said.code, said.out, said.err) == (1, "", "Entry 2 is missing.\n")


def test_an_end_that_was_cut_off_shows_against_the_head(accredit: Accredit, kept: House, data: Path) -> None:
    begin(kept)
    head = accredit("ledger", "verify").out.splitlines()[1].removeprefix("Head: ")
    number = int(head.partition(":")[0])
    altered(data, f"DELETE FROM ledger_entry WHERE sequence = {number}")
    assert accredit("ledger", "verify").code == 0
    said = accredit("ledger", "verify", "--head", head)
    expected = f"The ledger ends with entry {number - 1}; it had {number}. Entry {number} is missing.\n"
    assert (said.code, said.out, said.err) == (1, "", expected)


@pytest.mark.parametrize("head", ["nonsense", "3", "3:abc", ":" + "a" * 64])
def test_a_head_that_is_none_is_refused(accredit: Accredit, head: str) -> None:
    said = accredit("ledger", "verify", "--head", head)
    assert (said.code, said.out) == (1, "")
    assert said.err == f"--head: '{head}'; number:digest, as `accredit ledger verify` prints it\n"
