import pytest
from sqlmodel import select

from accreditation.actions.assign import assign, assign_round
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.enrol import enrol
from accreditation.actions.leave import withdraw
from accreditation.actions.rate import rate
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.actions.submit import submit
from accreditation.errors import NotFound
from accreditation.records.jobs import Kind
from accreditation.records.reviewers import AssignmentBlock, Reviewer
from accreditation.rules.cycle import Stage
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.walking import (
    ANSWERS,
    AT,
    CYCLE,
    LAYS,
    OFFICE,
    ROUND,
    SOUTH,
    STRANGER,
    attach,
    due_jobs,
    given,
    job_of,
    newest,
    nothing_kept,
    stage_of,
    team_of,
    work,
)

NOBODY = (
    "2 reviewers hold the role lay: 2 with a declared conflict of interest; to fill a place, register another reviewer "
    "who holds the role lay and has no conflict with North."
)


def conflict(house: House, number: int, reason: str = "A private reason.") -> None:
    declare_conflict(house.database, principal=OFFICE, reviewer_id=number, organisation_id=1, reason=reason, at=AT)


def south_waits(house: House) -> None:
    """South is enrolled and waits for a review team too, as cycle 2."""
    database = house.database
    enrol(database, principal=OFFICE, team_id=SOUTH, round_id=ROUND, profile={"hasu": False}, at=AT)
    rate(database, principal=STRANGER, cycle_id=2, given=given(ANSWERS), at=AT)
    submit(database, principal=STRANGER, cycle_id=2, stage=Stage.SELF_ASSESSMENT, at=AT)
    attach(house, cycle=2, by=STRANGER)
    work(house, Kind.EVIDENCE)
    submit(database, principal=STRANGER, cycle_id=2, stage=Stage.EVIDENCE, at=AT)


def blocks(house: House) -> list[str]:
    with house.database.reading() as session:
        return [row.reason for row in session.exec(select(AssignmentBlock).order_by("id"))]


def test_the_engine_seats_a_review_team_and_the_review_begins(at_stage: AtStage) -> None:
    house = at_stage(Stage.ASSIGNMENT)
    job = job_of(house, Kind.ASSIGNMENT)
    assert assign_round(house.database, job_id=job, at=AT) == (CYCLE,)
    team = team_of(house)
    assert (stage_of(house), set(team)) == (Stage.REVIEW, {"lead", "lay"})
    seated, matched = newest(house, number=2)
    assert seated[:3] == ("engine:engine", "review:assign", "cycle:1")
    assert [(one["reviewer"], one["role"]) for one in seated[3]["team"]] == [
        (team["lay"], "lay"),
        (team["lead"], "lead"),
    ]
    assert matched == (
        "engine:engine", "review:match", "round:1",
        {"job": job, "waiting": [CYCLE], "ready": [CYCLE], "proposal": None, "proven_best": True},
    )  # fmt: skip
    with nothing_kept(house):
        assert assign_round(house.database, job_id=job, at=AT) == ()
        assert assign(house.database, principal=OFFICE, round_id=ROUND, at=AT) == ()


def test_a_round_that_does_not_exist_is_not_found(for_all_at: AtStage) -> None:
    house = for_all_at(Stage.ASSIGNMENT)
    with nothing_kept(house), pytest.raises(NotFound, match=r"There is no round 99\."):
        assign(house.database, principal=OFFICE, round_id=99, at=AT)


def test_a_cycle_without_a_team_is_told_why_once_for_the_same_reason(at_stage: AtStage) -> None:
    house = at_stage(Stage.ASSIGNMENT)
    for number in LAYS:
        conflict(house, number)
    assert assign(house.database, principal=OFFICE, round_id=ROUND, at=AT) == ()
    assert newest(house) == [("office:the office", "review:blocked", "cycle:1", {"reason": NOBODY})]
    with nothing_kept(house):
        assign(house.database, principal=OFFICE, round_id=ROUND, at=AT)
    assert (stage_of(house), blocks(house)) == (Stage.ASSIGNMENT, [NOBODY])


def test_a_round_that_waits_is_tried_again_when_a_reviewer_joins(at_stage: AtStage) -> None:
    house = at_stage(Stage.ASSIGNMENT)
    for number in LAYS:
        conflict(house, number)
    work(house)
    assert (stage_of(house), due_jobs(house)) == (Stage.ASSIGNMENT, [])
    new = register_reviewer(
        house.database, principal=OFFICE, name="Lay 9", roles=["lay"], organisation_id=None, capacity=1, at=AT
    )
    assert [(job.kind, job.subject) for job in due_jobs(house)] == [(Kind.ASSIGNMENT, ROUND)]
    work(house)
    assert (stage_of(house), team_of(house)["lay"]) == (Stage.REVIEW, new)


def test_a_team_that_stands_elsewhere_in_the_round_uses_capacity_and_is_left_alone(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    before = team_of(house)
    south_waits(house)
    work(house)
    assert team_of(house) == before
    assert stage_of(house, cycle=2) == Stage.REVIEW
    assert {before["lead"], team_of(house, 2)["lead"]} == {1, 2}, "the load is shared"


def test_reviewers_of_a_cycle_that_is_withdrawn_are_free_for_the_others(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    sitting = team_of(house)["lead"]
    south_waits(house)
    for number in {1, 2} - {sitting}:
        declare_conflict(
            house.database, principal=OFFICE, reviewer_id=number, organisation_id=2, reason="A friend.", at=AT
        )
    with house.database.bookkeeping() as session:
        session.get_one(Reviewer, sitting).capacity = 1
    work(house)
    assert stage_of(house, cycle=2) == Stage.ASSIGNMENT
    withdraw(house.database, principal=OFFICE, cycle_id=CYCLE, reason="The ward closes.", at=AT)
    work(house)
    assert (stage_of(house, cycle=2), team_of(house, 2)["lead"], team_of(house)) == (Stage.REVIEW, sitting, {})
