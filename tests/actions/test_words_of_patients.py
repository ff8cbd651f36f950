"""Whatever people type about a cycle tells of no patient: it is refused at the door, in words without the number."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from accreditation.actions.answer_request import answer_request
from accreditation.actions.answer_risk import answer_risk
from accreditation.actions.ask_evidence import ask_evidence
from accreditation.actions.attach_from_library import Wanted, attach_from_library, replace_evidence
from accreditation.actions.change_reviewer import ReviewerChange, change_reviewer
from accreditation.actions.create_token import create_token
from accreditation.actions.decide import decide
from accreditation.actions.describe_document import describe_document
from accreditation.actions.import_indicators import OfFile, import_indicators
from accreditation.actions.import_reviewers import ReviewerToImport, import_reviewers
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.map_indicators import map_indicators
from accreditation.actions.open_round import open_round
from accreditation.actions.place_evidence import place_evidence
from accreditation.actions.raise_risk import raise_risk
from accreditation.actions.rate import rate
from accreditation.actions.record_finding import Found, record_finding
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.actions.review import review
from accreditation.actions.settle import settle
from accreditation.actions.withdraw_evidence import withdraw_evidence
from accreditation.actions.wording import NO_PATIENT, check_untold, faults_of_prose
from accreditation.database import Database
from accreditation.errors import Invalid
from accreditation.records import risks
from accreditation.records.evidence_requests import EvidenceRequest
from accreditation.rules.cycle import Stage
from accreditation.rules.findings import Draft, Kind
from accreditation.rules.indicators.mapping import Columns
from accreditation.rules.library import Described
from accreditation.rules.people import Principal, Role
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from accreditation.scheme.process import EvidenceRules
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.examining import NUMBER
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    LEAD,
    OFFICE,
    attach,
    given,
    keep,
    later,
    nothing_kept,
    reviewer,
    scheme,
    team_of,
)

WORDS = f"Seen with patient {NUMBER}."
REQUEST = "0123456789abcdef"


def who(house: House) -> Principal:
    return reviewer(team_of(house)["lead"])


def wanted(house: House) -> Wanted:
    return Wanted(version=1, criteria=["1.01"], places={"1.01": WORDS})


def on(house: House, by: Principal = LEAD, **more: Any) -> dict[str, Any]:
    return {"database": house.database, "principal": by, "cycle_id": CYCLE, "at": AT, **more}


SAID = given({"1.01": Answer(rating="met", note=WORDS)}, seen=1)
FOUND = {"found": Found(draft=Draft(kind=Kind.KEY_ACTION, text=WORDS), seen_version=0)}
DESCRIBED = Described(title=WORDS, owner=WORDS)

DOORS: dict[str, tuple[Stage, tuple[str, ...], Callable[[House], object]]] = {
    "a file": (
        Stage.EVIDENCE, ("title", "owner", "place of criterion 1.01", "file name"),
        lambda house: attach(house, title=WORDS, owner=WORDS, places={"1.01": WORDS}, file_name=f"{NUMBER}.pdf"),
    ),
    "folders before its name": (
        Stage.EVIDENCE, ("file name",), lambda house: attach(house, file_name=f"C:\\NHS {NUMBER}\\rota.pdf")
    ),
    "a document": (Stage.EVIDENCE, ("title", "owner"), lambda house: keep(house, title=WORDS, owner=WORDS)),
    "what is said of a document": (
        Stage.ASSIGNMENT, ("title", "owner"),
        lambda house: describe_document(
            house.database, principal=LEAD, version_id=1, described=DESCRIBED, seen_version=1, at=AT
        ),
    ),
    "a page of a document": (
        Stage.EVIDENCE, ("place of criterion 1.01",),
        lambda house: attach_from_library(**on(house, wanted=[wanted(house)])),
    ),
    "a page": (
        Stage.EVIDENCE, ("place of criterion 1.01",),
        lambda house: place_evidence(**on(house, evidence_id=1, criterion="1.01", place=WORDS)),
    ),
    "what is put in a file's place": (
        Stage.EVIDENCE, ("version", "reason", "place of criterion 1.01"),
        lambda house: replace_evidence(**on(house, evidence_id=1, wanted=wanted(house), reason=WORDS)),
    ),
    "a file taken back": (
        Stage.EVIDENCE, ("reason",), lambda house: withdraw_evidence(**on(house, evidence_id=1, reason=WORDS))
    ),
    "a note": (Stage.EVIDENCE, ("criterion 1.01",), lambda house: rate(**on(house, given=SAID))),
    "a reviewer's note": (Stage.REVIEW, ("criterion 1.01",), lambda house: review(**on(house, who(house), given=SAID))),
    "a finding": (
        Stage.REVIEW, ("finding a",), lambda house: record_finding(**on(house, who(house), key="a", **FOUND))
    ),
    "a question": (
        Stage.REVIEW, ("question",),
        lambda house: ask_evidence(**on(house, who(house), criterion="1.01", question=WORDS)),
    ),
    "a risk": (
        Stage.REVIEW, ("text",), lambda house: raise_risk(**on(house, who(house), criterion=None, text=WORDS))
    ),
    "a reason to settle": (
        Stage.CONSENSUS, ("reason",),
        lambda house: settle(
            **on(house, who(house), criterion="1.01", answer=Answer(rating="met", note=WORDS))
        ),
    ),
    "a reason to decide": (
        Stage.DECISION, ("reason",),
        lambda house: decide(**on(house, COMMITTEE, outcome="deferred", reason=WORDS, conditions=())),
    ),
}  # fmt: skip


@pytest.mark.parametrize("door", [one for one, (stage, _, _) in DOORS.items() if stage is not Stage.EVIDENCE])
def test_words_that_tell_of_a_patient_are_refused_without_repeating_them(for_all_at: AtStage, door: str) -> None:
    stage, where, act = DOORS[door]
    refused(for_all_at(stage), where, act)


def test_words_about_evidence_that_tell_of_a_patient_are_refused_without_repeating_them(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    attach(house)
    for stage, where, act in DOORS.values():
        if stage is Stage.EVIDENCE:
            refused(house, where, act)


def test_replies_are_looked_at_too(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    asked = EvidenceRequest(
        name=REQUEST, cycle_id=CYCLE, assignment_id=1, criterion="1.01", question="The rota?", due_at=later(7),
        by="lead", at=AT,
    )  # fmt: skip
    with house.database.bookkeeping() as session:
        session.add(asked)
    raise_risk(**on(house, who(house), criterion=None, text="No cover at night."))
    with house.database.reading() as session:
        (risk,) = [raised.name for raised, _ in risks.of_cycle(session, CYCLE)]
    refused(house, ("reply",), lambda one: answer_request(**on(one, request=REQUEST, reply=WORDS)))
    refused(house, ("reply",), lambda one: answer_risk(**on(one, risk=risk, reply=WORDS)))


def refused(house: House, where: tuple[str, ...], act: Callable[[House], object]) -> None:
    with nothing_kept(house), pytest.raises(Invalid) as invalid:
        act(house)
    assert sorted(one.where for one in invalid.value.faults) == sorted(where)
    assert {one.allowed for one in invalid.value.faults if one.where != "version"} == {NO_PATIENT}
    assert NUMBER not in str(invalid.value)


def test_other_numbers_are_let_by() -> None:
    for words in (f"Telephone {NUMBER}", "Ring 0161 496 0000", "ISBN 9434765919", "Seen on 01/02/2026 by Amber Quill"):
        assert list(faults_of_prose("note", words)) == []


def test_a_scheme_names_its_own_numbers_and_may_leave_patients_to_others() -> None:
    own, left = EvidenceRules(hospital_numbers=(r"RX\d{6}",)), EvidenceRules(patient_identifiers="not_searched")
    assert [one.found for one in faults_of_prose("note", "See RX123456.", rules=own)] == ["a hospital number"]
    assert list(faults_of_prose("note", WORDS, rules=left)) == []


def test_a_name_that_the_ledger_keeps_tells_of_no_patient(house: House) -> None:
    with nothing_kept(house):
        with pytest.raises(Invalid) as reviewers:
            register_reviewer(
                house.database, principal=OFFICE, name=WORDS, roles=["lead"], organisation_id=None, capacity=1, at=AT
            )
        with pytest.raises(Invalid) as tokens:
            create_token(
                house.database, principal=OFFICE, name=WORDS, role=Role.OFFICE, team_id=None, reviewer_id=None,
                valid_for=timedelta(days=1), at=AT,
            )  # fmt: skip
    for refused in (reviewers, tokens):
        assert [(one.where, one.allowed) for one in refused.value.faults] == [("name", NO_PATIENT)]


NAMED: dict[str, tuple[tuple[str, ...], Callable[[Database, Scheme], object]]] = {
    "teams": (
        ("team 1, team", "team 1, organisation", "team 2, place"),
        lambda database, _: import_teams(
            database, principal=OFFICE, at=AT, rows=[
                TeamToImport(organisation=f"Trust of {NUMBER}", team=WORDS, service_line="stroke"),
                TeamToImport(organisation="North", team="North", service_line="stroke", place=f"Bed of {NUMBER}"),
            ],
        ),
    ),
    "a round": (
        ("name",), lambda database, scheme: open_round(database, principal=OFFICE, digest="", name=WORDS, at=AT)
    ),
    "columns": (
        ("name", "heading", "too few cases"),
        lambda database, scheme: map_indicators(
            database, principal=OFFICE, scheme=scheme, at=AT, columns=Columns(
                name=NUMBER, team="Team", values={"2.01": f"Time of {NUMBER}"}, too_few=(WORDS,),
            ),
        ),
    ),
    "a file of figures": (
        ("source", "file name"),
        lambda database, _: import_indicators(
            database, principal=OFFICE, round_id=1, reported=(),
            of=OfFile(source=WORDS, file_name=f"{NUMBER}.csv", digest="0" * 64), at=AT,
        ),
    ),
    "reviewers of a list": (
        ("line 2 name", "line 2 employer", "line 2 specialties", "line 3 region"),
        lambda database, _: import_reviewers(
            database, principal=OFFICE, register_employers=True, at=AT, rows=[
                ReviewerToImport(
                    where="line 2", name=WORDS, roles=("lead",), capacity=1, employer=f"Trust of {NUMBER}",
                    specialties=(f"nurse of {NUMBER}",),
                ),
                ReviewerToImport(where="line 3", name="A", roles=("lead",), capacity=1, region=f"{NUMBER} ward"),
            ],
        ),
    ),
    "a reviewer changed": (
        ("region", "place"),
        lambda database, _: change_reviewer(
            database, principal=OFFICE, reviewer_id=1, at=AT,
            change=ReviewerChange(region=f"{NUMBER} ward", place=f"Bed of {NUMBER}"),
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("door", NAMED)
def test_names_that_the_office_brings_in_tell_of_no_patient(house: House, door: str) -> None:
    where, act = NAMED[door]
    register_reviewer(
        house.database, principal=OFFICE, name="Somebody", roles=["lead"], organisation_id=None, capacity=1, at=AT
    )
    refused(house, where, lambda one: act(one.database, scheme()))


PLACES = (
    "Leeds", "Barnsley", "St Helens", "East Kent", "Mid Yorkshire", "County Durham", "Royal Devon", "Dorset",
    "Kingston",
    "South Tees", "Calderdale", "Gateshead", "Salford", "Wirral", "Luton", "Milton Keynes", "Torbay", "Hull",
    "Powys", "Fife",
)  # fmt: skip
CALLED = (
    "{} Teaching Hospitals NHS Foundation Trust", "{} Stroke Unit, Ward 7", "Hyperacute Stroke Unit ({}), Ward 12B",
    "NHS {} Integrated Care Board QWO", "{} Community Stroke Team, tel 0113 496 0000", "{} General Hospital, LS1 3EX",
    "{} Early Supported Discharge, 7-day service 2026", "{} Endoscopy Unit (RXF05)", "{} Ward 7 2026-01-12",
    "{} 24/7 thrombectomy, 0300 123 1234", "Autumn 2026, {}, opened 12/01/2026", "{} 2023-10-01 to 2023-12-31",
)  # fmt: skip


def test_ordinary_names_of_services_are_let_by() -> None:
    names = [called.format(place) for place in PLACES for called in CALLED]
    assert len(names) == 240
    check_untold((name, name) for name in names)
