"""A team or an organisation that was registered under a wrong name; a team that was registered by mistake."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.rename import remove_team, rename_organisation, rename_team
from accreditation.errors import Contradiction, Invalid
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


@router.get(f"{OF_TEAM}/name", response_model=None)
def ask_team(team: TeamId, visit: Looker) -> Response:
    """The form that gives a team another name."""
    return _team(visit, team)


@router.post(f"{OF_TEAM}/name", response_model=None)
def name_team(reason: Reason, team: TeamId, visit: Sender, name: Name = "", service_line: Name = "") -> Response:
    """Give a team another name."""
    try:
        rename_team(
            visit.database, principal=visit.principal, team_id=team, name=name, service_line=service_line,
            reason=reason, at=visit.at,
        )  # fmt: skip
    except (Invalid, Contradiction) as refusal:
        fields = {"team": "name", "service_line": "service_line", "reason": "reason"}
        faults = faults_of(refusal, fields, labels=LABELS)
        return _team(visit, team, name=name, service=service_line, reason=reason, faults=faults)
    return RedirectResponse(f"{HERE}/{team}?done=name", SEE_OTHER)


@router.get(f"{OF_TEAM}/removal", response_model=None)
def ask_removal(team: TeamId, visit: Looker) -> Response:
    """The form that takes a team out."""
    return _removal(visit, team)


@router.post(f"{OF_TEAM}/removal", response_model=None)
def remove(reason: Reason, team: TeamId, visit: Sender) -> Response:
    """Take a team out that was registered by mistake."""
    try:
        remove_team(visit.database, principal=visit.principal, team_id=team, reason=reason, at=visit.at)
    except (Invalid, Contradiction) as refusal:
        return _removal(visit, team, reason=reason, faults=faults_of(refusal, {"reason": "reason"}, labels=LABELS))
    return RedirectResponse(f"{HERE}?done=removal", SEE_OTHER)


@router.get(f"{OF_ORGANISATION}/name", response_model=None)
def ask_organisation(organisation: OrganisationPath, visit: Looker) -> Response:
    """The form that gives an organisation another name."""
    return _organisation(visit, organisation)


@router.post(f"{OF_ORGANISATION}/name", response_model=None)
def name_organisation(reason: Reason, organisation: OrganisationPath, visit: Sender, name: Name = "") -> Response:
    """Give an organisation another name."""
    try:
        rename_organisation(
            visit.database, principal=visit.principal, organisation_id=organisation, name=name, reason=reason,
            at=visit.at,
        )  # fmt: skip
    except (Invalid, Contradiction) as refusal:
        faults = faults_of(refusal, {"organisation": "name", "reason": "reason"}, labels=LABELS)
        return _organisation(visit, organisation, name=name, reason=reason, faults=faults)
    return RedirectResponse(f"{ORGANISATIONS}/{organisation}?done=name", SEE_OTHER)


def _team(
    visit: Visit, team: int, *, name: str = "", service: str = "", reason: str = "", faults: Faults | None = None
) -> Response:  # fmt: skip
    found = team_whole(visit.database, principal=visit.principal, team_id=team, at=visit.at)
    told = one_team(found, words_of(visit.visitor.request))
    typed = (name, service) if faults else (told.name, told.service)
    return at_college(
        visit, "college/renaming.html", here=HERE, caption=f"{told.name}, {told.caption}", faults=faults,
        root=told.root, name=typed[0], service=typed[1], of_team=True, reason=reason,
    )  # fmt: skip


def _removal(visit: Visit, team: int, *, reason: str = "", faults: Faults | None = None) -> Response:
    found = team_whole(visit.database, principal=visit.principal, team_id=team, at=visit.at)
    told = one_team(found, words_of(visit.visitor.request))
    return at_college(
        visit, "college/removal.html", here=HERE, caption=f"{told.name}, {told.caption}", told=told, reason=reason,
        faults=None if told.is_used else faults, status=409 if told.is_used and faults else 0,
    )  # fmt: skip


def _organisation(
    visit: Visit, organisation: int, *, name: str = "", reason: str = "", faults: Faults | None = None
) -> Response:  # fmt: skip
    found = organisation_whole(visit.database, principal=visit.principal, organisation_id=organisation)
    told = one_organisation(found, words_of(visit.visitor.request))
    return at_college(
        visit, "college/renaming.html", here=HERE, caption=told.name, faults=faults, root=told.root,
        name=name if faults else told.name, of_team=False, reason=reason,
    )  # fmt: skip
