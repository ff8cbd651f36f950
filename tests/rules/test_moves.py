"""The table of stages and moves, held against the same table written out here by hand."""

from contextlib import suppress
from itertools import product

import pytest

from accreditation.errors import MoveNotAllowed
from accreditation.rules.cycle import ENDED, ENGINES_TURN, FIRST_STAGE, STAGE_MEANINGS, Move, Stage
from accreditation.rules.moves import allowed, transition
from accreditation.rules.people import Role

# stage: move (by: M member, L lead, R reviewer, O office, C committee, E engine) > stage it leads to
WRITTEN = """
self_assessment: state_profile LO > self_assessment
self_assessment: import_audit O > self_assessment
self_assessment: rate ML > self_assessment
self_assessment: attach_evidence ML > self_assessment
self_assessment: withdraw_evidence ML > self_assessment
self_assessment: submit L > evidence
self_assessment: date_visit O > self_assessment
self_assessment: withdraw LO > withdrawn
self_assessment: carry_over O > self_assessment
evidence: state_profile O > evidence
evidence: rate ML > evidence
evidence: attach_evidence ML > evidence
evidence: withdraw_evidence ML > evidence
evidence: submit L > assignment
evidence: send_back O > self_assessment
evidence: date_visit O > evidence
evidence: withdraw LO > withdrawn
evidence: carry_over O > evidence
evidence: answer_again O > self_assessment
assignment: state_profile O > assignment
assignment: send_back O > self_assessment
assignment: declare_conflict RO > assignment
assignment: propose EO > assignment
assignment: lock O > assignment
assignment: swap O > assignment
assignment: confirm O > assignment
assignment: answer L > assignment
assignment: accept R > assignment
assignment: decline R > assignment
assignment: step_down R > assignment
assignment: take_off O > assignment
assignment: review R > assignment
assignment: hand_in R > assignment
assignment: record_finding R > assignment
assignment: ask_evidence R > assignment
assignment: raise_risk R > assignment
assignment: attach_evidence ML > assignment
assignment: withdraw_evidence ML > assignment
assignment: answer_request ML > assignment
assignment: assign EO > review
assignment: date_visit O > assignment
assignment: withdraw LO > withdrawn
assignment: carry_over O > assignment
assignment: answer_again O > self_assessment
review: state_profile O > review
review: declare_conflict RO > review
review: step_down R > review
review: take_off O > review
review: reassign E > assignment
review: review R > review
review: record_finding R > review
review: ask_evidence R > review
review: attach_evidence ML > review
review: withdraw_evidence ML > review
review: answer_request ML > review
review: raise_risk R > review
review: hand_in R > review
review: close_review E > consensus
review: date_visit O > review
review: withdraw LO > withdrawn
review: carry_over O > review
review: answer_again O > self_assessment
review: review_again O > assignment
consensus: state_profile O > consensus
consensus: settle R > consensus
consensus: settle_finding R > consensus
consensus: appoint_settler O > consensus
consensus: attach_evidence ML > consensus
consensus: withdraw_evidence ML > consensus
consensus: answer_request ML > consensus
consensus: raise_risk R > consensus
consensus: close_consensus E > recommendation
consensus: send_report E > factual_accuracy
consensus: withdraw LO > withdrawn
consensus: carry_over O > consensus
factual_accuracy: state_profile O > factual_accuracy
factual_accuracy: comment ML > factual_accuracy
factual_accuracy: answer_comment R > factual_accuracy
factual_accuracy: appoint_settler O > factual_accuracy
factual_accuracy: agree L > recommendation
factual_accuracy: close_accuracy E > recommendation
factual_accuracy: withdraw LO > withdrawn
factual_accuracy: carry_over O > factual_accuracy
recommendation: state_profile O > recommendation
recommendation: recommend E > decision
recommendation: withdraw LO > withdrawn
recommendation: carry_over O > recommendation
decision: decide C > publication
decision: withdraw LO > withdrawn
publication: publish O > published
published: meet_condition O > published
published: lapse E > published
published: appeal L > published
published: answer_appeal C > published
self_assessment: challenge_indicator ML > self_assessment
evidence: challenge_indicator ML > evidence
assignment: challenge_indicator ML > assignment
review: challenge_indicator ML > review
self_assessment: answer_challenge O > self_assessment
evidence: answer_challenge O > evidence
assignment: answer_challenge O > assignment
review: answer_challenge O > review
consensus: answer_challenge O > consensus
factual_accuracy: answer_challenge O > factual_accuracy
recommendation: answer_challenge O > recommendation
decision: answer_challenge O > decision
"""
LETTERS = {"M": "team_member", "L": "team_lead", "R": "reviewer", "O": "office", "C": "committee", "E": "engine"}


