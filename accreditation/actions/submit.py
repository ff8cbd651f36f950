"""The team's lead hands in what the stage asks for: first the self-assessment, then the evidence."""

from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.database import Database
from accreditation.errors import Fault, Invalid, MoveNotAllowed
from accreditation.ledger.chain import Detail
from accreditation.records import cycles
from accreditation.records.lacking import lacking_now
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.moves import allowed
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission

SUBMITTED = (Stage.SELF_ASSESSMENT, Stage.EVIDENCE)
"""The stages that end with a submission."""


def submit(database: Database, *, principal: Principal, cycle_id: int, stage: Stage, at: datetime) -> Stage:
    """Submit this stage's work; says the stage the cycle is in now.

    `stage` is the one the lead saw, so that a second click does not submit the next one too: where it is
    submitted already, nothing changes. Raises Invalid naming everything that is missing, all at once.
    """
    with database.writing() as session:
        desk = open_cycle(
            session, principal=principal, permission=Permission.ASSESSMENT_SUBMIT, cycle_id=cycle_id, at=at
        )
        if stage != desk.now.stage and stage in SUBMITTED and _was_submitted(desk, stage):
            return desk.now.stage
        if stage != desk.now.stage:
            desk.transition(Move.SUBMIT)
            raise MoveNotAllowed(
                f"You submit '{stage.value.replace('_', ' ')}', but the cycle is in "
                f"'{desk.now.stage.value.replace('_', ' ')}'.", stage=desk.now.stage.value,
                allowed=[str(option) for option in allowed(desk.now.stage)], move=Move.SUBMIT.value,
            )  # fmt: skip
        desk.transition(Move.SUBMIT)
        faults = _missing(desk)
        if faults:
            raise Invalid(faults)
        detail: dict[str, Detail] = {"stage": stage.value, "answers": len(desk.scheme.applicable(desk.now.profile))}
        reached = desk.go(Move.SUBMIT)
        desk.enter("assessment:submit", detail)
        return reached


def _was_submitted(desk: Desk, stage: Stage) -> bool:
    """Was this stage submitted since the cycle last went back to the beginning?"""
    passed: list[str] = []
    for change in cycles.history(desk.session, desk.cycle_id):
        passed = [] if change.move in (Move.SEND_BACK.value, Move.ANSWER_AGAIN.value) else passed
        if change.move == Move.SUBMIT.value and change.from_stage is not None:
            passed.append(change.from_stage)
    return stage.value in passed


def _missing(desk: Desk) -> list[Fault]:
    """What is missing? What only the office can state refuses no team, but one that must come back reads it too."""
    found = lacking_now(desk.session, now=desk.now, scheme=desk.scheme, on=desk.at.date())
    return [one.fault for one in found] if any(one.keeps for one in found) else []
