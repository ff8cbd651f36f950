"""What the actions on a calibration exercise begin with: which exercise it is, and whether it is open to who asks."""

from dataclasses import dataclass

from accreditation.database import Session
from accreditation.errors import Contradiction
from accreditation.records import calibration, editions
from accreditation.records.calibration import CalibrationExercise, CalibrationItem
from accreditation.rules.calibration import Item
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An exercise that the office works on, with its standing items."""

    row: CalibrationExercise
    scheme: Scheme
    items: dict[str, CalibrationItem]


@dataclass(frozen=True, kw_only=True)
class Open:
    """An exercise that is open to a reviewer, with the items that are part of it."""

    row: CalibrationExercise
    scheme: Scheme
    items: dict[str, Item]
    reviewer: int


def open_draft(session: Session, *, principal: Principal, exercise_id: int) -> Draft:
    """The exercise, for the office to work on. Raises NotFound, and Contradiction once it is confirmed."""
    permit(principal, Permission.CALIBRATION_MAKE)
    row = calibration.get(session, exercise_id)
    if exercise_id in calibration.releases(session):
        raise Contradiction("This exercise is confirmed and stays as it is. Make another one, and retire this one.")
    scheme = editions.scheme_of(session, row.edition_digest)
    return Draft(row=row, scheme=scheme, items=calibration.items(session, exercise_id))


def open_exercise(session: Session, *, principal: Principal, exercise_id: int) -> Open:
    """The exercise, for this reviewer to take. Raises NotFound where it is not open to them, as if it were not there.

    Open are those that are confirmed and not retired, to reviewers who never sat in the review team of the case.
    """
    permit(principal, Permission.CALIBRATION_TAKE)
    row = calibration.get(session, exercise_id)
    reviewer = principal.reviewer or 0
    if not calibration.is_open(session, row, reviewer=reviewer):
        raise calibration.missing()
    items = {name: one.item() for name, one in calibration.items(session, exercise_id).items()}
    return Open(
        row=row, scheme=editions.scheme_of(session, row.edition_digest), reviewer=reviewer,
        items={name: one for name, one in items.items() if not one.left_out},
    )  # fmt: skip
