"""The office records, on the reviewers' word, that a condition of a decision is met."""

import json
from collections.abc import Sequence
from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.following import aftermath_of, follow, told_change
from accreditation.actions.impartial import check_not_of_it
from accreditation.actions.recommend import settled_score
from accreditation.actions.wording import check_reason
from accreditation.database import Database
from accreditation.errors import Contradiction, Fault, Invalid, NotFound
from accreditation.ledger.chain import Detail
from accreditation.records import awards
from accreditation.records.aftermath import Aftermath, ConditionMet
from accreditation.records.awards import ConditionSet
from accreditation.rules.afterwards import all_met, day_words
from accreditation.rules.award import conditions_of
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def meet_condition(
    database: Database,
    *,
    principal: Principal,
    cycle_id: int,
    condition_id: int,
    reason: str,
    criteria: Sequence[str] = (),
    at: datetime,
) -> str:
    """Record that this condition is met, with the reason; says the outcome that stands now.

    `criteria` are those that were put right; left out, all of the condition's. Once every condition is met, the
    outcome that the scheme names for it follows by rule. The same record again changes nothing. Raises Contradiction
    when the time is over, while an appeal is open, and where the outcome that asked for it does not stand any more, and
    NotPermitted for whoever is of the service.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.CONDITION_MEET, cycle_id=cycle_id, at=at)
        desk.go(Move.MEET_CONDITION)
        check_not_of_it(desk, what="say that its condition is met")
        asked = {row.id: row for row in awards.conditions(session, [cycle_id]).get(cycle_id, [])}
        row = asked.get(condition_id)
        if row is None:
            raise NotFound(f"The decision on this cycle has no condition {condition_id}.")
        names = tuple(dict.fromkeys(criteria)) or row.names
        done = session.get(ConditionMet, condition_id)
        if done is not None:
            if (done.names, done.reason) == (names, reason.strip()):
                return aftermath_of(desk).stands.outcome
            raise Contradiction(f"Recorded as met on {day_words(done.at.date())}, by {done.by}; it stands.")
        check_reason(reason, rules=desk.scheme.evidence_rules)
        _check_may_be_met(desk, aftermath_of(desk), row, names)
        return _meet(desk, row, names, reason.strip())


def _check_may_be_met(desk: Desk, after: Aftermath, row: ConditionSet, names: tuple[str, ...]) -> None:
    if row.number != after.number:
        title = desk.scheme.outcome(after.stands.outcome).title
        raise Contradiction(
            f"The result is '{title}' since {day_words(after.stands.at.date())}; the conditions of the one before it "
            "are over."
        )
    if after.appeal_open:
        raise Contradiction("An appeal is open. Conditions can be recorded as met once the committee has answered it.")
    if desk.at.date() > row.due_on:
        raise Contradiction(f"This had to be put right by {day_words(row.due_on)}; the time is over.")
    faults = [
        Fault(where="criteria", found=f"'{name}'", allowed=f"one of: {', '.join(row.names)}")
        for name in names
        if name not in row.names
    ]
    if len(names) < row.needed:
        faults.append(Fault(where="criteria", found=f"{len(names)}", allowed=f"at least {row.needed} of the condition"))
    if faults:
        raise Invalid(faults)


def _meet(desk: Desk, row: ConditionSet, names: tuple[str, ...], reason: str) -> str:
    desk.session.add(
        ConditionMet(
            condition_id=row.id or 0, criteria=json.dumps(names), reason=reason, by=desk.principal.name, at=desk.at
        )
    )
    desk.session.flush()
    after = aftermath_of(desk)
    left = sum(not one.met for one in after.asked)
    told: dict[str, Detail] = {"condition": row.id, "criteria": list(names), "reason": reason, "left": left}
    desk.enter("condition:meet", {**told, **_what_follows(desk, after)})
    return aftermath_of(desk).stands.outcome


def _what_follows(desk: Desk, after: Aftermath) -> dict[str, Detail]:
    """Once all are met, the outcome that the scheme names follows; what was put right counts as met then."""
    conditions = desk.scheme.outcome(after.stands.outcome).conditions
    if not all_met(after.asked) or conditions is None or conditions.when_met is None:
        return {}
    put_right = {name for one in after.met.values() for name in one.names}
    score, outcome = settled_score(desk).with_met(put_right), desk.scheme.outcome(conditions.when_met)
    asked = conditions_of(outcome, score)
    change = follow(
        desk, after=after, outcome=outcome, because="conditions_met", score=score, asked=asked,
        reason="every condition was met in time",
    )  # fmt: skip
    return {"follows": told_change(change, asked)}
