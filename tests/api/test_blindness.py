"""Each reviewer rates alone: nothing anybody else rated reaches whoever may not see it yet, by no route.

Three worlds differ in one thing: the lay reviewer has done nothing; has rated, found, asked and warned; has handed in.
Whoever may not see it is answered the same in all three, on every way there is to read and to write. (A search for the
lay reviewer's words would find only what it looks for.)
"""

import io
import re
from collections.abc import Mapping, Sequence

import httpx
import pytest
from openpyxl import load_workbook

from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.views.results import DEPARTED
from api.routes.review_workbook import EXCEL
from tests.api.asking import PEOPLE, Client
from tests.api.conftest import AtStage
from tests.api.test_everybody import send
from tests.api.test_guard import TABLE
from tests.walking import ANSWERS, NORTHS_LEAD, reviewer, work

LAY, LEAD_REVIEWER = reviewer(4), reviewer(NORTHS_LEAD)
SECRET = "The rota has two nights without a consultant."

READS = [way for way in TABLE if way.startswith("GET")]
LEAVES = ("/conflicts", "/departure", "/withdrawal")
"""What ends somebody's part in the cycle, or the cycle: it is sent last."""

WRITES = sorted((way for way in TABLE if not way.startswith("GET")), key=lambda way: way.endswith(LEAVES))

MOMENT = re.compile(r"20\d\d-\d\d-\d\dT[0-9:.]+Z")
"""A moment in an answer: each world is asked at its own."""


def rates(client: Client, who: object, *, rating: str, note: str) -> None:
    given = {name: {"answer": {"rating": rating, "note": note}, "seen_version": 0} for name in ANSWERS}
    assert client.post("/api/cycles/1/review", by=who, json={"answers": given}).status_code == 200  # type: ignore[arg-type]


def finds(client: Client, who: Principal) -> None:
    """Two findings, one of them with a second version, and a workbook taken along."""
    for key, version in (("a", 0), ("a", 1), ("b", 0)):
        said = {"kind": "key_action", "criterion": "1.01", "text": f"{SECRET} {version}", "seen_version": version}
        assert client.put(f"/api/cycles/1/review/findings/{key}", by=who, json=said).status_code == 200
    assert client.get("/api/cycles/1/review/workbook", by=who).status_code == 200


def asks_and_warns(client: Client, who: Principal) -> None:
    """A request for more evidence on 1.01, and an immediate risk: the team is told of both, as it must be."""
    asked = client.post("/api/cycles/1/review/criteria/1.01/requests", by=who, json={"question": SECRET})
    warned = client.post("/api/cycles/1/risks", by=who, json={"criterion": "1.01", "text": SECRET})
    assert (asked.status_code, warned.status_code) == (201, 201)


def hands_in(client: Client, who: object) -> None:
    assert client.post("/api/cycles/1/review/hand-in", by=who).json() == {"done": True}  # type: ignore[arg-type]


def worlds(at_stage: AtStage, *, telling: bool = False) -> list[Client]:
    """An engine in which the lay reviewer did nothing, one in which they rated and found, one in which they handed in.

    Where it is `telling`, they asked the team for more and raised a risk besides.
    """
    empty, rated, handed_in = (at_stage(Stage.REVIEW) for _ in range(3))
    for client in (rated, handed_in):
        rates(client, LAY, rating="not_met", note=SECRET)
        finds(client, LAY)
        if telling:
            asks_and_warns(client, LAY)
    hands_in(handed_in, LAY)
    work(handed_in.house, Kind.REVIEW, at=handed_in.house.now())
    return [empty, rated, handed_in]


def told(client: Client, who: str, ways: Sequence[str] = READS) -> Mapping[str, str]:
    """Everything that this person is answered on these ways, one after the other: status and content."""
    return {way: plain(send(client, way, who)) for way in ways}


def plain(answer: httpx.Response) -> str:
    """An answer without what is another each time: the moment, and the names that a workbook has for new rows."""
    if answer.headers.get("content-type") == EXCEL:
        book = load_workbook(io.BytesIO(answer.content))
        cells = [
            (page.title, cell.coordinate, cell.value)
            for page in book
            for row in page.iter_rows()
            for cell in row
            if (page.title, cell.coordinate) != ("_seen", "B4") and not (page.title == "Findings" and cell.column == 1)
        ]
        return str(cells)
    return f"{answer.status_code} {dict(answer.headers).get('etag')} {MOMENT.sub('(then)', answer.text)}"


NOT_TOLD = ["reviewer", "other reviewer", "stranger", "public"]
"""Whom nothing of it concerns: neither what was rated and found, nor what the team was told."""


