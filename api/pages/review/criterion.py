"""One criterion of a visit: what it asks beside what the team says and shows, and my own rating of it."""

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.ask_evidence import ask_evidence
from accreditation.actions.review import review
from accreditation.errors import Invalid, MoveNotAllowed, NotPermitted
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.evidence import evidence_item
from accreditation.views.visited_criterion import visited_criterion
from api.downloads import answer_file
from api.inputs.bounds import CriterionId, CycleId, EvidenceId
from api.inputs.own_answer import Typed
from api.pages import answering
from api.pages.answering import Beside, Long, Sent, Short
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.review.framing import at_visit
from api.pages.signing.entering import SEE_OTHER
from api.presenting.faults import Faults, faults_of
from api.presenting.review.criterion import is_unsaved, page
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = "/review/cycles/{cycle}/criteria/{criterion}"

Reader = Annotated[Visit, page_guard(Permission.REVIEW_RATE, Area.REVIEW)]
Opener = Annotated[Visit, page_guard(Permission.EVIDENCE_READ, Area.REVIEW)]
Rater = Annotated[Visit, form_guard(Permission.REVIEW_RATE, Area.REVIEW)]
Asker = Annotated[Visit, form_guard(Permission.EVIDENCE_REQUEST, Area.REVIEW)]


@router.get(AT, response_model=None)
def look(visit: Reader, cycle: CycleId, criterion: CriterionId) -> Response:
    """What is asked, what the team says and shows, and my rating."""
    return _shown(visit, cycle, criterion)


@router.post(AT, response_model=None)
def save(
    sent: Sent, visit: Rater, cycle: CycleId, criterion: CriterionId, then: Short = "", quietly: Short = "",
    question: Long = "",
) -> Response:  # fmt: skip
    """Keep my rating and its reason. `quietly` is how a page saves itself.

    What is to be asked of the team, and was not sent, stays in its box.
    """
    answer = answering.save(
        visit, criterion,
        keep=lambda: review(
            visit.database, principal=visit.principal, cycle_id=cycle, given={criterion: sent.given()}, at=visit.at
        ),
        shown=lambda faults, status, stale: _shown(
            visit, cycle, criterion, faults=faults, status=status, sent=sent, stale=stale, question=question
        ),
        onwards=lambda: _onwards(visit, cycle, criterion, then), quietly=bool(quietly),
        stale=words_of(visit.visitor.request)("You saved another rating in another window."),
    )  # fmt: skip
    waits = question.strip() and answer.status_code == SEE_OTHER
    return _shown(visit, cycle, criterion, question=question, question_waits=True) if waits else answer


@router.post(f"{AT}/requests", response_model=None)
def ask(answer: Beside, visit: Asker, cycle: CycleId, criterion: CriterionId, question: Long = "") -> Response:
    """Ask the team for more evidence on this criterion. A rating that is not saved stays in its form."""
    try:
        ask_evidence(
            visit.database, principal=visit.principal, cycle_id=cycle, criterion=criterion, question=question,
            at=visit.at,
        )  # fmt: skip
    except (Invalid, MoveNotAllowed, NotPermitted) as refusal:
        faults = faults_of(refusal, {"question": "question"})
        status = status_of(refusal)
        return _shown(visit, cycle, criterion, faults=faults, status=status, question=question, beside=answer)
    if answer is not None and _is_unsaved(visit, cycle, criterion, answer):
        return _shown(visit, cycle, criterion, beside=answer, asked=True)
    return RedirectResponse(f"/review/cycles/{cycle}/criteria/{criterion}#requests", SEE_OTHER)


@router.get("/review/cycles/{cycle}/evidence/{evidence}", response_model=None)
def content(visit: Opener, cycle: CycleId, evidence: EvidenceId, request: Request) -> Response:
    """A file of this visit, to be saved: no browser runs it."""
    return _file(visit, cycle, evidence, request)


@router.get("/review/cycles/{cycle}/evidence/{evidence}/shown", response_model=None)
def shown_content(visit: Opener, cycle: CycleId, evidence: EvidenceId, request: Request) -> Response:
    """A file of this visit, for a frame of ours; one that no browser shows by itself is to be saved."""
    return _file(visit, cycle, evidence, request, in_place=True)


def _file(visit: Visit, cycle: int, evidence: int, request: Request, *, in_place: bool = False) -> Response:
    item = evidence_item(visit.database, principal=visit.principal, cycle_id=cycle, evidence_id=evidence)
    return answer_file(
        request, visit, item.sha256, file_name=item.file_name, media_type=item.media_type, size=item.size,
        in_place=in_place,
    )  # fmt: skip


def _shown(
    visit: Visit, cycle: int, criterion: str, *, faults: Faults | None = None, status: int = 0,
    sent: Typed | None = None, stale: bool = False, question: str = "", beside: Typed | None = None,
    question_waits: bool = False, asked: bool = False,
) -> Response:  # fmt: skip
    with visit.one_moment() as visit:
        found = visited_criterion(
            visit.database, principal=visit.principal, cycle_id=cycle, criterion=criterion, at=visit.at
        )  # fmt: skip
        told = page(found, words_of(visit.visitor.request), at=visit.at, sent=sent, stale=stale, beside=beside)
        return at_visit(
            visit, "review/criterion.html", cycle=cycle, faults=faults, status=status, told=told,
            question=question, question_waits=question_waits, asked=asked, files=any(one.shown for one in told.files),
        )  # fmt: skip


def _is_unsaved(visit: Visit, cycle: int, criterion: str, beside: Typed) -> bool:
    """Does the rating's form hold something else than what is saved?"""
    found = visited_criterion(
        visit.database, principal=visit.principal, cycle_id=cycle, criterion=criterion, at=visit.at
    )  # fmt: skip
    return is_unsaved(found, beside)


def _onwards(visit: Visit, cycle: int, criterion: str, then: str) -> str:
    """Where one goes after saving: back to the page, or on to the next criterion."""
    here = f"/review/cycles/{cycle}"
    if then != "next":
        return f"{here}/criteria/{criterion}"
    found = visited_criterion(
        visit.database, principal=visit.principal, cycle_id=cycle, criterion=criterion, at=visit.at
    )  # fmt: skip
    return here if found.one.after is None else f"{here}/criteria/{found.one.after}"
