"""The college office states what a scheme asks of it about a service."""

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.state_profile import state_profile
from accreditation.errors import Invalid, MoveNotAllowed
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.profile import ProfileShown, profile
from api.inputs.bounds import CycleId
from api.inputs.typed_facts import typed_facts
from api.pages.college.framing import at_cycle
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team.taking_files import in_thread
from api.presenting.college.facts import facts, refused
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = "/college/cycles/{cycle}/facts"


@router.get(AT, response_model=None)
def ask(visit: Annotated[Visit, page_guard(Permission.CYCLE_PROFILE, Area.COLLEGE)], cycle: CycleId) -> Response:
    """What is stated of the service?"""
    return _shown(visit, _found(visit, cycle))


@router.post(AT, response_model=None)
async def state(
    cycle: CycleId, request: Request, visit: Annotated[Visit, form_guard(Permission.CYCLE_PROFILE, Area.COLLEGE)]
) -> Response:  # fmt: skip
    """State what is answered; what is left empty stays as it was."""
    typed = {name: str(value) for name, value in (await request.form()).items()}
    return await in_thread(lambda: _state(visit, cycle, typed))


def _state(visit: Visit, cycle: int, typed: dict[str, str]) -> Response:
    found = _found(visit, cycle)
    kinds = {one.fact: one.kind for one in found.facts if one.asked_of == "office"}
    try:
        state_profile(
            visit.database, principal=visit.principal, cycle_id=cycle, profile=typed_facts(typed, kinds), at=visit.at
        )
    except (Invalid, MoveNotAllowed) as refusal:
        return _shown(visit, found, typed=typed, refusal=refusal)
    return RedirectResponse(f"/college/cycles/{cycle}?done=facts", SEE_OTHER)


def _found(visit: Visit, cycle: int) -> ProfileShown:
    return profile(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)


def _shown(
    visit: Visit, found: ProfileShown, *, typed: dict[str, str] | None = None,
    refusal: Invalid | MoveNotAllowed | None = None,
) -> Response:  # fmt: skip
    words = words_of(visit.visitor.request)
    told = facts(found, typed or {}, words)
    return at_cycle(
        visit, "college/facts.html", cycle=found.cycle, needs=Permission.CYCLE_PROFILE, told=told,
        faults=None if refusal is None else refused(refusal, found, words),
        status=409 if isinstance(refusal, MoveNotAllowed) else 0,
    )  # fmt: skip
