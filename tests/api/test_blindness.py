"""Each reviewer rates alone: nothing anybody else rated reaches whoever may not see it yet, by no route.

The worlds differ in one thing: the lay reviewer has done nothing; has begun; has rated, found, asked and warned; has
handed in. Whoever may not see it is answered the same in all of them, on every way there is to read and to write, in
every header, and at the cost of the same work. (A search for their words would find only what it looks for.)
"""

from collections.abc import Callable
from typing import Annotated, Any

import pytest
from fastapi import Response
from sqlalchemy import text as sql

from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.permissions import Permission
from accreditation.views.results import DEPARTED
from api.guard import PUBLIC_ROUTES, Asks, Guard, calls_of, guard, routes_of
from tests.api.asking import PEOPLE
from tests.api.blind import (
    LAY,
    LEAD_REVIEWER,
    READS,
    SECRET,
    TAKE_A_TOKEN,
    WRITES,
    asks_and_warns,
    differing,
    finds,
    hands_in,
    rates,
    text,
    told,
    watch,
    worlds,
)
from tests.api.conftest import AtStage
from tests.api.watching import stand_still
from tests.walking import NORTHS_LEAD, work

NOT_TOLD = ["reviewer", "other reviewer", "stranger", "public"]
"""Whom nothing of it concerns: neither what was rated and found, nor what the team was told."""


GONE = {"POST /api/cycles/{cycle}/withdrawal": 404}
"""Who has left the visit in the request before knows of it no more."""


def test_every_way_there_is_to_read_and_to_write_is_compared(at_stage: AtStage) -> None:
    app = at_stage(Stage.REVIEW).app
    ways = {f"{method} {route.path}" for route in routes_of(app) for method in route.methods or ()}
    assert {*READS, *WRITES} == ways, "enter it in TABLE and IN_REVIEW: what is a reviewer answered there, and why?"


def test_the_ways_that_know_no_token_are_those_that_do_not_look_for_one(at_stage: AtStage) -> None:
    looking = {
        f"{method} {route.path}"
        for route in routes_of(at_stage(Stage.REVIEW).app)
        for method in route.methods or ()
        if any(type(call) is Guard for call in calls_of(route))
    }
    assert looking == TAKE_A_TOKEN - PUBLIC_ROUTES


def test_what_another_rates_finds_and_hands_in_reaches_nobody_who_may_not_see_it(at_stage: AtStage) -> None:
    clients = worlds(at_stage)
    for who in (*NOT_TOLD, "lead", "member"):
        assert differing([told(client, who, count="rows") for client in clients]) == [], who


def test_what_another_asks_and_warns_of_reaches_none_but_the_team_and_the_college(at_stage: AtStage) -> None:
    clients = worlds(at_stage, telling=True)
    for who in NOT_TOLD:
        # A list ends in one step less where it is the last one of its table: the team's notices come behind one's own.
        assert differing([told(client, who, count="number") for client in clients]) == [], who


@pytest.mark.parametrize("who", [*NOT_TOLD, "lead"])
def test_no_answer_to_anything_that_is_sent_tells_of_a_rating_or_a_finding(at_stage: AtStage, who: str) -> None:
    but = GONE if who == "reviewer" else {}
    assert differing([told(client, who, WRITES, but=but) for client in worlds(at_stage)]) == []


@pytest.mark.parametrize("who", NOT_TOLD)
def test_no_answer_to_anything_that_is_sent_tells_of_a_request_or_a_risk(at_stage: AtStage, who: str) -> None:
    but = GONE if who == "reviewer" else {}
    assert (
        differing([told(client, who, WRITES, but=but, count="number") for client in worlds(at_stage, telling=True)])
        == []
    )


def test_it_stays_so_when_the_blind_reviewer_has_worked_too(at_stage: AtStage) -> None:
    answers = []
    for client in worlds(at_stage, telling=True):
        rates(client, LEAD_REVIEWER, rating="met", note="")
        finds(client, LEAD_REVIEWER)
        asks_and_warns(client, LEAD_REVIEWER)
        answers.append(told(client, "reviewer", count="number"))
    assert differing(answers) == []


def test_who_has_handed_in_learns_nothing_of_how_far_the_others_are(at_stage: AtStage) -> None:
    *working, handed_in = worlds(at_stage)
    for client in (*working, handed_in):
        rates(client, LEAD_REVIEWER, rating="met", note="")
        hands_in(client, LEAD_REVIEWER)
    assert differing([told(client, "reviewer") for client in working]) == []
    shown = watch(handed_in, "GET /api/cycles/{cycle}/reviews", "reviewer")
    assert (shown.status, SECRET.encode() in shown.content) == (200, True)


LEAK = "/api/cycles/{cycle}/leak"


def reads_more(asks: Asks, _: Response) -> None:
    """It reads everybody's ratings, and says nothing of them."""
    with asks.database.reading() as session:
        session.execute(sql("SELECT * FROM review_rating")).all()


def looks_longer(asks: Asks, _: Response) -> None:
    """It looks through everybody's ratings for what is not there."""
    with asks.database.reading() as session:
        session.execute(sql("SELECT * FROM review_rating WHERE note = 'nobody writes this'")).all()


