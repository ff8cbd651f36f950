"""The committee decides. The rules recommend; a departure from them needs a reason that stays."""

import json
from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.recommend import settled_score
from accreditation.actions.wording import faults_of_prose
from accreditation.database import Database
from accreditation.errors import Contradiction, Fault, Invalid
from accreditation.ledger.chain import Detail
from accreditation.records.awards import ConditionSet, Decision, Recommendation
from accreditation.rules.award import conditions_of
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def decide(
    database: Database, *, principal: Principal, cycle_id: int, outcome: str, reason: str, at: datetime
) -> Decision:
    """Decide this outcome for this cycle. An award is valid from the day of the decision.

    The same decision again changes nothing; another one is a Contradiction. Raises Invalid for an outcome
    that the scheme does not have, and for a departure from the recommendation without a reason.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.AWARD_DECIDE, cycle_id=cycle_id, at=at)
        row = session.get(Decision, cycle_id)
        if row is not None:
            if (row.outcome, row.reason) == (outcome, reason.strip()):
                return row
            raise Contradiction(f"The committee has decided already: '{row.outcome}'. A decision stands.")
        desk.transition(Move.DECIDE)
        return _decide(desk, outcome, reason.strip())


def _decide(desk: Desk, outcome: str, reason: str) -> Decision:
    recommended = desk.session.get_one(Recommendation, desk.cycle_id).outcome
    departs = outcome != recommended
    faults = list(faults_of_prose("reason", reason))
    known = [one.outcome for one in desk.scheme.award]
    if outcome not in known:
        faults.append(Fault(where="outcome", found=f"'{outcome}'", allowed=f"one of: {', '.join(known)}"))
    if departs and not reason:
        faults.append(
            Fault(
                where="reason",
                found=f"empty, but the rules recommend '{recommended}'",
                allowed="say why the committee departs from it",
            )
        )
    if faults:
        raise Invalid(faults)
    chosen = desk.scheme.outcome(outcome)
    until = None if chosen.valid_for is None else chosen.valid_for.after(desk.at).date()
    row = Decision(
        cycle_id=desk.cycle_id, outcome=outcome, departs=departs, reason=reason, by=desk.principal.name, at=desk.at,
        valid_until=until,
    )  # fmt: skip
    desk.session.add(row)
    asked = conditions_of(chosen, settled_score(desk))
    desk.session.add_all(
        ConditionSet(
            cycle_id=desk.cycle_id,
            needed=one.needed,
            criteria=json.dumps(one.criteria),
            due_on=one.within.after(desk.at).date(),
        )
        for one in asked
    )
    desk.go(Move.DECIDE, reason=reason)
    detail: dict[str, Detail] = {
        "outcome": outcome,
        "recommended": recommended,
        "departs": departs,
        "reason": reason,
        "valid_until": until,
    }
    desk.enter(
        "award:decide", {**detail, "conditions": [{"needed": c.needed, "criteria": list(c.criteria)} for c in asked]}
    )
    return row
