"""Files that are kept back, as the API shows them to each and lets each go on."""

from io import BytesIO
from zipfile import ZipFile

from accreditation.records import clearances
from accreditation.records.jobs import Kind
from accreditation.rules.clearance import State, rules_digest
from accreditation.rules.cycle import Stage
from tests.api.asking import PEOPLE, Client
from tests.api.blind import read, text, watch
from tests.api.conftest import AtStage
from tests.examining import NUMBER, PATIENT
from tests.walking import AT, COMMITTEE, CYCLE, LEAD, OFFICE, scheme, work

EVIDENCE = f"/api/cycles/{CYCLE}/evidence"


def clearance(client: Client, who: str) -> dict[str, object]:
    shown: dict[str, object] = client.get(EVIDENCE, by=PEOPLE[who]).json()["evidence"][0]["clearance"]
    return shown


def test_a_file_with_a_number_is_kept_back_explained_and_released(at_stage: AtStage) -> None:
    client = at_stage(Stage.EVIDENCE)
    client.attach(by=LEAD, content=PATIENT)
    work(client.house, Kind.EVIDENCE, at=client.house.now())
    told = clearance(client, "lead")
    assert (told["state"], told["open"], told["version"]) == ("quarantined", False, 1)
    for by in (OFFICE, COMMITTEE):
        answer = client.get("/api/evidence/1/content", by=by)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-permitted")
        assert "until it is cleared" in answer.json()["detail"]
    assert client.get("/api/evidence/1/content", by=LEAD).content == PATIENT
    said = client.put(f"{EVIDENCE}/1/explanation", by=LEAD, json={"reason": "A made-up number.", "seen_version": 1})
    assert said.json() == {"state": "explained"}
    late = client.put(
        f"{EVIDENCE}/1/clearance", by=OFFICE, json={"step": "release", "reason": "So it is.", "seen_version": 1}
    )
    assert (late.status_code, late.json()["current_version"]) == (409, 2)
    (listed,) = client.get("/api/evidence/closed", by=OFFICE).json()["items"]
    assert (listed["evidence"], listed["state"], listed["reason"]) == (1, "explained", "A made-up number.")
    released = client.put(
        f"{EVIDENCE}/1/clearance", by=OFFICE, json={"step": "release", "reason": "So it is.", "seen_version": 2}
    )
    assert released.json() == {"state": "released"}
    assert client.get("/api/evidence/1/content", by=OFFICE).content == PATIENT
    assert client.get("/api/evidence/closed", by=OFFICE).json()["items"] == []


def test_the_number_is_in_no_answer_but_the_file(at_stage: AtStage) -> None:
    client = at_stage(Stage.EVIDENCE)
    client.attach(by=LEAD, content=PATIENT)
    work(client.house, Kind.EVIDENCE, at=client.house.now())
    paths = (EVIDENCE, "/api/notices", "/api/library", f"/api/cycles/{CYCLE}/progress", "/api/ledger", "/api/jobs")
    for path in (*paths, "/api/evidence/closed", f"/api/cycles/{CYCLE}/history"):
        for who, by in PEOPLE.items():
            answer = client.get(path, by=by).text
            assert NUMBER not in answer, (path, who)
            assert NUMBER.replace(" ", "") not in answer, (path, who)


def test_a_reviewer_sees_that_it_is_kept_back_and_no_more(at_stage: AtStage) -> None:
    client = at_stage(Stage.REVIEW)
    with client.house.database.bookkeeping() as session:
        clearances.append(
            session, version_id=1, rules=rules_digest(scheme().evidence_rules), state=State.QUARANTINED,
            reason="a date of birth (page 1)", by="engine", at=AT,
        )  # fmt: skip
    one = client.get(EVIDENCE, by=PEOPLE["reviewer"]).json()["evidence"][0]
    assert (one["title"], one["file_name"], one["places"]) == ("Evidence 1, not cleared", "", {})
    assert (one["sha256"], one["size"]) == ("", 0)
    assert (one["clearance"]["state"], one["clearance"]["said"], one["clearance"]["found"]) == ("quarantined", [], [])
    assert client.get("/api/evidence/1/content", by=PEOPLE["reviewer"]).status_code == 403
    beside = client.get(f"/api/cycles/{CYCLE}/review/criteria/1.01", by=PEOPLE["reviewer"]).text
    assert "Job plan" not in beside.replace('Job plan","required', "")
    assert clearance(client, "office")["said"] != []
    for who in ("office", "lead"):
        (same, *_) = client.get(EVIDENCE, by=PEOPLE[who]).json()["evidence"]
        assert (len(same["sha256"]), same["size"] > 0) == (64, True), who


