"""What a reviewer states of themselves: when they cannot visit, where they would like to, and conflicts of interest."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.state_availability import ByWhatStands, state_availability
from accreditation.errors import Invalid
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.own_visits import organisation_called, own_conflicts, own_wishes
from api.inputs.own_statements import no_such, with_absence, with_wish, without_absence, without_wish
from api.pages.rendering import words_of
from api.pages.review.framing import at_home
from api.pages.signing.entering import SEE_OTHER
from api.presenting.faults import Faults, faults_of
from api.presenting.review.oneself import conflicts, wishes
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT, OF_CONFLICTS = "/review/availability", "/review/conflicts"
FIELDS = {name: name for name in ("first", "last", "organisation", "how", "reason")}
DAYS = {"first": "First day away", "last": "Last day away"}

Reader = Annotated[Visit, page_guard(Permission.AVAILABILITY_STATE, Area.REVIEW)]
Stater = Annotated[Visit, form_guard(Permission.AVAILABILITY_STATE, Area.REVIEW)]
Short = Annotated[str, Form(max_length=200)]


def typed_days(
    first_day: Annotated[str, Form(alias="first-day", max_length=20)] = "",
    first_month: Annotated[str, Form(alias="first-month", max_length=20)] = "",
    first_year: Annotated[str, Form(alias="first-year", max_length=20)] = "",
    last_day: Annotated[str, Form(alias="last-day", max_length=20)] = "",
    last_month: Annotated[str, Form(alias="last-month", max_length=20)] = "",
    last_year: Annotated[str, Form(alias="last-year", max_length=20)] = "",
) -> dict[str, str]:
    """The fields of two days."""
    return {
        "first-day": first_day, "first-month": first_month, "first-year": first_year,
        "last-day": last_day, "last-month": last_month, "last-year": last_year,
    }  # fmt: skip


Days = Annotated[dict[str, str], Depends(typed_days)]


@router.get(AT, response_model=None)
def availability(visit: Reader) -> Response:
    """When I cannot visit, and where I would like to, or rather not."""
    return _shown(visit)


@router.post(AT, response_model=None)
def add_absence(visit: Stater, days: Days) -> Response:
    """I am away on these days."""
    try:
        return _stated(visit, lambda stands: with_absence(stands, days))
    except Invalid as refusal:
        return _shown(visit, faults=faults_of(refusal, FIELDS, labels=DAYS), days=days)


@router.post(f"{AT}/ended", response_model=None)
def end_absence(visit: Stater, key: Short = "") -> Response:
    """I am not away on these days after all."""
    return _stated(visit, lambda stands: without_absence(stands, key))


@router.post(f"{AT}/places", response_model=None)
def add_place(visit: Stater, organisation: Short = "", how: Short = "") -> Response:
    """I would like to visit this organisation, or rather not."""
    found = organisation_called(visit.database, principal=visit.principal, called=organisation)
    try:
        return _stated(visit, lambda stands: with_wish(stands, organisation=found, called=organisation, how=how))
    except Invalid as refusal:
        return _shown(visit, faults=faults_of(refusal, FIELDS), organisation=organisation, how=how)


@router.post(f"{AT}/places/ended", response_model=None)
def end_place(visit: Stater, key: Short = "") -> Response:
    """I have no wish about this organisation any more."""
    return _stated(visit, lambda stands: without_wish(stands, key))


@router.get(OF_CONFLICTS, response_model=None)
def declared(visit: Annotated[Visit, page_guard(Permission.CONFLICT_DECLARE, Area.REVIEW)]) -> Response:
    """My conflicts of interest."""
    return _conflicts(visit)


@router.post(OF_CONFLICTS, response_model=None)
def declare(
    visit: Annotated[Visit, form_guard(Permission.CONFLICT_DECLARE, Area.REVIEW)], organisation: Short = "",
    reason: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:  # fmt: skip
    """I have a conflict of interest with this organisation."""
    found = organisation_called(visit.database, principal=visit.principal, called=organisation)
    try:
        if found is None:
            raise Invalid([no_such(organisation)])
        declare_conflict(
            visit.database, principal=visit.principal, reviewer_id=visit.principal.reviewer or 0,
            organisation_id=found, reason=reason, at=visit.at,
        )  # fmt: skip
    except Invalid as refusal:
        return _conflicts(visit, faults=faults_of(refusal, FIELDS), organisation=organisation, reason=reason)
    return RedirectResponse(OF_CONFLICTS, SEE_OTHER)


def _stated(visit: Visit, availability: ByWhatStands) -> Response:
    state_availability(visit.database, principal=visit.principal, availability=availability, at=visit.at)
    return RedirectResponse(AT, SEE_OTHER)


def _shown(
    visit: Visit, *, faults: Faults | None = None, days: dict[str, str] | None = None, organisation: str = "",
    how: str = "",
) -> Response:  # fmt: skip
    told = wishes(own_wishes(visit.database, principal=visit.principal), words_of(visit.visitor.request))
    return at_home(
        visit, "review/availability.html", here=AT, faults=faults, told=told, days=days or typed_days(),
        organisation=organisation, how=how,
    )  # fmt: skip


def _conflicts(
    visit: Visit, *, faults: Faults | None = None, organisation: str = "", reason: str = ""
) -> Response:  # fmt: skip
    told = conflicts(own_conflicts(visit.database, principal=visit.principal), words_of(visit.visitor.request))
    return at_home(
        visit, "review/conflicts.html", here=OF_CONFLICTS, faults=faults, told=told, organisation=organisation,
        reason=reason,
    )  # fmt: skip
