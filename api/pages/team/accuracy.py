"""A team checks the report: what reviewers found, what of it is not accurate, and the lead's agreement."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.agree import agree
from accreditation.actions.comment import comment
from accreditation.errors import Contradiction, Invalid, NotFound
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission, permit
from accreditation.views.team_report import team_report
from api.inputs.bounds import CriterionId, CycleId, FindingId
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team.framing import shown
from api.presenting.faults import Faults, faults_of
from api.presenting.team.accuracy import Checked, checked, line_of, unchecked
from api.visiting import NOT_THERE, Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Reader = Annotated[Visit, page_guard(Permission.ACCURACY_READ, Area.TEAM)]
Commenter = Annotated[Visit, form_guard(Permission.ACCURACY_COMMENT, Area.TEAM)]
Text = Annotated[str, Form(max_length=20_000)]
PAGE = "/team/cycles/{cycle}/accuracy"


@router.get(PAGE, response_model=None)
def look(cycle: CycleId, visit: Reader) -> Response:
    """What did the reviewers find?"""
    return _shown(visit, cycle)


@router.post(PAGE, response_model=None)
def agreed(
    cycle: CycleId, visit: Annotated[Visit, form_guard(Permission.ACCURACY_AGREE, Area.TEAM)],
    read: Annotated[str, Form(alias="checked", max_length=10)] = "",
) -> Response:  # fmt: skip
    """The lead agrees to the report."""
    permit(visit.principal, Permission.ACCURACY_AGREE)
    if not read:
        return _shown(visit, cycle, faults=unchecked(words_of(visit.visitor.request)))
    try:
        agree(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    except Contradiction:
        return _shown(visit, cycle, status=409)
    return RedirectResponse(f"/team/cycles/{cycle}/accuracy", SEE_OTHER)


@router.get(PAGE + "/criteria/{criterion}", response_model=None)
def on_criterion(cycle: CycleId, criterion: CriterionId, visit: Reader) -> Response:
    """The form that says what is not accurate in what was found of a criterion."""
    return _line(visit, cycle, criterion)


@router.post(PAGE + "/criteria/{criterion}", response_model=None)
def say_on_criterion(cycle: CycleId, criterion: CriterionId, visit: Commenter, reason: Text = "") -> Response:
    """Say that what was found of a criterion is not accurate, and why."""
    return _say(visit, cycle, criterion, reason, criterion=criterion)


@router.get(PAGE + "/findings/{finding}", response_model=None)
def on_finding(cycle: CycleId, finding: FindingId, visit: Reader) -> Response:
    """The form that says what is not accurate in a finding."""
    return _line(visit, cycle, finding)


@router.post(PAGE + "/findings/{finding}", response_model=None)
def say_on_finding(cycle: CycleId, finding: FindingId, visit: Commenter, reason: Text = "") -> Response:
    """Say that a finding is not accurate, and why."""
    return _say(visit, cycle, finding, reason, finding=finding)


def _say(
    visit: Visit, cycle: int, key: str, reason: str, *, criterion: str | None = None, finding: str | None = None
) -> Response:  # fmt: skip
    try:
        comment(
            visit.database, principal=visit.principal, cycle_id=cycle, criterion=criterion, finding=finding,
            reason=reason, at=visit.at,
        )  # fmt: skip
    except Invalid as refusal:
        return _line(visit, cycle, key, faults=faults_of(refusal, {"reason": "reason"}), reason=reason)
    return RedirectResponse(f"/team/cycles/{cycle}/accuracy#line-{key}", SEE_OTHER)


def _shown(visit: Visit, cycle: int, *, faults: Faults | None = None, status: int = 0) -> Response:
    try:
        told = _report(visit, cycle)
    except NotFound:  # the cycle is theirs, as the guard knows: its report is not sent yet
        return shown(visit, "team/no_report.html", cycle=cycle, here="/accuracy", status=409 if faults else 0)
    return shown(visit, "team/accuracy.html", cycle=cycle, here="/accuracy", faults=faults, status=status, told=told)


def _line(visit: Visit, cycle: int, key: str, *, faults: Faults | None = None, reason: str = "") -> Response:
    line = line_of(_report(visit, cycle), key)
    if line is None:
        raise NotFound(NOT_THERE)
    return shown(visit, "team/comment.html", cycle=cycle, here="/accuracy", faults=faults, line=line, reason=reason)


def _report(visit: Visit, cycle: int) -> Checked:
    found = team_report(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    return checked(found, f"/team/cycles/{cycle}", words_of(visit.visitor.request))
