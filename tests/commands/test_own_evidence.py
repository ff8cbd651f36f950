"""accredit evidence offers, explain, replace and withdraw: a team's word on its own files, from the desk."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from accreditation.actions.delete_evidence import delete_evidence
from accreditation.commands import own_evidence as command
from accreditation.records.jobs import Kind
from accreditation.rules.clearance import STATE_MEANINGS, State
from accreditation.rules.retention import Cause
from tests.api.asking import Client
from tests.commands.conftest import Accredit, Said
from tests.commands.test_suggestions import speaking
from tests.examining import NUMBER, PATIENT
from tests.opened import opened
from tests.related import endoscopy
from tests.views.test_reuse import another
from tests.walking import AT, OFFICE, attach, begin, keep, work

Run = Callable[..., Said]


@pytest.fixture
def engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Client]:
    """North has a file that is kept back and one that is not, and another cycle, which asks for the same."""
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "records.sqlite").write_bytes(sqlite_template.read_bytes())
    house = opened(tmp_path / "engine")
    begin(house)
    attach(house, content=PATIENT, title="Rota")
    attach(house, content=b"plan", title="Plan", effective_on=date(2026, 1, 1))
    keep(house, content=b"clean", title="Clean")
    another(house, endoscopy("superset"))
    work(house, Kind.EVIDENCE)
    with Client(house) as client:
        yield client
    house.close()


@pytest.fixture
def run(engine: Client, accredit: Accredit, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The commands, against this engine, as the team's lead."""
    monkeypatch.setattr(command, "connected", lambda _url, _token: speaking(engine))
    monkeypatch.setenv("ACCREDIT_TOKEN", "a-token")
    return lambda *words: accredit("evidence", *words)


def test_a_team_sees_what_was_found_and_explains_what_it_saw(run: Run) -> None:
    found = run("explain", 1, "--cycle", 1)
    lines = found.out.splitlines()
    assert (found.code, lines[0].startswith("evidence 1, 'Rota', is quarantined: "), NUMBER in found.out) == (
        0, True, False,
    )  # fmt: skip
    assert lines[-3:] == [
        "To explain it: accredit evidence explain 1 --cycle 1 --seen 1 --reason '...'",
        "To put another version there: accredit evidence replace 1 --cycle 1 --version N",
        "To take it back: accredit evidence withdraw 1 --cycle 1 --reason '...'",
    ]
    assert run("explain", 1, "--cycle", 1, "--reason", "It is made up.").code == 2
    done = run("explain", 1, "--cycle", 1, "--reason", "It is made up.", "--seen", 1)
    assert (done.code, "'Rota', is explained: " in done.out, "lead of north: It is made up." in done.out) == (
        0,
        True,
        True,
    )
    refused = run("explain", 2, "--cycle", 1, "--reason", "It is made up.", "--seen", 2)
    assert (refused.code, "The file is cleared" in refused.err) == (1, True)
    assert run("explain", 9, "--cycle", 1).err == (
        "There is no such file in this cycle, or it stands there no more.\n"
    )  # fmt: skip


def test_of_a_file_that_was_deleted_nothing_is_explained(engine: Client, run: Run) -> None:
    delete_evidence(
        engine.house.database, principal=OFFICE, version_ids=[1], cause=Cause.PATIENT_DATA, reason="A patient.", at=AT
    )
    told = run("explain", 1, "--cycle", 1).out.splitlines()
    assert (told[0].startswith("evidence 1, 'Rota': Deleted on "), told[1:]) == (True, ["Nothing is left to explain."])


def test_a_team_replaces_and_withdraws(run: Run) -> None:
    replaced = run("replace", 1, "--cycle", 1, "--version", 3)
    assert (replaced.code, replaced.out) == (0, "Evidence 3 stands in the place of evidence 1.\n")
    back = run("replace", 2, "--cycle", 1, "--version", 1)
    assert (back.code, back.out.splitlines()[:2]) == (
        1,
        [
            "Evidence 4 stands in the place of evidence 2.",
            "evidence 4, 'Rota', is quarantined: " + STATE_MEANINGS[State.QUARANTINED] + ".",
        ],
    )
    withdrawn = run("withdraw", 3, "--cycle", 1, "--reason", "It is another service's.")
    assert (withdrawn.code, withdrawn.out) == (0, "Evidence 3 is withdrawn.\n")
    assert run("withdraw", 9, "--cycle", 1, "--reason", "It is no file.").code == 1


def test_a_team_lists_what_it_has_already_and_attaches_it(run: Run) -> None:
    found = run("offers", "--cycle", 2)
    assert (found.code, found.err) == (0, "")
    assert "document 2, 'Plan', version 1" in found.out.splitlines()
    assert "accredit evidence offers --cycle 2 --attach" in found.out.splitlines()[-1]
    done = run("offers", "--cycle", 2, "--attach", "2=1.01")
    told = "Attached: document 2, 'Plan', to 1.01 (evidence 3)."
    assert (done.code, done.out.splitlines()[0], "document 2, 'Plan', version" in done.out) == (0, told, False)
    assert run("offers", "--cycle", 2, "--attach", "9=1.01").code == 1
