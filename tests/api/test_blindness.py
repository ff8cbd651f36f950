"""Each reviewer rates alone: nothing anybody else rated reaches whoever may not see it yet, by no route.

Three worlds differ in one thing: the lay reviewer has rated nothing; has rated; has handed in. Whoever may not see
it reads the same bytes in all three. (A search for the lay reviewer's words would find only what it looks for.)
"""

from collections.abc import Mapping

import pytest

from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.views.results import DEPARTED
from tests.api.asking import PEOPLE, Client
from tests.api.conftest import AtStage
from tests.api.test_everybody import send
from tests.api.test_guard import TABLE
from tests.walking import ANSWERS, reviewer, work

LAY, LEAD_REVIEWER = reviewer(4), reviewer(2)
SECRET = "The rota has two nights without a consultant."

READS = [way for way in TABLE if way.startswith("GET")]


def rates(client: Client, who: object, *, rating: str, note: str) -> None:
    given = {name: {"answer": {"rating": rating, "note": note}, "seen_version": 0} for name in ANSWERS}
    assert client.post("/api/cycles/1/review", by=who, json={"answers": given}).status_code == 200  # type: ignore[arg-type]


def hands_in(client: Client, who: object) -> None:
    assert client.post("/api/cycles/1/review/hand-in", by=who).json() == {"done": True}  # type: ignore[arg-type]


def worlds(at_stage: AtStage) -> list[Client]:
    """An engine in which the lay reviewer rated nothing, one in which they did, and one in which they handed in."""
    empty, rated, handed_in = (at_stage(Stage.REVIEW) for _ in range(3))
    for client in (rated, handed_in):
        rates(client, LAY, rating="not_met", note=SECRET)
    hands_in(handed_in, LAY)
    work(handed_in.house, Kind.REVIEW, at=handed_in.house.now())
    return [empty, rated, handed_in]


def told(client: Client, who: str) -> Mapping[str, str]:
    """Everything that this person can read."""
    return {way: send(client, way, who).text for way in READS}


@pytest.mark.parametrize("who", ["reviewer", "other reviewer", "lead", "member", "stranger", "public"])
def test_what_another_rated_reaches_nobody_who_may_not_see_it(at_stage: AtStage, who: str) -> None:
    empty, rated, handed_in = (told(client, who) for client in worlds(at_stage))
    assert empty == rated
    assert empty == handed_in


def test_it_stays_so_when_the_blind_reviewer_has_rated_too(at_stage: AtStage) -> None:
    told_to_them = []
    for client in worlds(at_stage):
        rates(client, LEAD_REVIEWER, rating="met", note="")
        told_to_them.append(told(client, "reviewer"))
    assert told_to_them[0] == told_to_them[1] == told_to_them[2]


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
    assert [(one["reviewer"], one["role"]) for one in seen["reviewers"]] == [(4, "lay"), (2, "lead")]
    assert [
        [(r["reviewer"], r["answer"]["rating"], r["answer"]["note"]) for r in one["ratings"]]
        for one in seen["criteria"]
    ] == [[(4, "not_met", SECRET), (2, "met", "")]] * 3
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
