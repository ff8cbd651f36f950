"""A draft of a scheme: one text, edited on the page or as a file, and saved with whatever faults it has."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from accreditation.actions.begin_draft import begin_draft, begin_scheme
from accreditation.actions.end_draft import drop_draft
from accreditation.actions.keep_draft import keep_draft
from accreditation.errors import Contradiction, Invalid, Stale, TooLarge
from accreditation.library import identifier
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.scheme.one_text import MOST_BYTES
from accreditation.views.drafts import draft_shown, drafts_of, faults_of_draft
from accreditation.views.scheme_desk import scheme_desk
from api.edge import MOST_TYPED
from api.inputs.bounds import LARGEST_ID, SchemeId
from api.inputs.long_text import LongForm
from api.inputs.standards_file import text_of_file
from api.pages.college.framing import at_college
from api.pages.college.schemes import AT, HERE, Asked, standard_file
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team.taking_files import in_thread
from api.presenting.college.drafts import draft_page, draft_rows, refused_draft, saved_words
from api.presenting.college.scheme_paths import root_of
from api.presenting.faults import Faults, Told, faults_of
from api.presenting.moments import time_of
from api.visiting import FileVisit, Visit, file_form_guard, form_guard, page_guard
from api.words import marked

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=LongForm)

DRAFT = f"{AT}/drafts/{{draft}}"
NEW = f"{AT}/drafts/new"
NEW_SCHEME = "/college/new-scheme"

Writer = Annotated[Visit, page_guard(Permission.SCHEME_PUBLISH, Area.COLLEGE)]
Sender = Annotated[Visit, form_guard(Permission.SCHEME_PUBLISH, Area.COLLEGE)]
FileSender = Annotated[FileVisit, file_form_guard(Permission.SCHEME_PUBLISH, Area.COLLEGE)]

DraftId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The draft's id.")]
Number = Annotated[int, Query(ge=0, le=LARGEST_ID)]
Seen = Annotated[int, Form(ge=0, le=LARGEST_ID)]
Short = Annotated[str, Form(max_length=300)]

MOST_PASSED_OVER = 50_000_000
"""So much of a file that is too large is read and not kept, so that its sender is told at the draft."""


def typed(text: Annotated[str, Form(max_length=MOST_TYPED)] = "") -> str:
    """The text that stands in the field: given back should the request be refused, also where it is too long."""
    return text


Text = Annotated[str, Depends(typed)]

SAID = {
    "title": marked("Write the title of the scheme, on one line."),
    "id": marked(
        "Write the short name in small letters, digits and _, beginning with a letter and with at most 60 of them, as "
        "in memory_clinics; or leave it empty."
    ),
}


@router.get(NEW_SCHEME, response_model=None)
def new_scheme(visit: Writer) -> Response:
    """The form that begins a scheme that is not there yet."""
    return _new_scheme(visit, "", "", Faults())


@router.post(NEW_SCHEME, response_model=None)
def begin_new(visit: Sender, title: Short = "", name: Short = "") -> Response:
    """Begin the first draft of a new scheme, from an example that has no fault."""
    scheme = name.strip() or identifier(title)[:60].rstrip("_")
    try:
        draft = begin_scheme(visit.database, principal=visit.principal, scheme=scheme, title=title, at=visit.at)
    except (Invalid, Contradiction) as refusal:
        return _new_scheme(visit, title, name, faults_of(refusal, {"id": "name", "title": "title"}, said=SAID))
    return RedirectResponse(f"{root_of(scheme)}/drafts/{draft}", SEE_OTHER)


@router.get(NEW, response_model=None)
def new(visit: Writer, scheme: SchemeId, began: Annotated[str, Query(alias="from", max_length=64)] = "") -> Response:
    """From which edition should the draft begin?"""
    return _new(visit, scheme, began, Faults())


@router.post(NEW, response_model=None)
def begin(visit: Sender, scheme: SchemeId, edition: Short = "") -> Response:
    """Begin a draft from a published edition."""
    desk = scheme_desk(visit.database, principal=visit.principal, scheme=scheme)
    digest = next((one.digest for one in desk.editions if one.edition == edition), None)
    if digest is None:
        said = words_of(visit.visitor.request)("Choose the edition from which the draft begins.")
        return _new(visit, scheme, edition, Faults((Told(field="edition", words=said),)))
    draft = begin_draft(visit.database, principal=visit.principal, scheme=scheme, began_from=digest, at=visit.at)
    return RedirectResponse(f"{root_of(scheme)}/drafts/{draft}", SEE_OTHER)


@router.get(DRAFT, response_model=None)
def look(visit: Writer, scheme: SchemeId, draft: DraftId, version: Number = 0, saved: Number = 0) -> Response:
    """The text that stands, or an earlier one, with every fault beside its line."""
    return _shown(visit, scheme, draft, version=version, saved=saved)


@router.post(DRAFT, response_model=None)
def save(
    text: Text, visit: Sender, scheme: SchemeId, draft: DraftId, seen: Seen = 0, quietly: Short = ""
) -> Response:  # fmt: skip
    """Save the text and check it. `quietly` is how a page saves itself."""
    words = words_of(visit.visitor.request)
    try:
        number = keep_draft(
            visit.database, principal=visit.principal, scheme=scheme, draft_id=draft, text=text, seen=seen, at=visit.at
        )
    except (Invalid, Stale, Contradiction) as refusal:
        faults, status = refused_draft(refusal, words), status_of(refusal)
        if quietly:
            said = " ".join(one.words for one in faults.told)
            return JSONResponse({"said": said, "stale": isinstance(refusal, Stale)}, status)
        return _shown(visit, scheme, draft, faults=faults, status=status, text=text, both=isinstance(refusal, Stale))
    if quietly:
        return JSONResponse({"seen": number, "said": words("Saved at %(time)s.", time=time_of(visit.at))})
    return RedirectResponse(f"{root_of(scheme)}/drafts/{draft}?saved={number}", SEE_OTHER)


@router.post(f"{DRAFT}/file", response_model=None)
async def take_file(sent: FileSender, scheme: SchemeId, draft: DraftId) -> Response:
    """Save the text that a file from one's own machine makes of the draft."""
    try:
        number = await _taken(sent, scheme, draft)
    except (Invalid, Stale, Contradiction, TooLarge) as refusal:
        words = words_of(sent.visit.visitor.request)
        faults, status = refused_draft(refusal, words, field="file"), status_of(refusal)
        return await in_thread(lambda: _shown(sent.visit, scheme, draft, faults=faults, status=status))
    return RedirectResponse(f"{root_of(scheme)}/drafts/{draft}?saved={number}", SEE_OTHER)


