"""The committee decides. The rules recommend; a departure from them needs a reason that stays."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.recommend import settled_score
from accreditation.actions.wording import faults_of_prose
from accreditation.database import Database
from accreditation.errors import Contradiction, Fault, Invalid
from accreditation.ledger.chain import Detail
from accreditation.records.awards import ConditionSet, Decision, Recommendation
from accreditation.rules.award import Condition, conditions_of
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.award import Outcome


def decide(
    database: Database,
    *,
    principal: Principal,
    cycle_id: int,
    outcome: str,
    reason: str,
    conditions: Sequence[str] = (),
    at: datetime,
) -> Decision:
    """Decide this outcome for this cycle. An award is valid from the day of the decision.

    `conditions` names criteria that the committee asks for besides those that follow from the rules; they are needed
    where the outcome is one with conditions and the rules find none (a departure downwards).
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
        return _decide(desk, outcome, reason.strip(), tuple(dict.fromkeys(conditions)))


def _decide(desk: Desk, outcome: str, reason: str, named: tuple[str, ...]) -> Decision:
    recommended = desk.session.get_one(Recommendation, desk.cycle_id).outcome
    faults = [*faults_of_prose("reason", reason), *_faults(desk, outcome, recommended, reason)]
    if faults:
        raise Invalid(faults)
    chosen = desk.scheme.outcome(outcome)
    asked = _asked(desk, chosen, named)
    until = None if chosen.valid_for is None else chosen.valid_for.after(desk.at).date()
    row = Decision(
        cycle_id=desk.cycle_id, outcome=outcome, departs=outcome != recommended, reason=reason, by=desk.principal.name,
        at=desk.at, valid_until=until,
    )  # fmt: skip
    desk.session.add(row)
    kept = [
        ConditionSet(
            cycle_id=desk.cycle_id,
            needed=one.needed,
            criteria=json.dumps(one.criteria),
            due_on=one.within.after(desk.at).date(),
        )
        for one in asked
    ]
    desk.session.add_all(kept)
    desk.go(Move.DECIDE, reason=reason)
    detail: dict[str, Detail] = {
        "outcome": outcome,
        "recommended": recommended,
        "departs": row.departs,
        "reason": reason,
        "valid_until": until,
        "conditions": [{"needed": c.needed, "criteria": list(c.names), "due_on": c.due_on} for c in kept],
    }
    desk.enter("award:decide", detail)
    return row


def _faults(desk: Desk, outcome: str, recommended: str, reason: str) -> Iterator[Fault]:
    known = [one.outcome for one in desk.scheme.award]
    if outcome not in known:
        yield Fault(where="outcome", found=f"'{outcome}'", allowed=f"one of: {', '.join(known)}")
    if outcome != recommended and not reason:
        found = f"empty, but the rules recommend '{recommended}'"
        yield Fault(where="reason", found=found, allowed="say why the committee departs from it")


def _asked(desk: Desk, chosen: Outcome, named: tuple[str, ...]) -> tuple[Condition, ...]:
    """What must be put right: what follows from the rules, and what the committee names besides."""
    applicable = {criterion.id for criterion in desk.scheme.applicable(desk.now.profile)}
    allowed = "a criterion of this cycle"
    faults = [Fault(where="conditions", found=f"'{one}'", allowed=allowed) for one in named if one not in applicable]
    if named and chosen.conditions is None:
        faults.append(Fault(where="conditions", found=f"'{chosen.outcome}' has none", allowed="leave them out"))
    by_rule = conditions_of(chosen, settled_score(desk))
    if chosen.conditions is not None and not by_rule and not named:
        found = "none, and none follows from the rules"
        faults.append(Fault(where="conditions", found=found, allowed="name the criteria that must be put right"))
    if faults:
        raise Invalid(faults)
    if chosen.conditions is None:
        return by_rule
    known = {name for one in by_rule if one.needed == len(one.criteria) for name in one.criteria}
    within = chosen.conditions.within
    return (*by_rule, *(Condition(needed=1, criteria=(one,), within=within) for one in named if one not in known))