@pytest.mark.parametrize("who", NOT_TOLD)
def test_what_another_does_reaches_nobody_who_may_not_see_it(at_stage: AtStage, who: str) -> None:
    empty, rated, handed_in = (told(client, who) for client in worlds(at_stage, telling=True))
    assert empty == rated
    assert empty == handed_in


@pytest.mark.parametrize("who", ["lead", "member"])
def test_the_team_learns_of_no_rating_and_no_finding(at_stage: AtStage, who: str) -> None:
    empty, rated, handed_in = (told(client, who) for client in worlds(at_stage))
    assert empty == rated
    assert empty == handed_in


@pytest.mark.parametrize("who", NOT_TOLD)
def test_no_answer_to_anything_that_is_sent_tells_of_it_either(at_stage: AtStage, who: str) -> None:
    empty, rated, handed_in = (told(client, who, WRITES) for client in worlds(at_stage, telling=True))
    assert empty == rated
    assert empty == handed_in


def test_no_answer_to_the_team_tells_of_a_rating_or_a_finding(at_stage: AtStage) -> None:
    empty, rated, handed_in = (told(client, "lead", WRITES) for client in worlds(at_stage))
    assert empty == rated
    assert empty == handed_in


def test_it_stays_so_when_the_blind_reviewer_has_worked_too(at_stage: AtStage) -> None:
    told_to_them = []
    for client in worlds(at_stage, telling=True):
        rates(client, LEAD_REVIEWER, rating="met", note="")
        finds(client, LEAD_REVIEWER)
        asks_and_warns(client, LEAD_REVIEWER)
        told_to_them.append(told(client, "reviewer"))
    assert told_to_them[0] == told_to_them[1] == told_to_them[2]


def test_the_team_is_told_what_is_asked_and_what_the_risk_is_and_nothing_else_changes(at_stage: AtStage) -> None:
    quiet, asked = at_stage(Stage.REVIEW), at_stage(Stage.REVIEW)
    asks_and_warns(asked, LAY)
    before, after = told(quiet, "lead"), told(asked, "lead")
    assert {way for way in READS if before[way] != after[way]} == {
        "GET /api/cycles/{cycle}", "GET /api/cycles/{cycle}/requests", "GET /api/cycles/{cycle}/risks",
        "GET /api/notices",
    }  # fmt: skip
    for way in ("GET /api/cycles/{cycle}/requests", "GET /api/cycles/{cycle}/risks"):
        assert SECRET in after[way]
        assert "Lay" not in after[way], "who asks is not told"
    member = told(asked, "member")
    assert SECRET not in member["GET /api/cycles/{cycle}/risks"]


def test_evidence_that_answers_a_request_is_there_for_all_and_the_request_for_none_of_them(at_stage: AtStage) -> None:
    client = at_stage(Stage.REVIEW)
    asks_and_warns(client, LAY)
    assert client.attach(by=PEOPLE["lead"], content=b"a rota", query={"title": "Rota"}).status_code == 201
    (asked,) = client.get("/api/cycles/1/requests", by=PEOPLE["lead"]).json()["requests"]
    path = f"/api/cycles/1/requests/{asked['request']}/answer"
    assert client.put(path, by=PEOPLE["lead"], json={"reply": SECRET}).json() == {"done": True}
    said = told(client, "reviewer")
    one = client.get("/api/cycles/1/review/criteria/1.01", by=LEAD_REVIEWER).json()
    assert ([item["title"] for item in one["evidence"]], one["requests"]) == (["Job plan", "Rota"], [])
    assert SECRET not in "".join(said.values())


@pytest.mark.parametrize("who", ["office", "committee"])
def test_the_college_reads_no_rating_before_all_are_handed_in(at_stage: AtStage, who: str) -> None:
    for client in worlds(at_stage):
        seen = client.get("/api/cycles/1/reviews", by=PEOPLE[who]).json()
        assert (seen["reviewers"], [one["ratings"] for one in seen["criteria"]]) == ([], [[], [], []])


def test_it_could_have_leaked_it_is_shown_after_the_own_hand_in(at_stage: AtStage) -> None:
    client = worlds(at_stage)[2]
    rates(client, LEAD_REVIEWER, rating="met", note="")
    assert SECRET not in client.get("/api/cycles/1/reviews", by=LEAD_REVIEWER).text
    hands_in(client, LEAD_REVIEWER)
    seen = client.get("/api/cycles/1/reviews", by=LEAD_REVIEWER).json()
    assert [(one["reviewer"], one["role"]) for one in seen["reviewers"]] == [(4, "lay"), (NORTHS_LEAD, "lead")]
    assert [
        [(r["reviewer"], r["answer"]["rating"], r["answer"]["note"]) for r in one["ratings"]]
        for one in seen["criteria"]
    ] == [[(4, "not_met", SECRET), (NORTHS_LEAD, "met", "")]] * 3
    assert seen["to_settle"] == []


