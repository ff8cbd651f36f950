"""Who is to review us; and whether we have a conflict of interest with one of them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.answer_seat import answer_for_service
from accreditation.errors import Invalid, MoveNotAllowed, NotFound
from accreditation.rules.grants import Area
from accreditation.rules.permissions import ROLE_TABLE, Permission, permit
from accreditation.views.invitations import proposed_to_service
from api.inputs.bounds import CycleId, ReviewerId
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team.framing import shown
from api.presenting.faults import Faults, faults_of
from api.presenting.team.reviewers import reviewers, unsaid
from api.visiting import NOT_THERE, Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

PAGE = "/team/cycles/{cycle}/reviewers"


def said(
    conflict: Annotated[str, Form(max_length=10)] = "",
    reason: Annotated[str, Form(max_length=20_000)] = "",
) -> tuple[str, str]:  # fmt: skip
    """What the form says: yes or no, and the reason."""
    return conflict, reason


@router.get(PAGE, response_model=None)
def look(cycle: CycleId, visit: Annotated[Visit, page_guard(Permission.PROPOSAL_READ, Area.TEAM)]) -> Response:
    """Who is to review us?"""
    return _shown(visit, cycle)


@router.post(f"{PAGE}/{{reviewer}}", response_model=None)
def answer(
    sent: Annotated[tuple[str, str], Depends(said)], cycle: CycleId, reviewer: ReviewerId,
    visit: Annotated[Visit, form_guard(Permission.PROPOSAL_ANSWER, Area.TEAM)],
) -> Response:  # fmt: skip
    """We have a conflict of interest with this reviewer, or none."""
    permit(visit.principal, Permission.PROPOSAL_ANSWER)
    conflict, reason = sent
    typed = {f"conflict-{reviewer}": conflict, f"reason-{reviewer}": reason}
    if conflict not in ("yes", "no"):
        faults = unsaid(str(reviewer), words_of(visit.visitor.request))
        return _shown(visit, cycle, faults=faults, typed=typed, about=reviewer)
    try:
        answer_for_service(
            visit.database, principal=visit.principal, cycle_id=cycle, reviewer_id=reviewer,
            conflict=conflict == "yes", reason=reason, at=visit.at,
        )  # fmt: skip
    except (Invalid, MoveNotAllowed) as refusal:
        faults = faults_of(refusal, {"reason": f"reason-{reviewer}"})
        return _shown(visit, cycle, faults=faults, status=status_of(refusal), typed=typed, about=reviewer)
    return RedirectResponse(f"/team/cycles/{cycle}/reviewers", SEE_OTHER)


def _shown(
    visit: Visit, cycle: int, *, faults: Faults | None = None, status: int = 0, typed: dict[str, str] | None = None,
    about: int | None = None,
) -> Response:  # fmt: skip
    """The page; after a form `about` one of them, who reads as nobody where they are none of this team's."""
    found = proposed_to_service(visit.database, principal=visit.principal, cycle_id=cycle)
    if about is not None and about not in [one.reviewer for one in found.reviewers]:
        raise NotFound(NOT_THERE)
    told = reviewers(found, words_of(visit.visitor.request))
    return shown(
        visit, "team/reviewers.html", cycle=cycle, faults=faults, status=status, told=told, typed=typed or {},
        answers=Permission.PROPOSAL_ANSWER in ROLE_TABLE[visit.principal.role],
    )  # fmt: skip
