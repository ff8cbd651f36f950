"""A cycle's evidence: every file with how it stands, and the form that adds more."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.answer_request import answer_request
from accreditation.actions.attach_evidence import attach_evidence, check_attaching
from accreditation.actions.uploading import Coming, ForCycle
from accreditation.errors import Invalid
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.evidence import evidence_item
from accreditation.views.evidence_desk import evidence_desk
from api.forms import FormFile
from api.inputs.bounds import LARGEST_ID, CycleId, RequestId
from api.inputs.page_files import said_of, upload_as_said, upload_of
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team import in_pieces
from api.pages.team.framing import shown
from api.pages.team.taking_files import Taken, check_new, in_thread, take
from api.presenting.faults import Faults, faults_of
from api.presenting.team.evidence import adding, evidence
from api.presenting.team.refused_files import refused_files
from api.presenting.team.unfinished import not_whole
from api.visiting import FileVisit, Visit, file_form_guard, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Reader = Annotated[Visit, page_guard(Permission.EVIDENCE_READ, Area.TEAM)]
Narrowed = Annotated[str, Query(max_length=40, pattern=r"^[A-Za-z0-9._-]*$")]
Number = Annotated[int, Query(ge=0, le=LARGEST_ID)]


@router.get("/team/cycles/{cycle}/evidence", response_model=None)
def look(cycle: CycleId, visit: Reader, criterion: Narrowed = "", added: Number = 0, used: Number = 0) -> Response:
    """Every file that is attached, or those of one criterion; `added` says how many have just come."""
    return _listed(visit, cycle, criterion=criterion, added=added, used=used)


@router.post("/team/cycles/{cycle}/evidence/requests/{request}", response_model=None)
def answer(
    cycle: CycleId, request: RequestId, visit: Annotated[Visit, form_guard(Permission.EVIDENCE_ATTACH, Area.TEAM)],
    reply: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:  # fmt: skip
    """Answer what a reviewer asks for besides."""
    try:
        answer_request(
            visit.database, principal=visit.principal, cycle_id=cycle, request=request, reply=reply, at=visit.at
        )
    except Invalid as refusal:
        field = f"reply-{request}"
        return _listed(visit, cycle, faults=faults_of(refusal, {"reply": field}), typed={field: reply})
    return RedirectResponse(f"/team/cycles/{cycle}/evidence", SEE_OTHER)


@router.get("/team/cycles/{cycle}/evidence/files", response_model=None)
def form(
    cycle: CycleId, visit: Annotated[Visit, page_guard(Permission.EVIDENCE_ATTACH, Area.TEAM)],
    criterion: Narrowed = "", removed: Number = 0,
) -> Response:  # fmt: skip
    """The form that adds files, for this criterion where one is named; with what was said of one on its way there."""
    again = in_pieces.to_go_on(in_pieces.begun(visit, in_pieces.of_cycle(cycle), criterion))
    said = said_of(again.purpose.file) if again else {"criteria": [criterion] if criterion else []}
    return _form(visit, cycle, Taken(said=said), filled=again, removed=removed)


@router.post("/team/cycles/{cycle}/evidence/files", response_model=None)
async def add(
    cycle: CycleId, sent: Annotated[FileVisit, file_form_guard(Permission.EVIDENCE_ATTACH, Area.TEAM)]
) -> Response:  # fmt: skip
    """Add the files of the form. Each is kept for itself; what is wrong with one is told, and stops no other."""
    visit = sent.visit
    await in_thread(
        lambda: check_attaching(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    )  # fmt: skip

    async def keep(file: FormFile) -> None:
        item = await attach_evidence(
            visit.database, visit.evidence, principal=visit.principal, cycle_id=cycle, upload=upload_of(file),
            chunks=file.chunks(), at=visit.house.now(),
        )  # fmt: skip
        check_new(file.file_name, kept_as=item.file_name)

    taken = await take(sent, keep)
    if taken.refused or taken.nothing:
        faults = refused_files(taken.refused, words_of(visit.visitor.request))
        return await in_thread(lambda: _form(visit, cycle, taken, faults))
    return RedirectResponse(f"/team/cycles/{cycle}/evidence?added={taken.kept}", SEE_OTHER)


@router.post("/team/cycles/{cycle}/evidence/files/uploads", response_model=None)
async def begin(
    cycle: CycleId, visit: Annotated[Visit, form_guard(Permission.EVIDENCE_ATTACH, Area.TEAM)], file: in_pieces.File
) -> Response:  # fmt: skip
    """Begin to send a file in pieces, or go on with it."""

    def purpose() -> ForCycle:
        upload = upload_as_said(file.said, file_name=file.file_name, length=file.size)
        return ForCycle(cycle=cycle, file=upload)

    return await in_pieces.begin(visit, file, purpose, lambda taken, faults: _form(visit, cycle, taken, faults))


@router.post("/team/cycles/{cycle}/evidence/files/uploads/{upload}", response_model=None)
async def add_piece(
    cycle: CycleId, upload: in_pieces.UploadName,
    sent: Annotated[FileVisit, file_form_guard(Permission.EVIDENCE_ATTACH, Area.TEAM)],
) -> Response:  # fmt: skip
    """A piece of a file; with its last one the file is evidence."""
    visit = sent.visit

    def check(coming: Coming) -> None:
        item = evidence_item(
            visit.database, principal=visit.principal, evidence_id=coming.became["evidence"], cycle_id=cycle
        )
        check_new(coming.purpose.file.file_name, kept_as=item.file_name)

    return await in_pieces.add(
        sent, upload, in_pieces.of_cycle(cycle), lambda taken, faults: _form(visit, cycle, taken, faults), check
    )


@router.post("/team/cycles/{cycle}/evidence/files/uploads/{upload}/end", response_model=None)
def forget(
    cycle: CycleId, upload: in_pieces.UploadName,
    visit: Annotated[Visit, form_guard(Permission.EVIDENCE_ATTACH, Area.TEAM)],
) -> Response:  # fmt: skip
    """Forget a file that is not here whole."""
    return in_pieces.forget(visit, upload, in_pieces.of_cycle(cycle), f"/team/cycles/{cycle}/evidence/files")


def _listed(
    visit: Visit, cycle: int, *, criterion: str = "", added: int = 0, used: int = 0, faults: Faults | None = None,
    typed: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    desk = evidence_desk(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    words = words_of(visit.visitor.request)
    told = evidence(desk, f"/team/cycles/{cycle}", criterion, words)
    begun = in_pieces.begun(visit, in_pieces.of_cycle(cycle), criterion)
    return shown(
        visit, "team/evidence.html", cycle=cycle, here="/evidence", faults=faults, told=told, added=added, used=used,
        unfinished=not_whole(begun, words, titles=desk.titles), typed=typed or {},
    )  # fmt: skip


def _form(
    visit: Visit, cycle: int, taken: Taken, faults: Faults | None = None, filled: Coming | None = None,
    removed: int = 0,
) -> Response:  # fmt: skip
    desk = evidence_desk(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    words = words_of(visit.visitor.request)
    told = adding(desk, taken.criteria, words)
    begun = in_pieces.begun(visit, in_pieces.of_cycle(cycle))
    return shown(
        visit, "team/add_evidence.html", cycle=cycle, here="/evidence", faults=faults, told=told, typed=taken.typed,
        unfinished=not_whole(begun, words, titles=desk.titles, filled=filled), chosen=taken.criteria, kept=taken.kept,
        may_add=desk.may_attach, removed=removed, status=taken.status,
    )  # fmt: skip