def test_progress_names_what_keeps_a_submission(at_stage: AtStage) -> None:
    client = at_stage(Stage.EVIDENCE)
    client.attach(by=LEAD, content=PATIENT)
    for state in ("waiting", "quarantined"):
        (closed,) = client.get(f"/api/cycles/{CYCLE}/progress", by=LEAD).json()["evidence"]["closed"]
        assert (closed["evidence"], closed["state"], bool(closed["to_do"])) == (1, state, True)
        work(client.house, Kind.EVIDENCE, at=client.house.now())


RARE = "Sesquipedalian"
"""A word of a file that stands nowhere else."""


def given_on_request(client: Client) -> str:
    """In review, North attaches what its reviewer asked for; nobody has looked at it yet. Says its ETag."""
    asked = client.post(
        f"/api/cycles/{CYCLE}/review/criteria/1.01/requests", by=PEOPLE["reviewer"], json={"question": "The rota?"}
    )
    assert asked.status_code == 201
    query = {"title": RARE, "file_name": f"{RARE}.txt", "place": [f"1.01={RARE}"], "owner": RARE}
    answer = client.attach(by=LEAD, content=RARE.encode(), query=query)
    assert answer.status_code == 201, answer.text
    return f'"{answer.json()["sha256"]}"'


def test_a_closed_file_is_opened_by_no_request_for_it_whole_in_part_or_by_its_name(at_stage: AtStage) -> None:
    client = at_stage(Stage.REVIEW)
    tag = given_on_request(client)
    ways: list[tuple[str, dict[str, str]]] = [
        ("GET", {}), ("HEAD", {}), ("GET", {"Range": "bytes=0-3"}), ("HEAD", {"Range": "bytes=0-3"}),
        ("GET", {"If-None-Match": tag}), ("HEAD", {"If-None-Match": tag}), ("GET", {"If-None-Match": "*"}),
        ("GET", {"Range": "bytes=0-3", "If-Range": tag}), ("GET", {"Range": "bytes=9999-"}),
    ]  # fmt: skip
    others = {"reviewer": 403, "office": 403, "committee": 403, "stranger": 404}
    for path, tried in (("/api/evidence/2/content", ways), ("/api/library/versions/2/content", ways[:2])):
        for who, status in others.items():
            for method, headers in tried:
                answer = client.ask(method, path, by=PEOPLE[who], headers=headers)
                assert (answer.status_code, answer.headers.get("etag")) == (status, None), (path, who, method, headers)
                assert RARE not in answer.text + str(answer.headers)
        assert client.get(path, by=LEAD).content == RARE.encode()
    work(client.house, Kind.EVIDENCE, at=client.house.now())
    opened = {who: client.get("/api/evidence/2/content", by=PEOPLE[who]).status_code for who in PEOPLE}
    assert [opened[who] for who in ("reviewer", "office", "committee")] == [200, 200, 200]


def test_nothing_that_anybody_else_reads_tells_what_a_closed_file_is_called(at_stage: AtStage) -> None:
    client = at_stage(Stage.REVIEW)
    given_on_request(client)
    for who in ("reviewer", "office", "committee"):
        assert RARE not in text(read(client, who)), who
    book = client.get(f"/api/cycles/{CYCLE}/review/workbook", by=PEOPLE["reviewer"]).content
    with ZipFile(BytesIO(book)) as parts:
        assert [name for name in parts.namelist() if RARE.encode() in parts.read(name)] == []
        assert any(b"Evidence 2, not cleared" in parts.read(name) for name in parts.namelist())
    assert RARE in text({"": watch(client, "GET /api/cycles/{cycle}/evidence", "lead")})
