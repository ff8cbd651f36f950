"""A team's library: every document with its versions and dates, what is out of date, and where each is used."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.describe_document import describe_document
from accreditation.actions.keep_document import keep_document
from accreditation.actions.uploading import ForCycle, ForLibrary
from accreditation.errors import Invalid, Stale
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views import library as view
from accreditation.views.reuse import offers_of_document
from api.downloads import answer_file
from api.forms import FormFile
from api.inputs.bounds import LARGEST_ID, ON_ONE_LINE, After, TeamId
from api.inputs.library import DocumentId, VersionId
from api.inputs.page_files import described_of, document_as_said, document_of, said_of, typed_in
from api.pages.rendering import rendered, words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team import in_pieces
from api.pages.team.taking_files import Taken, in_thread, take
from api.presenting.faults import Faults
from api.presenting.team.library import document, listed, shelves
from api.presenting.team.refused_files import refused_files, refused_words
from api.presenting.team.unfinished import not_whole
from api.visiting import FileVisit, Visit, Visits, file_form_guard, form_guard, list_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Reader = Annotated[Visit, page_guard(Permission.LIBRARY_READ, Area.TEAM)]
KeeperOfFiles = Annotated[FileVisit, file_form_guard(Permission.LIBRARY_KEEP, Area.TEAM)]
Sought = Annotated[str, Query(max_length=100, pattern=ON_ONE_LINE)]
ROWS = 50
"""Documents on a page."""


@router.get("/team/library", response_model=None)
def libraries(visits: Annotated[Visits, list_guard(Permission.LIBRARY_READ, Area.TEAM)]) -> Response:
    """The libraries of my teams; where I am in one team, its library."""
    found = view.libraries(visits.database, principals=visits.principals)
    if len(found) == 1:
        return RedirectResponse(f"/team/library/{found[0].team}", SEE_OTHER)
    request = visits.visitor.request
    return rendered(request, "team/libraries.html", shelves=shelves(found, words_of(request)))


@router.get("/team/library/{team}", response_model=None)
def look(
    team: TeamId, visit: Reader, after: After = 0, search: Sought = "",
    removed: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0,
) -> Response:  # fmt: skip
    """What does this team keep; what of it, where something is sought?"""
    return _listed(visit, team, after=after, sought=search.strip(), removed=removed)


@router.post("/team/library/{team}/documents", response_model=None)
async def keep(team: TeamId, sent: KeeperOfFiles) -> Response:
    """Keep the files of the form, each as a new document, attached to nothing yet."""
    taken = await _take(sent, None)
    if taken.refused or taken.nothing:
        faults = refused_files(taken.refused, words_of(sent.visit.visitor.request))
        return await in_thread(lambda: _listed(sent.visit, team, faults=faults, taken=taken))
    return RedirectResponse(f"/team/library/{team}", SEE_OTHER)


@router.get("/team/library/{team}/documents/{document}", response_model=None)
def one(team: TeamId, document: DocumentId, visit: Reader) -> Response:
    """One document, with its versions."""
    return _document(visit, team, document)


@router.post("/team/library/{team}/documents/{document}/versions", response_model=None)
async def keep_version(team: TeamId, document: DocumentId, sent: KeeperOfFiles) -> Response:
    """Keep a new version of a document. What is attached somewhere stays the version that it is."""
    taken = await _take(sent, document)
    if taken.refused or taken.nothing:
        faults = refused_files(taken.refused, words_of(sent.visit.visitor.request))
        return await in_thread(lambda: _document(sent.visit, team, document, faults=faults, status=taken.status))
    return RedirectResponse(f"/team/library/{team}/documents/{document}", SEE_OTHER)


@router.post("/team/library/{team}/documents/{document}/description", response_model=None)
async def describe(
    team: TeamId, document: DocumentId, request: Request,
    visit: Annotated[Visit, form_guard(Permission.LIBRARY_KEEP, Area.TEAM)],
    version: Annotated[int, Form(ge=0, le=LARGEST_ID)] = 0, seen: Annotated[int, Form(ge=0, le=LARGEST_ID)] = 0,
) -> Response:  # fmt: skip
    """Say what the newest version is: title, owner and days."""
    said = {name: [str(value)] for name, value in (await request.form()).items()}
    try:
        described = described_of(said)
        await in_thread(
            lambda: describe_document(
                visit.database, principal=visit.principal, version_id=version, described=described,
                seen_version=seen, at=visit.at,
            )
        )  # fmt: skip
    except (Invalid, Stale) as refusal:
        faults = refused_words(refusal, words_of(request))
        return await in_thread(lambda: _document(visit, team, document, faults=faults, typed=typed_in(said)))
    return RedirectResponse(f"/team/library/{team}/documents/{document}", SEE_OTHER)


@router.get("/team/library/{team}/versions/{version}/content", response_model=None)
def content(team: TeamId, version: VersionId, visit: Reader, request: Request) -> Response:  # noqa: ARG001  (the guard's)
    """A version itself, to be saved: no browser runs it."""
    found = view.kept_version(visit.database, principal=visit.principal, version_id=version)
    return answer_file(
        request, visit, found.digest, file_name=found.file_name, media_type=found.media_type, size=found.size
    )


@router.post("/team/library/{team}/uploads", response_model=None)
async def begin(
    team: TeamId, visit: Annotated[Visit, form_guard(Permission.LIBRARY_KEEP, Area.TEAM)], file: in_pieces.File
) -> Response:  # fmt: skip
    """Begin to send a new document in pieces, or go on with it."""

    def purpose() -> ForLibrary:
        document = document_as_said(file.said, file_name=file.file_name, length=file.size)
        return ForLibrary(team=team, file=document)

    return await in_pieces.begin(
        visit, file, purpose, lambda taken, faults: _listed(visit, team, faults=faults, taken=taken)
    )


@router.post("/team/library/{team}/uploads/{upload}", response_model=None)
async def add_piece(team: TeamId, upload: in_pieces.UploadName, sent: KeeperOfFiles) -> Response:
    """A piece of a new document."""
    return await in_pieces.add(
        sent,
        upload,
        in_pieces.of_library(team),
        lambda taken, faults: _listed(sent.visit, team, faults=faults, taken=taken),
    )


@router.post("/team/library/{team}/uploads/{upload}/end", response_model=None)
def forget(
    team: TeamId, upload: in_pieces.UploadName,
    visit: Annotated[Visit, form_guard(Permission.LIBRARY_KEEP, Area.TEAM)],
) -> Response:  # fmt: skip
    """Forget a document that is not here whole."""
    return in_pieces.forget(visit, upload, in_pieces.of_library(team), f"/team/library/{team}")


async def _take(sent: FileVisit, item: int | None) -> Taken:
    visit = sent.visit

    async def keep(file: FormFile) -> None:
        await keep_document(
            visit.database, visit.evidence, principal=visit.principal, document=document_of(file, item=item),
            chunks=file.chunks(), at=visit.house.now(),
        )  # fmt: skip

    return await take(sent, keep)


def _listed(
    visit: Visit, team: int, *, after: int = 0, sought: str = "", faults: Faults | None = None,
    taken: Taken | None = None, removed: int = 0,
) -> Response:  # fmt: skip
    page = view.library_of(
        visit.database, principal=visit.principal, after=after, limit=ROWS, at=visit.at, sought=sought
    )  # fmt: skip
    (library,) = view.libraries(visit.database, principals=[visit.principal])
    words = words_of(visit.visitor.request)
    here = in_pieces.begun(visit, in_pieces.of_library(team))
    elsewhere = in_pieces.begun(visit, lambda purpose: isinstance(purpose, ForCycle))
    again = None if taken else in_pieces.to_go_on(here)
    told = listed(page, team, words, sought=sought)
    taken = taken or Taken(said=said_of(again.purpose.file) if again else {})
    return _rendered(
        visit, "team/library.html", faults, status=taken.status, told=told, library=library, taken=taken,
        unfinished=not_whole(here, words, filled=again), elsewhere=not_whole(elsewhere, words), removed=removed,
    )  # fmt: skip


def _document(
    visit: Visit, team: int, number: int, *, faults: Faults | None = None, typed: dict[str, str] | None = None,
    status: int = 0,
) -> Response:  # fmt: skip
    shown = view.document(visit.database, principal=visit.principal, document_id=number, at=visit.at)
    offers = offers_of_document(visit.database, principal=visit.principal, document_id=number, at=visit.at)
    told = document(shown, offers, team, words_of(visit.visitor.request))
    return _rendered(
        visit, "team/document.html", faults, status=status, told=told, typed=typed or told.typed, team=team
    )


def _rendered(visit: Visit, template: str, faults: Faults | None, *, status: int, **values: Any) -> Response:
    return rendered(
        visit.visitor.request, template, status=status or (422 if faults else 200), csrf=visit.visitor.csrf,
        faults=faults or Faults(), **values,
    )  # fmt: skip
