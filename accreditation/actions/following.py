"""What follows a published decision: another outcome with its conditions, and the job that sees its time run out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accreditation.actions.decide import end_of
from accreditation.actions.desk import Desk
from accreditation.errors import MoveNotAllowed
from accreditation.ledger.chain import Detail
from accreditation.records import aftermath, jobs
from accreditation.records.aftermath import Aftermath, OutcomeChange
from accreditation.records.awards import ConditionSet
from accreditation.rules.afterwards import lapses_at
from accreditation.rules.award import Condition
from accreditation.rules.moves import allowed
from accreditation.rules.result import validity
from accreditation.rules.scoring import Score
from accreditation.scheme.award import Outcome
from accreditation.scheme.model import Scheme


def aftermath_of(desk: Desk) -> Aftermath:
    """The decision on this cycle and what followed it. Raises MoveNotAllowed where nothing is decided."""
    found = aftermath.aftermath(desk.session, desk.cycle_id)
    if found is None:
        raise MoveNotAllowed(
            "Nothing is decided for this cycle yet.", stage=desk.now.stage.value,
            allowed=[str(option) for option in allowed(desk.now.stage)],
        )  # fmt: skip
    return found


def follow(
    desk: Desk,
    *,
    after: Aftermath,
    outcome: Outcome,
    because: str,
    reason: str,
    score: Score,
    asked: Sequence[Condition],
    departs: bool = False,
) -> OutcomeChange:
    """Append the outcome that stands from now on, with its conditions; it is valid from now, as its rules say."""
    valid_for = validity(outcome, score)
    row = OutcomeChange(
        cycle_id=desk.cycle_id, number=after.number + 1, outcome=outcome.outcome, because=because, departs=departs,
        reason=reason, by=desk.principal.name, at=desk.at,
        valid_until=None if valid_for is None else end_of(desk, valid_for),
    )  # fmt: skip
    desk.session.add(row)
    desk.session.add_all(
        ConditionSet(
            cycle_id=desk.cycle_id, needed=one.needed, criteria=json.dumps(one.criteria),
            due_on=end_of(desk, one.within), number=row.number,
        )
        for one in asked
    )  # fmt: skip
    desk.session.flush()
    watch_conditions(desk, aftermath_of(desk))
    return row


def watch_conditions(desk: Desk, after: Aftermath) -> None:
    """Let the engine look at this cycle when the time of its conditions is over, where something lapses then."""
    due = lapse_due(desk.scheme, after)
    if due is not None:
        jobs.enqueue(
            desk.session, kind=jobs.Kind.CONDITIONS, subject=desk.cycle_id, at=desk.at, due_at=max(due.at, desk.at)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """The outcome to which another lapses by itself, and when."""

    to: str
    at: datetime


def lapse_due(scheme: Scheme, after: Aftermath) -> Lapse | None:
    """To what, and when, does the outcome that stands lapse? None where it does not, or an appeal keeps it open."""
    conditions = scheme.outcome(after.stands.outcome).conditions
    if after.appeal_open or conditions is None or conditions.when_missed is None:
        return None
    at = lapses_at(after.asked)
    return None if at is None else Lapse(to=conditions.when_missed, at=at)


def told_change(row: OutcomeChange, asked: Sequence[Condition]) -> dict[str, Detail]:
    """A change of outcome as the ledger keeps it."""
    return {
        "outcome": row.outcome,
        "number": row.number,
        "because": row.because,
        "departs": row.departs,
        "valid_until": row.valid_until,
        "conditions": [{"needed": one.needed, "criteria": list(one.criteria)} for one in asked],
    }
