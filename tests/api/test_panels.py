"""Panels and absences over the API: two worlds differ in one of them, and whom it does not concern reads the same."""

import pytest

from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from tests.api.asking import PEOPLE, Client
from tests.api.blind import read
from tests.api.conftest import AtStage
from tests.api.watching import stand_still
from tests.walking import NORTHS_LEAD, OFFICE, OTHER_LEAD, reviewer

PANEL = "/api/cycles/1/panels/appeal"
AWAY = {"unavailable": [{"first": "2026-05-04", "last": "2026-05-08"}], "preferences": []}


def dated(client: Client) -> None:
    """The visit is dated."""
    days = {"first": "2026-05-04", "last": "2026-05-05"}
    assert client.put("/api/cycles/1/visit", by=OFFICE, json=days).json()["new"] is True


@pytest.mark.parametrize("stage", [Stage.REVIEW, Stage.PUBLISHED])
def test_a_panel_is_not_there_for_the_team_and_the_reviewers(at_stage: AtStage, stage: Stage) -> None:
    none, named = at_stage(stage), at_stage(stage)
    stand_still(none, named)
    assert named.put(PANEL, by=OFFICE, json={"members": [OTHER_LEAD]}).json() == {"new": True}
    for who in ("reviewer", "other reviewer", "lead", "member", "stranger", "public"):
        assert read(none, who) == read(named, who), who
    assert [one["reviewer"] for one in named.get(PANEL, by=PEOPLE["committee"]).json()["members"]] == [OTHER_LEAD]


@pytest.mark.parametrize("number", [NORTHS_LEAD, OTHER_LEAD])
def test_an_absence_is_there_for_the_office_and_for_nobody_else(at_stage: AtStage, number: int) -> None:
    present, absent = at_stage(Stage.REVIEW), at_stage(Stage.REVIEW)
    stand_still(present, absent)
    for client in (present, absent):
        dated(client)
    them: Principal = reviewer(number)
    assert (
        present.put("/api/me/availability", by=them, json={"unavailable": [], "preferences": []}).json()["away"] == []
    )
    assert absent.put("/api/me/availability", by=them, json=AWAY).status_code == 200
    others = {"reviewer": NORTHS_LEAD, "other reviewer": OTHER_LEAD}
    for who in ("reviewer", "other reviewer", "lead", "member", "stranger", "public", "committee"):
        before, after = read(present, who), read(absent, who)
        differ = {way for way in before if before[way] != after[way]}
        own = {"GET /api/me/availability"} if others.get(who) == number else set()
        ledger = {"GET /api/ledger", "GET /api/ledger/verification"} if who == "committee" else set()
        assert differ == own | ledger, "the committee reads in the ledger that something changed, and not what"
    assert b"2026-05-08" not in read(absent, "committee")["GET /api/ledger"].content
    pool = absent.get("/api/reviewers", by=OFFICE).json()["reviewers"]
    assert [one["id"] for one in pool if one["facts"]["unavailable"]] == [number]


def test_what_cannot_be_meant_is_a_problem_that_names_every_fault(at_stage: AtStage) -> None:
    client = at_stage(Stage.PUBLISHED)
    refused = client.put(PANEL, by=OFFICE, json={"members": [NORTHS_LEAD, 99]})
    assert (refused.status_code, len(refused.json()["faults"])) == (422, 2)
    assert client.put("/api/cycles/1/panels/jury", by=OFFICE, json={"members": []}).status_code == 422
    assert client.put("/api/me/availability", by=reviewer(1), json={"unavailable": []}).status_code == 422
