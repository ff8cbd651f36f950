"""The people of a team: its lead lets colleagues in, and takes their roles back."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.end_colleague import end_colleague
from accreditation.actions.invite_person import invite_person
from accreditation.errors import Contradiction, Fault, Invalid, TooMany
from accreditation.rules.grants import ROLES_OF, Area, Grant
from accreditation.rules.people import Role
from accreditation.rules.permissions import Permission
from accreditation.views.team_people import own_teams, role_in_team, team_people
from api.inputs.bounds import LARGEST_ID, GrantId, TeamId
from api.pages.rendering import rendered, words_of
from api.pages.signing.entering import SEE_OTHER, again_after
from api.presenting.faults import Faults, faults_of
from api.presenting.team.people import MAY_BE, SAID, done_words
from api.visiting import Visit, Visits, form_guard, list_guard, page_guard
from api.words import Words

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Reader = Annotated[Visit, page_guard(Permission.COLLEAGUE_READ, Area.TEAM)]
Inviter = Annotated[Visit, page_guard(Permission.PERSON_INVITE, Area.TEAM)]
SendingInviter = Annotated[Visit, form_guard(Permission.PERSON_INVITE, Area.TEAM)]
Ender = Annotated[Visit, page_guard(Permission.COLLEAGUE_END, Area.TEAM)]
SendingEnder = Annotated[Visit, form_guard(Permission.COLLEAGUE_END, Area.TEAM)]

Text = Annotated[str, Form(max_length=300)]

FIELDS = {"name": "name", "e-mail address": "email", "role": "role"}
"""What a fault is about -> the field of the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form."""

    name: str = ""
    email: str = ""
    role: str = ""


@router.get("/team/people", response_model=None)
def mine(visits: Annotated[Visits, list_guard(Permission.COLLEAGUE_READ, Area.TEAM)]) -> Response:
    """The teams that I am in; where it is one, its people."""
    found = own_teams(visits.database, principals=visits.principals)
    if len(found) == 1:
        return RedirectResponse(f"/team/people/{found[0].id}", SEE_OTHER)
    return rendered(visits.visitor.request, "team/own_teams.html", teams=found)


@router.get("/team/people/{team}", response_model=None)
def people(
    team: TeamId,  # noqa: ARG001  (the guard's)
    visit: Reader, invited: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0, done: str = "",
) -> Response:  # fmt: skip
    """Who is in this team?"""
    found = team_people(visit.database, principal=visit.principal)
    told = done_words(found, invited=invited, done=done, mail=visit.house.post is not None, words=_words(visit))
    return rendered(visit.visitor.request, "team/people.html", found=found, done=told)


@router.get("/team/people/{team}/new", response_model=None)
def new(team: TeamId, visit: Inviter) -> Response:  # noqa: ARG001  (the guard's)
    """The form that invites a colleague."""
    return _form(visit, Typed(role=Role.TEAM_MEMBER.value), Faults())


@router.post("/team/people/{team}/new", response_model=None)
def invite(team: TeamId, visit: SendingInviter, name: Text = "", email: Text = "", role: Text = "") -> Response:
    """Invite a colleague into this team."""
    house = visit.house
    try:
        invited = invite_person(
            house.database, key=house.key(), principal=visit.principal, name=name, email=email,
            grants=[_grant(role, team)], at=visit.at,
        )  # fmt: skip
    except (Invalid, TooMany) as refusal:
        typed = Typed(name=name, email=email, role=role)
        status = 429 if isinstance(refusal, TooMany) else 422
        return again_after(refusal, _form(visit, typed, faults_of(refusal, FIELDS, said=SAID), status=status))
    return RedirectResponse(f"/team/people/{team}?invited={invited.grants[0]}", SEE_OTHER)


@router.get("/team/people/{team}/roles/{grant}/end", response_model=None)
def end(team: TeamId, visit: Ender, grant: GrantId) -> Response:  # noqa: ARG001  (the guard's)
    """The form that takes a role back."""
    return _ending(visit, grant, "", Faults())


@router.post("/team/people/{team}/roles/{grant}/end", response_model=None)
def take_back(team: TeamId, visit: SendingEnder, grant: GrantId, reason: Text = "") -> Response:
    """Take a colleague's role back."""
    try:
        end_colleague(visit.database, principal=visit.principal, grant_id=grant, reason=reason, at=visit.at)
    except (Invalid, Contradiction) as refusal:
        return _ending(visit, grant, reason, faults_of(refusal, {"reason": "reason"}, said=SAID))
    return RedirectResponse(f"/team/people/{team}?done=ended", SEE_OTHER)


def _grant(role: str, team: int) -> Grant:
    if role not in [one.value for one in ROLES_OF[Area.TEAM]]:
        raise Invalid([Fault(where="role", found="none", allowed="one of the list")])
    return Grant(role=Role(role), team=team)


def _words(visit: Visit) -> Words:
    return words_of(visit.visitor.request)


def _form(visit: Visit, typed: Typed, faults: Faults, *, status: int = 200) -> Response:
    words = _words(visit)
    found = team_people(visit.database, principal=visit.principal)
    return rendered(
        visit.visitor.request, "team/new_colleague.html", status=status, csrf=visit.visitor.csrf,
        team=found.team, roles=[(key, words(text)) for key, text in MAY_BE.items()], typed=typed, faults=faults,
    )  # fmt: skip


def _ending(visit: Visit, grant: int, typed: str, faults: Faults) -> Response:
    team, colleague = role_in_team(visit.database, principal=visit.principal, grant_id=grant)
    return rendered(
        visit.visitor.request, "team/end_colleague.html", status=422 if faults else 200, csrf=visit.visitor.csrf,
        team=team, colleague=colleague, role=colleague.roles[0], typed=typed, faults=faults,
    )  # fmt: skip
