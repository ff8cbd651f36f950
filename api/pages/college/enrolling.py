"""Teams come to take part in a round: chosen from those that are registered, or named in a list."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.enrol_several import Enrolled, enrol_listed, enrol_several
from accreditation.errors import Invalid
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.round_desk import candidates
from api.inputs.bounds import LARGEST_ID, PageAsked, RoundId, Search
from api.pages.college.framing import at_college
from api.pages.college.listed_file import handed_in
from api.pages.college.rounds import HERE
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team.taking_files import in_thread
from api.presenting.college.listed import NONE_LISTED, ListedFaults, listed_faults
from api.presenting.college.rounds import SAID, choosing, enrolled_words
from api.presenting.faults import Faults, faults_of
from api.presenting.moments import day_of
from api.visiting import FileVisit, Visit, file_form_guard, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = HERE + "/{round}/teams"

MOST_ROWS = 50
"""Teams on one page."""

Enroller = Annotated[Visit, page_guard(Permission.CYCLE_ENROL, Area.COLLEGE)]
SendingEnroller = Annotated[Visit, form_guard(Permission.CYCLE_ENROL, Area.COLLEGE)]
FileEnroller = Annotated[FileVisit, file_form_guard(Permission.CYCLE_ENROL, Area.COLLEGE)]
Counted = Annotated[int, Query(ge=-1, le=LARGEST_ID)]
Chosen = Annotated[list[Annotated[int, Form(ge=1, le=LARGEST_ID)]] | None, Form(max_length=MOST_ROWS)]


@router.get(AT, response_model=None)
def choose(
    round: RoundId, visit: Enroller, search: Search = "", page: PageAsked = 1, new: Counted = -1,  # noqa: A002  (the path's word)
    known: Counted = 0,
) -> Response:  # fmt: skip
    """Teams that could take part. `new` and `known` tell what was done last."""
    done = "" if new < 0 else enrolled_words(Enrolled(new=new, known=known), words_of(visit.visitor.request))
    return _shown(visit, round, search=search, page=page, done=done)


@router.post(AT, response_model=None)
def enrol(round: RoundId, visit: SendingEnroller, teams: Chosen = None) -> Response:  # noqa: A002  (the path's word)
    """Let the teams that were chosen take part."""
    try:
        done = enrol_several(
            visit.database, principal=visit.principal, round_id=round, team_ids=teams or [], at=visit.at
        )  # fmt: skip
    except Invalid as refusal:
        return _shown(visit, round, faults=faults_of(refusal, {"teams": "teams"}, said=SAID))
    return _enrolled(round, done)


@router.post(AT + "/list", response_model=None)
async def enrol_list(round: RoundId, sent: FileEnroller) -> Response:  # noqa: A002  (the path's word)
    """Let every team take part that a list names; with a fault anywhere, nobody."""
    visit = sent.visit
    try:
        given = await handed_in(sent)
        done = await in_thread(
            lambda: enrol_listed(
                visit.database, principal=visit.principal, round_id=round, content=given.content,
                file_name=given.name, at=visit.at,
            )
        )  # fmt: skip
    except Invalid as refusal:
        told = listed_faults(refusal, words_of(visit.visitor.request))
        return await in_thread(lambda: _shown(visit, round, faults=told.summary, wrong=told))
    return _enrolled(round, done)


def _enrolled(round_id: int, done: Enrolled) -> Response:
    return RedirectResponse(f"/college/rounds/{round_id}/teams?new={done.new}&known={done.known}", SEE_OTHER)


def _shown(
    visit: Visit, round_id: int, *, search: str = "", page: int = 1, done: str = "", faults: Faults | None = None,
    wrong: ListedFaults = NONE_LISTED,
) -> Response:  # fmt: skip
    found = candidates(
        visit.database, principal=visit.principal, round_id=round_id, words=search, page=page, size=MOST_ROWS
    )  # fmt: skip
    told = choosing(found, search=search, today=day_of(visit.at), words=words_of(visit.visitor.request))
    return at_college(
        visit, "college/enrolling.html", here=HERE, caption=told.name, done=done, faults=faults, told=told, wrong=wrong
    )
