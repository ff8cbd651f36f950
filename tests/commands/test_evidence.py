"""accredit evidence verify: every file that is missing or altered is named, with what to do."""

import hashlib
import json
from pathlib import Path

import pytest

from accreditation.actions.answer_clearance import explain_evidence
from accreditation.records.jobs import Kind
from accreditation.wiring import House
from tests.commands.conftest import Accredit
from tests.examining import PATIENT
from tests.walking import AT, LEAD, STRANGER, attach, begin, keep, nothing_kept, work

PLAN, ROTA, STRAY = (hashlib.sha256(content).hexdigest() for content in (b"a job plan", b"a rota", b"a stray"))


def lying(data: Path, digest: str) -> Path:
    return data / "evidence" / digest[:2] / digest[2:]


def put(file: Path, content: bytes) -> None:
    """Put these bytes there behind the engine's back."""
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_bytes(content)


def fill(kept: House) -> None:
    begin(kept)
    attach(kept)
    keep(kept, content=b"a rota", by=STRANGER)


def test_where_all_is_whole_one_line_says_so_and_the_ledger_is_as_before(accredit: Accredit, kept: House) -> None:
    fill(kept)
    with nothing_kept(kept):
        said = accredit("evidence", "verify")
    assert (said.code, said.out, said.err) == (0, "All 2 files (16 bytes) are as they were handed in.\n", "")


def test_every_fault_is_named_with_team_cycle_file_digest_and_what_to_do(
    accredit: Accredit, kept: House, data: Path
) -> None:
    fill(kept)
    put(lying(data, PLAN), b"a [red]plan")
    lying(data, ROTA).unlink()
    put(lying(data, STRAY), b"a stray")
    put(lying(data, STRAY).parent / "[red]junk\x1b", b"junk")
    said = accredit("evidence", "verify")
    blocks = {
        PLAN: [
            f"altered: {PLAN}",
            "  evidence 1 of cycle 1, North, North Trust: plan.pdf (10 bytes)",
            "  version 1 of document 1 in the library, North, North Trust: plan.pdf (10 bytes)",
            "  The 11 bytes that lie there are not those that were handed in. Put the right bytes back from a backup "
            f"of the evidence, as {PLAN[:2]}/{PLAN[2:]}, or ask the team to upload the very same file again.",
        ],
        ROTA: [
            f"missing: {ROTA}",
            "  version 1 of document 2 in the library, South, South Trust: plan.pdf (6 bytes)",
            "  It is not in the store. Put it back from a backup of the evidence, "
            f"as {ROTA[:2]}/{ROTA[2:]}, or ask the team to upload the very same file again.",
        ],
    }
    assert said.out.splitlines() == [
        *(line for digest in sorted(blocks) for line in blocks[digest]),
        f"in no record: {STRAY}",
        "  It may be an upload that is not concluded yet: leave it. The daily upkeep takes away what came through the "
        "engine and is in no record. What is still named in a week came otherwise, or the records are older than it; "
        f"{STRAY[:2]}/{STRAY[2:]} may then be removed.",
        f"put there by no engine: {STRAY[:2]}/[red]junk?",
        "2 of 2 files are missing, altered or cannot be read.",
        "That is every one: does ACCREDIT_EVIDENCE name the place where they lie?",
    ]
    assert (said.code, said.err) == (1, "")


def test_as_json_the_same_is_said_and_the_exit_code_too(accredit: Accredit, kept: House, data: Path) -> None:
    fill(kept)
    lying(data, ROTA).unlink()
    said = accredit("evidence", "verify", "--json")
    told = json.loads(said.out)
    assert (said.code, said.err, told["whole"], told["files"], told["read"]) == (1, "", False, 2, 2)
    (fault,) = told["faults"]
    assert (fault["sha256"], fault["trouble"]) == (ROTA, "missing")
    assert fault["named_by"] == [
        {
            "file_name": "plan.pdf", "size": 6, "team": "South", "organisation": "South Trust", "cycle": None,
            "evidence": None, "document": 2, "version": 1,
        }
    ]  # fmt: skip


