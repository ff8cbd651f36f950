"""accredit evidence due and delete, accredit hold: what would go is shown first, and nothing goes without --yes."""

import hashlib

from accreditation.records.jobs import Kind
from accreditation.wiring import House
from tests.commands.conftest import Accredit
from tests.walking import STRANGER, attach, begin, keep, nothing_kept, work

PLAN = hashlib.sha256(b"a job plan").hexdigest()
NORTH = f"version 1 of North (North Trust): 10 bytes, evidence 1 of cycle 1, {PLAN}"


def fill(kept: House) -> None:
    begin(kept)
    attach(kept)


def test_a_deletion_is_shown_and_then_done(accredit: Accredit, kept: House) -> None:
    fill(kept)
    keep(kept, by=STRANGER)
    words = ("evidence", "delete", "--evidence", 1, "--cause", "patient_data", "--reason", "It names one.")
    with nothing_kept(kept):
        said = accredit(*words)
    shown = [
        NORTH,
        "  goes although cycle 1 (A small scheme) still runs",
        "  would go; the same bytes stay for South (South Trust)",
    ]
    assert (said.code, said.err, said.out.splitlines()) == (
        0, "", [*shown, "Nothing was deleted yet. Say the same again with --yes to delete; it cannot be undone."],
    )  # fmt: skip
    done = accredit(*words, "--yes")
    gone = [*shown[:-1], "  goes; the same bytes stay for South (South Trust)"]
    assert done.out.splitlines() == [*gone, "Deleted: 1 of 1. The running engine takes the bytes away."]
    assert accredit("evidence", "delete", "--version", 2, "--cause", "request", "--reason", "So.", "--yes").code == 0
    work(kept, Kind.DELETION, at=kept.now())
    assert accredit("evidence", "verify").out.splitlines() == [
        "All 0 files (0 bytes) are as they were handed in.", "1 more was deleted, and not one is there.",
    ]  # fmt: skip
    again = accredit(*words, "--yes").out.splitlines()
    assert (again[0], again[2]) == (
        NORTH, "Deleted: 0 of 1, 1 already deleted before. The running engine takes the bytes away."
    )  # fmt: skip


def test_what_keeps_a_file_is_told_and_a_hold_beats_all(accredit: Accredit, kept: House) -> None:
    fill(kept)
    assert accredit("hold", "list").out == "No legal hold stands.\n"
    assert accredit("hold", "set", "--cycle", 1, "--reason", "A claim.").out == "Hold 1 stands.\n"
    with nothing_kept(kept):
        said = accredit("evidence", "delete", "--version", 1, "--cause", "patient_data", "--reason", "So.", "--yes")
    assert said.code == 1
    assert [line.partition(", set on ")[0] for line in said.out.splitlines()] == [
        NORTH, "  kept: a legal hold on cycle 1 (hold 1)", "Nothing was deleted.",
    ]  # fmt: skip
    line = accredit("hold", "list").out
    assert (line.startswith("1: cycle 1, since "), line.endswith(" by command line: A claim.\n")) == (True, True)
    assert accredit("hold", "end", 1, "--reason", "Settled.").out == "Hold 1 is ended.\n"
    assert accredit("hold", "list").out == "No legal hold stands.\n"
    assert accredit("hold", "list", "--all").out.endswith(" by command line: Settled.\n")


def test_nothing_is_due_and_nothing_named_is_a_mistake(accredit: Accredit, kept: House) -> None:
    fill(kept)
    with nothing_kept(kept):
        assert accredit("evidence", "due").out.startswith("Nothing is due: ")
        assert accredit("evidence", "delete", "--due", "--yes").out == "Nothing is due, and nothing was deleted.\n"
        for words in ((), ("--due", "--version", 1)):
            said = accredit("evidence", "delete", *words)
            assert (said.code, said.err.startswith("what to delete: ")) == (1, True)
