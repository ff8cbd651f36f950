"""A team sends its work to the college: what is left to do, and the lead's sign-off."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.submit import submit
from accreditation.errors import Fault, Invalid
from accreditation.rules.cycle import TEAMS_TURN, Stage
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission, permit
from accreditation.views.submission import submission
from api.inputs.bounds import CycleId
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team.framing import shown
from api.presenting.faults import Faults
from api.presenting.team.submission import sending, unchecked
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/team/cycles/{cycle}/submission", response_model=None)
def look(
    cycle: CycleId, visit: Annotated[Visit, page_guard(Permission.ASSESSMENT_READ, Area.TEAM)],
    sent: Annotated[int, Query(ge=0, le=9)] = 0,
) -> Response:  # fmt: skip
    """What is left to do before this can be sent?"""
    return _shown(visit, cycle, just_sent=bool(sent))


@router.post("/team/cycles/{cycle}/submission", response_model=None)
def send(
    cycle: CycleId, visit: Annotated[Visit, form_guard(Permission.ASSESSMENT_SUBMIT, Area.TEAM)],
    stage: Annotated[str, Form(max_length=40)] = "", checked: Annotated[str, Form(max_length=10)] = "",
) -> Response:  # fmt: skip
    """The lead signs off, and sends. What is missing by now is shown as what is left to do."""
    permit(visit.principal, Permission.ASSESSMENT_SUBMIT)
    if not checked:
        return _shown(visit, cycle, faults=unchecked(words_of(visit.visitor.request)))
    try:
        if stage not in [one.value for one in TEAMS_TURN]:
            raise Invalid([Fault(where="stage", found="none that is sent", allowed="the one that was shown")])
        submit(visit.database, principal=visit.principal, cycle_id=cycle, stage=Stage(stage), at=visit.at)
    except Invalid:
        return _shown(visit, cycle, status=422)
    return RedirectResponse(f"/team/cycles/{cycle}/submission?sent=1", SEE_OTHER)


def _shown(
    visit: Visit, cycle: int, *, faults: Faults | None = None, status: int = 0, just_sent: bool = False
) -> Response:  # fmt: skip
    found = submission(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    told = sending(found, f"/team/cycles/{cycle}", words_of(visit.visitor.request))
    return shown(
        visit, "team/submission.html", cycle=cycle, here="/submission", faults=faults, status=status, told=told,
        just_sent=just_sent,
    )  # fmt: skip
