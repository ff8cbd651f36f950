"""The committee decides. The rules recommend; a departure from them needs a reason that stays."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.impartial import check_impartial
from accreditation.actions.recommend import settled_score
from accreditation.actions.wording import faults_of_prose
from accreditation.database import Database
from accreditation.errors import Contradiction, Fault, Invalid
from accreditation.ledger.chain import Detail
from accreditation.records.awards import ConditionSet, Decision, Recommendation
from accreditation.rules.award import Condition, asked_for, conditions_of
from accreditation.rules.cycle import Move
from accreditation.rules.deadlines import holidays_of
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.rules.result import validity
from accreditation.rules.scoring import Score
from accreditation.scheme.award import Outcome
from accreditation.scheme.values import Period


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
    that the scheme does not have, and for a departure from the recommendation without a reason. Where the rules
    leave the case to judgement, any outcome that is no judgement itself may be decided, with a reason; it departs from
    nothing. Raises NotPermitted for somebody who is or was of the service, was on the visit, or is in conflict with it.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.AWARD_DECIDE, cycle_id=cycle_id, at=at)
        check_impartial(desk, what="this decision")
        row = session.get(Decision, cycle_id)
        if row is not None:
            if (row.outcome, row.reason) == (outcome, reason.strip()):
                return row
            raise Contradiction(f"The committee has decided already: '{row.outcome}'. A decision stands.")
        desk.transition(Move.DECIDE)
        return _decide(desk, outcome, reason.strip(), tuple(dict.fromkeys(conditions)))


def _decide(desk: Desk, outcome: str, reason: str, named: tuple[str, ...]) -> Decision:
    recommendation = desk.session.get_one(Recommendation, desk.cycle_id)
    recommended = desk.scheme.outcome(recommendation.outcome)
    faults = [
        *faults_of_prose("reason", reason, rules=desk.scheme.evidence_rules),
        *_faults(desk, outcome, recommended, reason),
    ]
    if faults:
        raise Invalid(faults)
    chosen, score = desk.scheme.outcome(outcome), settled_score(desk)
    asked = asked_conditions(desk, chosen, named, score)
    valid_for = _valid_for(chosen, recommendation, score)
    row = Decision(
        cycle_id=desk.cycle_id, outcome=outcome, departs=not recommended.judgement and chosen != recommended,
        reason=reason, by=desk.principal.name, at=desk.at,
        valid_until=None if valid_for is None else end_of(desk, valid_for),
    )  # fmt: skip
    desk.session.add(row)
    kept = [
        ConditionSet(
            cycle_id=desk.cycle_id,
            needed=one.needed,
            criteria=json.dumps(one.criteria),
            due_on=end_of(desk, one.within),
        )
        for one in asked
    ]
    desk.session.add_all(kept)
    desk.go(Move.DECIDE, reason=reason)
    detail: dict[str, Detail] = {
        "outcome": outcome,
        "recommended": recommended.outcome,
        "departs": row.departs,
        "reason": reason,
        "valid_until": row.valid_until,
        "conditions": [{"needed": c.needed, "criteria": list(c.names), "due_on": c.due_on} for c in kept],
    }
    desk.enter("award:decide", detail)
    return row


def _valid_for(chosen: Outcome, recommendation: Recommendation, score: Score) -> Period | None:
    """How long is this outcome valid? As it was recommended; another outcome by its own rules on the same ratings."""
    told = json.loads(recommendation.working)
    if chosen.outcome == recommendation.outcome and told.get("valid_for") is not None:
        return Period.model_validate(told["valid_for"])
    return validity(chosen, score)


def end_of(desk: Desk, period: Period) -> date:
    """The last day of a period that begins now; business days leave out the holidays of this service."""
    return period.after(desk.at, holidays=holidays_of(scheme=desk.scheme, profile=desk.now.profile)).date()


def _faults(desk: Desk, outcome: str, recommended: Outcome, reason: str) -> Iterator[Fault]:
    known = [one.outcome for one in desk.scheme.award if not one.judgement]
    if outcome == recommended.outcome and recommended.judgement:
        found = f"'{outcome}' leaves it to the committee's judgement"
        yield Fault(where="outcome", found=found, allowed=f"decide one of: {', '.join(known)}")
    elif outcome not in known:
        yield Fault(where="outcome", found=f"'{outcome}'", allowed=f"one of: {', '.join(known)}")
    if recommended.judgement and not reason:
        found = f"empty, but the rules leave the case to judgement ('{recommended.outcome}')"
        yield Fault(where="reason", found=found, allowed="say what the committee's judgement rests on")
    elif outcome != recommended.outcome and not reason:
        found = f"empty, but the rules recommend '{recommended.outcome}'"
        yield Fault(where="reason", found=found, allowed="say why the committee departs from it")


def asked_conditions(desk: Desk, chosen: Outcome, named: tuple[str, ...], score: Score) -> tuple[Condition, ...]:
    """What must be put right: what follows from the rules, and what the committee names besides."""
    applicable = {criterion.id for criterion in desk.scheme.applicable(desk.now.profile)}
    allowed = "a criterion of this cycle"
    faults = [Fault(where="conditions", found=f"'{one}'", allowed=allowed) for one in named if one not in applicable]
    if named and chosen.conditions is None:
        faults.append(Fault(where="conditions", found=f"'{chosen.outcome}' has none", allowed="leave them out"))
    by_rule = conditions_of(chosen, score)
    if chosen.conditions is not None and not by_rule and not named:
        found = "none, and none follows from the rules"
        faults.append(Fault(where="conditions", found=found, allowed="name the criteria that must be put right"))
    if faults:
        raise Invalid(faults)
    if chosen.conditions is None:
        return by_rule
    known = {name for one in by_rule if one.needed == len(one.criteria) for name in one.criteria}
    also = (asked_for(chosen.conditions, needed=1, criteria=(one,)) for one in named if one not in known)
    return (*by_rule, *also)
