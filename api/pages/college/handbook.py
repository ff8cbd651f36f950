"""The handbook for authors of standards: the file that comes with the program, as a page beside the drafts."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from accreditation.library import handbook
from accreditation.rules.permissions import Permission
from api.pages.college.framing import at_college
from api.pages.college.schemes import HERE
from api.pages.rendering import words_of
from api.presenting.college.handbook import handbook_page
from api.visiting import Overview, overview_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Author = Annotated[Overview, overview_guard(Permission.SCHEME_PUBLISH)]
"""Whoever may write a draft of any scheme."""


@router.get("/college/handbook", response_model=None)
def read(visit: Author) -> Response:
    """What each word of a standard means, and how worked cases are written."""
    told = handbook_page(handbook(), words_of(visit.visitor.request)("Example"))
    return at_college(visit, "college/handbook.html", here=HERE, told=told)
