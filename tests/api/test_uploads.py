"""Resumable uploads over HTTP, by the words of the tus protocol."""

import base64
import hashlib
from dataclasses import replace
from typing import Any

import httpx
import pytest

from accreditation.evidence.room import SPARE
from accreditation.evidence.store import open_store
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.on_the_way import MOST_LARGEST, NAMED
from accreditation.rules.people import Principal
from accreditation.wiring import House
from tests.api.asking import PEOPLE, Client
from tests.api.conftest import AtStage
from tests.api.forming import form, put, send
from tests.api.forming import said as field
from tests.walking import LEAD, MEMBER, work

PLAN = b"a job plan, as long as it is"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = {**TUS, "Content-Type": "application/offset+octet-stream"}


def said(**pairs: str) -> str:
    """`Upload-Metadata` with these."""
    return ",".join(f"{key} {base64.b64encode(text.encode()).decode()}" for key, text in pairs.items())


ABOUT = {"filename": "plan.pdf", "title": "Job plan", "cycle": "1", "criteria": "1.01"}


def begin(
    client: Client,
    *,
    by: Principal | None = LEAD,
    length: object = len(PLAN),
    about: dict[str, str] = ABOUT,
    **more: Any,
) -> httpx.Response:
    headers = {**TUS, "Upload-Length": str(length), "Upload-Metadata": said(**about), **more.pop("headers", {})}
    return client.post("/api/uploads", by=by, headers=headers, **more)


def add(
    client: Client, at: str, offset: object, piece: bytes, *, by: Principal | None = LEAD, checksum: str = ""
) -> httpx.Response:
    headers = {**PIECE, "Upload-Offset": str(offset), **({"Upload-Checksum": checksum} if checksum else {})}
    return client.patch(at, by=by, headers=headers, content=piece)


def far(client: Client, at: str, *, by: Principal | None = LEAD) -> httpx.Response:
    return client.ask("HEAD", at, by=by, headers=TUS)


def sum_of(piece: bytes, algorithm: str = "sha256") -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, piece).digest()).decode()}"


def attached(client: Client) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (one["title"], tuple(one["criteria"]))
        for one in client.get("/api/cycles/1/evidence", by=LEAD).json()["evidence"]
    ]


@pytest.fixture
def client(at_stage: AtStage) -> Client:
    return at_stage(Stage.EVIDENCE)


def test_anybody_may_ask_what_the_server_can_do(client: Client) -> None:
    answer = client.ask("OPTIONS", "/api/uploads")
    told = {name: answer.headers.get(name) for name in ("tus-version", "tus-extension", "tus-checksum-algorithm")}
    assert (answer.status_code, told) == (
        204,
        {
            "tus-version": "1.0.0",
            "tus-extension": "creation,creation-with-upload,termination,expiration,checksum",
            "tus-checksum-algorithm": "sha256,sha1",
        },
    )
    assert answer.headers["tus-max-size"] == str(client.house.settings.evidence_limit)


def test_a_file_in_pieces_becomes_evidence_with_its_last_byte_and_is_evidence_once(client: Client) -> None:
    before = attached(client)
    at = begin(client).headers["location"]
    assert far(client, at).headers["upload-offset"] == "0"
    first = add(client, at, 0, PLAN[:10])
    assert (first.status_code, first.headers["upload-offset"], attached(client)) == (204, "10", before)
    last = add(client, at, 10, PLAN[10:])
    assert (last.status_code, last.headers["upload-offset"]) == (204, str(len(PLAN)))
    assert attached(client) == [*before, ("Job plan", ("1.01",))]
    again = far(client, at)
    assert (again.headers["evidence"], again.headers["upload-length"]) == (last.headers["evidence"], str(len(PLAN)))
    content = client.get(f"/api/evidence/{last.headers['evidence']}/content", by=LEAD)
    assert (content.content, attached(client)) == (PLAN, [*before, ("Job plan", ("1.01",))])


