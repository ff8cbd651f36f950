"""A team says what its service is: the facts that decide which questions it is asked."""

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.state_profile import state_profile
from accreditation.errors import Invalid
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views import profile as view
from api.inputs.bounds import CycleId
from api.inputs.typed_facts import typed_facts
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team.framing import shown
from api.pages.team.taking_files import in_thread
from api.presenting.team.profile import profile, refused_facts
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/team/cycles/{cycle}/profile", response_model=None)
def look(
    cycle: CycleId, visit: Annotated[Visit, page_guard(Permission.CYCLE_READ, Area.TEAM)], saved: bool = False
) -> Response:
    """What is stated of the service? `saved` where somebody has just stated it."""
    return _shown(visit, _found(visit, cycle), saved=saved)


@router.post("/team/cycles/{cycle}/profile", response_model=None)
async def state(
    cycle: CycleId, request: Request, visit: Annotated[Visit, form_guard(Permission.CYCLE_PROFILE, Area.TEAM)]
) -> Response:  # fmt: skip
    """State what is answered; what is left empty stays as it was."""
    typed = {name: str(value) for name, value in (await request.form()).items()}
    return await in_thread(lambda: _state(visit, cycle, typed))


def _state(visit: Visit, cycle: int, typed: dict[str, str]) -> Response:
    found = _found(visit, cycle)
    kinds = {one.fact: one.kind for one in found.facts if one.asked_of == "team"}
    try:
        state_profile(
            visit.database, principal=visit.principal, cycle_id=cycle, profile=typed_facts(typed, kinds), at=visit.at
        )
    except Invalid as refusal:
        return _shown(visit, found, typed=typed, refusal=refusal)
    return RedirectResponse(f"/team/cycles/{cycle}/profile?saved=yes", SEE_OTHER)


def _found(visit: Visit, cycle: int) -> view.ProfileShown:
    return view.profile(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)


def _shown(
    visit: Visit, found: view.ProfileShown, *, typed: dict[str, str] | None = None, refusal: Invalid | None = None,
    saved: bool = False,
) -> Response:  # fmt: skip
    words = words_of(visit.visitor.request)
    return shown(
        visit, "team/profile.html", cycle=found.cycle, here="/profile", told=profile(found, typed or {}, words),
        faults=None if refusal is None else refused_facts(refusal, found, words), saved=saved,
    )  # fmt: skip
