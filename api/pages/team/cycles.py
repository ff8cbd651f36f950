"""All the cycles that are mine: of every team that I am in, with what is due in each."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.own_cycles import own_cycles
from api.pages.rendering import rendered, words_of
from api.presenting.team.due import row
from api.visiting import Visits, list_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/team", response_model=None)
def cycles(visits: Annotated[Visits, list_guard(Permission.CYCLE_READ, Area.TEAM)]) -> Response:
    """My cycles, and what is due in each."""
    request = visits.visitor.request
    found = own_cycles(visits.database, principals=visits.principals, at=visits.visitor.at)
    return rendered(request, "team/cycles.html", rows=[row(one, words_of(request)) for one in found])
