"""Practice exercises before the office: made from a completed case, read text by text, released, and taken back."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.edit_exercise import ItemChange, edit_exercise
from accreditation.actions.make_exercise import make_exercise
from accreditation.actions.release_exercise import confirm_exercise, retire_exercise
from accreditation.errors import Contradiction, Fault, Invalid, NotFound, Stale
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.calibration import exercises as all_exercises
from accreditation.views.exercise_desk import cases, draft_desk
from api.inputs.bounds import LARGEST_ID, CriterionId, ExerciseId
from api.inputs.pairs import chosen_number
from api.pages import answering
from api.pages.college.framing import at_college
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college.exercises import AGREED, HERE, SAID, TEXTS, Sent, draft, editing, labels_of, offered, row
from api.presenting.college.reviewers import HERE as REVIEWERS
from api.presenting.faults import Faults, faults_of
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Maker = Annotated[Visit, page_guard(Permission.CALIBRATION_MAKE, Area.COLLEGE)]
SendingMaker = Annotated[Visit, form_guard(Permission.CALIBRATION_MAKE, Area.COLLEGE)]
Short = Annotated[str, Form(max_length=300)]
Text = Annotated[str, Form(max_length=20_000)]
Version = Annotated[int, Form(ge=0, le=LARGEST_ID)]


@router.get(HERE, response_model=None)
def exercises(visit: Maker) -> Response:
    """Every exercise."""
    found = all_exercises(visit.database, principal=visit.principal).exercises
    words = words_of(visit.visitor.request)
    return at_college(visit, "college/exercises.html", here=REVIEWERS, rows=[row(one, words) for one in found])


@router.get(f"{HERE}/new", response_model=None)
def new(visit: Maker) -> Response:
    """The form that makes an exercise."""
    return _form(visit)


@router.post(f"{HERE}/new", response_model=None)
def make(visit: SendingMaker, cycle: Short = "", title: Short = "", about: Text = "") -> Response:
    """Make an exercise from a completed case, as a draft with known names blanked."""
    try:
        number = make_exercise(
            visit.database, principal=visit.principal, cycle_id=chosen_number(cycle, where="cycle"), title=title,
            about=about, at=visit.at,
        )  # fmt: skip
    except (Invalid, Contradiction) as refusal:
        faults = faults_of(refusal, {"title": "title", "about": "about", "cycle": "cycle"}, said=SAID)
        return _form(visit, cycle=cycle, title=title, about=about, faults=faults)
    return RedirectResponse(f"{HERE}/{number}", SEE_OTHER)


@router.get(HERE + "/{exercise}", response_model=None)
def look(exercise: ExerciseId, visit: Maker) -> Response:
    """One exercise, with every text that would leave the office."""
    return _shown(visit, exercise)


@router.get(HERE + "/{exercise}/criteria/{criterion}", response_model=None)
def edit(exercise: ExerciseId, criterion: CriterionId, visit: Maker) -> Response:
    """The texts of one criterion, to be changed."""
    return _editing(visit, exercise, criterion)


@router.post(HERE + "/{exercise}/criteria/{criterion}", response_model=None)
def change(
    answer: answering.Sent, exercise: ExerciseId, criterion: CriterionId, visit: SendingMaker, evidence: Text = "",
    reference: Text = "", reason: Text = "", left_out: Annotated[str, Form(max_length=5)] = "", seen: Version = 0,
) -> Response:  # fmt: skip
    """Change what is told of a criterion, what was agreed on it, or leave it out."""
    sent = Sent(
        note=answer.note, evidence=evidence, typed=replace(answer, note=reference), reason=reason,
        left_out=left_out == "yes",
    )  # fmt: skip
    try:
        wanted = ItemChange(
            note=sent.note, evidence=evidence, left_out=sent.left_out, reference=sent.typed.answer(), reason=reason
        )
        edit_exercise(
            visit.database, principal=visit.principal, exercise_id=exercise, criterion=criterion, change=wanted,
            seen_version=seen, at=visit.at,
        )  # fmt: skip
    except (Invalid, Contradiction, Stale) as refusal:
        where = f"criterion {criterion}"
        fields = {where: "choice", "number": "number", "points": "points"} | {f"{where}, {one}": one for one in TEXTS}
        faults = faults_of(refusal, fields, labels=labels_of(criterion))
        return _editing(visit, exercise, criterion, faults=faults, sent=sent)
    return RedirectResponse(f"{HERE}/{exercise}", SEE_OTHER)


@router.post(HERE + "/{exercise}/confirmation", response_model=None)
def release(exercise: ExerciseId, visit: SendingMaker, read: Annotated[str, Form(max_length=5)] = "") -> Response:
    """Release an exercise: from now on reviewers can take it, and it stays as it is."""
    try:
        if read != "yes":
            raise Invalid([Fault(where="read", found="not ticked", allowed="that every text is read")])
        confirm_exercise(visit.database, principal=visit.principal, exercise_id=exercise, at=visit.at)
    except (Invalid, Contradiction) as refusal:
        return _shown(visit, exercise, faults=faults_of(refusal, {"read": "read"}, said=SAID))
    return RedirectResponse(f"{HERE}/{exercise}", SEE_OTHER)


@router.post(HERE + "/{exercise}/retirement", response_model=None)
def take_back(exercise: ExerciseId, visit: SendingMaker, reason: Text = "") -> Response:
    """Take an exercise back: no reviewer sees it any more."""
    try:
        retire_exercise(visit.database, principal=visit.principal, exercise_id=exercise, reason=reason, at=visit.at)
    except Invalid as refusal:
        return _shown(visit, exercise, faults=faults_of(refusal, {"reason": "reason"}), reason=reason)
    return RedirectResponse(f"{HERE}/{exercise}", SEE_OTHER)


def _form(
    visit: Visit, *, cycle: str = "", title: str = "", about: str = "", faults: Faults | None = None
) -> Response:  # fmt: skip
    found = cases(visit.database, principal=visit.principal)
    return at_college(
        visit, "college/new_exercise.html", here=REVIEWERS, faults=faults, cycle=cycle, title=title, about=about,
        written="\n\n".join(filter(None, (title, about))), cases=offered(found, words_of(visit.visitor.request)),
    )  # fmt: skip


def _shown(visit: Visit, exercise: int, *, faults: Faults | None = None, reason: str = "") -> Response:
    found = draft_desk(visit.database, principal=visit.principal, exercise_id=exercise)
    told = draft(found, words_of(visit.visitor.request))
    return at_college(
        visit, "college/exercise.html", here=REVIEWERS, caption=told.caption, faults=faults, told=told, reason=reason
    )


def _editing(
    visit: Visit, exercise: int, criterion: str, *, faults: Faults | None = None, sent: Sent | None = None
) -> Response:  # fmt: skip
    found = draft_desk(visit.database, principal=visit.principal, exercise_id=exercise)
    words = words_of(visit.visitor.request)
    told = editing(found, criterion, words, sent=sent)
    if told is None:
        raise NotFound(f"The exercise has no criterion {criterion}.")
    return at_college(
        visit, "college/exercise_criterion.html", here=REVIEWERS, caption=told.caption, faults=faults, told=told,
        labels={name: words(label) for name, label in TEXTS.items()}, agreed=words(AGREED),
    )  # fmt: skip
