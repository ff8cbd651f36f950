"""The college's clinical teams: found by name, registered one by one or by a list, and one with what it has here."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import Field, ValidationError

from accreditation.actions.import_teams import Imported, TeamToImport, import_teams
from accreditation.actions.listed_teams import FIELDS, faults_of_team
from accreditation.actions.take_lists import take_teams
from accreditation.errors import Contradiction, Fault, Invalid
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.team_desk import team_whole, teams_found, teams_named
from api.inputs.bounds import LARGEST_ID, ON_ONE_LINE, PageAsked, Search, TeamId
from api.pages.college.framing import at_college, may
from api.pages.college.listed_file import handed_in
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team.taking_files import in_thread
from api.presenting.college.listed import NONE_LISTED, ListedFaults, listed_faults
from api.presenting.college.teams import DONE, HERE, LABELS, Typed, imported_words, one_team, teams_listed
from api.presenting.faults import Faults, faults_of
from api.visiting import FileVisit, Visit, file_form_guard, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

MOST_ROWS = 50
"""Teams on one page."""

Reader = Annotated[Visit, page_guard(Permission.TEAM_READ, Area.COLLEGE)]
Importer = Annotated[Visit, page_guard(Permission.TEAM_IMPORT, Area.COLLEGE)]
SendingImporter = Annotated[Visit, form_guard(Permission.TEAM_IMPORT, Area.COLLEGE)]
FileImporter = Annotated[FileVisit, file_form_guard(Permission.TEAM_IMPORT, Area.COLLEGE)]
Text = Annotated[str, Form(max_length=300)]

Done = Annotated[str, Query(max_length=20, pattern=ON_ONE_LINE)]
Counted = Annotated[int, Query(ge=0, le=LARGEST_ID)]
MOST_OTHERWISE = 20
"""Of so many teams it is said that they are called otherwise than in the list."""
Otherwise = Annotated[tuple[Annotated[int, Field(ge=1, le=LARGEST_ID)], ...], Query(max_length=MOST_OTHERWISE)]

ALL = (*FIELDS, "service_line")
FAULTS = {f"column '{name}'": name for name in ALL} | {name: name for name in ALL}
"""What a fault is about -> the field of the form."""


def typed_team(
    team: Text = "", organisation: Text = "", ods_code: Text = "", service_line: Text = "", network: Text = "",
    region: Text = "", place: Text = "",
) -> Typed:  # fmt: skip
    """The fields of a team."""
    return Typed(
        team=team, organisation=organisation, ods_code=ods_code, service_line=service_line, network=network,
        region=region, place=place,
    )  # fmt: skip


@router.get(HERE, response_model=None)
def teams(visit: Reader, search: Search = "", page: PageAsked = 1, done: Done = "") -> Response:
    """Every clinical team, by organisation and name."""
    found = teams_found(visit.database, principal=visit.principal, words=search, page=page, size=MOST_ROWS)
    return at_college(
        visit, "college/teams.html", here=HERE, told=teams_listed(found, search=search),
        may_import=may(visit, Permission.TEAM_IMPORT), done=done_words(visit, done),
    )  # fmt: skip


@router.get(f"{HERE}/new", response_model=None)
def new(
    visit: Importer, new: Counted = 0, known: Counted = 0, organisations: Counted = 0, moved: Counted = 0,
    otherwise: Otherwise = (),
) -> Response:  # fmt: skip
    """The form that registers a team, and the one of a list. The numbers tell what became of the last list."""
    words = words_of(visit.visitor.request)
    done = ""
    if new or known:
        now = teams_named(visit.database, principal=visit.principal, team_ids=otherwise) if otherwise else ()
        done = imported_words(
            new=new, known=known, organisations=organisations, moved=bool(moved), otherwise=now, words=words
        )
    return _form(visit, done=done)


@router.post(f"{HERE}/new", response_model=None)
def register(visit: SendingImporter, typed: Annotated[Typed, Depends(typed_team)]) -> Response:
    """Register a team with its organisation."""
    try:
        row = _row(typed)
        done = import_teams(visit.database, principal=visit.principal, rows=[row], at=visit.at)
    except (Invalid, Contradiction) as refusal:
        return _form(visit, typed=typed, faults=faults_of(refusal, FAULTS, labels=LABELS))
    return RedirectResponse(f"{HERE}/{done.team_ids[0]}?done={_became(done)}", SEE_OTHER)


@router.post(f"{HERE}/new/list", response_model=None)
async def hand_in_list(sent: FileImporter) -> Response:
    """Register the teams of a list; with a fault anywhere, nothing is kept."""
    visit = sent.visit
    words = words_of(visit.visitor.request)
    try:
        given = await handed_in(sent)
        service = given.line("service").strip()
        if not 0 < len(service) <= 60 or not service.isprintable():
            raise Invalid([Fault(where="service", found="nothing", allowed="1 to 60 characters, as in stroke")])
        done = await in_thread(
            lambda: take_teams(
                visit.database, principal=visit.principal, content=given.content, file_name=given.name,
                service_line=service, at=visit.at,
            )
        )  # fmt: skip
    except (Invalid, Contradiction) as refusal:
        told = listed_faults(refusal, words)
        typed = sent.form.said.get("service", [""])[-1]
        return await in_thread(lambda: _form(visit, faults=told.summary, wrong=told, service=typed))
    known, moved = len(done.team_ids) - done.new_teams, int(bool(done.left or done.stands))
    told_of = f"new={done.new_teams}&known={known}&organisations={done.new_organisations}&moved={moved}"
    for one in dict.fromkeys(one.team for one in done.known_as[:MOST_OTHERWISE]):
        told_of += f"&otherwise={one}"
    return RedirectResponse(f"{HERE}/new?{told_of}", SEE_OTHER)


@router.get(HERE + "/{team}", response_model=None)
def look(team: TeamId, visit: Reader, done: Done = "") -> Response:
    """One team with its cycles."""
    found = team_whole(visit.database, principal=visit.principal, team_id=team, at=visit.at)
    told = one_team(found, words_of(visit.visitor.request))
    return at_college(
        visit, "college/team.html", here=HERE, caption=told.caption, told=told, done=done_words(visit, done),
        may_change=may(visit, Permission.TEAM_IMPORT),
    )  # fmt: skip


def done_words(visit: Visit, done: str) -> str:
    """What is said of what was just done; nothing where nothing was."""
    return words_of(visit.visitor.request)(DONE[done]) if done in DONE else ""


def _became(done: Imported) -> str:
    """What is said of a team that was typed: a key of DONE."""
    if done.new_teams:
        return "organisation" if done.known_as else "new"
    return "otherwise" if done.known_as else "known"


def _row(typed: Typed) -> TeamToImport:
    """The team that was typed. Raises Invalid, whose faults name the field."""
    said = {name: getattr(typed, name).strip() for name in ALL}
    given = {name: text for name, text in said.items() if text}
    try:
        return TeamToImport.model_validate(given | {"ods_code": said["ods_code"].upper() or None})
    except ValidationError as error:
        raise Invalid(faults_of_team(error, dict(zip(ALL, ALL, strict=True)))) from error


def _form(
    visit: Visit, *, typed: Typed | None = None, faults: Faults | None = None, wrong: ListedFaults = NONE_LISTED,
    done: str = "", service: str = "",
) -> Response:  # fmt: skip
    return at_college(
        visit, "college/new_team.html", here=HERE, faults=faults, done=done, typed=typed or Typed(), wrong=wrong,
        service=service,
    )  # fmt: skip
