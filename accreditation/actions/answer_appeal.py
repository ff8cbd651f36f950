"""The committee answers an appeal: dismisses it, or upholds it with another outcome."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from accreditation.actions.decide import asked_conditions
from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.following import aftermath_of, follow, told_change, watch_conditions
from accreditation.actions.impartial import check_impartial
from accreditation.actions.recommend import settled_score
from accreditation.actions.wording import check_reason
from accreditation.database import Database
from accreditation.errors import Contradiction, Fault, Invalid
from accreditation.ledger.chain import Detail
from accreditation.records import peers
from accreditation.records.aftermath import AppealAnswer
from accreditation.records.awards import Recommendation
from accreditation.rules.cycle import Move
from accreditation.rules.panels import PanelKind, hinders_hearing
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def answer_appeal(
    database: Database,
    *,
    principal: Principal,
    cycle_id: int,
    outcome: str | None,
    reason: str,
    conditions: Sequence[str] = (),
    at: datetime,
) -> AppealAnswer:
    """Answer the appeal with a reason: uphold it with this outcome, or dismiss it (None).

    What is decided instead stands from now on, as a new decision. `conditions` as for a decision. The same answer again
    changes nothing, another one is a Contradiction. Whoever sits in the appeal panel then is kept as having heard it.
    Raises NotPermitted for somebody who is or was of the service, was on the visit, or is in conflict with it;
    Contradiction where the scheme asks for a panel and none is named, or somebody in it may not hear this appeal.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.APPEAL_ANSWER, cycle_id=cycle_id, at=at)
        check_impartial(desk, what="this appeal")
        row = session.get(AppealAnswer, cycle_id)
        if row is not None:
            if (row.outcome, row.reason) == (outcome, reason.strip()):
                return row
            raise Contradiction("The committee has answered the appeal already; its answer stands.")
        desk.go(Move.ANSWER_APPEAL)
        if not aftermath_of(desk).appeal_open:
            raise Contradiction("No appeal is lodged against the decision on this cycle.")
        check_reason(reason, rules=desk.scheme.evidence_rules)
        panel = _heard_by(desk)
        row = AppealAnswer(
            cycle_id=cycle_id, outcome=outcome, reason=reason.strip(), by=principal.name, at=at,
            panel=json.dumps(panel),
        )  # fmt: skip
        session.add(row)
        told = {} if outcome is None else _uphold(desk, outcome, row.reason, tuple(dict.fromkeys(conditions)))
        session.flush()
        if outcome is None:
            watch_conditions(desk, aftermath_of(desk))
        heard: dict[str, Detail] = {"heard_by": list(panel)} if panel else {}
        desk.enter("appeal:answer", {"upheld": outcome is not None, "reason": row.reason, **heard, **told})
        return row


def _heard_by(desk: Desk) -> list[int]:
    """Who sits in the panel that hears the appeal, by id? Raises Contradiction where it may not, saying all of it."""
    case = peers.panel_case(desk.session, desk.now, desk.scheme.assignment)
    rule = desk.scheme.appeal
    hinders = hinders_hearing(case, needed=None if rule is None else rule.panel, at=desk.at.date())
    if hinders:
        raise Contradiction(
            f"This appeal cannot be answered yet: {'; '.join(hinders)}. The college office names the appeal panel."
        )
    return sorted(case.panels[PanelKind.APPEAL])


def _uphold(desk: Desk, outcome: str, reason: str, named: tuple[str, ...]) -> dict[str, Detail]:
    after = aftermath_of(desk)
    faults = list(_faults(desk, outcome, after.stands.outcome))
    if faults:
        raise Invalid(faults)
    chosen, score = desk.scheme.outcome(outcome), settled_score(desk)
    recommended = desk.scheme.outcome(desk.session.get_one(Recommendation, desk.cycle_id).outcome)
    asked = asked_conditions(desk, chosen, named, score)
    change = follow(
        desk, after=after, outcome=chosen, because="appeal", reason=reason, score=score, asked=asked,
        departs=not recommended.judgement and chosen != recommended,
    )  # fmt: skip
    return told_change(change, asked)


def _faults(desk: Desk, outcome: str, stands: str) -> Iterator[Fault]:
    known = [one.outcome for one in desk.scheme.award if not one.judgement and one.outcome != stands]
    if outcome not in known:
        found = f"'{outcome}', which is what was decided" if outcome == stands else f"'{outcome}'"
        yield Fault(where="outcome", found=found, allowed=f"one of: {', '.join(known)}; or none, to dismiss the appeal")
