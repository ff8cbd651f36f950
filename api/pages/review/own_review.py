"""One visit: every criterion with my rating, what is left, and handing in."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.review import hand_in as act_hand_in
from accreditation.errors import Invalid, MoveNotAllowed, NotPermitted
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.visit_desk import visit_desk
from api.inputs.bounds import CycleId
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.review.framing import at_visit
from api.pages.signing.entering import SEE_OTHER
from api.presenting.faults import Faults, Told
from api.presenting.review.own_review import own_review
from api.presenting.team.refused_moves import plain_words
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = "/review/cycles/{cycle}"


@router.get(AT, response_model=None)
def look(visit: Annotated[Visit, page_guard(Permission.REVIEW_RATE, Area.REVIEW)], cycle: CycleId) -> Response:
    """What did I rate, and what is left?"""
    return _shown(visit, cycle)


@router.post(f"{AT}/hand-in", response_model=None)
def hand_in(
    visit: Annotated[Visit, form_guard(Permission.REVIEW_HAND_IN, Area.REVIEW)], cycle: CycleId,
    sure: Annotated[str, Form(max_length=10)] = "",
) -> Response:  # fmt: skip
    """My review stands from now on, and I see what the others handed in. Whoever is `sure` of it ticked a box."""
    if not sure and _is_asked(visit, cycle):
        unsure = words_of(visit.visitor.request)("Tick the box to say that you are done. Then hand in.")
        return _shown(visit, cycle, faults=Faults((Told(field="sure", words=unsure),)))
    try:
        act_hand_in(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    except (Invalid, MoveNotAllowed, NotPermitted) as refusal:
        status = status_of(refusal)
        words = words_of(visit.visitor.request)
        left = words("You cannot hand in yet: something is left. It is listed below.")
        told = Told(field="hand-in", words=left if status == 422 else plain_words(refusal, words))
        return _shown(visit, cycle, faults=Faults((told,)), status=status)
    return RedirectResponse(f"/review/cycles/{cycle}/others", SEE_OTHER)


def _is_asked(visit: Visit, cycle: int) -> bool:
    """Does the page ask whether they are done? Only where nothing else keeps them from handing in."""
    desk = visit_desk(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    told = own_review(desk, words_of(visit.visitor.request))
    return told.can_hand_in and not told.left


def _shown(visit: Visit, cycle: int, *, faults: Faults | None = None, status: int = 0) -> Response:
    with visit.one_moment() as visit:
        found = visit_desk(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
        told = own_review(found, words_of(visit.visitor.request))
        return at_visit(visit, "review/own_review.html", cycle=cycle, faults=faults, status=status, told=told)
