"""The college's reviewers: found by name, registered one by one or by a list."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.register_reviewer import register_reviewer
from accreditation.actions.take_lists import take_reviewers
from accreditation.errors import Contradiction, Invalid
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.own_visits import organisation_called
from accreditation.views.reviewer_desk import reviewer_of_name, reviewers_found, roles_known
from api.inputs.bounds import LARGEST_ID, ON_ONE_LINE, PageAsked, Search
from api.inputs.typed_reviewer import typed_new
from api.pages.college.framing import at_college, may
from api.pages.college.listed_file import handed_in
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team.taking_files import in_thread
from api.presenting.college.listed import NONE_LISTED, ListedFaults, listed_faults
from api.presenting.college.reviewers import HERE, LABELS, SAID, Details, imported_words, listed, offered_roles
from api.presenting.faults import Faults, faults_of
from api.visiting import FileVisit, Visit, file_form_guard, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

MOST_ROWS = 50
"""Reviewers on one page."""

FIELDS = {"name": "name", "roles": "roles", "employer": "employer", "capacity": "capacity"}

Reader = Annotated[Visit, page_guard(Permission.REVIEWER_READ, Area.COLLEGE)]
Registrar = Annotated[Visit, page_guard(Permission.REVIEWER_REGISTER, Area.COLLEGE)]
SendingRegistrar = Annotated[Visit, form_guard(Permission.REVIEWER_REGISTER, Area.COLLEGE)]
FileRegistrar = Annotated[FileVisit, file_form_guard(Permission.REVIEWER_REGISTER, Area.COLLEGE)]
Text = Annotated[str, Form(max_length=300)]
Roles = Annotated[list[Annotated[str, Form(max_length=60)]] | None, Form(max_length=50)]
Counted = Annotated[int, Query(ge=0, le=LARGEST_ID)]
OfRole = Annotated[str, Query(max_length=60, pattern=ON_ONE_LINE)]


@router.get(HERE, response_model=None)
def reviewers(visit: Reader, search: Search = "", role: OfRole = "", page: PageAsked = 1) -> Response:
    """Everybody who reviews, by name."""
    found = reviewers_found(
        visit.database, principal=visit.principal, words=search, role=role, page=page, size=MOST_ROWS
    )  # fmt: skip
    told = listed(found, search=search, role=role, words=words_of(visit.visitor.request))
    return at_college(
        visit, "college/reviewers.html", here=HERE, told=told, may_register=may(visit, Permission.REVIEWER_REGISTER)
    )


@router.get(f"{HERE}/new", response_model=None)
def new(
    visit: Registrar, new: Counted = 0, changed: Counted = 0, whole: Annotated[int, Query(alias="all", ge=0)] = 0,
    moved: Counted = 0,
) -> Response:  # fmt: skip
    """The form that registers a reviewer, and the one of a list. The numbers tell what became of the last list."""
    words = words_of(visit.visitor.request)
    done = imported_words(new=new, changed=changed, whole=whole, moved=bool(moved), words=words) if whole else ""
    return _form(visit, done=done)


@router.post(f"{HERE}/new", response_model=None)
def register(
    visit: SendingRegistrar, name: Text = "", roles: Roles = None, employer: Text = "", capacity: Text = ""
) -> Response:  # fmt: skip
    """Register a reviewer by a designation."""
    database, principal = visit.database, visit.principal
    try:
        organisation = organisation_called(database, principal=principal, called=employer)
        number = register_reviewer(
            database, principal=principal, name=name, roles=roles or [], organisation_id=organisation, at=visit.at,
            capacity=typed_new(name=name, roles=roles or [], employer=employer, known=organisation, capacity=capacity),
        )  # fmt: skip
    except (Invalid, Contradiction) as refusal:
        typed = Details(name=name, roles=tuple(roles or ()), employer=employer, capacity=capacity)
        return _form(visit, typed=typed, faults=faults_of(refusal, FIELDS, said=SAID, labels=LABELS))
    return RedirectResponse(f"{HERE}/{number}", SEE_OTHER)


@router.post(f"{HERE}/new/list", response_model=None)
async def hand_in_list(sent: FileRegistrar) -> Response:
    """Register the reviewers of a list, and change those that are known; with a fault anywhere, nothing is kept."""
    visit = sent.visit
    words = words_of(visit.visitor.request)
    try:
        given = await handed_in(sent)
        done = await in_thread(
            lambda: take_reviewers(
                visit.database, principal=visit.principal, content=given.content, file_name=given.name,
                register_employers=given.line("employers") == "yes", at=visit.at,
            )
        )  # fmt: skip
    except Invalid as refusal:
        told = listed_faults(refusal, words)
        return await in_thread(lambda: _form(visit, faults=told.summary, wrong=told))
    moved = int(bool(done.left or done.stands))
    told_of = f"new={done.new}&changed={done.changed}&all={len(done.ids)}&moved={moved}"
    return RedirectResponse(f"{HERE}/new?{told_of}", SEE_OTHER)


def _form(
    visit: Visit, *, typed: Details | None = None, faults: Faults | None = None, wrong: ListedFaults = NONE_LISTED,
    done: str = "",
) -> Response:  # fmt: skip
    known = roles_known(visit.database, principal=visit.principal)
    called = typed.name if typed is not None and faults else ""
    same = reviewer_of_name(visit.database, principal=visit.principal, name=called) if called else None
    return at_college(
        visit, "college/new_reviewer.html", here=HERE, faults=faults, done=done, typed=typed or Details(),
        roles=offered_roles(known), wrong=wrong, same=f"{HERE}/{same}" if same else "",
    )  # fmt: skip
