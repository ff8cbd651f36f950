"""Who can sign in, as what: the college office invites people, and takes roles back."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.grant_role import end_grant
from accreditation.actions.invite_person import invite_person
from accreditation.actions.undo_grant import undo_grant
from accreditation.errors import Invalid, NotFound
from accreditation.rules.grants import BOUNDS, TITLES, Area
from accreditation.rules.permissions import Permission
from accreditation.views.people import everybody, held, person
from api.inputs.bounds import LARGEST_ID, After, GrantId
from api.pages.college.framing import at_college
from api.pages.college.granting import (
    AskedInvitation,
    Typed,
    TypedInvitation,
    fitting_of,
    invited_as,
    not_found,
    with_the_only_one,
)
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college.people import KINDS, SAID, ended_words, found_words, invited_words, nothing_words
from api.presenting.faults import Faults, faults_of
from api.visiting import Visit, form_guard, page_guard
from api.words import marked

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

HERE = "/college/people"

MOST_ROWS = 50
"""People on one page."""

FIELDS = {"name": "name", "e-mail address": "email", "role": "role", "what for": "bound", "knows": "sure"}
"""What a fault is about -> the field of the form."""

Reader = Annotated[Visit, page_guard(Permission.PERSON_READ, Area.COLLEGE)]
Inviter = Annotated[Visit, page_guard(Permission.PERSON_INVITE, Area.COLLEGE)]
SendingInviter = Annotated[Visit, form_guard(Permission.PERSON_INVITE, Area.COLLEGE)]
Giver = Annotated[Visit, page_guard(Permission.GRANT_GIVE, Area.COLLEGE)]
SendingGiver = Annotated[Visit, form_guard(Permission.GRANT_GIVE, Area.COLLEGE)]

Text = Annotated[str, Form(max_length=300)]
PersonAsked = Annotated[int, Query(ge=0, le=LARGEST_ID)]
Yes = Annotated[str, Form(max_length=5)]
Told = Annotated[str, Form(max_length=2000)]


@router.get("/college/people", response_model=None)
def people(
    visit: Reader, after: After = 0, invited: PersonAsked = 0, ended: PersonAsked = 0, known: PersonAsked = 0
) -> Response:  # fmt: skip
    """Everybody who can be let in, with the roles they hold; and what was just done with whom, or with which role."""
    found = everybody(visit.database, principal=visit.principal, after=after, limit=MOST_ROWS)
    told = person(visit.database, principal=visit.principal, person_id=invited) if invited else None
    role = held(visit.database, principal=visit.principal, grant_id=ended) if ended else None
    words = words_of(visit.visitor.request)
    done = invited_words(told, before=bool(known), mail=visit.house.post is not None, words=words)
    return at_college(
        visit, "college/people.html", here=HERE, people=found,
        why=visit.acting.why if len(visit.visitor.signed.grants) > 1 else "",
        done=done or ended_words(role, words),
        next_after=found[-1].id if len(found) == MOST_ROWS else None,
    )  # fmt: skip


@router.get("/college/people/new", response_model=None)
def new(
    visit: Inviter, asked: AskedInvitation, known: Annotated[int, Query(alias="person", ge=0, le=LARGEST_ID)] = 0
) -> Response:  # fmt: skip
    """The form that invites somebody, or gives somebody who is known another role; a link may fill in what for."""
    if not known:
        return _form(visit, asked)
    found = person(visit.database, principal=visit.principal, person_id=known)
    return _form(visit, replace(asked, name=found.name, email=found.email))


@router.post("/college/people/new", response_model=None)
def invite(
    visit: SendingInviter, typed: TypedInvitation, find: Yes = "", knows: Told = "", sure: Yes = ""
) -> Response:  # fmt: skip
    """Invite somebody as one thing; whatever else they are is given afterwards in the same way.

    With `find` nobody is invited: what has the words in its name is listed, to choose one of it. What a role keeps
    somebody from for good is told first (`knows`), and ticked by whoever is `sure`.
    """
    house = visit.house
    if find:
        return _form(visit, typed, not_found(typed, fitting_of(visit, typed)))
    try:
        invited = invite_person(
            house.database, key=house.key(), principal=visit.principal, name=typed.name, email=typed.email,
            grants=[invited_as(typed, fitting_of(visit, typed))], at=visit.at, knows=knows if sure else "",
        )  # fmt: skip
    except Invalid as refusal:
        return _form(visit, typed, refusal)
    known = "" if invited.new else "&known=1"
    return RedirectResponse(f"/college/people?invited={invited.person}{known}", SEE_OTHER)


@router.get("/college/grants/{grant}/end", response_model=None)
def end(visit: Giver, grant: GrantId) -> Response:
    """The form that takes a role back."""
    return _ending(visit, grant, "", Faults())


@router.post("/college/grants/{grant}/end", response_model=None)
def take_back(visit: SendingGiver, grant: GrantId, reason: Text = "", mistake: Yes = "") -> Response:
    """Take a role back, or say of it that it was a `mistake`.

    Whoever took back their own reads on their account what they are now.
    """
    do = undo_grant if mistake else end_grant
    try:
        person_id = do(visit.database, principal=visit.principal, grant_id=grant, reason=reason, at=visit.at)
    except Invalid as refusal:
        faults = faults_of(refusal, {"reason": "reason"}, labels={"reason": marked("Why")})
        return _ending(visit, grant, reason, faults, mistake=bool(mistake))
    mine = person_id == visit.visitor.signed.person
    return RedirectResponse("/account" if mine else f"/college/people?ended={grant}", SEE_OTHER)


def _form(visit: Visit, typed: Typed, refusal: Invalid | None = None) -> Response:
    words, found = words_of(visit.visitor.request), fitting_of(visit, typed)
    told = found_words(found, words)
    fields = {**FIELDS, "which one": "chosen" if told.choices else "which"}
    said = {**SAID, **nothing_words(found, typed.which, words)}
    knows = next((one.found for one in refusal.faults if one.where == "knows"), "") if refusal else ""
    return at_college(
        visit, "college/new_person.html", here=HERE, found=told, knows=knows, typed=with_the_only_one(typed, found),
        faults=Faults() if refusal is None else faults_of(refusal, fields, said=said),
        roles=[(one.value, TITLES[one]) for one in BOUNDS], bounds=[(key, words(text)) for key, text in KINDS.items()],
    )  # fmt: skip


def _ending(visit: Visit, grant: int, typed: str, faults: Faults, *, mistake: bool = False) -> Response:
    found = held(visit.database, principal=visit.principal, grant_id=grant)
    if found.ended is not None and (found.mistaken or not found.bars):
        raise NotFound("This role was taken back already.")
    caption = words_of(visit.visitor.request)("%(name)s, %(role)s", name=found.name, role=found.words)
    return at_college(
        visit, "college/end_grant.html", here=HERE, caption=caption, faults=faults, held=found, typed=typed,
        mistake=mistake,
    )  # fmt: skip
