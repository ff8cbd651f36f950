"""A team reads its result: the award, why, what to put right by when, and an appeal where one may be made."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.appeal import appeal
from accreditation.errors import Contradiction, Invalid, NotFound
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.team_result import team_result
from api.inputs.bounds import CycleId
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team.framing import shown
from api.presenting.faults import Faults, faults_of
from api.presenting.team.results import results
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

PAGE = "/team/cycles/{cycle}/results"


@router.get(PAGE, response_model=None)
def look(cycle: CycleId, visit: Annotated[Visit, page_guard(Permission.AWARD_READ, Area.TEAM)]) -> Response:
    """What was decided, why, and what follows?"""
    return _shown(visit, cycle)


@router.post(PAGE, response_model=None)
def lodge(
    cycle: CycleId, visit: Annotated[Visit, form_guard(Permission.APPEAL_LODGE, Area.TEAM)],
    reason: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:  # fmt: skip
    """The lead appeals."""
    try:
        appeal(visit.database, principal=visit.principal, cycle_id=cycle, reason=reason, at=visit.at)
    except (Invalid, Contradiction) as refusal:
        return _shown(visit, cycle, faults=faults_of(refusal, {"reason": "reason"}), reason=reason)
    return RedirectResponse(f"/team/cycles/{cycle}/results", SEE_OTHER)


def _shown(visit: Visit, cycle: int, *, faults: Faults | None = None, reason: str = "") -> Response:
    with visit.one_moment() as visit:
        try:
            found = team_result(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
        except NotFound:  # the cycle is theirs, as the guard knows: its result is not published yet
            return shown(visit, "team/no_result.html", cycle=cycle, here="/results", status=409 if faults else 0)
        told = results(found, visit.at.date(), words_of(visit.visitor.request))
        return shown(visit, "team/results.html", cycle=cycle, here="/results", faults=faults, told=told, reason=reason)
