import pytest

from accreditation.actions.appoint_settler import appoint_settler
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.leave import send_back, withdraw
from accreditation.actions.submit import submit
from accreditation.actions.take_off import step_down, take_off
from accreditation.errors import Invalid, MoveNotAllowed
from accreditation.records import answers, cycles
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.identifiers import WORDS
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.walking import (
    AT,
    CYCLE,
    LEAD,
    OFFICE,
    due_jobs,
    newest,
    nothing_kept,
    rate_and_hand_in,
    reviewer,
    scheme,
    stage_of,
    team_of,
    walk,
    work,
)


def sent_back(house: House, reason: str = " A file is missing. ") -> Stage:
    return send_back(house.database, principal=OFFICE, cycle_id=CYCLE, reason=reason, at=AT)


def withdrawn(house: House, reason: str = "The ward closes.") -> Stage:
    return withdraw(house.database, principal=LEAD, cycle_id=CYCLE, reason=reason, at=AT)


def test_a_cycle_is_sent_back_with_a_reason_and_keeps_what_was_given(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    assert sent_back(house) == Stage.SELF_ASSESSMENT == stage_of(house)
    detail = {"reason": "A file is missing.", "from": "evidence", "freed_reviewers": []}
    assert newest(house) == [("office:the office", "cycle:send_back", "cycle:1", detail)]
    assert [(job.kind, job.subject) for job in due_jobs(house)][-1] == (Kind.EVIDENCE, CYCLE)
    with house.database.reading() as session:
        assert cycles.now(session, CYCLE).change.reason == "A file is missing."
        assert set(answers.self_ratings(session, [CYCLE])[CYCLE]) == {"1.01", "2.01", "2.02"}
    with nothing_kept(house), pytest.raises(MoveNotAllowed):
        sent_back(house)


def test_a_review_that_was_begun_is_not_taken_for_one_of_what_is_submitted_next(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    rate_and_hand_in(house, "lay")
    before = team_of(house)
    declare_conflict(
        house.database, principal=reviewer(before["lead"]), reviewer_id=before["lead"], organisation_id=1,
        reason="A friend.", at=AT,
    )  # fmt: skip
    sent_back(house)
    assert newest(house)[0][3]["freed_reviewers"] == [before["lay"]]
    assert team_of(house) == {}
    for stage in (Stage.SELF_ASSESSMENT, Stage.EVIDENCE):
        submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=stage, at=AT)
    work(house)
    assert stage_of(house) == Stage.REVIEW
    rate_and_hand_in(house, "lead")
    work(house)
    assert stage_of(house) == Stage.REVIEW, "the lay reviewer reviews what was submitted last"
    rate_and_hand_in(house, "lay")
    work(house)
    assert stage_of(house) == Stage.DECISION


def test_a_cycle_is_withdrawn_with_a_reason_and_its_reviewers_are_free(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    freed = sorted(team_of(house).values())
    assert withdrawn(house) == Stage.WITHDRAWN == stage_of(house)
    ((actor, action, subject, detail),) = newest(house)
    assert (actor, action, subject) == ("team_lead:lead of north", "cycle:withdraw", "cycle:1")
    assert {**detail, "freed_reviewers": sorted(detail["freed_reviewers"])} == {
        "reason": "The ward closes.", "from": "review", "freed_reviewers": freed,
    }  # fmt: skip
    assert team_of(house) == {}
    work(house)
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="Allowed now: nothing: the cycle has ended"):
        withdrawn(house)


def test_nobody_leaves_without_a_reason(for_all_at: AtStage) -> None:
    house = for_all_at(Stage.EVIDENCE)
    with nothing_kept(house):
        for leave in (sent_back, withdrawn):
            for reason in ("", " \n", "x" * 5001, "\x00"):
                with pytest.raises(Invalid, match="reason"):
                    leave(house, reason)


def test_whoever_ends_something_names_no_patient_as_hospitals_of_the_scheme_write_their_numbers(house: House) -> None:
    rules = "evidence_rules: {hospital_numbers: ['RX[0-9]{6}']}"
    walk(house, Stage.REVIEW, edition=scheme(**{"immediate_risk: {": f"{rules}\nimmediate_risk: {{"}))
    reason, lay, database = "It names RX123456.", team_of(house)["lay"], house.database
    for refused in (
        lambda: withdrawn(house, reason),
        lambda: step_down(database, principal=reviewer(lay), cycle_id=CYCLE, reason=reason, at=AT),
        lambda: take_off(database, principal=OFFICE, cycle_id=CYCLE, reviewer_id=lay, reason=reason, at=AT),
        lambda: appoint_settler(
            database, principal=OFFICE, cycle_id=CYCLE, reviewer_id=lay, seen_version=0, reason=reason, at=AT
        ),
    ):
        with nothing_kept(house), pytest.raises(Invalid) as invalid:
            refused()
        assert [(one.where, one.found) for one in invalid.value.faults] == [("reason", WORDS["hospital_number"])]
