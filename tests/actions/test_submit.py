import pytest

from accreditation.actions.leave import send_back
from accreditation.actions.submit import submit
from accreditation.errors import Invalid, MoveNotAllowed
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.walking import (
    AT,
    CYCLE,
    LEAD,
    OFFICE,
    attach,
    begin,
    due_jobs,
    newest,
    nothing_kept,
    rate_all,
    stage_of,
    work,
)


def submitted(house: House, stage: Stage) -> Stage:
    return submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=stage, at=AT)


def test_an_answered_self_assessment_goes_on_to_evidence(house: House) -> None:
    begin(house)
    rate_all(house)
    assert submitted(house, Stage.SELF_ASSESSMENT) == Stage.EVIDENCE == stage_of(house)
    detail = {"stage": "self_assessment", "answers": 3}
    assert newest(house) == [("team_lead:lead of north", "assessment:submit", "cycle:1", detail)]
    assert [(job.kind, job.subject) for job in due_jobs(house)][-1] == (Kind.EVIDENCE, CYCLE)


def test_complete_evidence_goes_on_to_assignment_and_the_rounds_engine(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    attach(house)
    work(house, Kind.EVIDENCE)
    assert submitted(house, Stage.EVIDENCE) == Stage.ASSIGNMENT == stage_of(house)
    assert [(job.kind, job.subject) for job in due_jobs(house)][-1] == (Kind.ASSIGNMENT, 1)


def test_a_second_click_does_not_submit_the_next_stage(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    attach(house)
    with nothing_kept(house):
        assert submitted(house, Stage.SELF_ASSESSMENT) == Stage.EVIDENCE


def test_after_being_sent_back_a_stage_is_submitted_anew(at_stage: AtStage) -> None:
    house = at_stage(Stage.ASSIGNMENT)
    send_back(house.database, principal=OFFICE, cycle_id=CYCLE, reason="A file is missing.", at=AT)
    with (
        nothing_kept(house),
        pytest.raises(MoveNotAllowed, match="You submit 'evidence', but the cycle is in 'self"),
    ):
        submitted(house, Stage.EVIDENCE)
    assert submitted(house, Stage.SELF_ASSESSMENT) == Stage.EVIDENCE
    assert submitted(house, Stage.EVIDENCE) == Stage.ASSIGNMENT


def test_a_submission_of_another_stage_says_what_is_allowed_now(for_all_at: AtStage) -> None:
    house = for_all_at(Stage.SELF_ASSESSMENT)
    with nothing_kept(house), pytest.raises(MoveNotAllowed) as refused:
        submitted(house, Stage.EVIDENCE)
    assert refused.value.stage == "self_assessment"
    assert "submit (by the team's lead)" in refused.value.allowed


def test_everything_that_is_missing_is_named_at_once(for_all_at: AtStage) -> None:
    house = for_all_at(Stage.SELF_ASSESSMENT)
    with nothing_kept(house), pytest.raises(Invalid) as invalid:
        submitted(house, Stage.SELF_ASSESSMENT)
    assert [fault.where for fault in invalid.value.faults] == ["criterion 1.01", "criterion 2.01", "criterion 2.02"]


def test_required_evidence_that_is_missing_is_named(for_all_at: AtStage) -> None:
    house = for_all_at(Stage.EVIDENCE)
    with nothing_kept(house), pytest.raises(Invalid) as invalid:
        submitted(house, Stage.EVIDENCE)
    assert [str(fault) for fault in invalid.value.faults] == [
        "criterion 1.01: required evidence is not attached; attach: Job plan"
    ]
