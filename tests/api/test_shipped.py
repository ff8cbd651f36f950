"""The schemes that ship, at work: one team's cycles in two of them, within what each says of evidence."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from accreditation.actions.attach_evidence import attach_version
from accreditation.actions.desk import open_cycle
from accreditation.actions.publish_edition import publish_edition
from accreditation.evidence.content import Kind as FileKind
from accreditation.records import library_items, retained
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.permissions import Permission
from tests.api.asking import Client
from tests.api.conftest import AtStage
from tests.examining import seen
from tests.shipped import shipped
from tests.walking import LEAD, NORTH, OFFICE, work

HEARD = "What was heard and what changed in the last year"
PROFILES: dict[str, dict[str, bool]] = {
    "stroke": {"hasu": False, "thrombectomy_centre": False, "rehabilitation": True},
    "jag": {"trains": False},
}


def enrolled(client: Client, folder: str) -> int:
    """North's cycle in a round on this scheme as it ships."""
    house = client.house
    digest = publish_edition(house.database, principal=OFFICE, scheme=shipped(folder).scheme, at=house.now())
    round_id = client.post("/api/rounds", by=OFFICE, json={"name": folder, "edition": digest}).json()["id"]
    wanted = {"team": NORTH, "round": round_id, "profile": PROFILES[folder]}
    cycle: int = client.post("/api/cycles", by=OFFICE, json=wanted).json()["id"]
    return cycle


def heard(client: Client, cycle: int, **more: Any) -> Any:
    """What became of the document on what patients said, sent for stroke's own criterion on it."""
    query = {"title": HEARD, "file_name": "heard.txt", "criterion": ["7.01"], "effective_on": "2026-01-01"}
    return client.attach(by=LEAD, cycle=cycle, content=b"patients were heard", query=query, **more).json()


def filled(client: Client, cycle: int, *, number: int) -> None:
    """So many files more are attached to the cycle, which are all the same: it is the number that counts."""
    with client.house.database.writing() as session:
        _, version = library_items.of_version(session, 1)
        desk = open_cycle(
            session, principal=LEAD, permission=Permission.EVIDENCE_ATTACH, cycle_id=cycle, at=client.house.now()
        )
        for _ in range(number):
            attach_version(desk, version, criteria=["2.16"], places={})


def due(client: Client, at: datetime) -> list[int]:
    with client.house.database.reading() as session:
        return retained.due(session, at=at)


def test_a_document_for_the_stroke_standard_answers_the_endoscopy_standard_too(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    stroke, jag = enrolled(client, "stroke"), enrolled(client, "jag")
    heard(client, stroke)
    (mine,) = client.get("/api/library/1/offers", by=LEAD).json()["cycles"]
    assert (mine["cycle"], mine["words"]) == (
        jag,
        "This would also answer 1 criterion in your cycle of Endoscopy services.",
    )
    (document,) = client.get(f"/api/cycles/{jag}/evidence/offers", by=LEAD).json()["documents"]
    ((offered,), left_out) = document["offered"], document["not_offered"]
    assert (left_out, offered["criterion"], offered["how_much"], offered["because"]) == (
        [], "2.16", "whole",
        ["7.01 of Stroke services asks more than 2.16: Both want patients asked every year and a change to show for "
         "it; this one carers, complaints and the public as well"],
    )  # fmt: skip
    wanted = {"documents": [{"version": document["version"], "criteria": [offered["criterion"]]}]}
    done = client.post(f"/api/cycles/{jag}/evidence/from-library", by=LEAD, json=wanted)
    assert done.status_code == 201
    assert client.get(f"/api/cycles/{jag}/evidence/offers", by=LEAD).json()["documents"] == []
    burden = client.get(f"/api/cycles/{jag}/burden", by=LEAD).json()
    assert (burden["files_uploaded"], burden["answered_by_reuse"]) == (0, 1)


def test_the_endoscopy_standard_takes_so_many_files_of_some_kinds(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    stroke, jag = enrolled(client, "stroke"), enrolled(client, "jag")
    heard(client, stroke)
    filled(client, jag, number=149)
    query = {"title": "Plan", "file_name": "plan.gif", "criterion": ["1.07"]}
    last = client.attach(by=LEAD, cycle=jag, content=b"moving", query=query).json()
    more = client.attach(by=LEAD, cycle=jag, content=b"too many", query=query)
    assert (more.status_code, more.json()["faults"][0]["found"], more.json()["faults"][0]["allowed"]) == (
        422, "150 files are attached", "at most 150 in a cycle of this scheme: withdraw one",
    )  # fmt: skip
    work(replace(client.house, examine=lambda *_: seen(kind=FileKind.GIF)), Kind.EVIDENCE, at=client.house.now())
    shown = {
        one["id"]: one["clearance"] for one in client.get(f"/api/cycles/{jag}/evidence", by=LEAD).json()["evidence"]
    }
    assert (shown[last["id"]]["state"], shown[last["id"]]["said"][-1]["reason"]) == (
        "refused", "it is gif, and this scheme takes pdf, docx, xlsx, pptx, png, jpeg, txt, csv",
    )  # fmt: skip


def test_the_stroke_standard_keeps_evidence_for_six_years_after_a_cycle_ended(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    stroke = enrolled(client, "stroke")
    heard(client, stroke)
    ended = client.house.now()
    left = client.post(f"/api/cycles/{stroke}/withdrawal", by=LEAD, json={"reason": "The ward closes."})
    assert left.status_code == 200
    assert [due(client, ended + timedelta(days=6 * days)) for days in (365, 367)] == [[], [1]]