def test_a_sender_whose_last_answer_was_lost_may_send_nothing_more_at_the_end(client: Client) -> None:
    at = begin(client).headers["location"]
    item = add(client, at, 0, PLAN).headers["evidence"]
    again = add(client, at, len(PLAN), b"")
    assert (again.status_code, again.headers["evidence"]) == (204, item)


def test_what_was_taken_back_does_not_return_because_its_sender_asks_again(client: Client) -> None:
    before = attached(client)
    at = begin(client).headers["location"]
    item = add(client, at, 0, PLAN).headers["evidence"]
    taken = client.post(f"/api/cycles/1/evidence/{item}/withdrawal", by=LEAD, json={"reason": "A wrong file."})
    assert taken.status_code == 200, taken.text
    assert (far(client, at).headers["evidence"], attached(client)) == (item, before)


def test_the_first_piece_may_come_with_the_beginning(client: Client) -> None:
    answer = begin(client, headers={"Content-Type": PIECE["Content-Type"]}, content=PLAN)
    assert (answer.status_code, answer.headers["upload-offset"], "evidence" in answer.headers) == (
        201,
        str(len(PLAN)),
        True,
    )


def test_a_piece_at_another_offset_changes_nothing(client: Client) -> None:
    at = begin(client).headers["location"]
    answer = add(client, at, 3, PLAN[3:])
    assert (answer.status_code, answer.json()["current"], far(client, at).headers["upload-offset"]) == (409, 0, "0")


def test_a_piece_that_is_not_what_its_checksum_says_is_not_kept(client: Client) -> None:
    at = begin(client).headers["location"]
    wrong = add(client, at, 0, PLAN[:10], checksum=sum_of(b"something else"))
    assert (wrong.status_code, far(client, at).headers["upload-offset"]) == (460, "0")
    for offset, algorithm in ((0, "sha256"), (10, "sha1")):
        piece = PLAN[offset : offset + 10]
        assert add(client, at, offset, piece, checksum=sum_of(piece, algorithm)).status_code == 204
    unknown = add(client, at, 20, PLAN[20:], checksum="md5 aGVsbG8=")
    assert (unknown.status_code, unknown.json()["faults"][0]["allowed"]) == (
        422,
        "sha256 or sha1, a space, and the digest in base64",
    )


def test_more_than_was_announced_is_refused_and_other_bytes_than_announced_are_no_evidence(client: Client) -> None:
    before = attached(client)
    at = begin(client).headers["location"]
    assert add(client, at, 0, PLAN + b"more").status_code == 413
    assert far(client, at).headers["upload-offset"] == "0"
    lied = begin(client, about={**ABOUT, "sha256": hashlib.sha256(b"another").hexdigest()}).headers["location"]
    assert (add(client, lied, 0, PLAN).status_code, far(client, lied).status_code) == (400, 404)
    assert attached(client) == before


def test_an_upload_that_is_dropped_is_not_there_any_more(client: Client) -> None:
    at = begin(client).headers["location"]
    assert client.ask("DELETE", at, by=LEAD, headers=TUS).status_code == 204
    assert [far(client, at).status_code, add(client, at, 0, PLAN).status_code] == [404, 404]


