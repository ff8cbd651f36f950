"""Every cycle's stage at a glance, what is late and from whom, and what waits for the college today."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from accreditation.rules.cycle import Stage
from accreditation.rules.permissions import Permission
from accreditation.views.glance import Asked, at_a_glance
from api.inputs.bounds import LARGEST_ID, ON_ONE_LINE
from api.pages.college.framing import at_college, may_invite
from api.pages.rendering import words_of
from api.presenting.college.glance import HERE, overview
from api.visiting import Overview, overview_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Words = Annotated[str, Query(max_length=200, pattern=ON_ONE_LINE)]
Choice = Annotated[str, Query(max_length=100, pattern=ON_ONE_LINE)]
PageAsked = Annotated[int, Query(ge=1, le=LARGEST_ID)]


@router.get("/college", response_model=None)
def glance(
    visit: Annotated[Overview, overview_guard(Permission.ROUND_READ)], search: Words = "", scheme: Choice = "",
    round: Choice = "", stage: Choice = "", late: Choice = "", page: PageAsked = 1,  # noqa: A002  (as the address says it)
) -> Response:  # fmt: skip
    """Where every cycle stands. What is chosen from a list and is not in it asks for nothing."""
    asked = Asked(
        words=search.strip(), scheme=scheme, round=int(round) if round.isdecimal() and len(round) < 10 else None,
        stage=Stage(stage) if stage in set(Stage) else None, late=bool(late), page=page,
    )  # fmt: skip
    found = at_a_glance(visit.database, principal=visit.principal, reach=visit.reach, asked=asked, at=visit.at)
    words = words_of(visit.visitor.request)
    told = overview(found, asked, words, role=visit.principal.role, invites=may_invite(visit))
    return at_college(visit, "college/glance.html", here=HERE, told=told)
