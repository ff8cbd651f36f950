"""Everything that was asked of the team besides, and what it answered."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.requests import requests_of
from api.inputs.bounds import CycleId
from api.pages.rendering import words_of
from api.pages.review.framing import at_visit
from api.presenting.review.requests import request
from api.visiting import Visit, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/review/cycles/{cycle}/requests", response_model=None)
def look(visit: Annotated[Visit, page_guard(Permission.EVIDENCE_READ, Area.REVIEW)], cycle: CycleId) -> Response:
    """What was asked, and is it answered?"""
    found = requests_of(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    words = words_of(visit.visitor.request)
    rows = [request(one, f"/review/cycles/{cycle}", words) for one in found.requests]
    return at_visit(visit, "review/requests.html", cycle=cycle, here="/requests", rows=rows)
