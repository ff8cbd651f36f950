"""Files of figures over HTTP: columns said once, a preview, a file brought in, a figure challenged and corrected."""

import io
from typing import Any

import httpx
import pytest
from openpyxl import Workbook

from accreditation.rules.cycle import Stage
from tests.api.asking import PEOPLE, Client
from tests.api.conftest import AtStage
from tests.walking import nothing_kept

LEAD, OFFICE = PEOPLE["lead"], PEOPLE["office"]
PATH = "/api/rounds/1/indicators"
REGISTRY: dict[str, Any] = {
    "team": "Team", "organisation": "Trust", "period": "Quarter",
    "values": {"2.01": "In an hour", "2.02": "Level"}, "too_few": ["TFP"],
}  # fmt: skip
FORMULA = "a formula whose value is not kept in the file: open it in Excel and save it"
FEW = "if this says too few cases, name it once among the words for these, too_few, of these columns"
HEAD = "Team,Trust,Quarter,In an hour,Level\n"


def sent(client: Client, content: bytes | str, **query: Any) -> httpx.Response:
    said = {"file_name": "q.csv", "source": "registry", **query}
    return client.post(PATH, by=OFFICE, params=said, content=content)


@pytest.fixture
def client(at_stage: AtStage) -> Client:
    """North's cycle has just begun, and the registry's columns are mapped."""
    client = at_stage(Stage.SELF_ASSESSMENT)
    assert client.put(f"{PATH}/registry", by=OFFICE, json=REGISTRY).json() == {"changed": True}
    return client


def faults(answer: httpx.Response) -> list[str]:
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid")
    return [f"{one['where']}: {one['found']}" for one in answer.json()["faults"]]


def test_columns_are_said_once_and_shown_with_those_of_the_scheme(client: Client) -> None:
    assert client.put(f"{PATH}/registry", by=OFFICE, json=REGISTRY).json() == {"changed": False}
    shown = client.get(PATH, by=OFFICE).json()
    assert (shown["scheme"], sorted(shown["files"])) == ("small", ["audit", "registry"])
    assert {name: shown["files"]["registry"][name] for name in REGISTRY} == REGISTRY
    wrong = client.put(f"{PATH}/registry", by=OFFICE, json={"values": {"1.01": "A", "9.9": "A"}})
    assert faults(wrong) == [
        "columns: none names the team",
        "column for 1.01: it is not measured by one figure",
        "column for 9.9: the edition has no such criterion",
        "column for 9.9: 'A' is the column for 1.01 already",
    ]


def test_a_file_is_previewed_brought_in_once_and_answers(client: Client) -> None:
    file = f"{HEAD}North,North Trust,2026-Q1,92.5,TFP\nNort,North Trust,2026-Q1,1,A\n"
    with nothing_kept(client.house):
        told = sent(client, file, preview=True).json()
        refused = sent(client, file)
    assert faults(refused) == ["q.csv:3: no team 'Nort (North Trust)' is known here"]
    counts = {"teams": 1, "figures": 2, "answers": 2, "left": 0, "unknown": 1}
    assert (told["kept"], told["lines"], told["periods"], told["counts"]) == (False, 2, ["2026-Q1"], counts)
    assert [(one["team"], one["criterion"], one["figure"]["measured"]) for one in told["figures"]] == [
        ("North (North Trust)", "2.01", "92.5"), ("North (North Trust)", "2.02", None),
    ]  # fmt: skip
    assert [(one["cycle"], one["source"], one["answer"]["state"]) for one in told["answers"]] == [
        (1, "registry 2026-Q1", "not_answered")
    ] * 2
    done = sent(client, file, skip_unknown=True).json()
    assert done == told | {"kept": True}
    with nothing_kept(client.house):
        assert sent(client, file, skip_unknown=True).json()["counts"] == counts | {"figures": 0, "answers": 0}


def test_every_fault_of_a_file_is_told_at_once_by_its_row_and_column(client: Client) -> None:
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = "Data"
    for row in (HEAD.strip().split(","), ["North", "North Trust", "2026-Q1", "=1+1", "Z"], ["", "", 46023, "<6", "A"]):
        page.append(row)
    content = io.BytesIO()
    made.save(content)
    with nothing_kept(client.house):
        found = faults(sent(client, content.getvalue(), file_name="q.xlsx"))
    assert found == [
        f"q.xlsx Data!2 column 'In an hour': {FORMULA}",
        "q.xlsx Data!2 column 'Level': 'Z'",
        "q.xlsx Data!3 column 'Quarter': '46023': Excel's count of days, which would be 2026-01-01",
        "q.xlsx Data!3 column 'Team': empty",
        "q.xlsx Data!3 column 'Trust': empty",
        f"q.xlsx Data!3 column 'In an hour': '<6': no number ({FEW})",
        "q.xlsx: nothing was kept",
    ]
    assert faults(sent(client, f"{HEAD},North Trust,2026-Q1,<6,A\n")) == [
        "q.csv:2 column 'Team': empty", f"q.csv:2 column 'In an hour': '<6': no number ({FEW})",
        "q.csv: nothing was kept",
    ]  # fmt: skip
    assert faults(sent(client, HEAD, source="")) == ["name: not given"]


def test_a_body_that_is_too_large_is_refused(client: Client) -> None:
    with nothing_kept(client.house):
        assert sent(client, b"," * 2_000_001).status_code == 413


def test_a_wrong_figure_is_challenged_corrected_and_answered(client: Client) -> None:
    def shown() -> dict[str, Any]:
        of_north = client.get("/api/cycles/1/indicators", by=LEAD).json()["indicators"]
        found: dict[str, Any] = next(one for one in of_north if one["id"] == "2.01")
        return found

    row = "North,North Trust,2026-Q1,{},B\n"
    sent(client, HEAD + row.format("79.9"))
    before = shown()
    assert (before["figure"]["answer"]["measured"], before["figure"]["period"], before["figure"]["source"]) == (
        "79.9", "2026-Q1", "registry",
    )  # fmt: skip
    typed = {"answer": {"measured": "95"}, "seen_version": 1}
    assert client.put("/api/cycles/1/self-assessment/2.01", by=LEAD, json=typed).status_code == 409
    challenge = "/api/cycles/1/indicators/2.01/challenges"
    number = client.post(challenge, by=LEAD, json={"note": "Two patients are missing."}).json()["challenge"]
    answer = {"how": "corrected", "reason": "The registry counted again."}
    path = f"/api/cycles/1/challenges/{number}/answer"
    early = client.put(path, by=OFFICE, json=answer)
    assert early.status_code == 409, "no newer figure is there yet"
    sent(client, HEAD + row.format("91"), file_name="again.csv")
    assert client.put(path, by=OFFICE, json=answer).json() == {"done": True}
    after = shown()
    assert (after["figure"]["answer"]["measured"], after["figure"]["file"], after["answers"]) == (
        "91",
        "again.csv",
        True,
    )
    assert [one["answer"]["measured"] for one in after["earlier"]] == ["79.9"]
    assert [(one["state"], one["reason"]) for one in after["challenges"]] == [
        ("corrected", "The registry counted again.")
    ]
    assert (before["why"], after["why"]) == ("79.9 %; at least 90 % is asked for", "91 %; at least 90 % is asked for")