def written() -> dict[tuple[str, str, str], str]:
    """(stage, move, role) -> stage it leads to."""
    table: dict[tuple[str, str, str], str] = {}
    for line in WRITTEN.strip().splitlines():
        stage, move, by, _, to = line.replace(":", "").split()
        table |= {(stage, move, LETTERS[letter]): to for letter in by}
    return table


def test_every_stage_move_and_role_is_allowed_or_refused_as_the_table_says() -> None:
    found = {}
    for stage, move, role in product(Stage, Move, Role):
        with suppress(MoveNotAllowed):
            found[stage.value, move.value, role.value] = transition(stage=stage, move=move, roles=[role]).to.value
    assert found == written()


def reached(start: str) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        following = {to for (stage, _, _), to in written().items() if stage == here} - seen
        seen |= following
        waiting += following
    return seen


def test_every_stage_can_be_reached_from_the_first() -> None:
    assert reached(FIRST_STAGE.value) == {stage.value for stage in Stage}


@pytest.mark.parametrize("stage", sorted(set(Stage) - ENDED))
def test_every_stage_that_is_not_an_end_can_still_become_published(stage: Stage) -> None:
    assert "published" in reached(stage.value)


def test_an_ended_stage_is_left_by_no_move_and_every_other_by_some() -> None:
    left = {row.stage for stage in Stage for row in allowed(stage) if row.to is not stage}
    assert set(Stage) - left == ENDED == {Stage.PUBLISHED, Stage.WITHDRAWN}


def test_where_the_college_or_the_team_withdrew_nothing_follows() -> None:
    assert {stage for stage in Stage if not allowed(stage)} == {Stage.WITHDRAWN}


def test_where_it_is_the_engine_s_turn_no_team_and_no_reviewer_moves_the_cycle_on() -> None:
    onward = {
        stage: {row.move for row in allowed(stage) if Role.ENGINE in row.by and row.to is not stage}
        for stage in ENGINES_TURN
    }
    assert onward == {Stage.ASSIGNMENT: {Move.ASSIGN}, Stage.RECOMMENDATION: {Move.RECOMMEND}}


def test_every_stage_has_its_meaning() -> None:
    assert list(STAGE_MEANINGS) == list(Stage)


def test_somebody_with_several_roles_may_do_what_any_of_them_may() -> None:
    row = transition(stage=Stage.DECISION, move=Move.DECIDE, roles=[Role.OFFICE, Role.COMMITTEE])
    assert row.to is Stage.PUBLICATION
    with pytest.raises(MoveNotAllowed):
        transition(stage=Stage.DECISION, move=Move.DECIDE, roles=[])


@pytest.mark.parametrize(
    ("stage", "move", "role", "said"),
    [
        (
            Stage.DECISION,
            Move.RATE,
            Role.TEAM_LEAD,
            "'rate' is not possible in the stage 'decision'. Allowed now: decide (by the committee); "
            "withdraw (by the college office or the team's lead); answer challenge (by the college office).",
        ),
        (
            Stage.RECOMMENDATION,
            Move.RECOMMEND,
            Role.OFFICE,
            "'recommend' is not possible in the stage 'recommendation' for you; it is for the engine. "
            "Allowed now: state profile (by the college office); recommend (by the engine); "
            "withdraw (by the college office or the team's lead); carry over (by the college office); "
            "answer challenge (by the college office).",
        ),
        (
            Stage.PUBLISHED,
            Move.SEND_BACK,
            Role.OFFICE,
            "'send back' is not possible in the stage 'published'. Allowed now: "
            "meet condition (by the college office); lapse (by the engine); appeal (by the team's lead); "
            "answer appeal (by the committee).",
        ),
        (
            Stage.WITHDRAWN,
            Move.SEND_BACK,
            Role.OFFICE,
            "'send back' is not possible in the stage 'withdrawn'. Allowed now: nothing: the cycle has ended.",
        ),
    ],
)
def test_a_refusal_says_what_is_allowed_now_and_to_whom(stage: Stage, move: Move, role: Role, said: str) -> None:
    with pytest.raises(MoveNotAllowed) as refused:
        transition(stage=stage, move=move, roles=[role])
    assert str(refused.value) == said
    assert refused.value.stage == stage
    assert refused.value.allowed == tuple(str(row) for row in allowed(stage))
