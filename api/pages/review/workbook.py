"""One's visit as a workbook: out for a place without a network, and back, all of it or nothing."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.take_workbook import Taken, take_workbook
from accreditation.errors import Invalid, MoveNotAllowed, NotPermitted, Refused, Stale, TooLarge, UploadBroken
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.review_workbook import review_workbook
from accreditation.views.visit_desk import visit_desk
from api.forms import FileForm
from api.inputs.bounds import LARGEST_ID, CycleId
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.review.framing import at_visit
from api.pages.signing.entering import SEE_OTHER
from api.pages.team.taking_files import in_thread
from api.presenting.review.workbook import NO_FILE, came_back, not_taken, workbook
from api.routes.review_workbook import EXCEL
from api.visiting import FileVisit, Visit, file_form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = "/review/cycles/{cycle}/workbook"

MOST_BYTES = 2_000_000
"""The most bytes of a workbook: one of a large scheme with long comments has a tenth of it."""

REFUSED = (Invalid, Stale, MoveNotAllowed, NotPermitted, TooLarge, UploadBroken)

Rater = Annotated[Visit, page_guard(Permission.REVIEW_RATE, Area.REVIEW)]
Number = Annotated[int | None, Query(ge=0, le=LARGEST_ID)]


@router.get(AT, response_model=None)
def look(
    visit: Rater, cycle: CycleId, ratings: Number = None, findings: Number = None, risks: Number = None,
    left: Number = None,
) -> Response:  # fmt: skip
    """How to work without a network; the numbers say what has just come back."""
    came = came_back(words_of(visit.visitor.request), ratings=ratings, findings=findings, risks=risks, left=left)
    return _shown(visit, cycle, came=came)


@router.get(f"{AT}/file", response_model=None)
def content(visit: Rater, cycle: CycleId) -> Response:
    """The workbook, with what I rated and found so far."""
    content = review_workbook(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    headers = {"Content-Disposition": f'attachment; filename="visit-{cycle}.xlsx"'}
    return Response(content, media_type=EXCEL, headers=headers)


@router.post(f"{AT}/files", response_model=None)
async def take(
    cycle: CycleId, sent: Annotated[FileVisit, file_form_guard(Permission.REVIEW_RATE, Area.REVIEW)]
) -> Response:  # fmt: skip
    """Take the workbook back: all that was changed in it is kept, or nothing. `rest` leaves what changed elsewhere."""
    visit = sent.visit
    try:
        name, content = await _sent(sent.form)
        taken = await in_thread(
            lambda: take_workbook(
                visit.database, principal=visit.principal, cycle_id=cycle, content=content, name=name,
                rest="rest" in sent.form.said, at=visit.at,
            )
        )  # fmt: skip
    except REFUSED as refusal:
        told = refusal
        return await in_thread(lambda: _shown(visit, cycle, refusal=told))
    return RedirectResponse(f"/review/cycles/{cycle}/workbook?{_counted(taken)}", SEE_OTHER)


async def _sent(form: FileForm) -> tuple[str, bytes]:
    """The file of the form: its name and bytes. Raises Invalid where none was chosen, TooLarge, UploadBroken."""
    async for file in form.files(most=MOST_BYTES):
        content = bytearray()
        async for chunk in file.chunks():
            content += chunk
            if len(content) > MOST_BYTES:
                raise TooLarge("The file is larger than 2 MB. Choose the workbook that you downloaded here.")
        return file.file_name, bytes(content)
    raise Invalid([NO_FILE])


def _counted(taken: Taken) -> str:
    counts = {
        "ratings": taken.ratings, "findings": taken.findings, "risks": taken.risks, "left": taken.conflicts,
    }  # fmt: skip
    return "&".join(f"{name}={len(found)}" for name, found in counts.items())


def _shown(visit: Visit, cycle: int, *, came: str = "", refusal: Refused | None = None) -> Response:
    words = words_of(visit.visitor.request)
    desk = visit_desk(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    return at_visit(
        visit, "review/workbook.html", cycle=cycle, here="/workbook", came=came, told=workbook(desk, refusal, words),
        faults=None if refusal is None else not_taken(refusal, words),
        status=0 if refusal is None else status_of(refusal),
    )  # fmt: skip
