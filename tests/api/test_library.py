"""A team's library over HTTP: uploaded once, described, attached, offered, replaced and taken back."""

import hashlib
from typing import Any

import pytest

from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from tests.api.asking import PEOPLE, Client
from tests.api.conftest import AtStage
from tests.walking import nothing_kept, work

LEAD, MEMBER, OFFICE = PEOPLE["lead"], PEOPLE["member"], PEOPLE["office"]
POLICY = b"a policy"


def keep(client: Client, content: bytes = POLICY, *, path: str = "/api/library", **query: str) -> Any:
    said = {"title": "Policy", "file_name": "policy.pdf", **query}
    return client.post(path, by=LEAD, params=said, content=content)


def test_a_document_goes_into_the_library_once_and_comes_back(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    days: dict[str, Any] = {"effective_on": "2026-01-01", "review_by": "2027-01-01", "owner": "The matron"}
    first, again = keep(client, **days), keep(client, title="Another")
    sha256 = hashlib.sha256(POLICY).hexdigest()
    kept = {"document": 1, "version": 1, "number": 1, "sha256": sha256, "size": 8}
    assert (first.status_code, first.json(), again.json()) == (201, kept, kept)
    second = keep(client, b"policy of May", path="/api/library/1/versions", title="Policy of May")
    assert (second.json()["document"], second.json()["number"]) == (1, 2)
    shown = client.get("/api/library", by=MEMBER).json()["items"]
    assert [(one["id"], one["title"], [v["number"] for v in one["versions"]]) for one in shown] == [
        (1, "Policy of May", [2, 1])
    ]
    old = shown[0]["versions"][1]
    assert {name: old[name] for name in days} == days
    assert client.get("/api/library/1", by=LEAD).json() == shown[0]
    back = client.get("/api/library/versions/1/content", by=LEAD)
    assert (back.content, back.headers["content-security-policy"]) == (POLICY, "sandbox; default-src 'none'")


def test_it_is_described_attached_placed_replaced_and_taken_back(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    keep(client)
    said = {"title": "Our policy", "effective_on": "2026-01-01", "seen_version": 1}
    assert client.put("/api/library/versions/1", by=LEAD, json=said).json() == {"said_version": 2}
    stale = client.put("/api/library/versions/1", by=MEMBER, json={"title": "Mine", "seen_version": 1})
    assert (stale.status_code, stale.json()["type"]) == (409, "/problems/stale")
    wanted = {"documents": [{"version": 1, "criteria": ["1.01", "2.01"], "places": {"1.01": "p. 3"}}]}
    done = client.post("/api/cycles/1/evidence/from-library", by=LEAD, json=wanted)
    assert (done.status_code, [one["id"] for one in done.json()["evidence"]]) == (201, [1])
    place = client.put("/api/cycles/1/evidence/1/places/2.01", by=LEAD, json={"place": "section 2"})
    assert place.json() == {"done": True}
    keep(client, b"newer", path="/api/library/1/versions", title="Newer")
    before = client.get("/api/cycles/1/evidence", by=LEAD).json()["evidence"][0]
    assert before["places"] == {"1.01": "p. 3", "2.01": "section 2"}
    assert before["newer"] == {"id": 2, "number": 2, "title": "Newer"}
    assert client.post("/api/cycles/1/evidence/1/replacement", by=LEAD, json={"version": 2}).json()["id"] == 2
    work(client.house, Kind.EVIDENCE, at=client.house.now())
    reason = {"reason": "It is of another ward."}
    assert client.post("/api/cycles/1/evidence/2/withdrawal", by=MEMBER, json=reason).json() == {"done": True}
    left = client.get("/api/cycles/1/evidence", by=OFFICE).json()
    assert (left["evidence"], [(one["id"], one["how"], one["replaced_by"]) for one in left["ended"]]) == (
        [], [(1, "replaced", 2), (2, "withdrawn", None)],
    )  # fmt: skip
    assert client.get("/api/evidence/2/content", by=OFFICE).content == b"newer"


def test_places_and_days_are_said_with_an_upload(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    query = {
        "criterion": ["1.01", "2.01"], "place": ["1.01=p. 3 = the last", "2.01=section 2"],
        "effective_on": "2026-01-01", "owner": "The matron",
    }  # fmt: skip
    assert client.attach(by=LEAD, query=query).status_code == 201
    shown = client.get("/api/cycles/1/evidence", by=LEAD).json()["evidence"][0]
    assert (shown["places"], shown["effective_on"], shown["owner"]) == (
        {"1.01": "p. 3 = the last", "2.01": "section 2"}, "2026-01-01", "The matron",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({"place": ["2.02=p. 1"]}, "place of criterion 2.02"),
        ({"place": ["p. 1"]}, "query.place.0"),
        ({"effective_on": "soon"}, "query.effective_on"),
        ({"effective_on": "2026-01-02", "review_by": "2026-01-01"}, "review-by date"),
        ({"owner": "x" * 201}, "owner"),
    ],
)
def test_what_is_wrong_is_named_before_a_byte_is_read(
    at_stage: AtStage, query: dict[str, Any], where: str
) -> None:  # fmt: skip
    client = at_stage(Stage.SELF_ASSESSMENT)
    with nothing_kept(client.house):
        answer = client.attach(by=LEAD, query=query)
        assert (answer.status_code, [one["where"] for one in answer.json()["faults"]]) == (422, [where])
    assert not list((client.house.settings.data / "evidence").rglob("*/*"))


def test_what_is_taken_back_is_not_found_by_a_reviewer(at_stage: AtStage) -> None:
    client = at_stage(Stage.REVIEW)
    who = PEOPLE["reviewer"]
    asked = client.post(
        "/api/cycles/1/review/criteria/1.01/requests", by=who, json={"question": "May we see the rota?"}
    )
    assert asked.status_code == 201
    assert client.attach(by=LEAD, content=b"a rota").json()["id"] == 2
    work(client.house, Kind.EVIDENCE, at=client.house.now())
    assert client.get("/api/evidence/2/content", by=who).content == b"a rota"
    done = client.post("/api/cycles/1/evidence/2/withdrawal", by=LEAD, json={"reason": "The wrong month."})
    assert done.json() == {"done": True}
    gone, never = (client.get(f"/api/evidence/{number}/content", by=who) for number in (2, 999))
    assert (gone.status_code, gone.text.replace("/2/", "/999/")) == (404, never.text)
    told = client.get("/api/cycles/1/evidence", by=who).json()
    assert ([one["id"] for one in told["evidence"]], told["ended"]) == ([1], [])


def test_a_first_cycle_is_offered_nothing_and_says_so(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    client.attach(by=LEAD)
    found = client.get("/api/cycles/1/evidence/offers", by=LEAD).json()
    assert (found["documents"], found["words"]) == (
        [], "What your library has would answer 0 criteria in your cycle of A small scheme.",
    )  # fmt: skip
    assert client.get("/api/library/1/offers", by=LEAD).json() == {"document": 1, "cycles": []}


def test_the_burden_of_a_cycle_and_of_an_edition_by_its_label(at_stage: AtStage) -> None:
    client = at_stage(Stage.REVIEW)
    own = client.get("/api/cycles/1/burden", by=LEAD).json()
    assert (own["items_asked"], own["files_uploaded"], own["answered_by_reuse"]) == (4, 1, 0)
    found = client.get("/api/schemes/small/burden", by=OFFICE, params={"edition": "2026.1"}).json()
    assert (found["cycles"], found["minutes"], found["criteria"]) == (1, None, [])
    assert client.get("/api/schemes/small/burden", by=OFFICE, params={"edition": "1999"}).status_code == 422


def test_a_document_may_be_larger_than_what_is_no_file(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    for path in ("/api/library", "/api/library/1/versions"):
        answer = keep(client, path.encode() + bytes(2_000_000), path=path)
        assert (answer.status_code, answer.json()["size"]) == (201, 2_000_000 + len(path))
