"""Immediate risks that the reviewers raised: the team's lead reads and answers them in writing."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.answer_risk import answer_risk
from accreditation.errors import Contradiction, Invalid
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.risk_desk import risk_desk
from api.inputs.bounds import CycleId, RiskId
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team.framing import shown
from api.presenting.faults import Faults, faults_of
from api.presenting.review.risks import risks
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

PAGE = "/team/cycles/{cycle}/risks"


def said(reply: Annotated[str, Form(max_length=20_000)] = "") -> str:
    """What is said in the form."""
    return reply


@router.get(PAGE, response_model=None)
def look(cycle: CycleId, visit: Annotated[Visit, page_guard(Permission.RISK_READ, Area.TEAM)]) -> Response:
    """What did the reviewers warn of?"""
    return _shown(visit, cycle)


@router.post(f"{PAGE}/{{risk}}", response_model=None)
def answer(
    reply: Annotated[str, Depends(said)], cycle: CycleId, risk: RiskId,
    visit: Annotated[Visit, form_guard(Permission.RISK_ANSWER, Area.TEAM)],
) -> Response:  # fmt: skip
    """Answer one, for the team: the college office and whoever raised it are told."""
    try:
        answer_risk(visit.database, principal=visit.principal, cycle_id=cycle, risk=risk, reply=reply, at=visit.at)
    except (Invalid, Contradiction) as refusal:
        field = f"reply-{risk}"
        faults = faults_of(refusal, {"reply": field})
        return _shown(visit, cycle, faults=faults, status=status_of(refusal), typed={field: reply})
    return RedirectResponse(f"/team/cycles/{cycle}/risks", SEE_OTHER)


def _shown(
    visit: Visit, cycle: int, *, faults: Faults | None = None, status: int = 0, typed: dict[str, str] | None = None
) -> Response:  # fmt: skip
    found = risk_desk(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    told = risks(found, f"/team/cycles/{cycle}", words_of(visit.visitor.request))
    return shown(visit, "team/risks.html", cycle=cycle, faults=faults, status=status, told=told, typed=typed or {})
