"""An exercise beside its reference, criterion by criterion: for the reviewer who handed it in, and for the office."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.errors import Fault, Invalid, NotFound
from accreditation.records import calibration, editions
from accreditation.records.calibration import CalibrationHandIn
from accreditation.rules.agreement.one import Consistency, beside_reference
from accreditation.rules.agreement.severity import Severity
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.answer import Answer
from accreditation.views.calibration import ExerciseRow, named_in, parts_of, rows_of
from accreditation.views.criteria import CriterionNamed
from accreditation.views.looking import Shown


class CriterionCompared(CriterionNamed):
    """What the reviewer answered, and the reference with its reason in the note."""

    answer: Answer
    reference: Answer
    same: bool


class Comparison(Shown):
    """One reviewer's exercise beside its reference. Figures are given with enough criteria or not at all."""

    exercise: ExerciseRow
    reviewer: int
    handed_in_at: datetime
    same: int
    of: int
    lower: float = Field(description="Wilson's 95 % interval of the share of criteria that were answered the same.")
    upper: float
    severity: Severity
    consistency: tuple[Consistency, ...]
    criteria: tuple[CriterionCompared, ...]


def comparison(database: Database, *, principal: Principal, exercise_id: int, reviewer_id: int | None) -> Comparison:
    """How does what this reviewer answered compare with the reference? A reviewer sees their own, once handed in.

    Raises NotFound before the hand-in, whoever asks: the reference leaves the office with a hand-in alone.
    """
    permit(principal, Permission.CALIBRATION_READ)
    reviewer = _whose(principal, reviewer_id)
    with database.reading() as session:
        row = calibration.get(session, exercise_id)
        if principal.role is not Role.OFFICE and not calibration.is_open(session, row, reviewer=reviewer):
            raise calibration.missing()
        done = session.get(CalibrationHandIn, (exercise_id, reviewer))
        if done is None:
            raise NotFound("There is nothing to compare yet: the exercise is compared once it is handed in.")
        scheme = editions.scheme_of(session, row.edition_digest)
        reference = {name: item.reference for name, item in parts_of(session, exercise_id).items()}
        rows = calibration.given(session, exercise_id=exercise_id, reviewer_id=reviewer)
        answers = {name: one.answer() for name, one in rows.items()}
        found = beside_reference(scheme=scheme, answers=answers, reference=reference)
        return Comparison(
            exercise=rows_of(session, [row], principal=principal)[0], reviewer=reviewer, handed_in_at=done.at,
            same=found.same, of=found.criteria, lower=round(found.lower, 6), upper=round(found.upper, 6),
            severity=found.severity, consistency=found.consistency,
            criteria=tuple(
                CriterionCompared(
                    **dict(named_in(scheme, one.id)), answer=answers[one.id], reference=reference[one.id],
                    same=one.id not in found.differing,
                )
                for one in scheme.criteria
                if one.id in reference
            ),
        )  # fmt: skip


def _whose(principal: Principal, reviewer_id: int | None) -> int:
    """Whose comparison is asked for? Raises Invalid where the office does not say, NotFound for another reviewer's."""
    if principal.role is Role.OFFICE:
        if reviewer_id is None:
            raise Invalid([Fault(where="query.reviewer", found="nothing", allowed="the id of a reviewer")])
        return reviewer_id
    if reviewer_id not in (None, principal.reviewer):
        raise calibration.missing()
    return principal.reviewer or 0
