"""The team's lead hands in what the stage asks for: first the self-assessment, then the evidence."""

from datetime import datetime

from accreditation.actions.clearing import standing
from accreditation.actions.desk import Desk, open_cycle
from accreditation.database import Database
from accreditation.errors import Fault, Invalid, MoveNotAllowed
from accreditation.ledger.chain import Detail
from accreditation.records import answers, cycles, evidence_items, library_items
from accreditation.rules.answering import missing_answers, missing_evidence
from accreditation.rules.clearance import STATE_MEANINGS, State, to_do
from accreditation.rules.cycle import Move, Stage, allowed
from accreditation.rules.dating import outdated_evidence
from accreditation.rules.deadlines import holidays_of
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.rules.stating import awaited_of_office, missing_facts

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
                allowed=[str(option) for option in allowed(desk.now.stage)],
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
    scheme, profile = desk.scheme, desk.now.profile
    given = {
        name: row.answer() for name, row in answers.self_ratings(desk.session, [desk.cycle_id])[desk.cycle_id].items()
    }
    faults = list(missing_facts(scheme=scheme, profile=profile))
    faults += missing_answers(scheme=scheme, profile=profile, answers=given)
    if desk.now.stage is Stage.EVIDENCE:
        shown = library_items.shown(desk.session, desk.cycle_id)
        faults += missing_evidence(scheme=scheme, profile=profile, answers=given, attached=shown)
        faults += outdated_evidence(
            scheme=scheme, profile=profile, answers=given, shown=shown, on=desk.at.date(),
            holidays=holidays_of(scheme=scheme, profile=profile),
        )  # fmt: skip
        faults += _closed(desk)
    # What only the office can state refuses no team, but a team that must come back reads it too.
    return faults and [*faults, *awaited_of_office(scheme=scheme, profile=profile)]


FOUND_OUT = frozenset({State.REFUSED, State.QUARANTINED, State.HELD, State.UPHELD})
"""States whose reason the team reads: what was found, or what the office said. Why a file waits is for the college."""


def _closed(desk: Desk) -> list[Fault]:
    """Which attached files can reviewers not open? Each with how it stands, and what to do about it."""
    held = evidence_items.living(desk.session, desk.cycle_id)
    stands = standing(desk, [item for item, _, _ in held])
    faults = []
    for item, criteria, check in held:
        clearance = stands[item.id or 0]
        if clearance.open:
            continue
        said = clearance.reason if clearance.state in FOUND_OUT else ""
        found, allowed = f"{clearance.state.value}: {said or STATE_MEANINGS[clearance.state]}", to_do(clearance.state)
        if check is not None and not check.whole:
            found, allowed = "damaged: its bytes are not the ones that arrived", "send the file again, or withdraw it"
        where = f"evidence {item.id}, '{item.title}' ({', '.join(criteria)})"
        faults.append(Fault(where=where, found=found, allowed=allowed))
    return faults
