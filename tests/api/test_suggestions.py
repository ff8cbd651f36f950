"""From bytes to a confirmed criterion, over HTTP: kept without one, looked at, suggested, confirmed or dismissed."""

from typing import Any

from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from tests.api.asking import PEOPLE, Client
from tests.api.conftest import AtStage
from tests.walking import CYCLE, nothing_kept, work

LEAD, MEMBER = PEOPLE["lead"], PEOPLE["member"]
EVIDENCE = f"/api/cycles/{CYCLE}/evidence"
PLAN, MENU = b"The job plan of the named lead, with a photo.", b"Soup is served at noon in the canteen."


def kept(client: Client, *contents: bytes) -> None:
    """Files that go into North's library as a person drops them: with a name, and nothing else."""
    for number, content in enumerate(contents, start=1):
        query = {"title": f"Scan {number}", "file_name": f"scan{number}.pdf"}
        assert client.post("/api/library", by=MEMBER, params=query, content=content).status_code == 201
    work(client.house, Kind.EVIDENCE, at=client.house.now())


def suggested(client: Client) -> Any:
    answer = client.get(f"{EVIDENCE}/suggestions", by=LEAD)
    assert answer.status_code == 200
    return answer.json()


def test_a_file_without_a_criterion_is_looked_at_suggested_and_confirmed(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    kept(client, PLAN, MENU)
    found = suggested(client)
    assert [(one["document"], one["title"], one["file_name"]) for one in found["documents"]] == [
        (1, "Scan 1", "scan1.pdf")
    ]
    assert found["documents"][0]["criteria"] == [
        {
            "criterion": "1.01",
            "title": "Named lead",
            "required": True,
            "because": ["lead", "named", "job", "photo", "plan"],
            "words": "The document and this criterion both speak of: lead, named, job, photo, plan.",
            "beware": "",
        }
    ]
    assert [(one["document"], one["why"]) for one in found["left"]] == [
        (
            2,
            "it has too little in common with the words of any criterion that asks for documents: "
            "attach it where you know that it belongs",
        )
    ]
    wanted = [
        {"version": one["version"], "criteria": [criterion["criterion"] for criterion in one["criteria"]]}
        for one in found["documents"]
    ]
    done = client.post(f"{EVIDENCE}/from-library", by=LEAD, json={"documents": wanted})
    assert done.status_code == 201
    (attached,) = client.get(EVIDENCE, by=LEAD).json()["evidence"]
    assert (attached["title"], attached["criteria"], attached["clearance"]["state"]) == ("Scan 1", ["1.01"], "cleared")
    assert suggested(client)["documents"] == []


def test_what_is_dismissed_is_gone_for_the_whole_team(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    kept(client, PLAN)
    said = {"document": 1, "criterion": "1.01"}
    assert client.post(f"{EVIDENCE}/suggestions/dismissal", by=MEMBER, json=said).json() == {"done": True}
    with nothing_kept(client.house):
        assert client.post(f"{EVIDENCE}/suggestions/dismissal", by=LEAD, json=said).json() == {"done": True}
        never = client.post(f"{EVIDENCE}/suggestions/dismissal", by=LEAD, json={**said, "criterion": "2.01"})
    assert (never.status_code, "none to dismiss" in never.json()["detail"]) == (404, True)
    found = suggested(client)
    assert (found["documents"], [one["why"][:30] for one in found["left"]]) == ([], ["what was suggested for it was "])


def test_what_is_suggested_is_told_to_nobody_but_the_team(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    kept(client, PLAN)
    client.post(f"{EVIDENCE}/suggestions/dismissal", by=LEAD, json={"document": 1, "criterion": "1.01"})
    told = client.get("/api/ledger", by=PEOPLE["office"]).json()
    entries = [one for one in told["items"] if one["action"] in ("evidence:suggest", "evidence:dismiss")]
    assert [one["action"] for one in entries] == ["evidence:suggest", "evidence:dismiss"]
    assert entries[0]["detail"] == {"suggested": 1, "version": 1}
    for path in ("/api/ledger", f"/api/cycles/{CYCLE}/history", "/api/notices", "/api/jobs", EVIDENCE):
        for who in ("reviewer", "office", "committee", "stranger"):
            answer = client.get(path, by=PEOPLE[who]).text
            assert "speak of" not in answer, (path, who)
            assert '"criterion":"1.01"' not in answer, (path, who)
