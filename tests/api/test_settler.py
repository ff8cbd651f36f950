"""The office appoints who settles: over the API, with what the next office sees."""

from accreditation.rules.cycle import Stage
from tests.api.asking import PEOPLE
from tests.api.conftest import AtStage
from tests.walking import team_of


def test_the_office_appoints_and_a_second_one_that_saw_less_is_told_what_stands(at_stage: AtStage) -> None:
    client = at_stage(Stage.CONSENSUS)
    team = team_of(client.house)
    way, office = "/api/cycles/1/settler", PEOPLE["office"]
    sent = {"reviewer": team["lay"], "seen_version": 0, "reason": "The lead is ill."}
    assert client.put(way, by=office, json=sent).json() == {"new": True}
    assert client.put(way, by=office, json=sent).json() == {"new": False}
    answer = client.put(way, by=office, json={**sent, "reviewer": team["lead"]})
    assert (answer.status_code, answer.json()["current_version"], answer.json()["current"]) == (409, 1, [team["lay"]])
    told = client.get("/api/cycles/1/review-team", by=office).json()
    assert told["settler_version"] == 1
    assert [(one["role"], one["appointed"], one["reason"]) for one in told["settlers"]] == [
        ("lay", True, "The lead is ill.")
    ]
    seen = client.get("/api/cycles/1/review-team", by=PEOPLE["lead"])
    assert [(one["role"], one["name"], one["reason"]) for one in seen.json()["settlers"]] == [("lay", None, None)]
    assert "The lead is ill" not in seen.text
