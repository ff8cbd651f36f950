"""Immediate risks of a visit: raising one, which waits for nothing, and reading what was answered."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.raise_risk import raise_risk
from accreditation.errors import Invalid, MoveNotAllowed, NotPermitted
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.risk_desk import risk_desk
from api.inputs.bounds import CriterionGiven, CycleId
from api.inputs.typed_risk import TypedRisk
from api.pages.answering import Long, Short
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.review.framing import at_visit
from api.pages.signing.entering import SEE_OTHER
from api.presenting.faults import Faults, faults_of
from api.presenting.review.risks import lacks, risks
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = "/review/cycles/{cycle}/risks"

Reader = Annotated[Visit, page_guard(Permission.RISK_READ, Area.REVIEW)]
Raiser = Annotated[Visit, form_guard(Permission.RISK_RAISE, Area.REVIEW)]


def typed(
    text: Long = "", criterion: Short = "", sure: Short = ""
) -> TypedRisk:  # fmt: skip
    """The fields of the form."""
    return TypedRisk(text=text, criterion=criterion, sure=bool(sure))


@router.get(AT, response_model=None)
def look(
    visit: Reader, cycle: CycleId, criterion: Annotated[CriterionGiven | None, Query()] = None
) -> Response:  # fmt: skip
    """What was warned of, and the form that warns; on this criterion, where one is named."""
    return _shown(visit, cycle, sent=TypedRisk(criterion=criterion or ""))


@router.post(AT, response_model=None)
def warn(sent: Annotated[TypedRisk, Depends(typed)], visit: Raiser, cycle: CycleId) -> Response:
    """Raise an immediate risk: the college office and the team's lead are told the same moment."""
    try:
        sent.check()
        raise_risk(
            visit.database, principal=visit.principal, cycle_id=cycle, criterion=sent.criterion or None, text=sent.text,
            at=visit.at,
        )  # fmt: skip
    except (Invalid, MoveNotAllowed, NotPermitted) as refusal:
        fields = {"text": "text", "sure": "sure", "criterion": "criterion"}
        faults = faults_of(refusal, fields, said=lacks(sent, words_of(visit.visitor.request)))
        return _shown(visit, cycle, sent=sent, faults=faults, status=status_of(refusal))
    return RedirectResponse(f"/review/cycles/{cycle}/risks", SEE_OTHER)


def _shown(
    visit: Visit, cycle: int, *, sent: TypedRisk, faults: Faults | None = None, status: int = 0
) -> Response:  # fmt: skip
    found = risk_desk(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    told = risks(found, f"/review/cycles/{cycle}", words_of(visit.visitor.request))
    return at_visit(
        visit, "review/risks.html", cycle=cycle, here="/risks", faults=faults, status=status, told=told, typed=sent
    )  # fmt: skip
