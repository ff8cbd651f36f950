"""A team uses in a cycle what it has already: what is offered and suggested, confirmed or dismissed by a person."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.attach_from_library import Wanted, attach_from_library
from accreditation.actions.dismiss_suggestion import dismiss_suggestion
from accreditation.errors import Gone, Invalid
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.to_reuse import to_reuse
from api.inputs.bounds import CycleId
from api.inputs.pairs import pairs
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team.framing import shown
from api.presenting.faults import Faults, faults_of
from api.presenting.team.reuse import refused_choice, reuse
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Attacher = Annotated[Visit, form_guard(Permission.EVIDENCE_ATTACH, Area.TEAM)]
Short = Annotated[str, Form(max_length=60)]


@router.get("/team/cycles/{cycle}/evidence/reuse", response_model=None)
def look(cycle: CycleId, visit: Annotated[Visit, page_guard(Permission.LIBRARY_READ, Area.TEAM)]) -> Response:
    """What does the team's library have for this cycle?"""
    return _shown(visit, cycle)


@router.post("/team/cycles/{cycle}/evidence/reuse", response_model=None)
def attach(
    cycle: CycleId, visit: Attacher, wanted: Annotated[list[str] | None, Form(max_length=200)] = None,
) -> Response:  # fmt: skip
    """Attach what is ticked: all of it or none."""
    return _attach(visit, cycle, wanted or [], field="wanted")


@router.post("/team/cycles/{cycle}/evidence/reuse/one", response_model=None)
def attach_one(
    cycle: CycleId, visit: Attacher, version: Short = "", criterion: Short = "",
    place: Annotated[str, Form(max_length=1000)] = "",
) -> Response:  # fmt: skip
    """Attach a document of the library to a criterion, whatever is offered."""
    return _attach(visit, cycle, [f"{version}:{criterion}"], field="version", place=place)


@router.post("/team/cycles/{cycle}/evidence/reuse/dismissals", response_model=None)
def dismiss(cycle: CycleId, visit: Attacher, dismissed: Short = "") -> Response:
    """Say that a document does not answer a criterion: it is not suggested there again."""
    try:
        for document, criterion in pairs([dismissed], where="wanted"):
            dismiss_suggestion(
                visit.database, principal=visit.principal, cycle_id=cycle, document=document, criterion=criterion,
                at=visit.at,
            )  # fmt: skip
    except Invalid as refusal:
        return _shown(visit, cycle, faults=faults_of(refusal, {"wanted": "wanted"}))
    return RedirectResponse(f"/team/cycles/{cycle}/evidence/reuse", SEE_OTHER)


def _attach(visit: Visit, cycle: int, chosen: list[str], *, field: str, place: str = "") -> Response:
    try:
        found = attach_from_library(
            visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at,
            wanted=[
                Wanted(version=version, criteria=(criterion,), places={criterion: place} if place.strip() else {})
                for version, criterion in pairs(chosen, where=field)
            ],
        )  # fmt: skip
    except (Invalid, Gone) as refusal:
        faults = refused_choice(refusal, field, words_of(visit.visitor.request))
        return _shown(visit, cycle, faults=faults, typed={"place": place}, ticked=chosen)
    return RedirectResponse(f"/team/cycles/{cycle}/evidence?used={len(found)}", SEE_OTHER)


def _shown(
    visit: Visit, cycle: int, *, faults: Faults | None = None, typed: dict[str, str] | None = None,
    ticked: list[str] | None = None,
) -> Response:  # fmt: skip
    found = to_reuse(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    told = reuse(found, words_of(visit.visitor.request))
    return shown(
        visit, "team/reuse.html", cycle=cycle, here="/evidence", faults=faults, told=told, typed=typed or {},
        ticked=ticked or [],
    )  # fmt: skip
