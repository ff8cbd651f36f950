"""Evidence as a form: what came whole is kept, what is wrong with one file stops no other, and nothing is spooled."""

import hashlib
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accreditation.rules.cycle import Stage
from accreditation.scheme.read import read_standard
from accreditation.wiring import House
from api.forms import MOST_BESIDES, MOST_FIELD, MOST_FILES, MOST_NAMES, MOST_PARTS
from tests.api.asking import PEOPLE, Client, cut_off
from tests.api.conftest import AtStage
from tests.api.forming import A_FORM, BOUNDARY, form, put, said, send
from tests.api.test_evidence import files
from tests.building import changed
from tests.walking import LEAD, nothing_kept, walk

PLAN = b"a job plan"
ROTA = b"a rota,\r\nwith two lines and\r\n--a-line-of-no-fil that is nearly the form's"
ANSWERS = said("criteria", "1.01")


@pytest.fixture
def client(at_stage: AtStage) -> Client:
    return at_stage(Stage.SELF_ASSESSMENT)


def listed(client: Client, *names: str) -> list[Any]:
    """What is attached, by these of its members."""
    shown = client.get("/api/cycles/1/evidence", by=LEAD).json()["evidence"]
    return [tuple(one[name] for name in names) for one in shown]


def whole(client: Client, item: int) -> bytes:
    return client.get(f"/api/evidence/{item}/content", by=LEAD).content


def kept(name: str, content: bytes, item: int) -> dict[str, Any]:
    digest = hashlib.sha256(content).hexdigest()
    return {
        "file_name": name,
        "kept": {"id": item, "sha256": digest, "size": len(content)},
    }


def faults(problem: dict[str, Any]) -> list[str]:
    return [one["where"] for one in problem["faults"]]


def test_a_form_with_a_file_in_it_is_not_kept_as_the_file(client: Client) -> None:
    answer = client.attach(by=LEAD, content=form(put(PLAN)), headers=A_FORM)
    assert (answer.status_code, answer.json()["faults"]) == (
        422,
        [
            {
                "where": "body",
                "found": "a form with the file in it",
                "allowed": "send the file itself as the body: curl --data-binary @file; "
                "forms go to POST /api/cycles/{cycle}/evidence/files",
            }
        ],
    )


def test_many_files_come_in_one_form_and_each_is_told_in_order(client: Client) -> None:
    answer = send(client, form(ANSWERS, put(PLAN), put(ROTA, name="rota é.csv")), by=LEAD)
    assert (answer.status_code, answer.json()["files"]) == (
        201, [kept("plan.pdf", PLAN, 1), kept("rota é.csv", ROTA, 2)],
    )  # fmt: skip
    assert [whole(client, item) for item in (1, 2)] == [PLAN, ROTA]
    assert listed(client, "title", "file_name", "criteria", "owner") == [
        ("plan", "plan.pdf", ["1.01"], ""), ("rota é", "rota é.csv", ["1.01"], ""),
    ]  # fmt: skip


def test_a_field_speaks_of_the_files_after_it_until_it_is_said_again_and_a_title_of_the_next_alone(
    client: Client,
) -> None:
    sent = form(
        said("title", "Job plan"), said("criteria", "1.01"), said("criteria", "2.01"), said("owner", "Matron"),
        said("places", "1.01=p. 3\r\n2.01=p. 9"), said("effective_on", "2025-04-01"), said("review_by", "2031-03-31"),
        put(PLAN),
        said("criteria", "1.01"), said("places", "1.01=line 2"), said("owner", ""), said("review_by", ""),
        put(ROTA, name="C:\\ward\\rota.csv"),
    )  # fmt: skip
    assert send(client, sent, by=LEAD).status_code == 201
    names = ("title", "file_name", "criteria", "places", "owner", "effective_on", "review_by")
    assert listed(client, *names) == [
        ("Job plan", "plan.pdf", ["1.01", "2.01"], {"1.01": "p. 3", "2.01": "p. 9"}, "Matron", "2025-04-01",
         "2031-03-31"),
        ("rota", "rota.csv", ["1.01"], {"1.01": "line 2"}, "", "2025-04-01", None),
    ]  # fmt: skip