@router.get(f"{DRAFT}/file", response_model=None)
def file(visit: Writer, scheme: SchemeId, draft: DraftId, version: Number = 0, packed: Asked = "") -> Response:
    """The text as a file, or as a folder, packed: either can be sent back here, and `accredit standards` reads both."""
    found = draft_shown(
        visit.database, principal=visit.principal, scheme=scheme, draft_id=draft, number=version or None
    )
    return standard_file(found.text, f"{scheme}-draft-{draft}-version-{found.number}", packed=bool(packed))


@router.get(f"{DRAFT}/drop", response_model=None)
def ask_drop(visit: Writer, scheme: SchemeId, draft: DraftId) -> Response:
    """The form that gives a draft up."""
    return _dropping(visit, scheme, draft, "", Faults())


@router.post(f"{DRAFT}/drop", response_model=None)
def drop(
    visit: Sender, scheme: SchemeId, draft: DraftId, reason: Annotated[str, Form(max_length=20_000)] = ""
) -> Response:
    """Give the draft up; what was saved of it stays kept."""
    try:
        drop_draft(visit.database, principal=visit.principal, scheme=scheme, draft_id=draft, reason=reason, at=visit.at)
    except (Invalid, Contradiction) as refusal:
        return _dropping(visit, scheme, draft, reason, faults_of(refusal, {"reason": "reason"}))
    return RedirectResponse(f"{root_of(scheme)}/drafts/{draft}", SEE_OTHER)


