"""Somebody leaves in mid-visit: what they rated is kept and does not count; what the others scored stands."""

import pytest

from accreditation.actions.leave import send_back
from accreditation.actions.questions import HANDED_IN, questions_of
from accreditation.actions.review import hand_in, review
from accreditation.actions.submit import submit
from accreditation.actions.take_off import step_down, take_off
from accreditation.errors import Invalid, MoveNotAllowed, NotFound
from accreditation.records import answers, reviewers
from accreditation.records.invitations import Said
from accreditation.rules.cycle import Stage
from accreditation.rules.wishes import Lock, Swap
from accreditation.views.invitations import proposed_to_service
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.proposing import all_agree, asked, change, confirm_all, endings, proposed, says, to_proposal
from tests.walking import (
    AT,
    CYCLE,
    LEAD,
    OFFICE,
    ROUND,
    found,
    newest,
    nothing_kept,
    rate_and_hand_in,
    reviewer,
    stage_of,
    team_of,
    work,
)

REASON = "Long-term sick leave."


def off(house: House, number: int) -> bool:
    return take_off(house.database, principal=OFFICE, cycle_id=CYCLE, reviewer_id=number, reason=REASON, at=AT)


def leaves(house: House, number: int, reason: str = REASON) -> None:
    step_down(house.database, principal=reviewer(number), cycle_id=CYCLE, reason=reason, at=AT)


def ended(house: House) -> list[tuple[int, str, str, str]]:
    with house.database.reading() as session:
        rows = reviewers.left(session, cycle_ids=[CYCLE])
    return [(one.reviewer_id, end.how, end.reason, end.by) for one, end in rows]


