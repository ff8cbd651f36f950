"""My own figures: what I took on, how I rate beside the others; and certificates of having taken part."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.own_figures import own_figures, took_part
from api.inputs.bounds import CycleId
from api.pages.rendering import words_of
from api.pages.review.framing import at_home, at_visit
from api.presenting.moments import day_of
from api.presenting.review.figures import certificate as told_of
from api.presenting.review.figures import figures as told_figures
from api.visiting import Visit, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/review/figures", response_model=None)
def figures(visit: Annotated[Visit, page_guard(Permission.AGREEMENT_OWN, Area.REVIEW)]) -> Response:
    """What I took on, and how I rate beside the others."""
    found = own_figures(visit.database, principal=visit.principal, at=visit.at)
    told = told_figures(found, words_of(visit.visitor.request))
    return at_home(visit, "review/figures.html", here="/review/figures", told=told)


@router.get("/review/cycles/{cycle}/certificate", response_model=None)
def certificate(
    visit: Annotated[Visit, page_guard(Permission.CYCLE_READ, Area.REVIEW)], cycle: CycleId
) -> Response:  # fmt: skip
    """That I took part in this visit, to be printed."""
    found = took_part(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    words = words_of(visit.visitor.request)
    told = told_of(found, words, name=visit.visitor.signed.name, given=words.day(day_of(visit.at)))
    return at_visit(visit, "review/certificate.html", cycle=cycle, here="/certificate", told=told)
