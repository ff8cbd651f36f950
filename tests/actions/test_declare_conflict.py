from typing import Any

import pytest

from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.review import hand_in, review
from accreditation.errors import Invalid, NotFound, NotPermitted
from accreditation.records import answers, cycles, reviewers
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.walking import (
    AT,
    CYCLE,
    OFFICE,
    due_jobs,
    found,
    newest,
    nothing_kept,
    rate_and_hand_in,
    reviewer,
    stage_of,
    team_of,
    work,
)


def declared(
    house: House,
    number: int,
    *,
    by: Principal | None = None,
    organisation: int = 1,
    reason: str = "My brother works there.",
) -> bool:
    who = by or reviewer(number)
    return declare_conflict(
        house.database, principal=who, reviewer_id=number, organisation_id=organisation, reason=reason, at=AT
    )


def told(entry: tuple[str, str, str, Any]) -> dict[str, Any]:
    """What an entry tells of a declaration; the reason's digest stands there, the reason does not."""
    detail = dict(entry[3])
    assert len(detail.pop("reason_sha256")) == 64
    return detail


def test_a_conflict_declared_before_the_match_keeps_the_reviewer_out(at_stage: AtStage) -> None:
    house = at_stage(Stage.ASSIGNMENT)
    assert declared(house, 1) is True
    (entry,) = newest(house)
    assert entry[:3] == ("reviewer:reviewer 1", "conflict:declare", "reviewer:1")
    assert told(entry) == {"reviewer": 1, "organisation": 1, "left_cycles": [], "handed_in_before": []}
    work(house)
    assert team_of(house)["lead"] == 2
    with nothing_kept(house):
        assert declared(house, 1, reason="Another reason.") is False


def test_a_conflict_in_review_sends_the_cycle_to_another_reviewer(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    before = team_of(house)
    assert declared(house, before["lead"]) is True
    left, entry = newest(house, number=2)
    assert told(entry) == {
        "reviewer": before["lead"], "organisation": 1, "left_cycles": [CYCLE], "handed_in_before": []
    }  # fmt: skip
    assert left[1:] == ("review:reassign", "cycle:1", {"left": before["lead"], "role": "lead"})
    assert (stage_of(house), team_of(house)) == (Stage.ASSIGNMENT, {"lay": before["lay"]})
    with house.database.reading() as session:
        change = cycles.history(session, CYCLE)[-1]
    assert (change.move, change.by, change.reason) == ("reassign", "engine", "a reviewer has left the review team")
    work(house)
    assert stage_of(house) == Stage.REVIEW
    assert team_of(house) == {"lay": before["lay"], "lead": 3 - before["lead"]}


def test_the_ratings_of_the_others_stay_when_one_leaves_and_only_who_sits_is_waited_for(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    before = team_of(house)
    review(house.database, principal=reviewer(before["lead"]), cycle_id=CYCLE, given=found(c1_01="not_met"), at=AT)
    rate_and_hand_in(house, "lay")
    declared(house, before["lead"])
    work(house)
    assert stage_of(house) == Stage.REVIEW
    with house.database.reading() as session:
        kept = answers.review_ratings(session, [1, 2, 3])
    assert {number: len(given) for number, given in kept.items()} == {1: 3, 2: 3, 3: 0}
    rate_and_hand_in(house, "lead")
    work(house)
    assert stage_of(house) == Stage.DECISION, "what the reviewer who left had rated is not compared"


def test_a_cycle_that_waits_already_is_looked_at_again_when_somebody_leaves(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    before = team_of(house)
    declared(house, before["lead"])
    declared(house, before["lay"])
    assert [(job.kind, job.subject) for job in due_jobs(house)][-1] == (Kind.ASSIGNMENT, 1)
    assert (stage_of(house), team_of(house)) == (Stage.ASSIGNMENT, {})
    work(house)
    assert team_of(house) == {"lead": 3 - before["lead"], "lay": 7 - before["lay"]}


def test_a_review_handed_in_before_stands_and_the_conflict_is_kept(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    rate_and_hand_in(house, "lead")
    before = team_of(house)
    assert declared(house, before["lead"]) is True
    (entry,) = newest(house)
    assert told(entry) == {
        "reviewer": before["lead"], "organisation": 1, "left_cycles": [], "handed_in_before": [CYCLE]
    }  # fmt: skip
    assert (stage_of(house), team_of(house)) == (Stage.REVIEW, before)
    assert declared(house, before["lead"], organisation=2) is True
    with nothing_kept(house):
        hand_in(house.database, principal=reviewer(before["lead"]), cycle_id=CYCLE, at=AT)


def test_a_reviewer_declares_for_nobody_else(for_all_at: AtStage) -> None:
    house = for_all_at(Stage.REVIEW)
    with nothing_kept(house), pytest.raises(NotPermitted, match="A reviewer declares conflicts for themselves"):
        declared(house, 1, by=reviewer(2))


def test_a_conflict_without_a_reason_or_with_nobody_is_refused(for_all_at: AtStage) -> None:
    house = for_all_at(Stage.REVIEW)
    with nothing_kept(house):
        with pytest.raises(Invalid, match="reason: empty; say what the conflict is, in a sentence"):
            declared(house, 1, reason=" ")
        with pytest.raises(NotFound, match=r"There is no organisation 99\."):
            declared(house, 1, organisation=99)
        with pytest.raises(NotFound, match=r"There is no reviewer 99\."):
            declared(house, 99, by=OFFICE)


def test_the_reason_is_kept_for_the_college_alone(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    declared(house, 1, reason=" My brother works there. ")
    with house.database.reading() as session:
        row = reviewers.conflict_between(session, reviewer_id=1, organisation_id=1)
    assert row is not None
    assert row.reason == "My brother works there."
