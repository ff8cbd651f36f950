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
    for named in (digest, "small 2026.2", "2026.2"):
        again = client.post(WAY, by=office, json={"edition": named}).json()
        assert again == {"edition_digest": digest, "done": None}


def test_an_edition_that_is_not_published_is_not_found(at_stage: AtStage) -> None:
    client = at_stage(Stage.EVIDENCE)
    assert client.get(WAY, by=PEOPLE["office"], params={"to": "0" * 64}).status_code == 404
    assert client.post(WAY, by=PEOPLE["office"], json={"edition": "0" * 64}).status_code == 404
    there = f"one of these, or its digest: small 2026.1 ({scheme().digest[:12]})"
    for way, answer in (
        ("query.to", client.get(WAY, by=PEOPLE["office"], params={"to": "2027"})),
        ("body.edition", client.post(WAY, by=PEOPLE["office"], json={"edition": "2027"})),
        ("body.edition", client.post("/api/rounds", by=PEOPLE["office"], json={"name": "x", "edition": "2027"})),
    ):
        assert (answer.status_code, answer.json()["faults"]) == (
            422, [{"where": way, "found": "no edition '2027' is published", "allowed": there}],
        )  # fmt: skip


def test_an_edition_is_named_by_its_scheme_and_label_wherever_it_is_named(at_stage: AtStage) -> None:
    client, office = at_stage(Stage.EVIDENCE), PEOPLE["office"]
    opened = [
        client.post("/api/rounds", by=office, json={"name": "Autumn", "edition": named}).json()
        for named in ("small 2026.1", scheme().digest)
    ]
    assert opened == [{"id": 2}, {"id": 2}]
    shown = client.get("/api/editions/small 2026.1", by=office).json()
    assert (shown["digest"], shown["edition"]) == (scheme().digest, "2026.1")
    agreed = client.get("/api/schemes/small/agreement", by=office, params={"edition": "2026.1"}).json()
    assert agreed["edition"] == scheme().digest


def test_a_cycle_that_is_decided_keeps_its_edition(at_stage: AtStage) -> None:
    client = at_stage(Stage.PUBLICATION)
    digest = publish_edition(client.house.database, principal=OFFICE, scheme=IN_MINUTES, at=later(1))
    refused = client.get(WAY, by=PEOPLE["office"]).json()["would_do"]["refused"]
    assert refused.startswith("'carry over' is not possible in the stage 'publication'.")
    answer = client.post(WAY, by=PEOPLE["office"], json={"edition": digest})
    assert (answer.status_code, answer.json()["detail"]) == (409, refused)
    assert client.get("/api/cycles/1", by=PEOPLE["office"]).json()["edition_digest"] == scheme().digest