def test_a_reviewer_leaves_and_another_is_found_who_is_not_them(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    before = team_of(house)
    leaves(house, before["lead"], f" {REASON} ")
    assert (stage_of(house), team_of(house)) == (Stage.ASSIGNMENT, {"lay": before["lay"]})
    assert ended(house) == [(before["lead"], "stepped_down", REASON, f"reviewer {before['lead']}")]
    told = [entry for entry in newest(house, number=2) if entry[1] == "review:leave"]
    assert [entry[2] for entry in told] == ["cycle:1"]
    assert REASON not in str(told)
    work(house)
    assert team_of(house) == {"lay": before["lay"], "lead": 3 - before["lead"]}


def test_what_the_others_rated_and_handed_in_stands_and_the_leavers_ratings_do_not_count(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    before = team_of(house)
    review(house.database, principal=reviewer(before["lead"]), cycle_id=CYCLE, given=found(c1_01="not_met"), at=AT)
    rate_and_hand_in(house, "lay")
    off(house, before["lead"])
    work(house)
    rate_and_hand_in(house, "lead")
    work(house)
    assert stage_of(house) is Stage.DECISION, "the two who sit agree; the one who left is not compared"
    with house.database.reading() as session:
        kept = answers.review_ratings(session, [1, 2, 3])
    assert {number: len(given) for number, given in kept.items()} == {1: 3, 2: 3, 3: 3}


def test_a_review_that_is_handed_in_only_the_office_sets_aside(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    rate_and_hand_in(house, "lead", c1_01="not_met")
    who = team_of(house)["lead"]
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="You have handed in your review, and it stands"):
        leaves(house, who)
    assert off(house, who) is True
    with nothing_kept(house):
        assert off(house, who) is False
    work(house)
    for role in ("lead", "lay"):
        rate_and_hand_in(house, role)
    work(house)
    assert stage_of(house) is Stage.DECISION
    with house.database.reading() as session:
        assert len(answers.review_ratings(session, [1, 2])[1]) == 3, "kept"


def test_nobody_leaves_without_a_reason_or_from_a_team_they_are_not_in(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    with nothing_kept(house):
        with pytest.raises(Invalid, match="reason: empty"):
            leaves(house, team_of(house)["lead"], " ")
        with pytest.raises(NotFound, match="Reviewer 99 does not sit in this review team and is not asked to"):
            off(house, 99)
        with pytest.raises(NotFound, match="There is no such cycle, or it is not one of yours"):
            leaves(house, 3 - team_of(house)["lead"])


@pytest.mark.parametrize("stage", [Stage.CONSENSUS, Stage.DECISION, Stage.PUBLISHED])
def test_after_the_review_the_team_stands(for_all_at: AtStage, stage: Stage) -> None:
    house = for_all_at(stage)
    with nothing_kept(house), pytest.raises(MoveNotAllowed):
        off(house, team_of(house)["lead"])


def in_review(house: House) -> dict[str, int]:
    """The team that the office confirmed, in review."""
    to_proposal(house)
    confirm_all(house)
    all_agree(house)
    work(house)
    return team_of(house)


def test_where_the_office_confirms_it_confirms_who_comes_in_place_too(house: House) -> None:
    before = in_review(house)
    rate_and_hand_in(house, "lay")
    off(house, before["lead"])
    work(house)
    assert proposed(house) == {"lay": (before["lay"], "kept"), "lead": (3 - before["lead"], "proposed")}
    assert stage_of(house) is Stage.ASSIGNMENT
    assert confirm_all(house) == (CYCLE,)
    assert asked(house) == {"lead": 3 - before["lead"]}, "whoever sits is not asked again"
    shown = proposed_to_service(house.database, principal=LEAD, cycle_id=CYCLE).reviewers
    assert [(one.role, one.reviewer, one.seated, one.answer) for one in shown] == [
        ("lay", before["lay"], True, Said.NO_CONFLICT), ("lead", 3 - before["lead"], False, None),
    ], "the service sees who is to review it, not the newcomer alone"  # fmt: skip
    all_agree(house)
    work(house)
    assert (stage_of(house), set(team_of(house))) == (Stage.REVIEW, {"lead", "lay"})
    rate_and_hand_in(house, "lead")
    work(house)
    assert stage_of(house) is Stage.DECISION


def test_who_stays_goes_on_rating_while_another_is_looked_for(house: House) -> None:
    before = in_review(house)
    off(house, before["lead"])
    review(house.database, principal=reviewer(before["lay"]), cycle_id=CYCLE, given=found(), at=AT)
    hand_in(house.database, principal=reviewer(before["lay"]), cycle_id=CYCLE, at=AT)
    work(house)
    assert stage_of(house) is Stage.ASSIGNMENT


def test_who_is_only_asked_is_taken_off_too(house: House) -> None:
    to_proposal(house)
    confirm_all(house)
    who = asked(house)["lead"]
    says(house, "lead")
    assert off(house, who) is True
    assert endings(house) == {who: "taken_off"}
    work(house)
    assert proposed(house)["lead"] == (3 - who, "proposed")


def test_a_reason_to_leave_is_told_to_nobody_in_the_history(house: House) -> None:
    from accreditation.views.history import history

    before = in_review(house)
    leaves(house, before["lead"])
    told = history(house.database, principal=LEAD, cycle_id=CYCLE)
    assert [one.reason for one in told.stages if one.move == "reassign"] == ["a reviewer has left the review team"]


def test_who_handed_in_and_was_taken_off_cannot_be_brought_back_to_rate_alone(house: House) -> None:
    before = in_review(house)
    rate_and_hand_in(house, "lead")
    who = before["lead"]
    off(house, who)
    words = "handed in a review of North before and could see the others' ratings, so cannot rate it alone again"
    with nothing_kept(house), pytest.raises(Invalid, match=words):
        confirm_all(house)  # the proposal that they were seated by still stands
    work(house)
    assert proposed(house)["lead"] == (3 - who, "proposed")
    for wanted in (Lock(cycle=CYCLE, reviewer=who, role="lead"), Swap(cycle=CYCLE, out=3 - who, into=who)):
        with nothing_kept(house), pytest.raises(Invalid, match=words):
            change(house, wanted)


def test_who_did_not_hand_in_and_was_taken_off_can_be_locked_back(house: House) -> None:
    who = in_review(house)["lead"]
    off(house, who)
    work(house)
    change(house, Lock(cycle=CYCLE, reviewer=who, role="lead"))
    assert proposed(house)["lead"] == (who, "locked")


def test_who_handed_in_before_the_team_was_sent_back_is_not_proposed_again(house: House) -> None:
    before = in_review(house)
    rate_and_hand_in(house, "lead")
    off(house, before["lay"])
    send_back(house.database, principal=OFFICE, cycle_id=CYCLE, reason="A file is missing.", at=AT)
    for stage in (Stage.SELF_ASSESSMENT, Stage.EVIDENCE):
        submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=stage, at=AT)
    with house.database.reading() as session:
        (question,) = questions_of(session, ROUND)
    assert {one.reviewer: one.why for one in question.bans} == {
        before["lead"]: HANDED_IN, before["lay"]: "was taken off this visit by the college office",
    }  # fmt: skip
    work(house)
    assert {role: one[0] for role, one in proposed(house).items()} == {
        "lead": 3 - before["lead"], "lay": 7 - before["lay"],
    }  # fmt: skip