def test_networks_that_let_only_post_through_are_served(client: Client) -> None:
    at = begin(client).headers["location"]
    headers = {**PIECE, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    assert client.post(at, by=LEAD, headers=headers, content=PLAN[:5]).headers["upload-offset"] == "5"
    assert client.post(at, by=LEAD, headers={**TUS, "X-HTTP-Method-Override": "delete"}).status_code == 204
    assert client.post(at, by=LEAD, headers={**TUS, "X-HTTP-Method-Override": "GET"}).status_code == 422


@pytest.mark.parametrize("who", [name for name in PEOPLE if name not in ("lead", "public")])
def test_whoever_did_not_begin_an_upload_reads_that_it_does_not_exist(client: Client, who: str) -> None:
    at = begin(client).headers["location"]
    nowhere = "/api/uploads/" + "0" * 32
    by = PEOPLE[who]
    assert by is not None
    for way in ("HEAD", "PATCH", "DELETE"):
        headers = {**PIECE, "Upload-Offset": "0"}
        answers = [client.ask(way, path, by=by, headers=headers, content=PLAN) for path in (at, nowhere)]
        expected = 404 if by in (MEMBER,) or by.role == LEAD.role else 403
        assert [one.status_code for one in answers] == [expected, expected]
        assert answers[0].text.replace(at, nowhere) == answers[1].text
    assert far(client, at).headers["upload-offset"] == "0"


def test_a_teams_lead_forgets_what_a_member_left_unfinished_and_no_other_lead_does(client: Client) -> None:
    at = begin(client, by=MEMBER).headers["location"]
    assert client.ask("DELETE", at, by=PEOPLE["stranger"], headers=TUS).status_code == 404
    assert client.ask("HEAD", at, by=LEAD, headers=TUS).status_code == 404
    assert client.ask("DELETE", at, by=LEAD, headers=TUS).status_code == 204
    assert client.ask("HEAD", at, by=MEMBER, headers=TUS).status_code == 404


def test_an_upload_to_anothers_cycle_reads_as_one_to_a_cycle_that_does_not_exist(client: Client) -> None:
    stranger = PEOPLE["stranger"]
    answers = [begin(client, by=stranger, about={**ABOUT, "cycle": cycle}) for cycle in ("1", "999")]
    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].text == answers[1].text


@pytest.mark.parametrize(
    ("length", "about", "faults"),
    [
        ("ten", ABOUT, ["header Upload-Length"]),
        ("-1", ABOUT, ["header Upload-Length"]),
        ("9" * 30, ABOUT, ["header Upload-Length"]),
        ("5", {}, ["Upload-Metadata filename", "Upload-Metadata cycle"]),
        ("5", {**ABOUT, "cycle": "one"}, ["Upload-Metadata cycle"]),
        ("5", {**ABOUT, "team": "1"}, ["Upload-Metadata team"]),
        ("5", {"team": "a", "document": "0"}, [f"Upload-Metadata {one}" for one in ("filename", "team", "document")]),
        ("5", {**ABOUT, "criteria": "9.99"}, ["criterion 9.99"]),
        ("5", {**ABOUT, "criteria": ""}, ["criteria"]),
        ("5", {**ABOUT, "review_by": "soon"}, ["Upload-Metadata review_by"]),
        ("0", ABOUT, ["file"]),
        ("5", {**ABOUT, "sha256": "NHS number 943 476 5919"}, ["announced digest"]),
    ],
)  # fmt: skip
def test_an_upload_that_cannot_be_meant_is_refused_with_every_fault_before_a_byte(
    client: Client, length: str, about: dict[str, str], faults: list[str]
) -> None:
    answer = begin(client, length=length, about=about)
    assert answer.status_code == 422, answer.text
    assert [one["where"] for one in answer.json()["faults"]] == faults


def test_metadata_that_cannot_be_read_is_named_pair_by_pair(client: Client) -> None:
    headers = {**TUS, "Upload-Length": "5", "Upload-Metadata": "filename !!,ti/tle YQ==,cycle MQ==,cycle MQ=="}
    answer = client.post("/api/uploads", by=LEAD, headers=headers)
    assert [one["where"] for one in answer.json()["faults"]] == [
        "Upload-Metadata filename",
        "Upload-Metadata a key",
        "Upload-Metadata cycle",
    ]


def test_another_version_of_the_protocol_is_told_which_one_is_spoken(client: Client) -> None:
    at = begin(client).headers["location"]
    for way, path in (("POST", "/api/uploads"), ("HEAD", at), ("PATCH", at), ("DELETE", at)):
        answer = client.ask(way, path, by=LEAD, headers={"Tus-Resumable": "0.2.2"})
        told = (answer.status_code, answer.headers["tus-version"], answer.headers["tus-resumable"])
        assert told == (412, "1.0.0", "1.0.0"), way


