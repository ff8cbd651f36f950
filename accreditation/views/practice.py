"""A calibration exercise before the reviewer who practises on it, with all that rating it on a page takes."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.records import calibration, editions
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.model import Scheme
from accreditation.scheme.scale import ScaleRating
from accreditation.views.calibration import Exercise, ExerciseCriterion, exercise
from accreditation.views.comparison import Comparison, comparison
from accreditation.views.looking import Shown
from accreditation.views.own_criterion import Asked
from accreditation.views.visited_criterion import asked_of_reviewers


class Scales(Shown):
    """In which words the answers to a criterion are told: its reviewers' ratings, its team's, and its unit."""

    reviewer: Mapping[str, ScaleRating]
    team: Mapping[str, ScaleRating]
    unit: str


class Practice(Shown):
    """The exercise with its domains and the words of its answers."""

    exercise: Exercise
    scheme: str = Field(description="The title of the scheme.")
    domains: Mapping[str, str] = Field(description="Domain -> its title, in the order of the standard.")
    scales: Mapping[str, Scales]


class PracticeCriterion(Shown):
    """One criterion of the exercise, as the reviewer rates it."""

    practice: Practice
    criterion: ExerciseCriterion
    asked: Asked
    type_title: str
    type_meaning: str
    saved_at: datetime | None = Field(description="When the reviewer saved their answer last.")


class Practised(Shown):
    """The exercise beside its reference, with the words of its answers."""

    found: Comparison
    scheme: str
    scales: Mapping[str, Scales]


def practice(database: Database, *, principal: Principal, exercise_id: int) -> Practice:
    """What does the reviewer who practises see, without the reference? Raises NotFound where it is not open to them."""
    found = exercise(database, principal=principal, exercise_id=exercise_id)
    scheme = _scheme(database, exercise_id)
    return Practice(
        exercise=found, scheme=scheme.title, domains={one.id: one.title for one in scheme.domains},
        scales={one.id: _scales(scheme, one.id) for one in found.criteria},
    )  # fmt: skip


def practice_criterion(
    database: Database, *, principal: Principal, exercise_id: int, criterion: str
) -> PracticeCriterion:  # fmt: skip
    """What does the reviewer need to see to rate this? Raises NotFound, also where the exercise does not have it."""
    found = practice(database, principal=principal, exercise_id=exercise_id)
    about = next((one for one in found.exercise.criteria if one.id == criterion), None)
    if about is None:
        raise calibration.missing()
    scheme = _scheme(database, exercise_id)
    kind = scheme.types[about.type]
    with database.reading() as session:
        given = calibration.given(
            session, exercise_id=exercise_id, reviewer_id=principal.reviewer or 0, criteria=[criterion]
        )  # fmt: skip
    return PracticeCriterion(
        practice=found, criterion=about, asked=asked_of_reviewers(scheme, scheme.by_id[criterion]),
        type_title=kind.title, type_meaning=kind.meaning,
        saved_at=given[criterion].at if criterion in given else None,
    )  # fmt: skip


def practised(database: Database, *, principal: Principal, exercise_id: int) -> Practised:
    """How do the reviewer's answers compare with what was agreed? Raises NotFound before they hand in."""
    permit(principal, Permission.CALIBRATION_TAKE)
    found = comparison(database, principal=principal, exercise_id=exercise_id, reviewer_id=principal.reviewer)
    scheme = _scheme(database, exercise_id)
    return Practised(
        found=found, scheme=scheme.title, scales={one.id: _scales(scheme, one.id) for one in found.criteria}
    )  # fmt: skip


def _scheme(database: Database, exercise_id: int) -> Scheme:
    """The scheme of an exercise that the asker may see."""
    with database.reading() as session:
        return editions.scheme_of(session, calibration.get(session, exercise_id).edition_digest)


def _scales(scheme: Scheme, criterion: str) -> Scales:
    about = scheme.by_id[criterion]
    return Scales(
        reviewer=scheme.scale_of(about, "reviewer"), team=scheme.scale_of(about, "team"),
        unit=getattr(about.measure, "unit", "") or "",
    )  # fmt: skip
