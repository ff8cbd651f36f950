"""Deleting over HTTP: looked at first, then done; what is gone says when and why to whoever could see it."""

import io
import zipfile

from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from tests.api.conftest import AtStage
from tests.walking import LEAD, NORTHS_LEAD, OFFICE, STRANGER, keep, reviewer, work

GONE = "because a patient can be told from it: The plan names one."
WANTED = {"versions": [1], "cause": "patient_data"}
FILE = "/api/evidence/1/content"


def test_a_deletion_is_looked_at_done_and_told(at_stage: AtStage) -> None:
    client = at_stage(Stage.REVIEW)
    theirs = keep(client.house, by=STRANGER).id
    told = client.post("/api/evidence/deletions/preview", by=OFFICE, json=WANTED).json()
    (one,) = told["files"]
    assert (told["may_go"], one["bytes_go"], one["shared_with"]) == (True, False, ["South (South Trust)"])
    assert [(why["keeper"], why["words"]) for why in one["kept_by"]] == [
        ("running", "cycle 1 (A small scheme) still runs")
    ]
    assert client.get(FILE, by=LEAD).status_code == 200
    sent = {**WANTED, "reason": "The plan names one."}
    assert client.post("/api/evidence/deletions", by=OFFICE, json=sent).json() == {"deleted": [1]}
    assert work(client.house, Kind.DELETION, at=client.house.now()) == [Kind.DELETION]
    for by in (LEAD, reviewer(NORTHS_LEAD), OFFICE):
        answer = client.get(FILE, by=by)
        assert (answer.status_code, answer.json()["type"]) == (410, "/problems/gone")
        assert answer.json()["detail"].startswith("Deleted on ")
        assert answer.json()["detail"].endswith(GONE)
        assert client.ask("HEAD", FILE, by=by).status_code == 410
        (shown,) = client.get("/api/cycles/1/evidence", by=by).json()["evidence"]
        assert (shown["title"], shown["deleted"]["cause"]) == ("Job plan", "patient_data")
        assert shown["deleted"]["words"].endswith(GONE)
    assert client.get(FILE, by=STRANGER).status_code == 404
    workbook = client.get("/api/cycles/1/review/workbook", by=reviewer(NORTHS_LEAD)).content
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        assert any(GONE.encode() in book.read(name) for name in book.namelist())
    (version,) = client.get("/api/library/1", by=LEAD).json()["versions"]
    assert version["deleted"]["words"].endswith(GONE)
    assert client.get("/api/library/versions/1/content", by=LEAD).status_code == 410
    kept = client.get(f"/api/library/versions/{theirs}/content", by=STRANGER)
    assert (kept.status_code, kept.content) == (200, b"a job plan")
    (untold,) = client.get("/api/library", by=STRANGER).json()["items"]
    assert untold["versions"][0]["deleted"] is None


def test_a_hold_is_set_listed_obeyed_and_ended(at_stage: AtStage) -> None:
    client = at_stage(Stage.REVIEW)
    held = client.post("/api/holds", by=OFFICE, json={"team": 1, "reason": "A claim."}).json()["hold"]
    refused = client.post("/api/evidence/deletions", by=OFFICE, json={**WANTED, "reason": "So."})
    assert refused.status_code == 409
    assert f"a legal hold on team 1 (hold {held}), set on " in refused.json()["detail"]
    assert client.post(f"/api/holds/{held}/end", by=OFFICE, json={"reason": "Settled."}).status_code == 200
    (one,) = client.get("/api/holds", by=OFFICE).json()["items"]
    assert (one["on"], one["reason"], one["ended_because"]) == ("team 1", "A claim.", "Settled.")
    assert client.get("/api/evidence/due", by=OFFICE).json() == {"items": [], "next_after": None}
