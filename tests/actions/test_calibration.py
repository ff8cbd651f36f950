"""Calibration: the office makes an exercise and confirms it; reviewers take it, alone, and then compare."""

from collections.abc import Callable

import pytest

from accreditation.actions.register_reviewer import register_reviewer
from accreditation.actions.release_exercise import retire_exercise
from accreditation.actions.take_exercise import answer_exercise
from accreditation.database import observe_statements
from accreditation.errors import Contradiction, Invalid, NotFound, NotPermitted, Stale
from accreditation.records import clearances
from accreditation.rules.clearance import State, rules_digest
from accreditation.rules.cycle import Stage
from accreditation.rules.names import BLANK, CONTACT
from accreditation.rules.people import PUBLIC, Principal
from accreditation.scheme.answer import Answer
from accreditation.views.calibration import ExerciseDraft, exercise, exercise_draft, exercises
from accreditation.views.college import reviewer_pool
from accreditation.views.comparison import Comparison, comparison
from accreditation.wiring import House
from tests.actions.conftest import AtStage, Searching
from tests.exercising import EXERCISE, TITLE, answered, answers, confirmed, edited, free, handed_in, made
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    LEAD,
    MEMBER,
    OFFICE,
    STEPS,
    attach,
    newest,
    nothing_kept,
    reviewer,
    scheme,
    team_of,
)


def draft(house: House) -> ExerciseDraft:
    return exercise_draft(house.database, principal=OFFICE, exercise_id=EXERCISE)


def compared(house: House, by: Principal, whose: int | None = None) -> Comparison:
    return comparison(house.database, principal=by, exercise_id=EXERCISE, reviewer_id=whose)


def uphold(house: House) -> None:
    """North's first file is kept back."""
    with house.database.bookkeeping() as session:
        rules = rules_digest(scheme().evidence_rules)
        clearances.append(session, version_id=1, rules=rules, state=State.UPHELD, by="office", at=AT)


def test_the_office_sees_in_a_draft_every_text_beside_what_was_kept_of_the_case(at_stage: AtStage) -> None:
    house = at_stage(Stage.PUBLISHED)
    assert made(house) == EXERCISE
    found = draft(house)
    assert (found.exercise.title, found.exercise.state, found.exercise.cycle) == (TITLE, "draft", CYCLE)
    told = {one.id: one for one in found.criteria}
    assert list(told) == ["1.01", "2.01", "2.02"]
    assert (told["1.01"].item.team.rating, told["1.01"].item.evidence, told["1.01"].version) == ("met", "Job plan", 1)
    assert told["1.01"].item.reference == told["1.01"].settled == Answer(rating="met", note="The job plan was seen.")
    assert newest(house)[0] == (
        "office:the office", "calibration:make", f"cycle:{CYCLE}", {"exercise": 1, "title": TITLE, "criteria": 3},
    )  # fmt: skip


def test_of_a_file_that_only_its_team_can_open_an_exercise_tells_nothing(at_stage: AtStage) -> None:
    house = at_stage(Stage.PUBLISHED)
    uphold(house)
    made(house)
    assert [one.item.evidence for one in draft(house).criteria] == ["", "", ""]


def test_making_it_again_changes_nothing_and_another_of_its_title_contradicts(at_stage: AtStage) -> None:
    house = at_stage(Stage.PUBLISHED)
    made(house)
    with nothing_kept(house):
        assert made(house) == EXERCISE
    with nothing_kept(house), pytest.raises(Contradiction, match="There is an exercise 'A unit whose rota has gaps'"):
        made(house, about="Another.")


@pytest.mark.parametrize("stage", [Stage.REVIEW, Stage.CONSENSUS, Stage.PUBLICATION, Stage.WITHDRAWN])
def test_only_a_completed_case_becomes_an_exercise(for_all_at: AtStage, stage: Stage) -> None:
    house = for_all_at(stage)
    with nothing_kept(house), pytest.raises(Contradiction, match="made from a completed case"):
        made(house)


