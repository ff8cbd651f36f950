"""The college office records, on the reviewers' word, that a condition of a decision is met."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.meet_condition import meet_condition
from accreditation.errors import Contradiction, Invalid, MoveNotAllowed
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.awards import decision
from accreditation.views.own_cycles import cycle_named
from api.inputs.all_at_once import check_all, check_chosen, check_reasoned
from api.inputs.bounds import CycleId
from api.pages.college.framing import at_cycle
from api.pages.college.reasons import Reason
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college.conditions import LABELS, SAID, conditions
from api.presenting.faults import Faults, faults_of
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = "/college/cycles/{cycle}/conditions"
NEEDS = Permission.CONDITION_MEET

Chosen = Annotated[str, Form(max_length=9, pattern=r"^[0-9]*$")]
Criteria = Annotated[list[str], Form(max_length=200, default_factory=list)]


@router.get(AT, response_model=None)
def ask(visit: Annotated[Visit, page_guard(NEEDS, Area.COLLEGE)], cycle: CycleId) -> Response:
    """What was to be put right, and the form that records it."""
    return _shown(visit, cycle)


@router.post(AT, response_model=None)
def meet(
    reason: Reason, visit: Annotated[Visit, form_guard(NEEDS, Area.COLLEGE)], cycle: CycleId,
    criterion: Criteria, condition: Chosen = "",
) -> Response:  # fmt: skip
    """Record that a condition is met."""
    try:
        check_all(
            lambda: check_chosen(condition, where="condition", say="the condition that is met"),
            lambda: check_reasoned(reason),
        )  # fmt: skip
        meet_condition(
            visit.database, principal=visit.principal, cycle_id=cycle, condition_id=int(condition), reason=reason,
            criteria=criterion, at=visit.at,
        )  # fmt: skip
    except (Invalid, Contradiction, MoveNotAllowed) as refusal:
        fields = {"reason": "reason", "condition": "condition", "criteria": "criterion"}
        return _shown(
            visit, cycle, condition=condition, reason=reason, ticked=tuple(criterion),
            faults=faults_of(refusal, fields, said=SAID, labels=LABELS), status=status_of(refusal),
        )  # fmt: skip
    return RedirectResponse(f"/college/cycles/{cycle}?done=condition", SEE_OTHER)


def _shown(
    visit: Visit, cycle: int, *, condition: str = "", reason: str = "", ticked: tuple[str, ...] = (),
    faults: Faults | None = None, status: int = 0,
) -> Response:  # fmt: skip
    cycle_named(visit.database, principal=visit.principal, cycle_id=cycle, permission=NEEDS)
    found = decision(visit.database, principal=visit.principal, cycle_id=cycle)
    return at_cycle(
        visit, "college/conditions.html", cycle=cycle, needs=NEEDS, faults=faults, status=status,
        told=conditions(found, words_of(visit.visitor.request), on=visit.at.date()), condition=condition,
        reason=reason, ticked=ticked,
    )  # fmt: skip