def test_files_that_no_record_names_are_no_fault_and_are_counted_beyond_the_limit(
    accredit: Accredit, data: Path
) -> None:
    (data / "evidence").mkdir()
    for number in range(3):
        content = b"%d" % number
        put(lying(data, hashlib.sha256(content).hexdigest()), content)
    said = accredit("evidence", "verify", "--limit", 1)
    lines = said.out.splitlines()
    assert (said.code, len(lines), lines[0].startswith("in no record: ")) == (0, 4, True)
    assert lines[2:] == [
        "... and 2 more that no record names; --limit names more.",
        "All 0 files (0 bytes) are as they were handed in.",
    ]


def test_a_file_that_cannot_be_read_is_said_beside_the_others(accredit: Accredit, kept: House, data: Path) -> None:
    fill(kept)
    lying(data, PLAN).unlink()
    lying(data, PLAN).mkdir()
    said = accredit("evidence", "verify")
    assert (said.code, said.err, said.out.splitlines()[0]) == (1, "", f"unreadable: {PLAN}")
    assert said.out.splitlines()[-2:] == [
        "  The folder that keeps evidence cannot be used: Is a directory. Mend what keeps it from being read, then "
        "verify again.",
        "1 of 2 files are missing, altered or cannot be read.",
    ]


def test_on_a_terminal_it_is_drawn_how_far_it_is_beside_what_is_found(
    accredit: Accredit, kept: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(kept)
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("TERM", "xterm")
    said = accredit("evidence", "verify")
    assert (said.code, "Reading" in said.err, "Reading" in said.out) == (0, True, False)


def test_what_waits_or_is_kept_back_is_listed_by_its_number(accredit: Accredit, kept: House) -> None:
    begin(kept)
    assert accredit("evidence", "waiting").out.startswith("Nothing waits and nothing is kept back")
    attach(kept, content=PATIENT)
    waits = accredit("evidence", "waiting").out
    work(kept, Kind.EVIDENCE)
    held = accredit("evidence", "waiting").out
    line = "cycle 1, North (North Trust), evidence 1 for 1.01: "
    nothing = "  nothing for the office to do now\n"
    assert waits == f"{line}waiting since 2026-04-01 09:00 UTC\n{nothing}"
    assert held == (
        f"{line}quarantined since 2026-04-01 09:00 UTC: an NHS, CHI or Health and Care number (line 1)\n{nothing}"
    )  # fmt: skip


def test_the_office_answers_what_is_explained_as_the_list_says_it(kept: House, accredit: Accredit) -> None:
    begin(kept)
    attach(kept, content=PATIENT)
    work(kept, Kind.EVIDENCE)
    about = ("1", "--cycle", "1", "--reason", "It is made up.", "--seen")
    early = accredit("evidence", "release", *about, "1")
    assert (early.code, "First comes 'explain' by a member of the team or the team's lead" in early.err) == (1, True)
    explain_evidence(
        kept.database, principal=LEAD, cycle_id=1, evidence_id=1, reason="No patient's.", seen_version=1, at=AT
    )
    told = accredit("evidence", "waiting").out.splitlines()
    typed = "1 --cycle 1 --seen 2 --reason '...'"
    assert told[0].endswith(": No patient's.")
    assert told[1].startswith("  line 1: NHS number: •••")
    assert told[2] == f"  accredit evidence release {typed}; or accredit evidence uphold {typed}"
    stale = accredit("evidence", "release", *about, "1")
    assert (stale.code, "Look at it again" in stale.err) == (1, True)
    upheld = accredit("evidence", "uphold", *about, "2")
    assert (upheld.code, upheld.out.startswith("Evidence 1 of cycle 1 is upheld: ")) == (0, True)
    assert accredit("evidence", "look-again", *about, "3").code == 1
    released = accredit("evidence", "release", *about, "3")
    assert (released.code, released.out.startswith("Evidence 1 of cycle 1 is released: ")) == (0, True)
    assert accredit("evidence", "waiting").out.startswith("Nothing waits")