async def _taken(sent: FileVisit, scheme: str, draft: int) -> int:
    """The number under which the text stands that the form's file makes. Raises what the page says."""
    visit = sent.visit
    async for one in sent.form.files(most=4 * MOST_BYTES):
        content = bytearray()
        async for chunk in one.chunks():
            content += chunk
            if len(content) > MOST_BYTES:
                await one.pass_over(most=MOST_PASSED_OVER)  # a browser hears no answer while it still sends
                raise TooLarge(f"A standard has at most {MOST_BYTES:,} bytes; this file has more.")
        said = (one.said.get("seen") or ("",))[-1]
        seen = int(said) if said.isascii() and said.isdecimal() and len(said) < len(str(LARGEST_ID)) else 0
        name = one.file_name

        def keep(content: bytes = bytes(content), seen: int = seen, name: str = name) -> int:
            standing = draft_shown(visit.database, principal=visit.principal, scheme=scheme, draft_id=draft)
            text = text_of_file(content, name=name, standing=standing.text)
            return keep_draft(
                visit.database, principal=visit.principal, scheme=scheme, draft_id=draft, text=text, seen=seen,
                at=visit.at,
            )  # fmt: skip

        return await in_thread(keep)
    raise Invalid([])


def _shown(
    visit: Visit, scheme: str, draft: int, *, version: int = 0, saved: int = 0, faults: Faults | None = None,
    status: int = 0, text: str | None = None, both: bool = False,
) -> Response:  # fmt: skip
    """The draft; with the words that were typed where they are refused, and, with `both`, with what differs."""
    words = words_of(visit.visitor.request)
    found = draft_shown(
        visit.database, principal=visit.principal, scheme=scheme, draft_id=draft, number=version or None
    )
    own = visit.principal.name
    told = draft_page(found, faults_of_draft(found), words, typed=text, beside=own if both else "")
    done = words("Saved and checked.") if saved and saved == found.saved.number and not faults else ""
    return at_college(
        visit, "college/draft.html", here=HERE, caption=found.title, done=done, faults=faults or told.summary,
        status=status or 200, told=told, root=root_of(scheme), address=f"{root_of(scheme)}/drafts/{draft}",
    )  # fmt: skip


def _new(visit: Visit, scheme: str, chosen: str, faults: Faults) -> Response:
    words = words_of(visit.visitor.request)
    desk = scheme_desk(visit.database, principal=visit.principal, scheme=scheme)
    labels = [(one.edition, words("Edition %(label)s", label=one.edition)) for one in desk.editions]
    open_ = drafts_of(visit.database, principal=visit.principal, scheme=scheme)
    return at_college(
        visit, "college/new_draft.html", here=HERE, caption=desk.title, faults=faults, root=root_of(scheme),
        labels=labels, chosen=chosen or (labels[0][0] if labels else ""), open=draft_rows(open_, scheme, words),
    )  # fmt: skip


def _new_scheme(visit: Visit, title: str, name: str, faults: Faults) -> Response:
    return at_college(visit, "college/new_scheme.html", here=HERE, faults=faults, typed=title, name=name)


def _dropping(visit: Visit, scheme: str, draft: int, reason: str, faults: Faults) -> Response:
    found = draft_shown(visit.database, principal=visit.principal, scheme=scheme, draft_id=draft)
    words = words_of(visit.visitor.request)
    return at_college(
        visit, "college/drop_draft.html", here=HERE, faults=faults, caption=words("Draft %(number)s", number=draft),
        address=f"{root_of(scheme)}/drafts/{draft}", saved=saved_words(found.saved, words), reason=reason,
    )  # fmt: skip
