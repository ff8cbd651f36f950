"""A role that a team's lead offers: taken, or said not to be one's own, on the page of one's account."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.answer_offer import answer_offer
from api.inputs.bounds import GrantId
from api.pages.signing.entering import SEE_OTHER
from api.visitors import OwnSender

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.post("/account/offers/{grant}", response_model=None)
def answer(anyone: OwnSender, grant: GrantId, answer: Annotated[Literal["take", "refuse"], Form()]) -> Response:
    """Say whether I take the role."""
    house, takes = anyone.house, answer == "take"
    answer_offer(house.database, person_id=anyone.signed.person, grant_id=grant, takes=takes, at=anyone.at)
    return RedirectResponse(f"/account?done={'taken' if takes else 'refused'}", SEE_OTHER)
