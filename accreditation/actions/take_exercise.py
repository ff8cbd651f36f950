"""A reviewer takes a calibration exercise, alone: saves answers as they come, and hands in once all are there."""

from collections.abc import Mapping
from datetime import datetime

from accreditation.actions.desk import enter
from accreditation.actions.exercising import Open, open_exercise
from accreditation.actions.rate import Given, check_versions
from accreditation.actions.wording import faults_of_notes
from accreditation.database import Database, Session
from accreditation.errors import Contradiction, Fault, Invalid, NotFound
from accreditation.ledger.chain import Detail
from accreditation.records import answers, calibration
from accreditation.records.calibration import CalibrationAnswer, CalibrationHandIn
from accreditation.rules.answering import faults_of_answer
from accreditation.rules.people import Principal


def answer_exercise(
    database: Database, *, principal: Principal, exercise_id: int, given: Mapping[str, Given], at: datetime
) -> dict[str, int]:
    """Keep this reviewer's answers (criterion id -> answer); says each criterion's version now.

    As in a review: an answer equal to what stands changes nothing, nobody overwrites unseen, all are kept or none.
    Raises Invalid, Stale, NotFound, and Contradiction once it is handed in.
    """
    with database.reading() as session:
        opened = open_exercise(session, principal=principal, exercise_id=exercise_id)
        _still_open(session, opened, exercise_id)
        _check(opened, given, searched=False)  # searching takes long for long notes: others may write meanwhile
    with database.writing() as session:
        opened = open_exercise(session, principal=principal, exercise_id=exercise_id)
        _still_open(session, opened, exercise_id)
        _check(opened, given, searched=True)
        standing = calibration.given(session, exercise_id=exercise_id, reviewer_id=opened.reviewer, criteria=given)
        new = {
            name: one for name, one in given.items() if name not in standing or standing[name].answer() != one.answer
        }
        check_versions(new, standing, by=principal)
        versions = {name: row.version for name, row in standing.items()}
        kept = {name: versions.get(name, 0) + 1 for name in new}
        session.add_all(
            CalibrationAnswer(
                exercise_id=exercise_id, reviewer_id=opened.reviewer, criterion=name, version=kept[name],
                by=principal.name, at=at, **answers.columns(one.answer),
            )
            for name, one in new.items()
        )  # fmt: skip
        if new:
            told: dict[str, Detail] = {"reviewer": opened.reviewer, "versions": dict(kept)}
            subject = f"calibration:{exercise_id}"
            enter(session, at=at, by=principal, action="calibration:answer", subject=subject, detail=told)
        return versions | kept


def hand_in_exercise(database: Database, *, principal: Principal, exercise_id: int, at: datetime) -> None:
    """Hand in this reviewer's answers: they stand from now on, and the reference is shown. Again changes nothing.

    Raises Invalid naming every criterion that is not answered.
    """
    with database.writing() as session:
        opened = open_exercise(session, principal=principal, exercise_id=exercise_id)
        if session.get(CalibrationHandIn, (exercise_id, opened.reviewer)) is not None:
            return
        standing = calibration.given(session, exercise_id=exercise_id, reviewer_id=opened.reviewer)
        missing = [name for name in opened.items if name not in standing or standing[name].state == "not_answered"]
        if missing:
            allowed = "answer it, or say why it does not apply"
            raise Invalid([Fault(where=f"criterion {name}", found="not answered", allowed=allowed) for name in missing])
        session.add(CalibrationHandIn(exercise_id=exercise_id, reviewer_id=opened.reviewer, at=at))
        subject = f"calibration:{exercise_id}"
        detail = {"reviewer": opened.reviewer}
        enter(session, at=at, by=principal, action="calibration:hand_in", subject=subject, detail=detail)


def _still_open(session: Session, opened: Open, exercise_id: int) -> None:
    if session.get(CalibrationHandIn, (exercise_id, opened.reviewer)) is not None:
        raise Contradiction("You have handed in this exercise; your answers stand as they are.")


def _check(opened: Open, given: Mapping[str, Given], *, searched: bool) -> None:
    """May these answers be given? Raises Invalid naming every fault; notes were `searched` for patients or are now."""
    if unknown := [name for name in given if name not in opened.items]:
        raise NotFound(f"The exercise has no criterion {unknown[0]}.")
    faults = [] if searched else list(faults_of_notes({name: one.answer for name, one in given.items()}))
    for name, one in given.items():
        about = opened.scheme.by_id[name]
        faults += faults_of_answer(criterion=about, answer=one.answer, scheme=opened.scheme, by="reviewer")
    if faults:
        raise Invalid(faults)
