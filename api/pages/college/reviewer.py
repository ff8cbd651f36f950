"""One reviewer before the college: work and training to look at; details, absences and conflicts to keep up to date."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.change_reviewer import ReviewerChange, change_reviewer
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.state_availability import ByWhatStands
from accreditation.errors import Invalid
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.own_visits import organisation_called
from accreditation.views.reviewer_desk import reviewer_whole
from api.inputs.all_at_once import check_all, check_reasoned
from api.inputs.bounds import ReviewerId
from api.inputs.own_statements import check_known, with_absence, without_absence
from api.inputs.typed_reviewer import typed_reviewer
from api.pages.college.framing import at_college
from api.pages.college.reviewers import Reader, Roles, SendingRegistrar, Text
from api.pages.rendering import words_of
from api.pages.review.oneself import Days, typed_days
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college.reviewers import HERE, LABELS, SAID, Details, one_reviewer
from api.presenting.faults import Faults, faults_of
from api.visiting import Visit, form_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = HERE + "/{reviewer}"

FIELDS = {
    name: name
    for name in ("roles", "employer", "capacity", "visits_done", "specialties", "region", "place", "first", "last",
                 "organisation", "reason")
}  # fmt: skip

Declarer = Annotated[Visit, form_guard(Permission.CONFLICT_DECLARE, Area.COLLEGE)]


def typed_details(
    roles: Roles = None, employer: Text = "", capacity: Text = "", visits_done: Text = "", specialties: Text = "",
    region: Text = "", place: Text = "",
) -> Details:  # fmt: skip
    """The fields of a reviewer's details."""
    return Details(
        roles=tuple(roles or ()), employer=employer, capacity=capacity, visits_done=visits_done,
        specialties=specialties, region=region, place=place,
    )  # fmt: skip


@router.get(AT, response_model=None)
def look(reviewer: ReviewerId, visit: Reader) -> Response:
    """Everything that the college knows of a reviewer."""
    return _shown(visit, reviewer)


@router.post(AT, response_model=None)
def change(
    reviewer: ReviewerId, visit: SendingRegistrar, typed: Annotated[Details, Depends(typed_details)]
) -> Response:  # fmt: skip
    """Change a reviewer's roles, employer, work and where they are."""
    try:
        organisation = organisation_called(visit.database, principal=visit.principal, called=typed.employer)
        wanted = typed_reviewer(
            roles=typed.roles, employer=typed.employer, organisation=organisation, capacity=typed.capacity,
            visits_done=typed.visits_done, specialties=typed.specialties, region=typed.region, place=typed.place,
        )  # fmt: skip
        change_reviewer(visit.database, principal=visit.principal, reviewer_id=reviewer, change=wanted, at=visit.at)
    except Invalid as refusal:
        return _shown(visit, reviewer, faults=faults_of(refusal, FIELDS, said=SAID, labels=LABELS), typed=typed)
    return RedirectResponse(f"{HERE}/{reviewer}", SEE_OTHER)


@router.post(AT + "/absences", response_model=None)
def add_absence(reviewer: ReviewerId, visit: SendingRegistrar, days: Days) -> Response:
    """The reviewer is away on these days."""
    try:
        return _away(visit, reviewer, lambda stands: with_absence(stands, days))
    except Invalid as refusal:
        return _shown(visit, reviewer, faults=faults_of(refusal, FIELDS, labels=LABELS), days=days)


@router.post(AT + "/absences/ended", response_model=None)
def end_absence(reviewer: ReviewerId, visit: SendingRegistrar, key: Text = "") -> Response:
    """The reviewer is not away on these days after all."""
    return _away(visit, reviewer, lambda stands: without_absence(stands, key))


@router.post(AT + "/conflicts", response_model=None)
def declare(
    reviewer: ReviewerId, visit: Declarer, organisation: Text = "",
    reason: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:  # fmt: skip
    """The reviewer has a conflict of interest with this organisation."""
    found = organisation_called(visit.database, principal=visit.principal, called=organisation)
    try:
        check_all(lambda: check_known(found, organisation), lambda: check_reasoned(reason))
        declare_conflict(
            visit.database, principal=visit.principal, reviewer_id=reviewer, organisation_id=found or 0, reason=reason,
            at=visit.at,
        )  # fmt: skip
    except Invalid as refusal:
        faults = faults_of(refusal, FIELDS, said=SAID, labels=LABELS)
        return _shown(visit, reviewer, faults=faults, organisation=organisation, reason=reason)
    return RedirectResponse(f"{HERE}/{reviewer}", SEE_OTHER)


def _away(visit: Visit, reviewer: int, anew: ByWhatStands) -> Response:
    change_reviewer(
        visit.database, principal=visit.principal, reviewer_id=reviewer, at=visit.at,
        change=lambda stands: ReviewerChange(unavailable=anew(stands.availability).unavailable),
    )  # fmt: skip
    return RedirectResponse(f"{HERE}/{reviewer}", SEE_OTHER)


def _shown(
    visit: Visit, reviewer: int, *, faults: Faults | None = None, typed: Details | None = None,
    days: dict[str, str] | None = None, organisation: str = "", reason: str = "",
) -> Response:  # fmt: skip
    found = reviewer_whole(visit.database, principal=visit.principal, reviewer_id=reviewer)
    told = one_reviewer(found, words_of(visit.visitor.request))
    return at_college(
        visit, "college/reviewer.html", here=HERE, faults=faults, told=told, typed=typed or told.details,
        days=days or typed_days(), organisation=organisation, reason=reason,
    )  # fmt: skip
