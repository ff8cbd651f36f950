"""After handing in: what the others found beside mine; and settling what we differ on, where that is for me."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.settle import settle
from accreditation.actions.settle_finding import settle_finding
from accreditation.errors import Contradiction, Invalid, MoveNotAllowed, NotFound, NotPermitted
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.visit_others import to_settle, visit_others
from api.inputs.bounds import CriterionId, CycleId, FindingId
from api.inputs.own_answer import Typed
from api.inputs.typed_finding import way_of, words_of_finding
from api.pages.answering import Long, Sent, Short
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.review.findings import Sent as SentFinding
from api.pages.review.framing import at_visit
from api.pages.signing.entering import SEE_OTHER
from api.presenting.faults import Faults, faults_of
from api.presenting.review.findings import TypedFinding
from api.presenting.review.others import others, settling, settling_finding
from api.presenting.team.refusals import faults_of_answer
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = "/review/cycles/{cycle}/others"

Reader = Annotated[Visit, page_guard(Permission.REVIEW_READ, Area.REVIEW)]
Settler = Annotated[Visit, form_guard(Permission.REVIEW_SETTLE, Area.REVIEW)]
FindingSettler = Annotated[Visit, form_guard(Permission.FINDING_SETTLE, Area.REVIEW)]

NO_CHANGE = (MoveNotAllowed, Contradiction)


@router.get(AT, response_model=None)
def look(visit: Reader, cycle: CycleId) -> Response:
    """What did the others find, beside mine?"""
    with visit.one_moment() as visit:
        found = visit_others(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
        told = others(found, words_of(visit.visitor.request))
        return at_visit(visit, "review/others.html", cycle=cycle, here="/others", told=told)


@router.get(f"{AT}/findings/{{finding}}", response_model=None)
def one_finding(visit: Reader, cycle: CycleId, finding: FindingId) -> Response:
    """One finding that was handed in."""
    return _finding(visit, cycle, finding)


@router.post(f"{AT}/findings/{{finding}}", response_model=None)
def settle_one_finding(
    visit: FindingSettler, cycle: CycleId, finding: FindingId, sent: SentFinding, how: Short = "", reason: Long = ""
) -> Response:  # fmt: skip
    """Keep, change or take out this finding, with a reason that stays."""
    try:
        amended = words_of_finding(sent.kind, sent.criterion, sent.text) if how == "amended" else None
        settle_finding(
            visit.database, principal=visit.principal, cycle_id=cycle, finding=finding, how=way_of(how),
            amended=amended, reason=reason, at=visit.at,
        )  # fmt: skip
    except (Invalid, *NO_CHANGE, NotPermitted) as refusal:
        fields = {"how": "how", "reason": "reason", "kind": "kind", "amended.text": "text", "criterion": "criterion"}
        faults, status = faults_of(refusal, fields), status_of(refusal)
        return _finding(visit, cycle, finding, sent=sent, how=how, reason=reason, faults=faults, status=status)
    return RedirectResponse(f"/review/cycles/{cycle}/others#findings", SEE_OTHER)


@router.get(f"{AT}/{{criterion}}", response_model=None)
def one(visit: Reader, cycle: CycleId, criterion: CriterionId) -> Response:
    """One criterion with every rating, side by side."""
    return _criterion(visit, cycle, criterion)


@router.post(f"{AT}/{{criterion}}", response_model=None)
def settle_one(
    visit: Settler, cycle: CycleId, criterion: CriterionId, sent: Sent
) -> Response:  # fmt: skip
    """Settle what we differ on, with a reason that stays."""
    try:
        settle(
            visit.database, principal=visit.principal, cycle_id=cycle, criterion=criterion, answer=sent.answer(),
            at=visit.at,
        )  # fmt: skip
    except Invalid as refusal:
        faults = faults_of_answer(refusal, words_of(visit.visitor.request))
        return _criterion(visit, cycle, criterion, sent=sent, faults=faults)
    except (*NO_CHANGE, NotPermitted) as refusal:
        faults, status = faults_of(refusal, {"note": "note"}), status_of(refusal)
        return _criterion(visit, cycle, criterion, sent=sent, faults=faults, status=status)
    return RedirectResponse(f"/review/cycles/{cycle}/others", SEE_OTHER)


def _criterion(
    visit: Visit, cycle: int, criterion: str, *, sent: Typed | None = None, faults: Faults | None = None,
    status: int = 0,
) -> Response:  # fmt: skip
    with visit.one_moment() as visit:
        found = to_settle(visit.database, principal=visit.principal, cycle_id=cycle, criterion=criterion, at=visit.at)
        told = settling(found, words_of(visit.visitor.request), sent=sent)
        return at_visit(
            visit, "review/settling.html", cycle=cycle, here="/others", faults=faults, status=status, told=told
        )


def _finding(
    visit: Visit, cycle: int, finding: str, *, sent: TypedFinding | None = None, how: str = "", reason: str = "",
    faults: Faults | None = None, status: int = 0,
) -> Response:  # fmt: skip
    with visit.one_moment() as visit:
        found = visit_others(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
        told = settling_finding(found, finding, words_of(visit.visitor.request))
        if told is None:
            raise NotFound("There is no such finding, or you may not see it yet.")
        return at_visit(
            visit, "review/settling_finding.html", cycle=cycle, here="/others", faults=faults, status=status,
            told=told, how=how, reason=reason, typed=sent or told.typed,
        )  # fmt: skip
