"""Organisations that run clinical teams: found by name, one with its teams and staff, and two that become one."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.merge_organisations import merge_organisations
from accreditation.errors import Contradiction, Fault, Invalid
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.own_visits import organisation_called
from accreditation.views.team_desk import organisation_whole, organisations_found
from api.inputs.all_at_once import check_all, check_reasoned
from api.inputs.bounds import OrganisationPath, PageAsked, Search
from api.pages.college.framing import at_college, may
from api.pages.college.teams import MOST_ROWS, Done, Reader, done_words
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college.teams import HERE, ORGANISATIONS, merged_words, one_organisation, organisations_listed
from api.presenting.faults import Faults, faults_of
from api.visiting import Visit, form_guard, page_guard
from api.words import marked

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = ORGANISATIONS + "/{organisation}"
FIELDS = {"into": "into", "reason": "reason"}
LABELS = {"into": marked("Of which organisation it becomes a part"), "reason": marked("Why")}

Merger = Annotated[Visit, page_guard(Permission.ORGANISATION_MERGE, Area.COLLEGE)]
SendingMerger = Annotated[Visit, form_guard(Permission.ORGANISATION_MERGE, Area.COLLEGE)]
Into = Annotated[str, Form(max_length=300)]
Reason = Annotated[str, Form(max_length=20_000)]


@router.get(ORGANISATIONS, response_model=None)
def organisations(visit: Reader, search: Search = "", page: PageAsked = 1) -> Response:
    """Every organisation, by name."""
    found = organisations_found(visit.database, principal=visit.principal, words=search, page=page, size=MOST_ROWS)
    return at_college(visit, "college/organisations.html", here=HERE, told=organisations_listed(found, search=search))


@router.get(AT, response_model=None)
def look(organisation: OrganisationPath, visit: Reader, done: Done = "") -> Response:
    """One organisation with its teams and staff."""
    found = organisation_whole(visit.database, principal=visit.principal, organisation_id=organisation)
    told = one_organisation(found, words_of(visit.visitor.request))
    return at_college(
        visit, "college/organisation.html", here=HERE, told=told, done=done_words(visit, done),
        may_rename=may(visit, Permission.TEAM_IMPORT),
        may_merge=may(visit, Permission.ORGANISATION_MERGE) and told.part_of is None,
    )  # fmt: skip


@router.get(AT + "/merger", response_model=None)
def ask(organisation: OrganisationPath, visit: Merger) -> Response:
    """The form that makes an organisation part of another."""
    return _form(visit, organisation)


@router.post(AT + "/merger/preview", response_model=None)
def look_ahead(organisation: OrganisationPath, visit: SendingMerger, into: Into = "", reason: Reason = "") -> Response:
    """What would follow from this merger? Nothing is kept."""
    try:
        check_all(lambda: _meant(visit, into), lambda: check_reasoned(reason))
        told = merge_organisations(
            visit.database, principal=visit.principal, organisation_id=organisation, into_id=_meant(visit, into),
            reason=reason, preview=True, at=visit.at,
        )  # fmt: skip
    except (Invalid, Contradiction) as refusal:
        return _form(visit, organisation, into=into, reason=reason, faults=faults_of(refusal, FIELDS, labels=LABELS))
    follows = merged_words(told, words_of(visit.visitor.request))
    return _form(visit, organisation, into=into, reason=reason, follows=follows)


@router.post(AT + "/merger", response_model=None)
def merge(organisation: OrganisationPath, visit: SendingMerger, into: Into = "", reason: Reason = "") -> Response:
    """Make an organisation part of another."""
    try:
        into_id = _meant(visit, into)
        merge_organisations(
            visit.database, principal=visit.principal, organisation_id=organisation, into_id=into_id, reason=reason,
            at=visit.at,
        )  # fmt: skip
    except (Invalid, Contradiction) as refusal:
        return _form(visit, organisation, into=into, reason=reason, faults=faults_of(refusal, FIELDS, labels=LABELS))
    return RedirectResponse(f"{ORGANISATIONS}/{into_id}", SEE_OTHER)


def _meant(visit: Visit, into: str) -> int:
    found = organisation_called(visit.database, principal=visit.principal, called=into)
    if found is None:
        said = "no organisation is called so" if into.strip() else "empty"
        raise Invalid([Fault(where="into", found=said, allowed="the whole name of one that is here, or its ODS code")])
    return found


def _form(
    visit: Visit, organisation: int, *, into: str = "", reason: str = "", faults: Faults | None = None,
    follows: tuple[str, ...] = (),
) -> Response:  # fmt: skip
    found = organisation_whole(visit.database, principal=visit.principal, organisation_id=organisation)
    told = one_organisation(found, words_of(visit.visitor.request))
    return at_college(
        visit, "college/merger.html", here=HERE, caption=told.name, faults=faults, told=told, into=into, reason=reason,
        follows=follows,
    )  # fmt: skip
