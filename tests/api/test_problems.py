"""Every refusal is a problem (RFC 9457), told by equality."""

import logging
from typing import Any

import pytest

from accreditation.errors import AccreditationError, LedgerBroken, Unavailable, Unrecorded
from accreditation.rules.cycle import Stage
from accreditation.views import schemes
from api.problems import KINDS
from tests.api.asking import PEOPLE, Client
from tests.api.conftest import AtStage
from tests.examining import NUMBER

LEAD, OFFICE, COMMITTEE = PEOPLE["lead"], PEOPLE["office"], PEOPLE["committee"]


def told(answer: Any) -> dict[str, Any]:
    """The problem, once it is sure to be one."""
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == answer.status_code
    return body


def test_a_missing_token(client: Client) -> None:
    assert told(client.get("/api/cycles")) == {
        "type": "/problems/not-authenticated",
        "title": "We do not know who asks",
        "status": 401,
        "detail": "This needs a token: send it in the header 'Authorization: Bearer …'.",
        "instance": "/api/cycles",
    }


def test_a_role_that_may_not(at_stage: AtStage) -> None:
    assert told(at_stage(Stage.SELF_ASSESSMENT).get("/api/rounds", by=LEAD)) == {
        "type": "/problems/not-permitted",
        "title": "You may not do this",
        "status": 403,
        "detail": "This needs the permission 'round:read', which the team's lead does not have. "
        "It is for the college office or the committee or the engine.",
        "instance": "/api/rounds",
    }


def test_a_cycle_that_is_not_there(at_stage: AtStage) -> None:
    assert told(at_stage(Stage.SELF_ASSESSMENT).get("/api/cycles/7", by=LEAD)) == {
        "type": "/problems/not-found",
        "title": "Not found",
        "status": 404,
        "detail": "There is no such cycle, or it is not one of yours.",
        "instance": "/api/cycles/7",
    }


def test_a_move_that_the_stage_forbids(at_stage: AtStage) -> None:
    answer = at_stage(Stage.REVIEW).post("/api/cycles/1/submissions", by=LEAD, json={"stage": "evidence"})
    assert answer.status_code == 200  # it was submitted already
    client = at_stage(Stage.PUBLICATION)
    answer = client.post("/api/cycles/1/withdrawal", by=LEAD, json={"reason": "The ward closes."})
    assert told(answer) == {
        "type": "/problems/move-not-allowed",
        "title": "The cycle's stage does not allow this now",
        "status": 409,
        "detail": "'withdraw' is not possible in the stage 'publication'. "
        "Allowed now: publish (by the college office).",
        "instance": "/api/cycles/1/withdrawal",
        "stage": "publication",
        "allowed": ["publish (by the college office)"],
    }


KEPT: dict[str, Any] = {"state": "rated", "rating": "met", "measured": None, "level": None, "series": [], "note": ""}
"""An answer as a problem tells it."""


def test_a_stale_write_carries_what_stands(at_stage: AtStage) -> None:
    client = at_stage(Stage.EVIDENCE)
    given = {"answer": {"rating": "not_met"}, "seen_version": 0}
    assert told(client.put("/api/cycles/1/self-assessment/1.01", by=LEAD, json=given)) == {
        "type": "/problems/stale",
        "title": "Another version stands than the one you saw",
        "status": 409,
        "detail": "Criterion 1.01 was answered by you, in another window, after you looked (version 1, you saw 0). "
        "Nothing of yours was kept here: compare the two, then send again with version 1.",
        "instance": "/api/cycles/1/self-assessment/1.01",
        "where": "1.01",
        "current_version": 1,
        "current": KEPT,
        "conflicts": [{"where": "1.01", "current_version": 1, "current": KEPT, "sent": {**KEPT, "rating": "not_met"}}],
    }


