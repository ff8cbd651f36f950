"""Files on their way out: whole, in part, or not at all where the asker has them."""

import hashlib

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.evidence.store import PIECE
from accreditation.rules.cycle import Stage
from api.downloads import NoSuchPart, part_asked
from tests.api.asking import Client
from tests.api.conftest import AtStage
from tests.walking import LEAD, OFFICE

PLAN = b"a job plan of the unit"
TAG = f'"{hashlib.sha256(PLAN).hexdigest()}"'


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (None, None),
        ("", None),
        ("bytes=0-", range(10)),
        ("bytes=0-0", range(1)),
        ("bytes=3-5", range(3, 6)),
        ("bytes= 3-5 ", range(3, 6)),
        ("bytes=3-99999999999999999999", range(3, 10)),
        ("bytes=-4", range(6, 10)),
        ("bytes=-400", range(10)),
        ("bytes=5-3", None),
        ("bytes=-", None),
        ("bytes=0-1,4-5", None),
        ("pages=1-2", None),
        ("bytes=one-two", None),
        ("bytes=\u0663-", None),
        ("bytes=0-1\nx", None),
        ("bytes=10-", NoSuchPart),
        ("bytes=99-100", NoSuchPart),
        ("bytes=-0", NoSuchPart),
    ],
)
def test_what_is_asked_of_ten_bytes(header: str | None, part: object) -> None:
    if part is NoSuchPart:
        with pytest.raises(NoSuchPart):
            part_asked(header, size=10)
    else:
        assert part_asked(header, size=10) == part


@given(
    header=st.text(max_size=30) | st.from_regex(r"bytes=[0-9]{0,20}-[0-9]{0,20}", fullmatch=True),
    size=st.integers(1, 50),
)
def test_whatever_is_asked_the_part_lies_in_the_file_and_has_bytes(header: str, size: int) -> None:
    try:
        part = part_asked(header, size=size)
    except NoSuchPart:
        return
    assert part is None or (0 <= part.start < part.stop <= size and part.step == 1)


@pytest.fixture
def at(at_stage: AtStage) -> tuple[Client, str]:
    client = at_stage(Stage.EVIDENCE)
    item = client.attach(by=LEAD, content=PLAN, query={"file_name": "plan\u00e9 (1).pdf"}).json()["id"]
    return client, f"/api/evidence/{item}/content"


def told(answer: httpx.Response) -> tuple[int, bytes, str | None]:
    return answer.status_code, answer.content, answer.headers.get("content-range")


def test_a_part_is_that_part_and_the_whole_is_made_of_parts(at: tuple[Client, str]) -> None:
    client, path = at
    size = len(PLAN)
    first = client.get(path, by=LEAD, headers={"Range": "bytes=0-9"})
    rest = client.get(path, by=LEAD, headers={"Range": "bytes=10-", "If-Range": first.headers["etag"]})
    assert told(first) == (206, PLAN[:10], f"bytes 0-9/{size}")
    assert told(rest) == (206, PLAN[10:], f"bytes 10-{size - 1}/{size}")
    assert (first.headers["content-length"], first.headers["etag"]) == ("10", TAG)


def test_of_another_file_than_the_asker_began_all_is_sent(at: tuple[Client, str]) -> None:
    client, path = at
    answer = client.get(path, by=LEAD, headers={"Range": "bytes=10-", "If-Range": '"another"'})
    assert told(answer) == (200, PLAN, None)


def test_a_part_that_is_not_there_is_told_how_much_is(at: tuple[Client, str]) -> None:
    client, path = at
    answer = client.get(path, by=LEAD, headers={"Range": "bytes=1000-"})
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(PLAN)}")
    assert answer.json()["detail"] == f"It has {len(PLAN)} bytes; the first is byte 0."


@pytest.mark.parametrize("tags", [TAG, f"W/{TAG}", f'"another", {TAG}'])
def test_whoever_has_the_file_is_told_so(at: tuple[Client, str], tags: str) -> None:
    client, path = at
    answer = client.get(path, by=LEAD, headers={"If-None-Match": tags})
    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", TAG)


def test_no_browser_runs_it_and_no_other_site_shows_it(at: tuple[Client, str]) -> None:
    client, path = at
    whole, head = client.get(path, by=LEAD), client.ask("HEAD", path, by=LEAD)
    names = (
        "content-disposition", "content-security-policy", "cross-origin-resource-policy", "x-content-type-options",
        "cache-control", "accept-ranges", "content-length", "content-type", "etag",
    )  # fmt: skip
    assert {name: whole.headers[name] for name in names} == {
        "content-disposition": "attachment; filename=\"plan_ _1_.pdf\"; filename*=UTF-8''plan%C3%A9%20%281%29.pdf",
        "content-security-policy": "sandbox; default-src 'none'",
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-cache",
        "accept-ranges": "bytes",
        "content-length": str(len(PLAN)),
        "content-type": "application/pdf",
        "etag": TAG,
    }
    assert {name: head.headers[name] for name in names} == {name: whole.headers[name] for name in names}
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize("pieces", [1, 2], ids=["of one piece", "of several"])
def test_bytes_that_were_altered_are_never_given_as_the_file_and_the_office_is_told_once(
    at_stage: AtStage, pieces: int
) -> None:
    client, content = at_stage(Stage.EVIDENCE), b"x" * (pieces * PIECE)
    item = client.attach(by=LEAD, content=content).json()
    with client.house.evidence.local(item["sha256"]) as path:
        path.chmod(0o600)
        path.write_bytes(content[:-1] + b"y")
    asked = f"/api/evidence/{item['id']}/content"
    first, again = client.get(asked, by=LEAD), client.get(asked, by=LEAD)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    if pieces == 1:
        assert (first.status_code, first.json()["type"]) == (500, "/problems/damaged")
    else:  # the connection is broken off
        assert (first.status_code, first.content) == (200, content[:PIECE])
    notices = client.get("/api/notices", by=OFFICE).json()["items"]
    damaged = [one["words"] for one in notices if one["kind"] == "evidence_damaged"]
    assert [words.partition(":")[0] for words in damaged] == [
        f"Evidence {item['id']} of cycle 1 was asked for and could not be given"
    ]
    assert client.get(asked, by=LEAD, headers={"Range": "bytes=0-9"}).status_code == 206


def test_of_a_file_that_is_gone_the_office_is_told_too(at: tuple[Client, str]) -> None:
    client, path = at
    assert client.house.evidence.remove(TAG.strip('"'))
    assert client.get(path, by=LEAD).status_code == 404
    notices = client.get("/api/notices", by=OFFICE).json()["items"]
    assert [one["kind"] for one in notices] == ["evidence_damaged"]
