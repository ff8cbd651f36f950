"""Evidence over HTTP: whole or not at all, and given back so that no browser runs it."""

import asyncio
import base64
import hashlib
import logging
from pathlib import Path
from typing import Any

import pytest

from accreditation.rules.cycle import Stage
from accreditation.wiring import Settings, open_house
from tests.api.asking import PEOPLE, Client
from tests.api.conftest import AtStage
from tests.walking import nothing_kept, walk

LEAD = PEOPLE["lead"]
PLAN = b"a job plan"


def digest_header(content: bytes) -> dict[str, str]:
    return {"Repr-Digest": f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"}


def files(client: Client) -> list[Path]:
    """Every file in the store, also those that are still arriving."""
    folder = client.house.settings.data / "evidence"
    return sorted(path for path in folder.rglob("*") if path.is_file())


def cut_off(client: Client, *, announced: int, sent: bytes) -> list[Any]:
    """Send a part of a file, then be gone; says what the engine answered to nobody."""
    said: list[Any] = []
    arriving = [{"type": "http.request", "body": sent, "more_body": True}, {"type": "http.disconnect"}]

    async def receive() -> Any:
        return arriving.pop(0)

    async def send(message: Any) -> None:
        said.append(message)

    assert LEAD is not None
    headers = {"authorization": f"Bearer {client.token(LEAD)}", "content-length": str(announced)}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/api/cycles/1/evidence", "raw_path": b"/api/cycles/1/evidence", "root_path": "",
        "query_string": b"title=Plan&file_name=plan.pdf&criterion=1.01", "server": ("engine", 80), "client": None,
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    asyncio.run(client.app(scope, receive, send))
    return said


WAITING = {
    "state": "waiting", "open": False, "kind": "", "meaning": "the engine has not looked at it yet, or cannot now",
    "to_do": "wait until the engine has looked at it, which takes minutes; nothing is to be done", "version": 0,
    "found": [], "said": [],
}  # fmt: skip
"""A file that nobody has looked at, as its team reads it."""


def test_a_file_goes_up_is_listed_and_comes_back_whole(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    answer = client.attach(by=LEAD, content=PLAN, headers=digest_header(PLAN))
    sha256 = hashlib.sha256(PLAN).hexdigest()
    assert (answer.status_code, answer.json()) == (201, {"id": 1, "sha256": sha256, "size": 10})
    listed = client.get("/api/cycles/1/evidence", by=LEAD).json()["evidence"]
    assert [{name: one[name] for name in one if name != "attached_at"} for one in listed] == [
        {
            "id": 1, "title": "Job plan", "file_name": "plan.pdf", "media_type": "application/pdf", "size": 10,
            "sha256": sha256, "criteria": ["1.01"], "places": {}, "owner": "", "effective_on": None, "review_by": None,
            "out_of_date": {}, "document": 1, "version_id": 1, "version": 1, "newer": None,
            "attached_by": "lead of north", "whole": None, "clearance": WAITING, "deleted": None,
        }
    ]  # fmt: skip
    back = client.get("/api/evidence/1/content", by=LEAD)
    assert back.content == PLAN
    expected = EXPECTED | {"repr-digest": digest_header(PLAN)["Repr-Digest"]}
    assert {name: back.headers[name] for name in expected} == expected


EXPECTED = {
    "content-type": "application/pdf",
    "content-length": "10",
    "content-disposition": "attachment; filename=\"plan.pdf\"; filename*=UTF-8''plan.pdf",
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-cache",
}


def test_the_same_file_again_is_kept_once(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    assert client.attach(by=LEAD).json() == client.attach(by=LEAD).json()
    assert len(files(client)) == 1


def test_an_upload_cut_off_half_way_leaves_nothing_and_one_line_and_a_retry_works(
    at_stage: AtStage, caplog: pytest.LogCaptureFixture
) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    with nothing_kept(client.house):
        said = cut_off(client, announced=10, sent=PLAN[:4])
    assert [one["status"] for one in said if one["type"] == "http.response.start"] == [400]
    assert files(client) == []
    assert [(record.levelname, record.exc_info) for record in caplog.records if record.levelno > logging.INFO] == [
        ("WARNING", None)
    ]
    assert client.attach(by=LEAD).status_code == 201


@pytest.mark.parametrize("sent", [b"", PLAN[:4], PLAN + b"more"], ids=["nothing", "less", "more"])
def test_another_length_than_announced_is_refused(at_stage: AtStage, sent: bytes) -> None:
    async def arriving() -> Any:
        yield sent

    client = at_stage(Stage.SELF_ASSESSMENT)
    with nothing_kept(client.house):
        answer = client.attach(by=LEAD, content=arriving(), headers={"Content-Length": "10"})
    assert (answer.status_code, answer.json()["type"], files(client)) == (400, "/problems/upload-broken", [])


def test_a_file_without_an_announced_length_is_taken(at_stage: AtStage) -> None:
    async def arriving() -> Any:
        yield PLAN[:4]
        yield PLAN[4:]

    client = at_stage(Stage.SELF_ASSESSMENT)
    assert client.attach(by=LEAD, content=arriving()).json()["size"] == 10


def test_other_bytes_than_announced_are_refused(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    with nothing_kept(client.house):
        answer = client.attach(by=LEAD, content=PLAN, headers=digest_header(b"another plan"))
    assert (answer.status_code, answer.json()["type"], files(client)) == (400, "/problems/upload-broken", [])
    assert client.attach(by=LEAD, content=PLAN, headers=digest_header(PLAN)).status_code == 201


@pytest.mark.parametrize(
    "header",
    ["sha-256=:####:", "sha-256=:YWJj:", "sha-256=abc", "sha-256=::"],
    ids=["garbage", "short", "bare", "empty"],
)
def test_an_announced_digest_that_is_none_is_refused(at_stage: AtStage, header: str) -> None:
    answer = at_stage(Stage.SELF_ASSESSMENT).attach(by=LEAD, headers={"Repr-Digest": header})
    assert (answer.status_code, answer.json()["faults"]) == (
        422,
        [
            {
                "where": "header Repr-Digest",
                "found": "no SHA-256",
                "allowed": "write sha-256=:, the 32 bytes in base64, and : again",
            }
        ],
    )


def test_a_digest_of_another_kind_is_left_to_its_sender(at_stage: AtStage) -> None:
    both = {"Repr-Digest": f"sha-512=:AAAA:, {digest_header(PLAN)['Repr-Digest']}"}
    assert at_stage(Stage.SELF_ASSESSMENT).attach(by=LEAD, headers={"Repr-Digest": "md5=:AAAA:"}).status_code == 201
    assert at_stage(Stage.SELF_ASSESSMENT).attach(by=LEAD, headers=both).status_code == 201


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "arriving"])
def test_a_file_that_is_too_large_is_refused(tmp_path: Path, announced: bool) -> None:
    async def arriving() -> Any:
        yield b"x" * 101

    house = open_house(Settings(data=tmp_path, database_url="", evidence=None, evidence_limit=100))
    walk(house, Stage.SELF_ASSESSMENT)
    with Client(house) as client:
        answer = client.attach(by=LEAD, content=b"x" * 101 if announced else arriving())
        assert (answer.status_code, answer.json()) == (
            413,
            {
                "type": "/problems/too-large",
                "title": "Too many bytes",
                "status": 413,
                "detail": "A file may have 100 bytes; this one has more. Nothing was kept.",
                "instance": "/api/cycles/1/evidence",
            },
        )
        assert files(client) == []
    house.close()


def test_an_empty_file_is_refused(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    answer = client.attach(by=LEAD, content=b"")
    assert (answer.status_code, answer.json()["faults"]) == (
        422,
        [{"where": "file", "found": "it is empty", "allowed": "send a file with at least one byte"}],
    )
    assert files(client) == []


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("../../etc/passwd", "attachment; filename=\"passwd\"; filename*=UTF-8''passwd"),
        ('a".html', "attachment; filename=\"a_.html\"; filename*=UTF-8''a%22.html"),
        ("rota é.pdf", "attachment; filename=\"rota _.pdf\"; filename*=UTF-8''rota%20%C3%A9.pdf"),
        ("data:text,é", "attachment; filename=\"data_text__\"; filename*=UTF-8''data%3Atext%2C%C3%A9"),
    ],
)
def test_a_name_is_only_ever_a_name(at_stage: AtStage, name: str, disposition: str) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    assert client.attach(by=LEAD, query={"file_name": name}).status_code == 201
    back = client.get("/api/evidence/1/content", by=LEAD)
    assert (back.status_code, back.headers["content-disposition"]) == (200, disposition)
    assert [path.relative_to(client.house.settings.data / "evidence").parts[0] for path in files(client)] == [
        hashlib.sha256(PLAN).hexdigest()[:2]
    ]


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "a\x00b", "x" * 201])
def test_a_name_that_is_none_is_refused_before_a_byte_is_read(at_stage: AtStage, name: str) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    answer = client.attach(by=LEAD, query={"file_name": name})
    assert (answer.status_code, [one["where"] for one in answer.json()["faults"]]) == (422, ["file name"])
    assert files(client) == []