def test_a_contradiction(at_stage: AtStage) -> None:
    client = at_stage(Stage.PUBLISHED)
    assert told(client.post("/api/cycles/1/decision", by=COMMITTEE, json={"outcome": "deferred"})) == {
        "type": "/problems/contradiction",
        "title": "This contradicts what is already kept",
        "status": 409,
        "detail": "The committee has decided already: 'accredited'. A decision stands.",
        "instance": "/api/cycles/1/decision",
    }


def test_every_fault_of_an_input_at_once(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    given = {
        "1.01": {"answer": {"rating": "splendid"}, "seen_version": 0},
        "2.01": {"answer": {"state": "not_applicable"}, "seen_version": 0},
        "2.02": {"answer": {"level": "Z"}, "seen_version": 0},
    }
    problem = told(client.post("/api/cycles/1/self-assessment", by=LEAD, json={"answers": given}))
    assert (problem["type"], problem["status"]) == ("/problems/invalid", 422)
    assert problem["faults"] == [
        {"where": "criterion 1.01", "found": "rating 'splendid'", "allowed": "a rating of the scale: met, not_met"},
        {
            "where": "criterion 2.01",
            "found": "'not applicable' without a reason",
            "allowed": "say in the note why it does not apply to this service",
        },
        {"where": "criterion 2.02", "found": "level 'Z'", "allowed": "the level in The audit: A, B, C"},
    ]


def test_a_field_that_is_not_known_is_told_with_those_that_are_where_it_stands(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    wanted = {"documents": [{"version": 1, "criteria": ["1.01"], "place": "p. 3"}], "all": True}
    answer = client.post("/api/cycles/1/evidence/from-library", by=LEAD, json=wanted)
    assert [(one["where"], one["allowed"]) for one in told(answer)["faults"]] == [
        ("body.documents.0.place", "no such field; one of version, criteria, places"),
        ("body.all", "no such field; one of documents"),
    ]


def test_a_submission_with_unanswered_criteria_names_each(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    problem = told(client.post("/api/cycles/1/submissions", by=LEAD, json={"stage": "self_assessment"}))
    assert [one["where"] for one in problem["faults"]] == ["criterion 1.01", "criterion 2.01", "criterion 2.02"]


def test_a_body_of_another_shape_has_the_same_form(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    answer = client.put("/api/cycles/1/self-assessment/1.01", by=LEAD, json={"answer": {"rating": 1}, "more": True})
    assert told(answer) == {
        "type": "/problems/invalid",
        "title": "The input has faults",
        "status": 422,
        "detail": "body.answer.rating: 1; Input should be a valid string\nbody.seen_version: nothing; Field required\n"
        "body.more: True; no such field; one of answer, seen_version",
        "instance": "/api/cycles/1/self-assessment/1.01",
        "faults": [
            {"where": "body.answer.rating", "found": "1", "allowed": "Input should be a valid string"},
            {"where": "body.seen_version", "found": "nothing", "allowed": "Field required"},
            {"where": "body.more", "found": "True", "allowed": "no such field; one of answer, seen_version"},
        ],
    }


@pytest.mark.parametrize(
    "content",
    [
        b"{", b"", b"[]", b"null", b'"\\ud800"', b'{"name": "\\ud800", "edition": "\\udfff"}', b'{"name": "a\\u0000b"}',
        b"\xff\xfe", b'{"name": 1e999}', b"[" * 50_000, b'{"edition": ' + b"9" * 5000 + b"}",
    ],
    ids=range(11),
)  # fmt: skip
def test_a_body_that_is_no_json_or_half_a_character_is_refused(at_stage: AtStage, content: bytes) -> None:
    answer = at_stage(Stage.SELF_ASSESSMENT).post(
        "/api/rounds", by=OFFICE, content=content, headers={"Content-Type": "application/json"}
    )
    assert told(answer)["status"] in (400, 422)


@pytest.mark.parametrize("seen", [True, False, "0", "", 0.0, 1.5, None, [0]])
def test_a_version_seen_that_is_no_whole_number_is_refused(at_stage: AtStage, seen: Any) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    given = {"answer": {"rating": "met"}, "seen_version": seen}
    one = told(client.put("/api/cycles/1/self-assessment/1.01", by=LEAD, json=given))
    many = told(client.post("/api/cycles/1/self-assessment", by=LEAD, json={"answers": {"1.01": given}}))
    assert [(problem["status"], [fault["where"] for fault in problem["faults"]]) for problem in (one, many)] == [
        (422, ["body.seen_version"]), (422, ["body.answers.1.01.seen_version"]),
    ]  # fmt: skip


@pytest.mark.parametrize("character", ["\x00", "\n", "\r", "\x1f", "\x7f", "\x85", "\u2028"])
def test_a_ledgers_subject_with_a_control_character_is_refused(at_stage: AtStage, character: str) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    for subject in (character, f"cycle:1{character}", f"{character}cycle:1"):
        problem = told(client.get("/api/ledger", by=OFFICE, params={"subject": subject}))
        assert (problem["status"], [fault["where"] for fault in problem["faults"]]) == (422, ["query.subject"])
    assert client.get("/api/ledger", by=OFFICE, params={"subject": "cycle:1"}).status_code == 200


@pytest.mark.parametrize("number", ["0", "-1", "2147483648", "9" * 400, "x", "1.5", "%00", "1e3"])
def test_an_id_that_is_none_is_refused(at_stage: AtStage, number: str) -> None:
    assert told(at_stage(Stage.SELF_ASSESSMENT).get(f"/api/cycles/{number}", by=OFFICE))["status"] == 422


@pytest.mark.parametrize(
    "answer",
    [
        {"rating": f"NHS number {NUMBER}"},
        {"rating": [f"NHS number {NUMBER}"]},
        {"rating": "met", "note": f"{'a' * 60} NHS number {NUMBER}", "more": f"NHS number {NUMBER}"},
        {"rating": "met", "note": f"NHS number {NUMBER}"},
        *(
            {"rating": "met", "note": f"NHS number {NUMBER.replace(' ', space)}", "more": "x"}
            for space in ("\u00a0", "\u202f", "\t", "\n", "\u200b")
        ),
        {"rating": {"a": [f"NHS number {NUMBER}".replace(" ", "\u00a0")]}},
    ],
)
def test_no_refusal_repeats_a_patients_number(
    at_stage: AtStage, caplog: pytest.LogCaptureFixture, answer: dict[str, Any]
) -> None:
    sent = {"answers": {"1.01": {"answer": answer, "seen_version": 1}}}
    refused = at_stage(Stage.SELF_ASSESSMENT).post("/api/cycles/1/self-assessment", by=LEAD, json=sent)
    assert (refused.status_code, NUMBER in refused.text, NUMBER in caplog.text) == (422, False, False)
    assert [part for part in NUMBER.split() if part in refused.text] == []


@pytest.mark.parametrize("where", ["library", "nowhere"])
def test_a_path_and_a_kind_that_tell_of_a_patient_are_not_repeated(
    at_stage: AtStage, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    client, said = at_stage(Stage.SELF_ASSESSMENT), f"NHS number {NUMBER}"
    refused = client.get(f"/api/{where}/{said.replace(' ', '%20')}", by=LEAD)
    assert refused.json()["instance"] == f"/api/{where}/NHS number ••• ••• ••••"
    form = {"files": {"file": ("a.pdf", b"")}, "data": {"criteria": said}}
    of_form = client.post("/api/cycles/1/evidence/files", by=LEAD, **form)
    named = client.post("/api/cycles/1/evidence/files", by=LEAD, files={said: (f"{said}.pdf", b"")})
    for answer in (refused, of_form, named):
        assert (answer.status_code in (404, 422), NUMBER in answer.text, NUMBER in caplog.text) == (True, False, False)


def test_a_path_and_a_method_that_are_not_served(client: Client) -> None:
    assert told(client.get("/api/cycle")) == {
        "type": "/problems/not-found",
        "title": "Not found",
        "status": 404,
        "detail": "There is no such page. The API is described in /api/openapi.json.",
        "instance": "/api/cycle",
    }
    answer = client.ask("DELETE", "/api/health")
    assert (told(answer)["type"], answer.status_code) == ("/problems/method-not-allowed", 405)
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "arriving"])
def test_more_bytes_than_are_accepted(at_stage: AtStage, announced: bool) -> None:
    async def arriving() -> Any:
        for _ in range(30):
            yield b" " * 100_000

    client = at_stage(Stage.SELF_ASSESSMENT)
    content = b" " * 3_000_000 if announced else arriving()
    answer = client.post("/api/teams", by=OFFICE, content=content, headers={"Content-Type": "application/json"})
    assert told(answer) == {
        "type": "/problems/too-large",
        "title": "Too many bytes",
        "status": 413,
        "detail": "A request may have 2,000,000 bytes; this one has more. Send it in parts.",
        "instance": "/api/teams",
    }


def test_a_store_that_cannot_answer_says_when_to_try_again_and_keeps_its_paths(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise Unavailable("The folder of the database, /srv/records, does not exist.")

    monkeypatch.setattr(schemes, "schemes", fails)
    answer = client.get("/api/schemes")
    assert told(answer) == {
        "type": "/problems/unavailable",
        "title": "The engine cannot answer now",
        "status": 503,
        "detail": "The records cannot be reached at this moment. Try again in a moment.",
        "instance": "/api/schemes",
    }
    assert answer.headers["retry-after"] == "5"
    assert "/srv/records" in caplog.text


@pytest.mark.parametrize("error", [RuntimeError("the secret is 1234"), Unrecorded("no entry"), ZeroDivisionError()])
def test_a_fault_of_ours_goes_to_the_log_under_an_id_and_only_the_id_goes_out(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(schemes, "schemes", fails)
    problem = told(client.get("/api/schemes"))
    assert problem == {
        "type": "/problems/unexpected",
        "title": "An unexpected failure",
        "status": 500,
        "detail": f"Something failed that should not have. Tell the college office this number: {problem['id']}.",
        "instance": "/api/schemes",
        "id": problem["id"],
    }
    logged = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [problem["id"] in record.getMessage() for record in logged] == [True]
    assert logged[0].exc_info is not None
    assert logged[0].exc_info[1] is error


def test_a_ledger_that_was_altered_is_said_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise LedgerBroken("Entry 3 was altered.", sequence=3)

    monkeypatch.setattr(schemes, "schemes", fails)
    assert told(client.get("/api/schemes"))["type"] == "/problems/ledger-broken"


def test_every_refusal_there_is_has_its_problem() -> None:
    def below(kind: type[AccreditationError]) -> set[type[AccreditationError]]:
        ours = [
            sub for sub in kind.__subclasses__() if sub.__module__ == kind.__module__
        ]  # a client has some of its own
        inner = {one for sub in ours for one in below(sub)}
        return inner or {kind}

    without = {kind.__name__ for kind in below(AccreditationError) - set(KINDS)}
    assert without == {"StandardsFaulty", "Unrecorded"}, "the first is met on the command line only, the second is ours"


def test_what_every_answer_carries(client: Client) -> None:
    for path in ("/api/health", "/api/nope", "/register", "/nope"):
        headers = client.get(path).headers
        assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
        assert headers["cache-control"] == "private, no-store"
        assert [headers[f"cross-origin-{what}-policy"] for what in ("opener", "resource")] == ["same-origin"] * 2
        assert "camera=()" in headers["permissions-policy"]
        assert "strict-transport-security" not in headers  # this site is not reached by https
        assert headers["content-security-policy"].startswith("default-src 'none'")
