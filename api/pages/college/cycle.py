"""One cycle: where it is, what is due in it, what can be done now and by whom, and how it came there."""

from typing import Annotated, Literal

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.remind import remind
from accreditation.errors import NotFound
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.college_cycle import college_cycle, round_of
from api.inputs.bounds import CycleId
from api.pages.college.framing import at_cycle, may_invite, may_open
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college import cycle as presenting
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = "/college/cycles/{cycle}"


@router.get(AT, response_model=None)
def where(
    visit: Annotated[Visit, page_guard(Permission.ROUND_READ, Area.COLLEGE)], cycle: CycleId, done: str = ""
) -> Response:  # fmt: skip
    """Where is this cycle?"""
    found = college_cycle(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    words, role = words_of(visit.visitor.request), visit.principal.role
    told = presenting.college_cycle(
        found,
        words,
        role=role,
        invites=may_invite(visit),
        pool=may_open(visit, Permission.REVIEWER_READ),
        mail=visit.house.post is not None,
    )
    prefect = visit.house.prefect_page if told.can_export else ""
    said = words(presenting.DONE[done]) if done in presenting.DONE else ""
    return at_cycle(visit, "college/where.html", cycle=cycle, here="", done=said, told=told, prefect=prefect)


@router.post(f"{AT}/reminder", response_model=None)
def send_reminder(
    visit: Annotated[Visit, form_guard(Permission.CYCLE_REMIND, Area.COLLEGE)], cycle: CycleId
) -> Response:  # fmt: skip
    """Remind whoever's turn it is."""
    mail = visit.house.post is not None
    remind(visit.database, principal=visit.principal, cycle_id=cycle, mail=mail, at=visit.at)
    return RedirectResponse(f"/college/cycles/{cycle}?done=reminder", SEE_OTHER)


@router.get(f"{AT}/runs", response_model=None)
def runs(
    visit: Annotated[Visit, page_guard(Permission.JOB_READ, Area.COLLEGE)], cycle: CycleId,
    about: Literal["cycle", "round"] = "cycle",
) -> Response:  # fmt: skip
    """On to Prefect's page, where the engine's runs about this cycle are, or those about its round."""
    page, in_round = visit.house.prefect_page, round_of(visit.database, principal=visit.principal, cycle_id=cycle)
    if not page:
        raise NotFound("Where Prefect's page is is not set: see ACCREDIT_PREFECT_PORT.")
    number = cycle if about == "cycle" else in_round
    return RedirectResponse(presenting.runs_address(page, about=about, number=number), SEE_OTHER)
