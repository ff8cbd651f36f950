"""What happens to a running cycle under another edition, over the stages it can be in."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from accreditation.rules.carrying_over import CarryOver, Held, Reviewed, carry_over
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.moves import TABLE
from accreditation.scheme.answer import Answer, Answers
from accreditation.scheme.model import Scheme
from tests.building import small
from tests.editions import HARDER, IN_MINUTES, OTHERS, SOFTER, edited, next_edition

OLD = next_edition(label="2026.1")
TEAM: Answers = {"1.01": Answer(rating="met"), "2.01": Answer(measured="92.5"), "2.02": Answer(level="B")}
RATED: Answers = {name: Answer(rating="met") for name in TEAM}
REVIEWED = (Stage.REVIEW, Stage.CONSENSUS, Stage.RECOMMENDATION)
STAGES = sorted({row.stage for row in TABLE if row.move is Move.CARRY_OVER} - {Stage.FACTUAL_ACCURACY})
EDITIONS = [OLD, HARDER, OTHERS, IN_MINUTES, SOFTER]


def found(new: Scheme, stage: Stage, *, handed_in: bool = True, settled: Answers = RATED) -> CarryOver:
    """What happens to a cycle of a service that is no hyperacute unit, in this stage."""
    reviews = {7: Reviewed(handed_in=handed_in, answers=RATED)}
    held = Held(
        team=TEAM, attached={"1.01"}, reviews=reviews if stage in REVIEWED else {},
        settled=settled if stage is Stage.RECOMMENDATION else {},
    )  # fmt: skip
    return carry_over(old=OLD, new=new, stage=stage, profile={"hasu": False}, held=held)


@pytest.mark.parametrize("stage", STAGES)
def test_the_same_edition_keeps_everything(stage: Stage) -> None:
    same = found(OLD, stage)
    assert (same.kept, same.team_gives, same.set_aside, same.reviews, same.refused) == (
        ("1.01", "2.01", "2.02"), False, (), {}, "",
    )  # fmt: skip


@given(
    stage=some.sampled_from(STAGES), new=some.sampled_from(EDITIONS), answers=some.sets(some.sampled_from(sorted(TEAM)))
)
def test_every_criterion_that_applies_is_kept_or_given_and_never_both(
    stage: Stage, new: Scheme, answers: set[str]
) -> None:
    held = Held(team={name: TEAM[name] for name in answers})
    told = carry_over(old=OLD, new=new, stage=stage, profile={"hasu": False}, held=held)
    applies = {one.id for one in new.applicable({"hasu": False})}
    given_ = {one.criterion for one in (*told.again, *told.new)}
    assert set(told.kept) | given_ | (applies - answers) == applies
    assert set(told.kept).isdisjoint(given_)
    assert {one.criterion for one in told.withdrawn} == answers - set(new.by_id)


def test_a_criterion_that_applies_only_now_was_seen_by_no_reviewer() -> None:
    everybody = next_edition(("criteria/first.yaml", "applies_when: {hasu: true}", "applies_when: {hasu: false}"))
    answered = {**TEAM, "1.10": Answer(rating="met")}
    held = Held(team=answered, attached={"1.01"}, settled=RATED)
    told = carry_over(old=OLD, new=everybody, stage=Stage.RECOMMENDATION, profile={"hasu": False}, held=held)
    assert "criteria 1.10 would have to be given anew" in told.refused
    held = Held(team=answered, attached={"1.01"}, reviews={7: Reviewed(handed_in=True, answers=RATED)})
    told = carry_over(old=OLD, new=everybody, stage=Stage.REVIEW, profile={"hasu": False}, held=held)
    assert (told.reviews_begin_anew, told.move) == (True, Move.REVIEW_AGAIN)


def test_a_draft_that_lacks_only_what_the_hand_in_needs_is_kept() -> None:
    bare = {"1.01": Answer(state="not_applicable"), "2.01": Answer(state="not_answered", note="Which month?")}
    held = Held(team=TEAM, attached={"1.01"}, reviews={7: Reviewed(handed_in=False, answers=bare)})
    told = carry_over(old=OLD, new=SOFTER, stage=Stage.REVIEW, profile={"hasu": False}, held=held)
    assert (told.reviews, told.move) == ({}, Move.CARRY_OVER)
    wrong = {7: Reviewed(handed_in=False, answers={**bare, "2.02": Answer(rating="perhaps")})}
    told = carry_over(
        old=OLD, new=SOFTER, stage=Stage.REVIEW, profile={"hasu": False},
        held=Held(team=TEAM, attached={"1.01"}, reviews=wrong),
    )  # fmt: skip
    assert told.reviews == {7: 1}


def test_evidence_that_is_asked_for_now_is_given_after_the_submission_too() -> None:
    asked = next_edition(
        ("criteria/second.yaml", "guidance: Look at the data.", "evidence: [{title: Figures, required: true}]")
    )
    before, after = found(asked, Stage.EVIDENCE), found(asked, Stage.ASSIGNMENT)
    assert (before.evidence, before.move) == ((), Move.CARRY_OVER)
    assert [(one.criterion, one.because) for one in after.evidence] == [
        ("2.01", "required evidence is not attached; attach: Figures")
    ]
    assert after.move is Move.ANSWER_AGAIN
    assert [(one.criterion, one.because) for one in before.look_again] == [("2.01", "other evidence is asked for")]


def test_a_review_team_that_could_not_settle_under_the_other_edition_is_found_anew() -> None:
    other_lead = edited(
        ("scheme.yaml", "{role: lead, title: Lead, minimum", "{role: chair, title: Chair, minimum"),
        ("scheme.yaml", "settled_by: lead", "settled_by: chair"),
    )
    assert found(other_lead, Stage.REVIEW, handed_in=False).move is Move.REVIEW_AGAIN
    assert found(other_lead, Stage.CONSENSUS).refused == (
        "Under the other edition findings are settled by a reviewer in a role that this cycle's review team does not "
        "have. Appoint another of this team to settle first; or let this cycle end by its own edition, and the team's "
        "next one begins on the newer."
    )
    assert found(other_lead, Stage.RECOMMENDATION).refused == "", "nothing is left to settle"


def test_whom_the_office_appointed_settles_under_the_other_edition_too_unless_they_observe_there() -> None:
    other_lead = edited(
        ("scheme.yaml", "{role: lead, title: Lead, minimum", "{role: chair, title: Chair, minimum"),
        ("scheme.yaml", "settled_by: lead", "settled_by: chair"),
    )
    written = other_lead.model_dump(mode="json")
    chair, lay = written["review_team"]
    watching = Scheme.model_validate({**written, "review_team": [chair, {**lay, "observes": True}]})
    for settler, new, carried in (("lay", other_lead, True), ("lay", watching, False), (None, other_lead, False)):
        held = Held(
            team=TEAM, attached={"1.01"}, reviews={7: Reviewed(handed_in=True, answers=RATED)}, settled=RATED,
            settler=settler,
        )  # fmt: skip
        told = carry_over(old=OLD, new=new, stage=Stage.CONSENSUS, profile={"hasu": False}, held=held)
        assert (told.refused == "") is carried


def test_who_only_observed_could_not_settle_under_the_other_edition() -> None:
    lay_lead = edited(
        ("scheme.yaml", "settled_by: lead", "settled_by: lay"), ("scheme.yaml", "minimum: 0", "minimum: 1")
    )
    lead, lay = OLD.model_dump(mode="json")["review_team"]
    watched = Scheme.model_validate({**OLD.model_dump(mode="json"), "review_team": [lead, {**lay, "observes": True}]})
    held = Held(team=TEAM, attached={"1.01"}, reviews={7: Reviewed(handed_in=False, answers=RATED)})
    moves = [
        carry_over(old=old, new=lay_lead, stage=Stage.REVIEW, profile={"hasu": False}, held=held).move
        for old in (OLD, watched)
    ]
    assert moves == [Move.CARRY_OVER, Move.REVIEW_AGAIN]


def test_the_check_of_factual_accuracy_ends_before_an_edition_without_one_takes_over() -> None:
    with_check = small().model_validate(
        {**OLD.model_dump(mode="json"), "factual_accuracy": {"within": {"weeks": 1}, "silence": "agreed"}}
    )
    held = Held(team=TEAM, attached={"1.01"}, settled=RATED)
    told = carry_over(old=with_check, new=SOFTER, stage=Stage.FACTUAL_ACCURACY, profile={"hasu": False}, held=held)
    assert told.refused.endswith("carry the cycle over once the team has agreed or its time is over.")
