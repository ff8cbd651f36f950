"""Leaving a visit that one took on: what happens then, and the reason."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.take_off import step_down
from accreditation.errors import Invalid, MoveNotAllowed
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.visit_desk import visit_desk
from api.inputs.bounds import CycleId
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.review.framing import at_visit
from api.pages.signing.entering import SEE_OTHER
from api.presenting.faults import Faults, faults_of
from api.presenting.review.leaving import leaving
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = "/review/cycles/{cycle}/leaving"


@router.get(AT, response_model=None)
def look(visit: Annotated[Visit, page_guard(Permission.REVIEW_LEAVE, Area.REVIEW)], cycle: CycleId) -> Response:
    """What happens if I leave?"""
    return _shown(visit, cycle)


@router.post(AT, response_model=None)
def leave(
    visit: Annotated[Visit, form_guard(Permission.REVIEW_LEAVE, Area.REVIEW)], cycle: CycleId,
    reason: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:  # fmt: skip
    """I leave this visit, and the college looks for somebody else."""
    try:
        step_down(visit.database, principal=visit.principal, cycle_id=cycle, reason=reason, at=visit.at)
    except (Invalid, MoveNotAllowed) as refusal:
        faults = faults_of(refusal, {"reason": "reason"})
        return _shown(visit, cycle, faults=faults, status=status_of(refusal), reason=reason)
    return RedirectResponse("/review?left=yes", SEE_OTHER)


def _shown(
    visit: Visit, cycle: int, *, faults: Faults | None = None, status: int = 0, reason: str = ""
) -> Response:  # fmt: skip
    found = visit_desk(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    told = leaving(found, words_of(visit.visitor.request))
    return at_visit(visit, "review/leaving.html", cycle=cycle, faults=faults, status=status, told=told, reason=reason)