def test_a_title_that_tells_whose_case_it_was_is_refused(at_stage: AtStage) -> None:
    house = at_stage(Stage.PUBLISHED)
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        made(house, title="North, 2026", about="Of the north trust.")
    assert [(one.where, one.found) for one in refused.value.faults] == [
        ("title", "the name 'North'"), ("about", "the name 'north trust'"),
    ]  # fmt: skip
    with nothing_kept(house), pytest.raises(Invalid, match="title: empty"):
        made(house, title=" ")
    with observe_statements(house.database) as seen, pytest.raises(Invalid, match="cannot be printed"):
        made(house, title="A unit\0")
    assert not [one for one in seen if "calibration_exercise" in one]  # PostgreSQL would refuse the question


def test_each_text_can_be_edited_or_dropped_and_known_names_are_blanked_in_what_the_office_writes(
    at_stage: AtStage,
) -> None:
    house = at_stage(Stage.PUBLISHED)
    made(house)
    assert edited(house, note="The plan of North names reviewer 2.", evidence="") == 2
    item = draft(house).criteria[0].item
    assert (item.team.note, item.evidence) == (f"The plan of {BLANK} names reviewer 2.", "")
    with nothing_kept(house):
        assert edited(house, note="The plan of north names reviewer 2.", evidence="", seen=1) == 2
    with nothing_kept(house), pytest.raises(Stale, match="Version 2 of criterion"):
        edited(house, note="Another.", seen=1)
    with nothing_kept(house), pytest.raises(NotFound, match=r"no criterion 9\.99"):
        edited(house, "9.99", note="x")


def test_the_draft_says_what_is_blanked_and_how_often_and_a_short_name_counts_too(house: House) -> None:
    for stage, step in STEPS.items():
        step(house)
        if stage is Stage.EVIDENCE:
            attach(house, content=b"a rota", title="Rota of NORTH, by Lead 1: 01632 960123", file_name="rota.pdf")
    made(house)
    told = draft(house)
    assert told.blanked == {"01632 960123": 1, "Lead 1": 1, "NORTH": 1}
    assert told.criteria[0].item.evidence == f"Rota of {BLANK}, by {BLANK}: {CONTACT}; Job plan"
    edited(house, note="Ask north's lead, a@north.uk.")
    assert draft(house).criteria[0].item.team.note == f"Ask {BLANK}'s lead, {CONTACT}."
    uphold(house)
    assert draft(house).blanked == {}


def test_another_reference_than_what_was_settled_needs_a_reason_and_may_go_back(at_stage: AtStage) -> None:
    house = at_stage(Stage.PUBLISHED)
    made(house)
    other = Answer(rating="not_met", note="The plan gives no hours.")
    with nothing_kept(house), pytest.raises(Invalid, match="say why it is another answer"):
        edited(house, reference=other)
    with nothing_kept(house), pytest.raises(Invalid, match="a rating of the scale"):
        edited(house, reference=Answer(rating="superb"), reason="x")
    with nothing_kept(house), pytest.raises(Invalid, match="no reference"):
        edited(house, reference=Answer(state="not_answered"), reason="x")
    edited(house, reference=other, reason="Agreed by the training group.")
    told = draft(house).criteria[0]
    assert (told.item.reference, told.reason, told.settled.rating) == (other, "Agreed by the training group.", "met")
    assert newest(house)[0][1] == "calibration:edit"
    edited(house, reference=Answer(rating="met", note="Seen."), seen=2)
    assert draft(house).criteria[0].reason == ""


def test_nothing_leaves_without_the_offices_confirmation_and_then_nothing_changes(at_stage: AtStage) -> None:
    house = at_stage(Stage.PUBLISHED)
    made(house)
    who = free(house)
    assert exercises(house.database, principal=who).exercises == ()
    with pytest.raises(NotFound):
        exercise(house.database, principal=who, exercise_id=EXERCISE)
    with nothing_kept(house), pytest.raises(NotFound):
        answered(house, who)
    edited(house, "2.02", left_out=True)
    confirmed(house)
    with nothing_kept(house):
        confirmed(house)
    seen = exercise(house.database, principal=who, exercise_id=EXERCISE)
    assert [one.id for one in seen.criteria] == ["1.01", "2.01"]
    assert (seen.exercise.cycle, seen.exercise.taken) == (None, None)
    with nothing_kept(house), pytest.raises(Contradiction, match="confirmed and stays as it is"):
        edited(house, note="Too late.")