def test_every_answer_names_the_protocol_also_a_refusal(client: Client) -> None:
    answers = [begin(client), begin(client, by=None), begin(client, length="x"), far(client, "/api/uploads/x")]
    assert [(one.status_code, one.headers["tus-resumable"]) for one in answers] == [
        (201, "1.0.0"), (401, "1.0.0"), (422, "1.0.0"), (422, "1.0.0"),
    ]  # fmt: skip


def test_a_piece_of_another_content_type_is_not_taken(client: Client) -> None:
    at = begin(client).headers["location"]
    answer = client.patch(at, by=LEAD, headers={**TUS, "Upload-Offset": "0"}, content=PLAN)
    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/not-a-piece")


def test_whether_it_may_be_attached_is_asked_with_every_piece(client: Client) -> None:
    assert client.attach(by=LEAD).status_code == 201  # without it, nothing can be submitted
    work(client.house, Kind.EVIDENCE, at=client.house.now())
    at = begin(client).headers["location"]
    add(client, at, 0, PLAN[:4])
    submitted = client.post("/api/cycles/1/submissions", by=LEAD, json={"stage": "evidence"})
    assert submitted.status_code == 200, submitted.text
    answer = add(client, at, 4, PLAN[4:])
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/move-not-allowed")


LIBRARY = {"filename": "policy.pdf", "title": "Policy", "team": "1"}


def test_a_document_for_the_library_comes_in_pieces_and_so_does_its_next_version(client: Client) -> None:
    at = begin(client, about={**LIBRARY, "owner": "The matron", "effective_on": "2026-01-01"}).headers["location"]
    add(client, at, 0, PLAN[:10])
    last, again = add(client, at, 10, PLAN[10:]), far(client, at)
    document = last.headers["document"]
    assert [again.headers["document"], again.headers["version"]] == [document, last.headers["version"]]
    newer = begin(client, length=5, about={**LIBRARY, "document": document}).headers["location"]
    assert add(client, newer, 0, b"newer").headers["document"] == document
    kept = client.get(f"/api/library/{document}", by=MEMBER).json()["versions"]
    assert [(one["number"], one["title"], one["owner"], one["size"]) for one in kept] == [
        (2, "Policy", "", 5), (1, "Policy", "The matron", len(PLAN)),
    ]  # fmt: skip


def test_another_teams_library_takes_nothing_and_a_document_of_nobody_is_not_there(client: Client) -> None:
    answers = [begin(client, about={**LIBRARY, "team": team}) for team in ("2", "999")]
    assert [(one.status_code, one.text) for one in answers] == [(404, answers[0].text)] * 2
    assert begin(client, about={**LIBRARY, "document": "999"}).status_code == 404
    assert begin(client, by=PEOPLE["office"], about=LIBRARY).status_code == 403


def test_what_is_unfinished_is_listed_for_whoever_began_it_and_for_nobody_else(client: Client) -> None:
    digest = hashlib.sha256(PLAN).hexdigest()
    at = begin(client, about={**ABOUT, "sha256": digest, "places": "1.01=p. 3"}).headers["location"]
    kept = begin(client, about=LIBRARY).headers["location"]
    done = begin(client, length=3).headers["location"]
    add(client, at, 0, PLAN[:10])
    add(client, done, 0, b"all")
    shown = client.get("/api/uploads", by=LEAD).json()["uploads"]
    assert [
        {name: value for name, value in one.items() if name not in ("begun_at", "expires_at")} for one in shown
    ] == [
        {
            "address": at, "offset": 10, "length": len(PLAN), "sha256": digest, "file_name": "plan.pdf",
            "title": "Job plan", "cycle": 1, "criteria": ["1.01"], "places": {"1.01": "p. 3"}, "document": None,
            "owner": "", "effective_on": None, "review_by": None,
        },
        {
            "address": kept, "offset": 0, "length": len(PLAN), "sha256": None, "file_name": "policy.pdf",
            "title": "Policy", "cycle": None, "criteria": [], "places": {}, "document": None,
            "owner": "", "effective_on": None, "review_by": None,
        },
    ]  # fmt: skip
    assert [client.get("/api/uploads", by=by).json() for by in (MEMBER, PEOPLE["stranger"])] == [{"uploads": []}] * 2


