"""My findings on a visit: key actions, recommendations and commendations; each a form, saved as a draft."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.record_finding import record_finding
from accreditation.errors import Invalid, MoveNotAllowed, NotFound, NotPermitted, Stale
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.visit_desk import visit_desk
from api.inputs.bounds import CriterionGiven, CycleId, FindingKey
from api.inputs.typed_finding import found_of
from api.pages.answering import Long, Short, quietly_kept, quietly_refused
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.review.framing import at_visit
from api.pages.signing.entering import SEE_OTHER
from api.presenting.faults import Faults, faults_of
from api.presenting.review.findings import TypedFinding, called, own_findings, start_of, typed_of
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = "/review/cycles/{cycle}/findings"

Reader = Annotated[Visit, page_guard(Permission.FINDING_RECORD, Area.REVIEW)]
Recorder = Annotated[Visit, form_guard(Permission.FINDING_RECORD, Area.REVIEW)]


def typed(
    kind: Short = "", criterion: Short = "", text: Long = "", seen: Short = "0"
) -> TypedFinding:  # fmt: skip
    """The fields of the form."""
    return TypedFinding(kind=kind, criterion=criterion, text=text, seen=seen)


Sent = Annotated[TypedFinding, Depends(typed)]


@router.get(AT, response_model=None)
def look(visit: Reader, cycle: CycleId) -> Response:
    """All my findings on this visit."""
    with visit.one_moment() as visit:
        found = visit_desk(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
        told = own_findings(found, words_of(visit.visitor.request))
        return at_visit(visit, "review/findings.html", cycle=cycle, here="/findings", told=told)


@router.get(f"{AT}/new", response_model=None)
def begin(
    visit: Reader, cycle: CycleId, criterion: Annotated[CriterionGiven | None, Query()] = None
) -> Response:  # fmt: skip
    """A form for a finding that is not there yet."""
    return _shown(visit, cycle, secrets.token_hex(6), sent=TypedFinding(criterion=criterion or ""))


@router.get(f"{AT}/{{key}}", response_model=None)
def one(visit: Reader, cycle: CycleId, key: FindingKey) -> Response:
    """One of my findings."""
    return _shown(visit, cycle, key)


@router.post(f"{AT}/{{key}}", response_model=None)
def save(
    sent: Sent, visit: Recorder, cycle: CycleId, key: FindingKey, drop: Short = "", quietly: Short = ""
) -> Response:  # fmt: skip
    """Keep it as a draft, or drop it. `quietly` is how a page saves itself: it is told in a line whether it did."""
    try:
        version = record_finding(
            visit.database, principal=visit.principal, cycle_id=cycle, key=key,
            found=found_of(sent.kind, sent.criterion, sent.text, sent.seen, dropped=bool(drop)), at=visit.at,
        )  # fmt: skip
    except (Invalid, Stale, MoveNotAllowed, NotPermitted) as refusal:
        faults = faults_of(refusal, {"text": "text", "kind": "kind", "criterion": "criterion"})
        if quietly:
            return quietly_refused(faults, refusal)
        return _shown(visit, cycle, key, sent=sent, faults=faults, status=status_of(refusal))
    if quietly:
        return quietly_kept(visit, version)
    return RedirectResponse(f"/review/cycles/{cycle}/findings", SEE_OTHER)


def _shown(
    visit: Visit, cycle: int, key: str, *, sent: TypedFinding | None = None, faults: Faults | None = None,
    status: int = 0,
) -> Response:  # fmt: skip
    with visit.one_moment() as visit:
        found = visit_desk(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
        typed_now = sent or typed_of(found.findings, key)
        if typed_now is None:
            raise NotFound("You have no such finding here.")
        words = words_of(visit.visitor.request)
        told = own_findings(found, words)
        return at_visit(
            visit, "review/finding.html", cycle=cycle, here="/findings", faults=faults, status=status, told=told,
            key=key, typed=typed_now, called=called(typed_now.kind, typed_now.criterion, told.criteria, words),
            begins=start_of(typed_now.text, words),
        )  # fmt: skip
