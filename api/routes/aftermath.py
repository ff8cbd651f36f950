"""After the publication: conditions that are met, an appeal and its answer. Each answers with the whole decision."""

from typing import Annotated

from accreditation.actions.answer_appeal import answer_appeal
from accreditation.actions.appeal import appeal as lodge_appeal
from accreditation.actions.meet_condition import meet_condition
from accreditation.rules.permissions import Permission
from accreditation.views import awards as view
from api.guard import Asks, guard
from api.inputs.bounds import ConditionId, CycleId, ReasonSent
from api.inputs.decisions import AppealAnswerSent, ConditionMetSent
from api.routes.making import routes

router = routes("after the decision")

Recorder = Annotated[Asks, guard(Permission.CONDITION_MEET)]
Appellant = Annotated[Asks, guard(Permission.APPEAL_LODGE)]
Answerer = Annotated[Asks, guard(Permission.APPEAL_ANSWER)]


@router.put("/cycles/{cycle}/conditions/{condition}", response_model=view.DecisionShown)
def meet(cycle: CycleId, condition: ConditionId, sent: ConditionMetSent, asks: Recorder) -> view.DecisionShown:
    """Record that a condition is met, on the reviewers' word. Once all are, what the scheme names follows."""
    meet_condition(
        asks.database, principal=asks.principal, cycle_id=cycle, condition_id=condition, reason=sent.reason,
        criteria=sent.criteria, at=asks.at,
    )  # fmt: skip
    return view.decision(asks.database, principal=asks.principal, cycle_id=cycle)


@router.post("/cycles/{cycle}/appeal", response_model=view.DecisionShown, status_code=201)
def appeal(cycle: CycleId, sent: ReasonSent, asks: Appellant) -> view.DecisionShown:
    """Appeal against the published decision, with a reason, in the time that the scheme gives."""
    lodge_appeal(asks.database, principal=asks.principal, cycle_id=cycle, reason=sent.reason, at=asks.at)
    return view.decision(asks.database, principal=asks.principal, cycle_id=cycle)


@router.put("/cycles/{cycle}/appeal/answer", response_model=view.DecisionShown)
def answer(cycle: CycleId, sent: AppealAnswerSent, asks: Answerer) -> view.DecisionShown:
    """Answer the appeal: uphold it with another outcome, or dismiss it. Nobody who was on the visit may."""
    answer_appeal(
        asks.database, principal=asks.principal, cycle_id=cycle, outcome=sent.outcome, reason=sent.reason,
        conditions=sent.conditions, at=asks.at,
    )  # fmt: skip
    return view.decision(asks.database, principal=asks.principal, cycle_id=cycle)
