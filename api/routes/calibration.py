"""Calibration: exercises on completed cases without names. The office makes them; reviewers take them, alone."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel

from accreditation.actions.edit_exercise import edit_exercise
from accreditation.actions.make_exercise import make_exercise
from accreditation.actions.release_exercise import confirm_exercise, retire_exercise
from accreditation.actions.take_exercise import answer_exercise, hand_in_exercise
from accreditation.rules.permissions import Permission
from accreditation.views import calibration as view
from accreditation.views import comparison as comparing
from api.guard import Asks, guard
from api.inputs.assessment import BulkSent, GivenSent
from api.inputs.bounds import LARGEST_ID, CriterionId, ExerciseId, ReasonSent
from api.inputs.college import ExerciseSent, ItemChangeSent
from api.routes.assessment import AllKept, Kept
from api.routes.making import Done, routes

router = routes("calibration")

Reader = Annotated[Asks, guard(Permission.CALIBRATION_READ)]
Maker = Annotated[Asks, guard(Permission.CALIBRATION_MAKE)]
Taker = Annotated[Asks, guard(Permission.CALIBRATION_TAKE)]
OfReviewer = Annotated[
    int | None, Query(ge=1, le=LARGEST_ID, description="Whose comparison: the office says; a reviewer sees their own.")
]


class Made(BaseModel):
    """The exercise is a draft; nobody but the office sees it."""

    id: int


@router.get("/calibrations", response_model=view.Exercises)
def exercises(asks: Reader) -> view.Exercises:
    """Which exercises are there? A reviewer sees those that are open to them."""
    return view.exercises(asks.database, principal=asks.principal)


@router.post("/calibrations", response_model=Made, status_code=201)
def make(sent: ExerciseSent, asks: Maker) -> Made:
    """Make an exercise from a completed case, as a draft with known names blanked. The same again changes nothing."""
    made = make_exercise(
        asks.database, principal=asks.principal, cycle_id=sent.cycle, title=sent.title, about=sent.about, at=asks.at
    )
    return Made(id=made)


@router.get("/calibrations/{exercise}/draft", response_model=view.ExerciseDraft)
def draft(exercise: ExerciseId, asks: Maker) -> view.ExerciseDraft:
    """What would leave the office with this exercise, text by text, beside what was kept of the case?"""
    return view.exercise_draft(asks.database, principal=asks.principal, exercise_id=exercise)


@router.put("/calibrations/{exercise}/draft/{criterion}", response_model=Kept)
def edit(exercise: ExerciseId, criterion: CriterionId, sent: ItemChangeSent, asks: Maker) -> Kept:
    """Change what is told of a criterion, leave it out, or give another reference with a reason."""
    version = edit_exercise(
        asks.database, principal=asks.principal, exercise_id=exercise, criterion=criterion, change=sent.change(),
        seen_version=sent.seen_version, at=asks.at,
    )  # fmt: skip
    return Kept(criterion=criterion, version=version)


@router.post("/calibrations/{exercise}/confirmation", response_model=Done)
def confirm(exercise: ExerciseId, asks: Maker) -> Done:
    """Confirm that the exercise tells of nobody: from now on reviewers can take it, and it stays as it is."""
    confirm_exercise(asks.database, principal=asks.principal, exercise_id=exercise, at=asks.at)
    return Done()


@router.post("/calibrations/{exercise}/retirement", response_model=Done)
def retire(exercise: ExerciseId, sent: ReasonSent, asks: Maker) -> Done:
    """Take the exercise back: no reviewer sees it any more."""
    retire_exercise(asks.database, principal=asks.principal, exercise_id=exercise, reason=sent.reason, at=asks.at)
    return Done()


@router.get("/calibrations/{exercise}", response_model=view.Exercise)
def exercise_(exercise: ExerciseId, asks: Taker) -> view.Exercise:
    """The exercise as the reviewer who takes it sees it, without the reference."""
    return view.exercise(asks.database, principal=asks.principal, exercise_id=exercise)


@router.put("/calibrations/{exercise}/answers/{criterion}", response_model=Kept)
def answer_one(exercise: ExerciseId, criterion: CriterionId, sent: GivenSent, asks: Taker) -> Kept:
    """Answer one criterion of an exercise, alone. 409 where another tab answered after `seen_version`."""
    given = {criterion: sent.given()}
    kept = answer_exercise(asks.database, principal=asks.principal, exercise_id=exercise, given=given, at=asks.at)
    return Kept(criterion=criterion, version=kept[criterion])


@router.post("/calibrations/{exercise}/answers", response_model=AllKept)
def answer_many(exercise: ExerciseId, sent: BulkSent, asks: Taker) -> AllKept:
    """Answer many criteria of an exercise at once: all are kept, or none."""
    given = sent.given()
    kept = answer_exercise(asks.database, principal=asks.principal, exercise_id=exercise, given=given, at=asks.at)
    return AllKept(versions=kept)


@router.post("/calibrations/{exercise}/hand-in", response_model=Done)
def hand_in(exercise: ExerciseId, asks: Taker) -> Done:
    """Hand in the exercise: the answers stand, and the reference is shown."""
    hand_in_exercise(asks.database, principal=asks.principal, exercise_id=exercise, at=asks.at)
    return Done()


@router.get("/calibrations/{exercise}/comparison", response_model=comparing.Comparison)
def comparison(exercise: ExerciseId, asks: Reader, reviewer: OfReviewer = None) -> comparing.Comparison:
    """The answers beside the reference, criterion by criterion with its reason, once they are handed in."""
    return comparing.comparison(asks.database, principal=asks.principal, exercise_id=exercise, reviewer_id=reviewer)
