"""One cycle: where we are, what is due, and the list of what is left to do."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.where_we_are import where_we_are
from api.inputs.bounds import CycleId
from api.pages.rendering import words_of
from api.pages.team.framing import shown
from api.presenting.team.where import Show, where
from api.visiting import Visit, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/team/cycles/{cycle}", response_model=None)
def cycle_page(
    visit: Annotated[Visit, page_guard(Permission.ASSESSMENT_SHARE, Area.TEAM)], cycle: CycleId, show: Show = Show.ALL
) -> Response:  # fmt: skip
    """Where are we, what is due, from whom, and what is left to do?"""
    with visit.one_moment() as visit:
        found = where_we_are(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
        told = where(found, words_of(visit.visitor.request), show=show, me=visit.visitor.signed.person)
        return shown(visit, "team/where.html", cycle=cycle, told=told)