A_NOTE = '{"file_name": "a.pdf", "described": {"title": "A", "owner": "", "effective_on": null, "review_by": null}}'


def test_a_team_has_only_so_much_on_its_way_and_another_team_is_not_touched(client: Client) -> None:
    arrivals, limit, at = client.house.evidence.arrivals, client.house.settings.evidence_limit, client.house.now()
    own = arrivals.begin(length=limit, about={"by": f'["team_lead", "{LEAD.name}", 1]', "document": A_NOTE}, at=at)
    for _ in range(MOST_LARGEST - 1):
        arrivals.begin(length=limit, about={"by": '["team_member", "another", 1]', "document": A_NOTE}, at=at)
    refused = begin(client)
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/too-many")
    assert f"They are: 'a.pdf' (0 of {limit:,} bytes, until " in refused.json()["detail"]
    assert f"{MOST_LARGEST - 1 - NAMED} more that others of your team began" in refused.json()["detail"]
    assert refused.json()["detail"].count("begun by another") == NAMED
    others = begin(client, by=MEMBER)
    assert f"{MOST_LARGEST} that others of your team began" in others.json()["detail"]
    assert begin(client, by=PEOPLE["stranger"], about={**LIBRARY, "team": "2"}).status_code == 201
    assert client.ask("DELETE", f"/api/uploads/{own.name}", by=LEAD, headers=TUS).status_code == 204
    assert begin(client).status_code == 201


def test_an_upload_that_was_remembered_by_the_number_of_its_evidence_alone_is_still_answered(client: Client) -> None:
    at = begin(client).headers["location"]
    client.house.evidence.arrivals.conclude(at.rpartition("/")[2], "7")
    assert far(client, at).headers["evidence"] == "7"


def test_what_the_disk_has_no_room_for_is_refused_however_it_is_sent_and_what_came_goes_on(at_stage: AtStage) -> None:
    walked = at_stage(Stage.EVIDENCE)
    house: House = walked.house
    left = [len(PLAN)]
    store = open_store(
        house.settings.data / "evidence", arriving=None, limit=10**9, free=lambda _folder: SPARE + left[0]
    )
    with Client(replace(house, evidence=store), walked.secrets) as client:
        much = begin(client, length=10**8)
        assert (much.status_code, much.json()["type"], much.json()["detail"]) == (
            507, "/problems/no-room", "The disk that keeps evidence has no room for 100,000,000 bytes. "
            "Tell the college office, and try again once there is room (nothing was kept).",
        )  # fmt: skip
        at = begin(client).headers["location"]
        alone = client.attach(by=LEAD, content=b"another plan")
        together = send(client, form(field("criteria", "1.01"), put(b"another plan")), by=LEAD)
        assert [(one.status_code, one.json()["detail"]) for one in (alone, together)] == [
            (507, much.json()["detail"].replace("100,000,000 bytes", said_so)) for said_so in ["12 bytes"] * 2
        ]
        left[0] = 9
        cut = add(client, at, 0, PLAN)
        assert (cut.status_code, cut.json()["detail"]) == (
            507, f"The disk that keeps evidence has no room for {len(PLAN)} bytes. Tell the college office, and try "
            "again once there is room (what came before is kept).",
        )  # fmt: skip
        assert (far(client, at).headers["upload-offset"], attached(client)) == ("0", [])
        left[0] = 10**6
        assert add(client, at, 0, PLAN).status_code == 204
        assert attached(client) == [("Job plan", ("1.01",))]
