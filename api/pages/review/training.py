"""Practice: a reviewer rates a completed case without names, alone, and then reads what was agreed and why."""

from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.take_exercise import answer_exercise, hand_in_exercise
from accreditation.errors import Invalid
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views import calibration as view
from accreditation.views.practice import practice, practice_criterion, practised
from api.inputs.bounds import CriterionId, ExerciseId
from api.inputs.own_answer import Typed
from api.pages import answering
from api.pages.answering import Sent, Short
from api.pages.rendering import words_of
from api.pages.review.framing import at_home
from api.pages.signing.entering import SEE_OTHER
from api.presenting.faults import Faults, Told
from api.presenting.review.training import exercise, exercises, page, result
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

HOME = "/review/training"
AT = f"{HOME}/{{exercise}}"
ON_CRITERION = f"{AT}/criteria/{{criterion}}"

Reader = Annotated[Visit, page_guard(Permission.CALIBRATION_READ, Area.REVIEW)]
Looker = Annotated[Visit, page_guard(Permission.CALIBRATION_TAKE, Area.REVIEW)]
Taker = Annotated[Visit, form_guard(Permission.CALIBRATION_TAKE, Area.REVIEW)]


@router.get(HOME, response_model=None)
def look(visit: Reader) -> Response:
    """Which exercises are there, and which did I do?"""
    found = view.exercises(visit.database, principal=visit.principal)
    return _at(visit, "review/training.html", rows=exercises(found.exercises, words_of(visit.visitor.request)))


@router.get(AT, response_model=None)
def one(visit: Looker, exercise: ExerciseId) -> Response:
    """One exercise, criterion by criterion."""
    return _exercise(visit, exercise)


@router.post(f"{AT}/hand-in", response_model=None)
def hand_in(visit: Taker, exercise: ExerciseId) -> Response:
    """My answers stand from now on, and I read what was agreed."""
    try:
        hand_in_exercise(visit.database, principal=visit.principal, exercise_id=exercise, at=visit.at)
    except Invalid:
        said = words_of(visit.visitor.request)("You cannot hand in yet: rate every question first.")
        return _exercise(visit, exercise, faults=Faults((Told(field="hand-in", words=said),)))
    return RedirectResponse(f"{HOME}/{exercise}/result", SEE_OTHER)


@router.get(f"{AT}/result", response_model=None)
def compared(visit: Looker, exercise: ExerciseId) -> Response:
    """My answers beside what was agreed."""
    found = practised(visit.database, principal=visit.principal, exercise_id=exercise)
    return _at(visit, "review/practised.html", told=result(found, words_of(visit.visitor.request)))


@router.get(ON_CRITERION, response_model=None)
def criterion_page(visit: Looker, exercise: ExerciseId, criterion: CriterionId) -> Response:
    """What the case says of one criterion, and my rating of it."""
    return _criterion(visit, exercise, criterion)


@router.post(ON_CRITERION, response_model=None)
def save(
    sent: Sent, visit: Taker, exercise: ExerciseId, criterion: CriterionId, then: Short = "", quietly: Short = ""
) -> Response:  # fmt: skip
    """Keep my rating and its reason. `quietly` is how a page saves itself."""
    return answering.save(
        visit, criterion,
        keep=lambda: answer_exercise(
            visit.database, principal=visit.principal, exercise_id=exercise, given={criterion: sent.given()},
            at=visit.at,
        ),
        shown=lambda faults, status, stale: _criterion(
            visit, exercise, criterion, faults=faults, status=status, sent=sent, stale=stale
        ),
        onwards=lambda: _onwards(visit, exercise, criterion, then), quietly=bool(quietly),
        stale=words_of(visit.visitor.request)("You saved another rating in another window."),
    )  # fmt: skip


def _exercise(visit: Visit, number: int, *, faults: Faults | None = None) -> Response:
    found = practice(visit.database, principal=visit.principal, exercise_id=number)
    return _at(visit, "review/exercise.html", faults=faults, told=exercise(found, words_of(visit.visitor.request)))


def _criterion(
    visit: Visit, number: int, criterion: str, *, faults: Faults | None = None, status: int = 0,
    sent: Typed | None = None, stale: bool = False,
) -> Response:  # fmt: skip
    found = practice_criterion(
        visit.database, principal=visit.principal, exercise_id=number, criterion=criterion
    )  # fmt: skip
    told = page(found, words_of(visit.visitor.request), at=visit.at, sent=sent, stale=stale)
    return _at(visit, "review/practice.html", faults=faults, status=status, told=told)


def _onwards(visit: Visit, number: int, criterion: str, then: str) -> str:
    """Where one goes after saving: back to the page, or on to the next criterion."""
    if then != "next":
        return f"{HOME}/{number}/criteria/{criterion}"
    found = practice(visit.database, principal=visit.principal, exercise_id=number)
    names = [one.id for one in found.exercise.criteria]
    after = names[names.index(criterion) + 1 :]
    return f"{HOME}/{number}/criteria/{after[0]}" if after else f"{HOME}/{number}"


def _at(visit: Visit, template: str, **values: Any) -> Response:
    return at_home(visit, template, here=HOME, **values)