def asks_again(asks: Asks, _: Response) -> None:
    """It asks a second time where somebody has handed in."""
    with asks.database.reading() as session:
        if session.execute(sql("SELECT count(*) FROM hand_in")).scalar_one():
            session.execute(sql("SELECT 1"))


def marks(asks: Asks, response: Response) -> None:
    """A header goes on with the number of ratings."""
    with asks.database.reading() as session:
        number = session.execute(sql("SELECT count(*) FROM review_rating")).scalar_one()
    response.headers["Server-Timing"] = f"records;dur={number}"


@pytest.mark.parametrize("leak", [reads_more, looks_longer, asks_again, marks])
def test_a_way_that_tells_by_the_work_it_takes_is_found_out(
    at_stage: AtStage, leak: Callable[[Asks, Response], None]
) -> None:
    def answer(cycle: int, response: Response, asks: Annotated[Asks, guard(Permission.REVIEW_RATE)]) -> dict[str, int]:
        leak(asks, response)
        return {"cycle": cycle}

    nothing, *_, handed_in = worlds(at_stage)
    found: list[Any] = []
    for client in (nothing, handed_in):
        client.app.add_api_route(LEAK, answer)
        found.append(watch(client, f"GET {LEAK}", "reviewer"))
    assert [(one.status, one.content) for one in found] == [(200, b'{"cycle":1}')] * 2
    assert [one.partition(" ")[0] for one in differing([{LEAK: one} for one in found])] == [f"{LEAK},"]


def test_the_team_is_told_what_is_asked_and_what_the_risk_is_and_nothing_else_changes(at_stage: AtStage) -> None:
    quiet, asked = at_stage(Stage.REVIEW), at_stage(Stage.REVIEW)
    stand_still(quiet, asked)
    asks_and_warns(asked, LAY)
    before, after = told(quiet, "lead"), told(asked, "lead")
    assert {way for way in before if before[way].content != after[way].content} == {
        "GET /api/cycles/{cycle}", "GET /api/cycles/{cycle}/requests", "GET /api/cycles/{cycle}/risks",
        "GET /api/notices",
    }  # fmt: skip
    for way in ("GET /api/cycles/{cycle}/requests", "GET /api/cycles/{cycle}/risks"):
        assert SECRET.encode() in after[way].content
        assert b"Lay" not in after[way].content, "who asks is not told"
    member = told(asked, "member")
    assert SECRET.encode() not in member["GET /api/cycles/{cycle}/risks"].content


def test_evidence_that_answers_a_request_is_there_for_all_and_the_request_for_none_of_them(at_stage: AtStage) -> None:
    client = at_stage(Stage.REVIEW)
    asks_and_warns(client, LAY)
    assert client.attach(by=PEOPLE["lead"], content=b"a rota", query={"title": "Rota"}).status_code == 201
    work(client.house, Kind.EVIDENCE, at=client.house.now())
    (asked,) = client.get("/api/cycles/1/requests", by=PEOPLE["lead"]).json()["requests"]
    path = f"/api/cycles/1/requests/{asked['request']}/answer"
    assert client.put(path, by=PEOPLE["lead"], json={"reply": SECRET}).json() == {"done": True}
    said = told(client, "reviewer")
    one = client.get("/api/cycles/1/review/criteria/1.01", by=LEAD_REVIEWER).json()
    assert ([item["title"] for item in one["evidence"]], one["requests"]) == (["Job plan", "Rota"], [])
    assert SECRET not in text(said)


@pytest.mark.parametrize("who", ["office", "committee"])
def test_the_college_reads_no_rating_before_all_are_handed_in(at_stage: AtStage, who: str) -> None:
    for client in worlds(at_stage):
        seen = client.get("/api/cycles/1/reviews", by=PEOPLE[who]).json()
        assert (seen["reviewers"], [one["ratings"] for one in seen["criteria"]]) == ([], [[], [], []])


def test_it_could_have_leaked_it_is_shown_after_the_own_hand_in(at_stage: AtStage) -> None:
    client = worlds(at_stage)[-1]
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
    client = worlds(at_stage)[2]
    rates(client, LEAD_REVIEWER, rating="met", note="")
    hands_in(client, LEAD_REVIEWER)
    assert SECRET not in text(told(client, "reviewer"))


def test_the_college_sees_all_side_by_side_from_the_consensus_on(at_stage: AtStage) -> None:
    client = worlds(at_stage)[-1]
    rates(client, LEAD_REVIEWER, rating="met", note="")
    hands_in(client, LEAD_REVIEWER)
    work(client.house, Kind.REVIEW, at=client.house.now())
    seen = client.get("/api/cycles/1/reviews", by=PEOPLE["office"]).json()
    assert (seen["stage"], seen["to_settle"]) == ("consensus", ["1.01", "2.01", "2.02"])
    assert SECRET in client.get("/api/cycles/1/reviews", by=PEOPLE["committee"]).text


def test_who_has_handed_in_is_told_to_the_college_and_to_who_has_handed_in(at_stage: AtStage) -> None:
    client = worlds(at_stage)[-1]

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
    assert {one["settlement"]["by"] for one in settled} == {None}, "by which reviewer is the college's"
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
