"""accredit evidence suggestions: a folder without criteria, and a person's word on each document."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from accreditation.commands import suggestions as command
from accreditation.commands.suggestions import decided, lines
from accreditation.commands.uploading.server import Server
from accreditation.errors import Invalid, Refused
from accreditation.records.jobs import Kind
from accreditation.rules.people import Principal
from tests.api.asking import Client
from tests.commands.conftest import Accredit
from tests.commands.wire import Wire
from tests.opened import opened
from tests.placing import LUNCH, ROTA, worded
from tests.walking import CYCLE, LEAD, OFFICE, begin, keep, work


@pytest.fixture
def engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Client]:
    """North keeps a rota and a menu, which the engine has read."""
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "records.sqlite").write_bytes(sqlite_template.read_bytes())
    house = opened(tmp_path / "engine")
    begin(house, edition=worded())
    for number, content in enumerate((ROTA, LUNCH), start=1):
        keep(house, content=content, title=f"Scan {number}")
    work(house, Kind.EVIDENCE)
    with Client(house) as client:
        yield client
    house.close()


def speaking(engine: Client, by: Principal = LEAD) -> httpx.Client:
    headers = {"Authorization": f"Bearer {engine.token(by)}"}
    return httpx.Client(transport=Wire(engine), base_url="http://engine", headers=headers)


def decide(engine: Client, by: Principal = LEAD, **what: Any) -> Any:
    with speaking(engine, by) as http:
        return decided(Server(http), CYCLE, **what)


def test_it_lists_why_and_how_to_go_on(engine: Client) -> None:
    assert lines(decide(engine), CYCLE) == [
        "1 document of your library may answer criteria of your cycle of A small scheme, by their words. Look before "
        "you attach: nothing is attached yet.",
        "document 1, 'Scan 1' (plan.pdf)",
        "  1.01  Named lead, evidence required",
        "      The document and this criterion both speak of: consultant, night, thrombolysis, decides, rota.",
        "document 2, 'Scan 2' (plan.pdf); nothing is suggested: it has too little in common with the words of any "
        "criterion that asks for documents: attach it where you know that it belongs.",
        "Attach what you find right: accredit evidence suggestions --cycle 1 --attach 1=1.01",
        "Where one does not belong: the same with --dismiss in place of --attach.",
    ]


def test_what_a_person_says_is_done_and_what_is_left_is_listed(engine: Client) -> None:
    left = decide(engine, attach=[(1, "1.01"), (2, "2.01")])
    assert (left["documents"], left["left"]) == ([], [])
    attached = engine.get(f"/api/cycles/{CYCLE}/evidence", by=LEAD).json()["evidence"]
    assert [(one["title"], one["criteria"]) for one in attached] == [("Scan 1", ["1.01"]), ("Scan 2", ["2.01"])]


def test_what_does_not_belong_there_is_dismissed(engine: Client) -> None:
    left = decide(engine, dismiss=[(1, "1.01")])
    assert (left["documents"], [one["document"] for one in left["left"]]) == ([], [1, 2])
    assert lines(left, CYCLE)[0] == "Nothing is suggested for your cycle of A small scheme now."


def test_what_cannot_be_is_refused_with_the_reason(engine: Client) -> None:
    with pytest.raises(Invalid, match="document 9; one of 1, 2, as the list has them"):
        decide(engine, attach=[(9, "1.01")])
    with pytest.raises(Refused, match="there is none to dismiss"):
        decide(engine, dismiss=[(2, "1.01")])
    with pytest.raises(Refused, match="office"):
        decide(engine, OFFICE)


def test_the_command_itself(engine: Client, accredit: Accredit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "connected", lambda _url, _token: speaking(engine))
    monkeypatch.setenv("ACCREDIT_TOKEN", "a-token")
    words = ("evidence", "suggestions", "--cycle", CYCLE)
    shown = accredit(*words)
    assert (shown.code, shown.err, "document 1, 'Scan 1'" in shown.out) == (0, "", True)
    done = accredit(*words, "--attach", "1=1.01", "--json")
    assert (done.code, json.loads(done.out)["documents"]) == (0, [])
    told = accredit(*words, "--attach", "2=2.01").out.splitlines()[0]
    assert told == "Attached: document 2, 'Scan 2', to 2.01 (evidence 2)."
    wrong = accredit(*words, "--attach", "1.01", "--attach", "x=1.01", "--url", "http://elsewhere")
    assert (wrong.code, "Say --attach DOCUMENT=CRITERION, as in 3=1.05, and not 1.01, x=1.01." in wrong.err) == (
        2,
        True,
    )
