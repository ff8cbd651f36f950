"""How far a team is from each outcome by its own answers, and the shortest way there."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.gaps import gaps
from api.inputs.bounds import CycleId
from api.pages.rendering import words_of
from api.pages.team.framing import shown
from api.presenting.team.gaps import distance
from api.visiting import Visit, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/team/cycles/{cycle}/gaps", response_model=None)
def look(
    cycle: CycleId, visit: Annotated[Visit, page_guard(Permission.ASSESSMENT_READ, Area.TEAM)]
) -> Response:  # fmt: skip
    """The distance to each outcome, what stands in the way, and the fewest criteria to improve."""
    found = gaps(visit.database, principal=visit.principal, cycle_id=cycle)
    told = distance(found, f"/team/cycles/{cycle}", words_of(visit.visitor.request))
    return shown(visit, "team/gaps.html", cycle=cycle, here="/gaps", told=told)