def test_a_place_that_was_said_before_holds_where_the_next_file_answers_its_criterion(client: Client) -> None:
    sent = form(
        said("criteria", "1.01,2.01"), said("places", "1.01=p. 3\r\n2.01=p. 9"), put(PLAN),
        said("criteria", "2.01"), put(ROTA, name="rota.csv"),
    )  # fmt: skip
    assert send(client, sent, by=LEAD).status_code == 201
    assert listed(client, "places") == [({"1.01": "p. 3", "2.01": "p. 9"},), ({"2.01": "p. 9"},)]
    wrong = send(client, form(said("criteria", "2.01"), said("places", "1.01=p. 3"), put(b"a letter")), by=LEAD)
    assert (wrong.status_code, faults(wrong.json())) == (422, ["place of criterion 1.01"])


def test_what_is_wrong_with_one_file_stops_no_other(client: Client) -> None:
    sent = form(
        ANSWERS, put(PLAN),
        put(b"", name="nothing.txt"),
        said("criteria", "9.99"), put(b"a leaflet", name="leaflet.txt"),
        said("criteria", "1.01"), said("sha256", hashlib.sha256(b"another").hexdigest()), put(b"a letter"),
        put(ROTA, name="rota.csv"),
    )  # fmt: skip
    answer = send(client, sent, by=LEAD)
    told = answer.json()["files"]
    assert (answer.status_code, told[0], told[4]) == (207, kept("plan.pdf", PLAN, 1), kept("rota.csv", ROTA, 2))
    assert [("kept" in one, one["problem"]["status"], one["problem"]["type"]) for one in told[1:4]] == [
        (False, 422, "/problems/invalid"),
        (False, 422, "/problems/invalid"),
        (False, 400, "/problems/upload-broken"),
    ]
    assert [faults(one["problem"]) for one in told[1:3]] == [["file"], ["criterion 9.99"]]
    assert (len(listed(client, "id")), len(files(client))) == (2, 2)


def test_a_problem_of_one_file_is_the_one_that_the_file_alone_would_have(client: Client) -> None:
    alone = client.attach(by=LEAD, content=PLAN, query={"criterion": ["9.99"]}).json()
    answer = send(client, form(said("criteria", "9.99"), put(PLAN), ANSWERS, put(ROTA)), by=LEAD).json()
    assert answer["files"][0]["problem"] == {**alone, "instance": "/api/cycles/1/evidence/files"}


