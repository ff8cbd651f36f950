"""What waits for the committee: where a member of it lands who signs in."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from accreditation.rules.permissions import Permission
from accreditation.views.to_decide import to_decide
from api.inputs.bounds import LARGEST_ID
from api.pages.college.framing import at_college
from api.pages.rendering import words_of
from api.presenting.college.to_decide import waiting
from api.visiting import Overview, overview_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

HERE = "/college/decisions"


@router.get(HERE, response_model=None)
def decisions(
    visit: Annotated[Overview, overview_guard(Permission.AWARD_DECIDE)],
    page: Annotated[int, Query(ge=1, le=LARGEST_ID)] = 1,
) -> Response:
    """What is to be decided, and which appeals are to be answered."""
    found = to_decide(visit.database, principal=visit.principal, reach=visit.reach, page=page, at=visit.at)
    return at_college(visit, "college/decisions.html", here=HERE, told=waiting(found, words_of(visit.visitor.request)))