def test_a_criterion_that_does_not_apply_is_named(at_stage: AtStage) -> None:
    answer = at_stage(Stage.SELF_ASSESSMENT).attach(by=LEAD, query={"criterion": ["1.10", "9.99"]})
    assert [one["where"] for one in answer.json()["faults"]] == ["criterion 1.10", "criterion 9.99"]


def test_the_bytes_of_a_file_that_is_lost_are_not_found(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    client.attach(by=LEAD)
    files(client)[0].unlink()
    assert client.get("/api/evidence/1/content", by=LEAD).status_code == 404


@pytest.mark.parametrize(
    ("file_name", "kept"),
    [
        ("../../etc/plan.pdf", "plan.pdf"),
        ("C:\\Users\\ward\\plan.pdf", "plan.pdf"),
        (" plan .pdf ", "plan .pdf"),
        ("plan\u202efdp.exe", None),
        ("plan\r\nSet-Cookie: a=b.pdf", None),
        ("plan\x00.pdf", None),
        ("folder/", None),
        ("p" * 201, None),
        ("p" * 1000, None),
    ],
)  # fmt: skip
def test_a_name_is_kept_without_its_folders_or_is_refused(at_stage: AtStage, file_name: str, kept: str | None) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    answer = client.attach(by=LEAD, query={"file_name": file_name})
    listed = client.get("/api/cycles/1/evidence", by=LEAD).json()["evidence"]
    assert (answer.status_code, [one["file_name"] for one in listed]) == (
        (422, []) if kept is None else (201, [kept])
    )  # fmt: skip


def test_a_file_that_is_sent_without_a_title_is_called_as_it_is_named(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    assert client.attach(by=LEAD, query={"title": "", "file_name": "Job plan.pdf"}).status_code == 201
    (kept,) = client.get("/api/cycles/1/evidence", by=LEAD).json()["evidence"]
    assert (kept["title"], kept["file_name"]) == ("Job plan", "Job plan.pdf")


def test_a_place_that_names_no_criterion_is_told_how_it_is_said(at_stage: AtStage) -> None:
    (fault,) = at_stage(Stage.SELF_ASSESSMENT).attach(by=LEAD, query={"place": "p. 3"}).json()["faults"]
    assert fault == {
        "where": "query.place.0",
        "found": "'p. 3'",
        "allowed": "a criterion, '=' and where it is answered, as in `1.01=p. 3`; each place as a `place` of its own",
    }


def test_a_name_of_4000_characters_is_refused_in_words(at_stage: AtStage) -> None:
    answer = at_stage(Stage.SELF_ASSESSMENT).attach(by=LEAD, query={"file_name": "p" * 4000})
    assert (answer.status_code, [one["where"] for one in answer.json()["faults"]]) == (422, ["query.file_name"])
