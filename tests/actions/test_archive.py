"""What is in an archive, for whom, and what is left out with which reason."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from accreditation.actions.delete_evidence import delete_evidence
from accreditation.actions.leave import withdraw
from accreditation.archive.verify import verify_archive
from accreditation.errors import NotFound, NotPermitted
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.rules.retention import Cause
from tests.actions.conftest import AtStage
from tests.archiving import contents, exported, taken
from tests.examining import PATIENT
from tests.walking import AT, COMMITTEE, CYCLE, LEAD, MEMBER, NORTHS_LEAD, OFFICE, STRANGER, attach, reviewer, work

FOR_BOTH = [
    "index.html", "records/cycle.json", "records/evidence.json", "records/self_assessment.json",
    "records/indicators.json", "records/requests.json", "records/risks.json", "records/settlements.json",
    "records/recommendation.json", "records/decision.json", "records/history.json", "records/edition.json",
    "records/working.json", "ledger/entries.jsonl", "ledger/chain.txt", "documents/1.01 Named lead/1 Job plan.txt",
]  # fmt: skip
FOR_THE_OFFICE = ["records/reviews.json", "records/findings.json"]


def record(file: Path, name: str) -> Any:
    return json.loads(contents(file)[f"records/{name}.json"])


def test_the_office_gets_what_reviewers_said_alone_and_a_team_does_not(at_stage: AtStage, tmp_path: Path) -> None:
    house = at_stage(Stage.PUBLISHED)
    office, team = tmp_path / "office.zip", tmp_path / "team.zip"
    exported(house, office)
    exported(house, team, LEAD)
    assert set(contents(office)) == {*FOR_BOTH, *FOR_THE_OFFICE, "manifest.json"}
    assert set(contents(team)) == {*FOR_BOTH, "manifest.json"}
    assert [one["name"] for one in record(office, "reviews")["reviewers"]] == ["Lay 4", "Lead 1"]
    told = b"".join(contents(team).values())
    assert b"Lay 4" not in told
    assert b"review:close" not in told
    assert re.findall(rb"reviewer \d", told) == [], "nor by which account a reviewer settled"
    assert next(one["settlement"]["by"] for one in record(office, "settlements")["criteria"]) == "reviewer 1"
    assert verify_archive(office).whole
    assert verify_archive(team).whole


@pytest.mark.parametrize("stage", [Stage.SELF_ASSESSMENT, Stage.REVIEW, Stage.PUBLISHED, Stage.WITHDRAWN])
def test_the_office_takes_a_cycle_in_any_stage_a_lead_only_once_it_is_published(
    at_stage: AtStage, tmp_path: Path, stage: Stage
) -> None:
    house = at_stage(stage)
    exported(house, tmp_path / "office.zip")
    checked = verify_archive(tmp_path / "office.zip")
    assert (checked.whole, checked.manifest.about.stage) == (True, stage)
    if stage is Stage.PUBLISHED:
        assert taken(house, LEAD).manifest.about.made_for == "team"
        return
    with pytest.raises(NotFound, match="once the result is published"):
        taken(house, LEAD)


def test_a_cycle_that_was_withdrawn_after_its_review_is_whole_though_nobodys_ratings_stand(
    at_stage: AtStage, tmp_path: Path
) -> None:
    house = at_stage(Stage.CONSENSUS)
    withdraw(house.database, principal=LEAD, cycle_id=CYCLE, reason="The unit closes.", at=AT)
    exported(house, tmp_path / "office.zip")
    assert record(tmp_path / "office.zip", "reviews")["reviewers"] == []
    assert verify_archive(tmp_path / "office.zip").faults == ()


@pytest.mark.parametrize(
    ("who", "refusal"),
    [(STRANGER, NotFound), (reviewer(99), NotFound), (MEMBER, NotPermitted), (COMMITTEE, NotPermitted),
     (reviewer(NORTHS_LEAD), NotPermitted)],
)  # fmt: skip
def test_nobody_else_takes_one(for_all_at: AtStage, who: Principal, refusal: type[Exception]) -> None:
    house = for_all_at(Stage.REVIEW)
    with pytest.raises(refusal):
        taken(house, who)


def test_during_a_review_nothing_of_it_is_in_the_offices_archive(at_stage: AtStage, tmp_path: Path) -> None:
    house = at_stage(Stage.REVIEW)
    exported(house, tmp_path / "office.zip")
    assert record(tmp_path / "office.zip", "reviews")["reviewers"] == []


def test_a_file_that_is_not_cleared_is_left_out_and_not_even_named(at_stage: AtStage, tmp_path: Path) -> None:
    house = at_stage(Stage.EVIDENCE)
    attach(house)
    attach(house, content=PATIENT, title="Letter to a patient", file_name="letter.txt")
    work(house)
    archive = exported(house, tmp_path / "office.zip")
    assert [(one.evidence, one.title) for one in archive.manifest.absent] == [(2, "Evidence 2, not cleared")]
    assert archive.manifest.absent[0].why.startswith("It is not cleared: ")
    assert b"Letter" not in (tmp_path / "office.zip").read_bytes()
    assert (archive.documents, verify_archive(tmp_path / "office.zip").whole) == (1, True)


@pytest.mark.parametrize(
    ("content", "why"), [(None, "It is not in the store"), (b"a job lan", "not what was handed in")]
)
def test_bytes_that_the_store_does_not_have_are_left_out_and_the_archive_says_so(
    at_stage: AtStage, tmp_path: Path, content: bytes | None, why: str
) -> None:
    house = at_stage(Stage.ASSIGNMENT)
    (lying,) = house.settings.data.glob("evidence/??/*")
    lying.unlink()
    if content is not None:
        lying.write_bytes(content)
    archive = exported(house, tmp_path / "office.zip")
    assert [why in one.why for one in archive.manifest.absent] == [True]
    page = contents(tmp_path / "office.zip")["index.html"].decode()
    assert "1 Job plan (not in here)" in page
    assert (archive.documents, verify_archive(tmp_path / "office.zip").whole) == (0, True)


def test_what_was_deleted_is_left_out_with_the_reason_that_was_given(at_stage: AtStage, tmp_path: Path) -> None:
    house = at_stage(Stage.PUBLISHED)
    delete_evidence(
        house.database, principal=OFFICE, version_ids=[1], cause=Cause.PATIENT_DATA, reason="A name was seen.", at=AT
    )
    for by in (OFFICE, LEAD):
        archive = exported(house, tmp_path / "gone.zip", by)
        assert [one.why.endswith("A name was seen.") for one in archive.manifest.absent] == [True]
        assert (archive.documents, verify_archive(tmp_path / "gone.zip").whole) == (0, True)
        assert b"a job plan" not in (tmp_path / "gone.zip").read_bytes()


def test_one_document_for_several_pieces_of_evidence_lies_there_once(at_stage: AtStage, tmp_path: Path) -> None:
    house = at_stage(Stage.EVIDENCE)
    attach(house)
    attach(house, criteria=["2.01"], title="The same")
    work(house)
    archive = exported(house, tmp_path / "office.zip")
    documents = [one for one in archive.manifest.members if one.evidence]
    assert [(one.name, one.evidence) for one in documents] == [("documents/1.01 Named lead/1 Job plan.txt", (1, 2))]
    assert verify_archive(tmp_path / "office.zip").whole


def test_the_same_records_make_the_same_archive_whoever_of_a_side_takes_it_and_whenever(
    at_stage: AtStage, tmp_path: Path
) -> None:
    house = at_stage(Stage.PUBLISHED)
    first = exported(house, tmp_path / "1.zip")
    exported(house, tmp_path / "2.zip", Principal(name="another desk", role=OFFICE.role))
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    assert (tmp_path / "1.zip").stat().st_size == first.size


def test_the_page_escapes_whatever_people_wrote(at_stage: AtStage, tmp_path: Path) -> None:
    house = at_stage(Stage.EVIDENCE)
    attach(house, title='<script>alert(1)</script> & "co"', file_name="a<b>.txt")
    work(house)
    exported(house, tmp_path / "office.zip")
    page = contents(tmp_path / "office.zip")["index.html"].decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;co&quot;" in page
    assert "http" not in page.replace("http-equiv", "")
