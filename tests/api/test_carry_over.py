"""Carrying a cycle over through the API: looked at first, then done, and done once."""

from accreditation.actions.publish_edition import publish_edition
from accreditation.rules.cycle import Stage
from tests.api.asking import PEOPLE
from tests.api.conftest import AtStage
from tests.editions import IN_MINUTES
from tests.walking import OFFICE, later, scheme

WAY = "/api/cycles/1/carry-over"


def test_the_office_looks_then_carries_over_and_the_team_reads_why_to_answer_again(at_stage: AtStage) -> None:
    client = at_stage(Stage.EVIDENCE)
    digest = publish_edition(client.house.database, principal=OFFICE, scheme=IN_MINUTES, at=later(1))
    office, lead = PEOPLE["office"], PEOPLE["lead"]
    seen = client.get(WAY, by=office).json()
    assert (seen["edition"], seen["leads_to"]) == ("2026.1", "self_assessment")
    assert [(one["criterion"], one["because"]) for one in seen["would_do"]["again"]] == [
        ("2.01", "another unit: % became minutes")
    ]
    done = client.post(WAY, by=office, json={"edition": digest}).json()
    assert done == {"edition_digest": digest, "done": seen["would_do"]}
    cycle = client.get("/api/cycles/1", by=lead).json()
    assert (cycle["stage"], cycle["edition"], cycle["edition_digest"]) == ("self_assessment", "2026.2", digest)
    answer = {one["id"]: one["answer"] for one in cycle["criteria"]}["2.01"]
    assert (answer["state"], answer["note"]) == (
        "not_answered",
        "To be answered again under the new edition: another unit: % became minutes.",
    )
    assert client.post(WAY, by=office, json={"edition": digest}).json() == {"edition_digest": digest, "done": None}


def test_an_edition_that_is_not_published_is_not_found(at_stage: AtStage) -> None:
    client = at_stage(Stage.EVIDENCE)
    assert client.get(WAY, by=PEOPLE["office"], params={"to": "0" * 64}).status_code == 404
    assert client.post(WAY, by=PEOPLE["office"], json={"edition": "0" * 64}).status_code == 404


def test_a_cycle_that_is_decided_keeps_its_edition(at_stage: AtStage) -> None:
    client = at_stage(Stage.PUBLICATION)
    digest = publish_edition(client.house.database, principal=OFFICE, scheme=IN_MINUTES, at=later(1))
    refused = client.get(WAY, by=PEOPLE["office"]).json()["would_do"]["refused"]
    assert refused.startswith("'carry over' is not possible in the stage 'publication'.")
    answer = client.post(WAY, by=PEOPLE["office"], json={"edition": digest})
    assert (answer.status_code, answer.json()["detail"]) == (409, refused)
    assert client.get("/api/cycles/1", by=PEOPLE["office"]).json()["edition_digest"] == scheme().digest
