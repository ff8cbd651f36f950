"""The check of facts: what the team says is not accurate in the report, and the answers of whoever settles."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.answer_comment import answer_comment
from accreditation.errors import Contradiction, Invalid, MoveNotAllowed, NotFound, NotPermitted
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.report_comments import report_comments
from api.inputs.bounds import CommentId, CycleId
from api.inputs.own_answer import Typed
from api.inputs.typed_amendment import amended
from api.pages.answering import Long, Sent, Short
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.review.findings import Sent as SentFinding
from api.pages.review.framing import at_visit
from api.pages.signing.entering import SEE_OTHER
from api.presenting.faults import Faults, faults_of
from api.presenting.review.findings import TypedFinding
from api.presenting.review.report import answering, comments
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = "/review/cycles/{cycle}/report"
FIELDS = {
    "how": "how", "reason": "reason", "kind": "kind", "text": "text", "amended.text": "text",
    "criterion": "criterion", "number": "number", "points": "points",
}  # fmt: skip

Reader = Annotated[Visit, page_guard(Permission.ACCURACY_READ, Area.REVIEW)]
Answerer = Annotated[Visit, form_guard(Permission.ACCURACY_ANSWER, Area.REVIEW)]


@router.get(AT, response_model=None)
def look(visit: Reader, cycle: CycleId) -> Response:
    """What does the team say is not accurate?"""
    try:
        found = report_comments(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    except NotFound:  # the visit is theirs, as the guard knows: its report is not sent yet
        return at_visit(visit, "review/no_report.html", cycle=cycle, here="/report")
    told = comments(found, f"/review/cycles/{cycle}", words_of(visit.visitor.request))
    return at_visit(visit, "review/report.html", cycle=cycle, here="/report", told=told)


@router.get(f"{AT}/comments/{{comment}}", response_model=None)
def one(visit: Reader, cycle: CycleId, comment: CommentId) -> Response:
    """One comment of the team, and its answer."""
    return _shown(visit, cycle, comment)


@router.post(f"{AT}/comments/{{comment}}", response_model=None)
def answer(
    sent: Sent, finding: SentFinding, visit: Answerer, cycle: CycleId, comment: CommentId, how: Short = "",
    reason: Long = "",
) -> Response:  # fmt: skip
    """Answer it with a reason: keep what the report says, put it right, or take a finding out."""
    try:
        answer_comment(
            visit.database, principal=visit.principal, cycle_id=cycle, comment_id=comment, reason=reason, at=visit.at,
            **amended(how, sent, kind=finding.kind, criterion=finding.criterion, text=finding.text),
        )  # fmt: skip
    except (Invalid, MoveNotAllowed, Contradiction, NotPermitted) as refusal:
        faults = faults_of(refusal, FIELDS)
        return _shown(
            visit, cycle, comment, faults=faults, status=status_of(refusal), sent=sent, finding=finding, how=how,
            reason=reason,
        )  # fmt: skip
    return RedirectResponse(f"/review/cycles/{cycle}/report", SEE_OTHER)


def _shown(
    visit: Visit, cycle: int, comment: int, *, faults: Faults | None = None, status: int = 0, sent: Typed | None = None,
    finding: TypedFinding | None = None, how: str = "", reason: str = "",
) -> Response:  # fmt: skip
    found = report_comments(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    words = words_of(visit.visitor.request)
    told = answering(found, comment, f"/review/cycles/{cycle}", words, sent=sent, finding=finding)
    if told is None:
        raise NotFound("The team has said nothing of this number.")
    return at_visit(
        visit, "review/answering_comment.html", cycle=cycle, here="/report", faults=faults, status=status, told=told,
        how=how, reason=reason,
    )  # fmt: skip