def test_a_name_that_became_known_since_holds_the_confirmation_back(at_stage: AtStage) -> None:
    house = at_stage(Stage.PUBLISHED)
    made(house)
    register_reviewer(
        house.database, principal=OFFICE, name="Job plan", roles=["lay"], organisation_id=None, capacity=1, at=AT
    )
    with nothing_kept(house), pytest.raises(Invalid, match=r"criterion 1\.01, evidence: the name 'Job plan'"):
        confirmed(house)


def test_an_exercise_with_everything_left_out_is_not_confirmed(at_stage: AtStage) -> None:
    house = at_stage(Stage.PUBLISHED)
    made(house)
    for name in ("1.01", "2.01", "2.02"):
        edited(house, name, left_out=True)
    with nothing_kept(house), pytest.raises(Invalid, match="all are left out"):
        confirmed(house)


def test_drafts_are_kept_with_versions_and_nobody_overwrites_unseen(at_stage: AtStage) -> None:
    house = at_stage(Stage.PUBLISHED)
    made(house)
    confirmed(house)
    who = free(house)
    assert answered(house, who) == {"1.01": 1, "2.01": 1, "2.02": 1}
    with nothing_kept(house):
        assert answered(house, who) == {"1.01": 1, "2.01": 1, "2.02": 1}
    with nothing_kept(house), pytest.raises(Stale, match="by you, in another window, after you looked"):
        answered(house, who, c1_01="not_met")
    with nothing_kept(house), pytest.raises(Invalid, match="a rating of the scale"):
        answered(house, who, c1_01="superb")
    assert [(one.answer.rating, one.version) for one in exercise(
        house.database, principal=who, exercise_id=EXERCISE
    ).criteria] == [("met", 1)] * 3  # fmt: skip
    told = {"reviewer": who.reviewer, "versions": {"1.01": 1, "2.01": 1, "2.02": 1}}
    assert newest(house)[0][1:] == ("calibration:answer", "calibration:1", told)


def test_a_reviewer_compares_with_the_reference_once_handed_in(at_stage: AtStage) -> None:
    house = at_stage(Stage.PUBLISHED)
    made(house)
    edited(house, reference=Answer(rating="not_met", note="No hours."), reason="Agreed.")
    confirmed(house)
    who = free(house)
    assert who.reviewer is not None
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        handed_in(house, who)
    assert [one.where for one in refused.value.faults] == ["criterion 1.01", "criterion 2.01", "criterion 2.02"]
    answered(house, who)
    with pytest.raises(NotFound, match="once it is handed in"):
        compared(house, who)
    with pytest.raises(NotFound, match="once it is handed in"):
        compared(house, OFFICE, who.reviewer)
    handed_in(house, who)
    with nothing_kept(house):
        handed_in(house, who)
    found = compared(house, who)
    assert (found.same, found.of, found.exercise.state, found.handed_in_at) == (2, 3, "handed_in", AT)
    first = found.criteria[0]
    assert (first.id, first.same, first.answer.rating) == ("1.01", False, "met")
    assert first.reference == Answer(rating="not_met", note="No hours.")
    assert found.severity.words == "Too few to tell: 3 ratings beside the reference; at least 10 are needed."
    assert compared(house, OFFICE, who.reviewer).criteria == found.criteria
    with nothing_kept(house), pytest.raises(Contradiction, match="You have handed in this exercise"):
        answered(house, who, c1_01="not_met")
    pool = reviewer_pool(house.database, principal=OFFICE).reviewers
    assert [(one.exercise, one.title, one.handed_in_at) for row in pool for one in row.exercises] == [(1, TITLE, AT)]
    assert exercises(house.database, principal=OFFICE).exercises[0].taken == 1


