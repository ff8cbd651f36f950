"""A team or an organisation that was registered under a wrong name; a team that was registered by mistake."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.rename import remove_team, rename_organisation, rename_team
from accreditation.errors import Contradiction, Invalid, OtherName
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.team_desk import organisation_whole, team_whole
from api.inputs.bounds import OrganisationPath, TeamId
from api.pages.college.framing import at_college
from api.pages.college.reasons import WHY, Reason
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college.teams import FIELDS, HERE, ORGANISATIONS, one_organisation, one_team
from api.presenting.faults import Faults, faults_of
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

OF_TEAM, OF_ORGANISATION = HERE + "/{team}", ORGANISATIONS + "/{organisation}"
LABELS = {**FIELDS, **WHY}

Looker = Annotated[Visit, page_guard(Permission.TEAM_IMPORT, Area.COLLEGE)]
Sender = Annotated[Visit, form_guard(Permission.TEAM_IMPORT, Area.COLLEGE)]
Name = Annotated[str, Form(max_length=300)]
Was = Annotated[str, Form(max_length=300)]
"""What the form says that it is called, which it asks about: another of the office may have named it anew meanwhile."""


@router.get(f"{OF_TEAM}/name", response_model=None)
def ask_team(team: TeamId, visit: Looker) -> Response:
    """The form that gives a team another name."""
    return _team(visit, team)


@router.post(f"{OF_TEAM}/name", response_model=None)
def name_team(
    reason: Reason, team: TeamId, visit: Sender, name: Name = "", service_line: Name = "", was: Was = ""
) -> Response:  # fmt: skip
    """Give a team another name."""
    try:
        rename_team(
            visit.database, principal=visit.principal, team_id=team, name=name, service_line=service_line,
            reason=reason, at=visit.at, was=was,
        )  # fmt: skip
    except (Invalid, Contradiction) as refusal:
        fields = {"team": "name", "service_line": "service_line", "reason": "reason"}
        faults = faults_of(refusal, fields, labels=LABELS)
        said = _Typed(name=name, service=service_line, reason=reason, faults=faults, status=_status(refusal))
        return _team(visit, team, said)
    return RedirectResponse(f"{HERE}/{team}?done=name", SEE_OTHER)


@router.get(f"{OF_TEAM}/removal", response_model=None)
def ask_removal(team: TeamId, visit: Looker) -> Response:
    """The form that takes a team out."""
    return _removal(visit, team)


@router.post(f"{OF_TEAM}/removal", response_model=None)
def remove(reason: Reason, team: TeamId, visit: Sender, was: Was = "") -> Response:
    """Take a team out that was registered by mistake."""
    try:
        remove_team(visit.database, principal=visit.principal, team_id=team, reason=reason, at=visit.at, was=was)
    except (Invalid, Contradiction) as refusal:
        faults = faults_of(refusal, {"reason": "reason"}, labels=LABELS)
        return _removal(visit, team, _Typed(reason=reason, faults=faults, status=_status(refusal)))
    return RedirectResponse(f"{HERE}?done=removal", SEE_OTHER)


@router.get(f"{OF_ORGANISATION}/name", response_model=None)
def ask_organisation(organisation: OrganisationPath, visit: Looker) -> Response:
    """The form that gives an organisation another name."""
    return _organisation(visit, organisation)


@router.post(f"{OF_ORGANISATION}/name", response_model=None)
def name_organisation(
    reason: Reason, organisation: OrganisationPath, visit: Sender, name: Name = "", was: Was = ""
) -> Response:  # fmt: skip
    """Give an organisation another name."""
    try:
        rename_organisation(
            visit.database, principal=visit.principal, organisation_id=organisation, name=name, reason=reason,
            at=visit.at, was=was,
        )  # fmt: skip
    except (Invalid, Contradiction) as refusal:
        faults = faults_of(refusal, {"organisation": "name", "reason": "reason"}, labels=LABELS)
        said = _Typed(name=name, reason=reason, faults=faults, status=_status(refusal))
        return _organisation(visit, organisation, said)
    return RedirectResponse(f"{ORGANISATIONS}/{organisation}?done=name", SEE_OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What stood in a form that was refused, and with which status and faults it is shown again."""

    name: str = ""
    service: str = ""
    reason: str = ""
    faults: Faults | None = None
    status: int = 0


def _status(refusal: Invalid | Contradiction) -> int:
    return 409 if isinstance(refusal, OtherName) else 0


def _team(visit: Visit, team: int, typed: _Typed | None = None) -> Response:
    found = team_whole(visit.database, principal=visit.principal, team_id=team, at=visit.at)
    told = one_team(found, words_of(visit.visitor.request))
    said = typed or _Typed(name=told.name, service=told.service)
    return at_college(
        visit, "college/renaming.html", here=HERE, caption=f"{told.name}, {told.caption}", faults=said.faults,
        root=told.root, was=told.was, of_team=True, said=said, status=said.status,
    )  # fmt: skip


def _removal(visit: Visit, team: int, typed: _Typed | None = None) -> Response:
    found = team_whole(visit.database, principal=visit.principal, team_id=team, at=visit.at)
    told = one_team(found, words_of(visit.visitor.request))
    said = typed or _Typed()
    return at_college(
        visit, "college/removal.html", here=HERE, caption=f"{told.name}, {told.caption}", told=told,
        reason=said.reason, faults=None if told.is_used else said.faults,
        status=409 if told.is_used and said.faults else said.status,
    )  # fmt: skip


def _organisation(visit: Visit, organisation: int, typed: _Typed | None = None) -> Response:
    found = organisation_whole(visit.database, principal=visit.principal, organisation_id=organisation)
    told = one_organisation(found, words_of(visit.visitor.request))
    said = typed or _Typed(name=told.name)
    return at_college(
        visit, "college/renaming.html", here=HERE, caption=told.name, faults=said.faults, root=told.root,
        was=told.name, of_team=False, said=said, status=said.status,
    )  # fmt: skip