def test_who_handed_in_sees_no_review_that_is_not_handed_in(at_stage: AtStage) -> None:
    client = worlds(at_stage)[1]
    rates(client, LEAD_REVIEWER, rating="met", note="")
    hands_in(client, LEAD_REVIEWER)
    assert SECRET not in "".join(told(client, "reviewer").values())


def test_the_college_sees_all_side_by_side_from_the_consensus_on(at_stage: AtStage) -> None:
    client = worlds(at_stage)[2]
    rates(client, LEAD_REVIEWER, rating="met", note="")
    hands_in(client, LEAD_REVIEWER)
    work(client.house, Kind.REVIEW, at=client.house.now())
    seen = client.get("/api/cycles/1/reviews", by=PEOPLE["office"]).json()
    assert (seen["stage"], seen["to_settle"]) == ("consensus", ["1.01", "2.01", "2.02"])
    assert SECRET in client.get("/api/cycles/1/reviews", by=PEOPLE["committee"]).text


def test_who_has_handed_in_is_told_to_the_college_and_to_who_has_handed_in(at_stage: AtStage) -> None:
    client = worlds(at_stage)[2]

    def handed_in(who: str) -> list[tuple[str, bool | None]]:
        seats = client.get("/api/cycles/1/review-team", by=PEOPLE[who]).json()["seats"]
        return [(one["role"], one["handed_in"]) for one in seats]

    assert handed_in("lead") == handed_in("reviewer") == [("lay", None), ("lead", None)]
    assert handed_in("office") == [("lay", True), ("lead", False)]
    rates(client, LEAD_REVIEWER, rating="met", note="")
    hands_in(client, LEAD_REVIEWER)
    assert handed_in("reviewer") == [("lay", True), ("lead", True)]


@pytest.mark.parametrize("stage", [Stage.CONSENSUS, Stage.RECOMMENDATION, Stage.DECISION, Stage.PUBLICATION])
def test_a_team_learns_nothing_of_its_result_before_it_is_published(at_stage: AtStage, stage: Stage) -> None:
    client = at_stage(stage)
    for what in ("settlements", "recommendation", "decision"):
        answer = client.get(f"/api/cycles/1/{what}", by=PEOPLE["lead"])
        assert (answer.status_code, answer.json()["detail"]) == (
            404, "The result of this cycle is not published yet; a team sees it once it is.",
        )  # fmt: skip
    assert client.get("/api/teams/1/results", by=PEOPLE["lead"]).json()["results"] == []
    assert client.get("/api/register").json()["items"] == []


def test_a_team_reads_its_result_once_it_is_published(at_stage: AtStage) -> None:
    client = at_stage(Stage.PUBLISHED)
    settled = client.get("/api/cycles/1/settlements", by=PEOPLE["lead"]).json()["criteria"]
    assert [(one["id"], one["settlement"]["how"], one["settlement"]["answer"]["rating"]) for one in settled] == [
        ("1.01", "lead", "met"), ("2.01", "agreed", "met"), ("2.02", "agreed", "met"),
    ]  # fmt: skip
    assert client.get("/api/cycles/1/recommendation", by=PEOPLE["lead"]).json()["outcome"] == "accredited"
    assert client.get("/api/cycles/1/decision", by=PEOPLE["lead"]).json()["published"] is True


def test_the_committees_reason_is_the_colleges_alone_until_it_is_published(at_stage: AtStage) -> None:
    client = at_stage(Stage.DECISION)
    decided = {"outcome": "deferred", "reason": "The unit moves in spring.", "conditions": ["1.01"]}
    assert client.post("/api/cycles/1/decision", by=PEOPLE["committee"], json=decided).status_code == 201

    def reason(who: str) -> str:
        last = client.get("/api/cycles/1/history", by=PEOPLE[who]).json()["stages"]
        return next(str(one["reason"]) for one in last if one["move"] == "decide")

    assert [reason(who) for who in ("lead", "reviewer", "office")] == ["", "", "The unit moves in spring."]
    assert client.post("/api/cycles/1/publication", by=PEOPLE["office"]).status_code == 201
    assert [reason(who) for who in ("lead", "reviewer")] == ["The unit moves in spring."] * 2
    told = client.get("/api/register/1").json()
    assert (told["departs"], told["public_wording"]) == (True, DEPARTED)
