"""All that is mine: the visits in whose review team I am, and those that I am asked to take on."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.own_visits import desk
from api.pages.rendering import words_of
from api.pages.review.framing import at_home
from api.presenting.review.visits import own_desk
from api.visiting import Visit, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/review", response_model=None)
def visits(
    visit: Annotated[Visit, page_guard(Permission.INVITATION_READ, Area.REVIEW)],
    left: Annotated[str, Query(max_length=10)] = "",
) -> Response:  # fmt: skip
    """My visits, and what waits for my answer; `left` where one has just been left."""
    found = desk(visit.database, principal=visit.principal, at=visit.at)
    told = own_desk(found, words_of(visit.visitor.request))
    return at_home(visit, "review/visits.html", here="/review", told=told, left=bool(left))
