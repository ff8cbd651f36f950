"""One invitation: what a reviewer is asked to take on, and what they answer."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.answer_seat import answer_invitation
from accreditation.errors import Fault, Invalid, MoveNotAllowed
from accreditation.records.invitations import Said
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.invitations import own_invitation
from api.inputs.bounds import InvitationId
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.review.framing import at_home
from api.pages.signing.entering import SEE_OTHER
from api.presenting.faults import Faults, faults_of
from api.presenting.review.visits import invitation as told_of
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = "/review/invitations/{invitation}"
ANSWERS = (Said.ACCEPTS, Said.DECLINES, Said.CONFLICT)


@router.get(AT, response_model=None)
def look(
    visit: Annotated[Visit, page_guard(Permission.INVITATION_READ, Area.REVIEW)], invitation: InvitationId
) -> Response:
    """What is asked, by when, and how to answer."""
    return _shown(visit, invitation)


@router.post(AT, response_model=None)
def answer(
    visit: Annotated[Visit, form_guard(Permission.INVITATION_ANSWER, Area.REVIEW)], invitation: InvitationId,
    said: Annotated[str, Form(max_length=20)] = "", reason: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:  # fmt: skip
    """Take the visit on, decline it, or declare a conflict of interest."""
    try:
        answer_invitation(
            visit.database, principal=visit.principal, invitation_id=invitation, said=_said(said), reason=reason,
            at=visit.at,
        )  # fmt: skip
    except (Invalid, MoveNotAllowed) as refusal:
        faults = faults_of(refusal, {"answer": "said", "reason": "reason"})
        status = status_of(refusal)
        return _shown(visit, invitation, faults=faults, status=status, said=said, reason=reason)
    return RedirectResponse("/review", SEE_OTHER)


def _said(typed: str) -> Said:
    if typed not in ANSWERS:
        raise Invalid([Fault(where="answer", found="nothing", allowed="choose whether you take the visit on")])
    return Said(typed)


def _shown(
    visit: Visit, invitation: int, *, faults: Faults | None = None, status: int = 0, said: str = "", reason: str = ""
) -> Response:  # fmt: skip
    found = own_invitation(visit.database, principal=visit.principal, invitation_id=invitation)
    told = told_of(found, words_of(visit.visitor.request))
    return at_home(
        visit, "review/invitation.html", here="", faults=faults, status=status, told=told, said=said, reason=reason
    )  # fmt: skip