def test_where_no_file_is_kept_the_answer_is_the_firsts_problem_with_all_of_them(client: Client) -> None:
    with nothing_kept(client.house):
        answer = send(client, form(said("criteria", "9.99"), put(PLAN), put(b"", name="empty.txt")), by=LEAD)
    told = answer.json()
    assert (answer.status_code, answer.headers["content-type"], faults(told)) == (
        422, "application/problem+json", ["criterion 9.99"],
    )  # fmt: skip
    assert [(one["file_name"], faults(one["problem"])) for one in told["files"]] == [
        ("plan.pdf", ["criterion 9.99"]), ("empty.txt", ["criterion 9.99"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ([put(PLAN)], ["criteria"]),
        ([said("criterion", "1.01"), ANSWERS, put(PLAN)], ["field criterion"]),
        ([ANSWERS, said("title", "a"), said("title", "b"), put(PLAN)], ["field title"]),
        ([ANSWERS, said("title", b"\xff"), put(PLAN)], ["field title"]),
        ([ANSWERS, said("review_by", "soon"), said("effective_on", "x"), put(PLAN)],
         ["field effective_on", "field review_by"]),
        ([said("criteria", "x," * 201), put(PLAN)], ["field criteria"]),
        ([ANSWERS, put(PLAN, content_transfer_encoding="base64")], ["file"]),
        ([ANSWERS, put(PLAN, name="")], ["title", "file name"]),
        ([ANSWERS, put(PLAN, name="p" * 4000)], ["title", "file name"]),
        ([ANSWERS, put(PLAN, name="plan\u202efdp.exe")], ["title", "file", "file name"]),
        ([ANSWERS, put(PLAN, name="a\x01b")], ["title", "file name"]),
        ([ANSWERS, put(PLAN, name="folder/")], ["title", "file name"]),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_named_and_nothing_is_kept(
    client: Client, parts: list[bytes], where: list[str]
) -> None:
    with nothing_kept(client.house):
        answer = send(client, form(*parts), by=LEAD)
    assert (answer.status_code, faults(answer.json()), files(client)) == (422, where, [])


def test_a_name_that_is_too_long_is_told_with_what_to_do_and_not_repeated_whole(client: Client) -> None:
    (one,) = send(client, form(ANSWERS, said("title", "Plan"), put(PLAN, name="p" * 4000)), by=LEAD).json()["files"]
    assert (one["file_name"], one["problem"]["detail"]) == (
        "p" * 200 + "…",
        "file name: 4,000 characters; 1 to 200 printable characters on one line: give it a shorter name",
    )


def test_what_is_said_behind_the_last_file_speaks_of_none_and_is_told(client: Client) -> None:
    answer = send(
        client, form(ANSWERS, put(PLAN, name="a%22b.pdf"), said("title", "Plan"), said("owner", "x")), by=LEAD
    )
    told = answer.json()["files"]
    assert (answer.status_code, told[0], told[1]["file_name"]) == (207, kept('a"b.pdf', PLAN, 1), "")
    assert faults(told[1]["problem"]) == ["field owner", "field title"]


def test_a_place_in_which_no_file_was_put_is_no_file(client: Client) -> None:
    nothing = put(b"", name="")
    assert send(client, form(ANSWERS, nothing, put(PLAN), nothing), by=LEAD).json()["files"] == [
        kept("plan.pdf", PLAN, 1)
    ]
    for content in (form(ANSWERS, nothing), form(ANSWERS), form()):
        answer = send(client, content, by=LEAD)
        assert (answer.status_code, answer.json()["faults"][0]["found"]) == (422, "no file")


@pytest.mark.parametrize(
    "kind", ["", "application/octet-stream", "multipart/form-data", "multipart/mixed; boundary=x",
             "multipart/form-data; boundary=" + "x" * 71, "multipart/form-data; boundary=", "a/b; boundary*0=x"],
)  # fmt: skip
def test_what_is_no_form_is_told_how_one_is_sent(client: Client, kind: str) -> None:
    answer = send(client, form(ANSWERS, put(PLAN)), by=LEAD, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["faults"][0]["where"]) == (422, "header Content-Type")


def test_cut_off_anywhere_what_was_whole_is_kept_and_nothing_of_the_one_in_the_middle(client: Client) -> None:
    before = 0
    for cut in (1, 60, 75, 130, 190, 215, 228, 229, 230, 300, 380, 400, 410, 415, 500):
        plan, rota = f"{cut:3} a job plan".encode(), f"{cut:3} a rota".encode() * 10
        first = len(form(ANSWERS, put(plan), end=b"")) + len(BOUNDARY) + 4
        second = len(form(ANSWERS, put(plan), put(rota, name="rota.csv"), end=b"")) + len(BOUNDARY) + 4
        answer = send(client, cut_off(form(ANSWERS, put(plan), put(rota, name="rota.csv"))[:cut]), by=LEAD)
        now = [whole(client, item) for (item,) in listed(client, "id")[before:]]
        assert now == [content for content, end in ((plan, first), (rota, second)) if cut >= end], cut
        before += len(now)
        assert (len(files(client)), answer.status_code) == (before, {0: 400, 1: 207, 2: 201}[len(now)])


def test_a_form_that_ends_too_soon_is_told_once(client: Client) -> None:
    answer = send(client, form(ANSWERS, put(PLAN), put(ROTA, name="rota.csv"), end=b""), by=LEAD)
    told = answer.json()["files"]
    assert [(one["file_name"], one.get("problem", {}).get("type")) for one in told] == [
        ("plan.pdf", None), ("rota.csv", "/problems/upload-broken"),
    ]  # fmt: skip
    assert send(client, form(ANSWERS, put(PLAN), put(ROTA, name="rota.csv")), by=LEAD).status_code == 201
    assert len(listed(client, "id")) == 2


async def _arriving(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ([said("title", "x" * (MOST_FIELD + 1))], 413),
        ([put(PLAN, name="p" * MOST_FIELD)], 400),
        ([put(PLAN, **{f"x{number}": "y" for number in range(20)})], 400),
        ([said("criteria", "y") for _ in range(MOST_PARTS)], 413),
        ([said("criteria", "y" * 5_000) for _ in range(5)], 413),
        ([said(f"x{number}", "y") for number in range(MOST_NAMES)], 413),
        ([said(f"x{number}", "y" * MOST_FIELD) for number in range(MOST_BESIDES // MOST_FIELD + 5)], 413),
    ],
    ids=["field", "header", "headers", "parts", "one field again", "names", "all fields"],
)
def test_what_stands_beside_files_has_an_end_and_files_before_it_stay(
    client: Client, parts: list[bytes], status: int
) -> None:
    sent = form(ANSWERS, put(PLAN), *parts, put(ROTA))
    answer = send(client, _arriving(*(sent[at : at + 65_536] for at in range(0, len(sent), 65_536))), by=LEAD)
    told = answer.json()["files"]
    assert (answer.status_code, told[0], told[1]["problem"]["status"]) == (207, kept("plan.pdf", PLAN, 1), status)
    assert (len(told), listed(client, "id")) == (2, [(1,)])


def test_a_flood_before_the_first_part_has_an_end(client: Client) -> None:
    flood = (b"\r\n" * 50_000 for _ in range(MOST_BESIDES // 100_000 + 1))
    answer = send(client, _arriving(*flood), by=LEAD)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


def test_files_have_a_number_too(client: Client) -> None:
    answer = send(client, form(*[put(b"", name=f"{number}.txt") for number in range(MOST_FILES + 1)]), by=LEAD)
    assert (answer.status_code, len(answer.json()["files"])) == (422, MOST_FILES + 1)
    assert answer.json()["files"][-1]["problem"]["detail"] == (
        f"A form may have {MOST_FILES} files; this one has more. Send the rest in another."
    )


def test_the_schemes_limit_of_a_file_holds_while_it_arrives(house: House) -> None:
    narrow = changed("scheme.yaml", "title: A small scheme", "title: A small scheme\nevidence_rules: {most_bytes: 10}")
    walk(house, Stage.SELF_ASSESSMENT, edition=read_standard(narrow).scheme)
    with Client(house) as client:
        answer = send(client, form(ANSWERS, put(PLAN + b"s"), put(PLAN)), by=LEAD)
        told = answer.json()["files"]
        assert (answer.status_code, told[0]["problem"]["status"], told[1]) == (207, 413, kept("plan.pdf", PLAN, 1))
        assert len(files(client)) == 1


@pytest.mark.parametrize("who", ["public", "stranger", "office"])
def test_whoever_may_not_is_told_before_a_byte_is_read(client: Client, who: str) -> None:
    read = []

    async def arriving() -> AsyncIterator[bytes]:
        read.append(1)
        yield form(ANSWERS, put(PLAN))

    answer = send(client, arriving(), by=PEOPLE[who])
    assert (answer.status_code, read) == ({"public": 401, "stranger": 404, "office": 403}[who], [])


@given(at=st.lists(st.integers(0, 400), max_size=6), content=st.binary(max_size=60))
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_however_a_form_is_cut_into_pieces_its_files_are_the_same(
    client: Client, at: list[int], content: bytes
) -> None:
    content = b"x" + content + b"\r\n--" + BOUNDARY.encode()[:-1]
    sent = form(ANSWERS, put(content), put(ROTA))
    edges = [0, *sorted(at), len(sent)]
    answer = send(client, _arriving(*(sent[a:b] for a, b in pairwise(edges))), by=LEAD)
    told = [one["kept"]["sha256"] for one in answer.json()["files"]]
    assert told == [hashlib.sha256(one).hexdigest() for one in (content, ROTA)]


@given(
    parts=st.lists(st.binary(max_size=40) | st.sampled_from([ANSWERS, put(PLAN), put(b""), b"\r\n", b":"]), max_size=4)
)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_as_a_form_is_answered(client: Client, parts: list[bytes]) -> None:
    for content in (form(*parts), b"".join(parts)):
        answer = send(client, content, by=LEAD)
        assert answer.status_code in {201, 207, 400, 422}, answer.text
