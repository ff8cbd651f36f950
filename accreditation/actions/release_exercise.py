"""The office confirms an exercise, so that reviewers can take it, or retires it, so that nobody sees it any more."""

from datetime import datetime

from accreditation.actions.desk import enter
from accreditation.actions.exercising import open_draft
from accreditation.actions.wording import check_reason
from accreditation.database import Database
from accreditation.errors import Fault, Invalid
from accreditation.ledger.chain import Detail
from accreditation.records import calibration
from accreditation.records.calibration import CalibrationExercise, CalibrationRelease, CalibrationRetirement
from accreditation.rules.calibration import Item
from accreditation.rules.names import names_in
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit


def confirm_exercise(database: Database, *, principal: Principal, exercise_id: int, at: datetime) -> None:
    """Confirm that this exercise tells of nobody: from now on reviewers can take it. Again changes nothing.

    Raises Invalid where every criterion is left out, and where a text holds a name that became known since.
    """
    permit(principal, Permission.CALIBRATION_MAKE)
    with database.writing() as session:
        if exercise_id in calibration.releases(session):
            return
        draft = open_draft(session, principal=principal, exercise_id=exercise_id)
        items = [one for row in draft.items.values() if not (one := row.item()).left_out]
        _check(draft.row, items, calibration.known_names(session, draft.row.cycle_id))
        session.add(CalibrationRelease(exercise_id=exercise_id, by=principal.name, at=at))
        versions: dict[str, Detail] = {name: row.version for name, row in draft.items.items()}
        detail: dict[str, Detail] = {"criteria": len(items), "versions": versions}
        subject = f"calibration:{exercise_id}"
        enter(session, at=at, by=principal, action="calibration:confirm", subject=subject, detail=detail)


def retire_exercise(database: Database, *, principal: Principal, exercise_id: int, reason: str, at: datetime) -> None:
    """Take this exercise back, with a reason for the college: no reviewer sees it any more. Again changes nothing.

    Who handed it in has done so; what they answered stays kept.
    """
    permit(principal, Permission.CALIBRATION_MAKE)
    check_reason(reason)
    with database.writing() as session:
        calibration.get(session, exercise_id)
        if exercise_id in calibration.retirements(session):
            return
        session.add(CalibrationRetirement(exercise_id=exercise_id, reason=reason.strip(), by=principal.name, at=at))
        subject = f"calibration:{exercise_id}"
        enter(session, at=at, by=principal, action="calibration:retire", subject=subject, detail={"reason": reason})


def _check(row: CalibrationExercise, items: list[Item], names: frozenset[str]) -> None:
    faults = []
    if not items:
        faults.append(Fault(where="criteria", found="all are left out", allowed="at least one"))
    texts = {"title": row.title, "about": row.about}
    for item in items:
        where = f"criterion {item.criterion}"
        texts |= {
            f"{where}, note": item.team.note, f"{where}, evidence": item.evidence,
            f"{where}, reference": item.reference.note,
        }  # fmt: skip
    for where, words in texts.items():
        for name in names_in(words, names):
            faults.append(Fault(where=where, found=f"the name '{name}'", allowed="edit it once more"))
    if faults:
        raise Invalid(faults)
