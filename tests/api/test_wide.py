"""What a wider scheme asks for, by the API alone: facts of every kind, series, and what the public reads."""

from typing import Any

import pytest

from accreditation.actions.decide import decide
from accreditation.actions.publish import publish
from accreditation.rules.people import Principal, Role
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests.api.asking import Client
from tests.walking import AT, COMMITTEE, CYCLE, OFFICE
from tests.wide import FALLS, start, to_decision

LEAD = Principal(name="lead", role=Role.TEAM_LEAD, team=1)
SERIES = [{"at": {"ward": "A", "quarter": "1"}, "value": "1.250", "benchmark": 2}]


def faults(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [f"{one['where']}: {one['found']}; {one['allowed']}" for one in answer.json()["faults"]]


def test_facts_of_every_kind_are_stated_and_come_back_with_every_digit(house: House) -> None:
    start(house, visit="first")
    with Client(house) as client:
        stated = client.patch("/api/cycles/1/profile", by=LEAD, json={"profile": {"site": "city", "beds": "12.50"}})
        assert stated.json() == {"profile": {"visit": "first", "site": "city", "beds": "12.50"}}
        whole = client.patch("/api/cycles/1/profile", by=LEAD, json={"profile": {"beds": 13.5}})
        assert whole.json()["profile"]["beds"] == "13.5"
        refused = client.patch("/api/cycles/1/profile", by=LEAD, json={"profile": {"most": 3}})
        assert (refused.status_code, refused.json()["detail"]) == (
            403,
            "Stated by the college office, not by the team: 'most' (How many may be missed?).",
        )
        shown = {one["fact"]: one for one in client.get("/api/cycles/1", by=LEAD).json()["profile"]}
    assert shown["beds"] == {
        "fact": "beds", "question": "How many beds are there?", "kind": "number", "choices": None, "unit": "beds",
        "asked_of": "team", "value": "13.5",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (None, "body.profile.beds: None; true or false, a choice, or a number"),
        ([1], "body.profile.beds: [1]; true or false, a choice, or a number"),
        ("", "body.profile.beds: ''; a choice has 1 to 60 characters"),
        (1e300, "body.profile.beds: 1e+300; '1e+300' is not a number; write digits, as in 90 or 2.9"),
        (True, "profile.beds: 'true' does not answer 'How many beds are there?'; a number (beds)"),
        ("a few", "profile.beds: 'a few' does not answer 'How many beds are there?'; a number (beds)"),
    ],
)
def test_what_is_no_statement_is_refused_in_words(house: House, fact: object, said: str) -> None:
    start(house, visit="first")
    with Client(house) as client:
        assert faults(client.patch("/api/cycles/1/profile", by=LEAD, json={"profile": {"beds": fact}})) == [said]


def test_a_series_is_answered_and_shown_with_every_digit(house: House) -> None:
    start(house)
    with Client(house) as client:
        sent = {"answer": {"series": SERIES}, "seen_version": 0}
        assert client.put("/api/cycles/1/self-assessment/1.03", by=LEAD, json=sent).json()["version"] == 1
        criteria = client.get("/api/cycles/1/self-assessment", by=LEAD).json()["criteria"]
        (shown,) = [one["answer"]["series"] for one in criteria if one["id"] == "1.03"]
        assert shown == [{"at": {"ward": "A", "quarter": "1"}, "value": "1.250", "benchmark": "2"}]
        none = {"answer": {"series": [{"at": {}, "value": "x"}]}, "seen_version": 1}
        assert faults(client.put("/api/cycles/1/self-assessment/1.03", by=LEAD, json=none)) == [
            "body.answer.series.0.at: {}; Dictionary should have at least 1 item after validation, not 0",
            "body.answer.series.0.value: 'x'; 'x' is not a number; write digits, as in 90 or 2.9",
        ]
        many = {"answer": {"series": SERIES * 1001}, "seen_version": 1}
        assert client.put("/api/cycles/1/self-assessment/1.03", by=LEAD, json=many).status_code == 422


def test_the_public_reads_published_scores_and_what_follows_from_conditions(house: House) -> None:
    poor = {"c1_01": Answer(rating="poor"), "c1_02": Answer(measured=20), "c1_03": Answer(series=FALLS[:1])}
    to_decision(house, **poor, c1_05=Answer(rating="poor"))
    decide(house.database, principal=COMMITTEE, cycle_id=CYCLE, outcome="deferred", reason="", at=AT)
    publish(house.database, principal=OFFICE, cycle_id=CYCLE, at=AT)
    with Client(house) as client:
        entry = client.get("/api/register/1").json()
        page = " ".join(client.get("/register/1").text.split())
    assert entry["scores"] == [
        {"score": "points", "title": "Points", "group": "", "shown": "25.0", "level": "B"},
        {"score": "domain", "title": "Met: First", "group": "1", "shown": "25", "level": "part"},
    ]
    assert [one["when_missed"] for one in entry["conditions"]] == [{"outcome": "refused", "title": "Refused"}]
    assert '>Points</dt><dd class="nhsuk-summary-list__value">25.0 (level B)</dd>' in page
    assert "For the college" not in page
    assert ">Once all of this is put right in time, the result becomes: Gold.</p>" in page
    assert ">If it is not, the result becomes: Refused.</p>" in page