def test_who_sat_in_the_cases_review_team_is_not_offered_it_and_nobody_reads_anothers_comparison(
    at_stage: AtStage,
) -> None:
    house = at_stage(Stage.PUBLISHED)
    made(house)
    confirmed(house)
    sat, who = reviewer(team_of(house)["lead"]), free(house)
    assert exercises(house.database, principal=sat).exercises == ()
    with pytest.raises(NotFound):
        exercise(house.database, principal=sat, exercise_id=EXERCISE)
    answered(house, who)
    handed_in(house, who)
    for other in (sat, reviewer(3)):
        with pytest.raises(NotFound):
            compared(house, other, who.reviewer)
    with pytest.raises(Invalid, match="the id of a reviewer"):
        compared(house, OFFICE)


def test_a_retired_exercise_is_gone_for_reviewers_and_what_they_did_stays(at_stage: AtStage) -> None:
    house = at_stage(Stage.PUBLISHED)
    made(house)
    confirmed(house)
    who = free(house)
    answered(house, who)
    handed_in(house, who)
    retire_exercise(house.database, principal=OFFICE, exercise_id=EXERCISE, reason="It tells who it is.", at=AT)
    with nothing_kept(house):
        retire_exercise(house.database, principal=OFFICE, exercise_id=EXERCISE, reason="Again.", at=AT)
    assert exercises(house.database, principal=who).exercises == ()
    for ask in (
        lambda: exercise(house.database, principal=who, exercise_id=EXERCISE),
        lambda: compared(house, who),
    ):
        with pytest.raises(NotFound, match="no such exercise"):
            ask()
    assert exercises(house.database, principal=OFFICE).exercises[0].state == "retired"
    assert compared(house, OFFICE, who.reviewer).of == 3
    with nothing_kept(house), pytest.raises(Invalid, match="say why"):
        retire_exercise(house.database, principal=OFFICE, exercise_id=EXERCISE, reason="", at=AT)


OFFICES: dict[str, Callable[[House, Principal], object]] = {
    "make": lambda house, by: made(house, title="Another", by=by),
    "edit": lambda house, by: edited(house, note="x", by=by),
    "confirm": lambda house, by: confirmed(house, by=by),
    "retire": lambda house, by: retire_exercise(
        house.database, principal=by, exercise_id=EXERCISE, reason="x", at=AT
    ),
    "draft": lambda house, by: exercise_draft(house.database, principal=by, exercise_id=EXERCISE),
}  # fmt: skip
REVIEWERS: dict[str, Callable[[House, Principal], object]] = {
    "take": lambda house, by: exercise(house.database, principal=by, exercise_id=EXERCISE),
    "answer": lambda house, by: answer_exercise(
        house.database, principal=by, exercise_id=EXERCISE, given=answers(), at=AT
    ),
    "hand in": handed_in,
}


def test_each_thing_is_for_whom_it_is(at_stage: AtStage) -> None:
    house = at_stage(Stage.PUBLISHED)
    made(house)
    confirmed(house)
    for do in OFFICES.values():
        for by in (LEAD, MEMBER, COMMITTEE, reviewer(team_of(house)["lead"])):
            with nothing_kept(house), pytest.raises(NotPermitted, match="calibration:make"):
                do(house, by)
    for do in REVIEWERS.values():
        for by in (PUBLIC, LEAD, MEMBER, COMMITTEE, OFFICE):
            with nothing_kept(house), pytest.raises(NotPermitted, match="calibration:take"):
                do(house, by)
    for by in (PUBLIC, LEAD, MEMBER, COMMITTEE):
        with pytest.raises(NotPermitted, match="calibration:read"):
            exercises(house.database, principal=by)


def test_what_people_write_in_it_is_searched_for_patients_while_others_may_write_and_once(
    at_stage: AtStage, searching: Searching
) -> None:
    house = at_stage(Stage.PUBLISHED)
    texts = searching(house)
    made(house, about="Practise on it.")
    edited(house, note="A rota with gaps.", evidence="")
    told = [one for one in texts if one]
    confirmed(house)
    texts.clear()
    answered(house, free(house))
    assert told[:2] == ["Practise on it.", "A rota with gaps."]
    assert texts == [one.answer.note for one in answers().values()]
