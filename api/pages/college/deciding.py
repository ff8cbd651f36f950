"""The committee reads a cycle's pack, decides, and answers an appeal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.answer_appeal import answer_appeal
from accreditation.actions.decide import decide
from accreditation.errors import Contradiction, Invalid, MoveNotAllowed, NotPermitted, Refused
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views import pack as view
from accreditation.views.evidence import evidence_item
from api.downloads import answer_file
from api.inputs.all_at_once import check_all, check_chosen, check_reasoned
from api.inputs.bounds import CycleId, EvidenceId
from api.pages.college.framing import at_cycle
from api.pages.college.reasons import Reason
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college.deciding import LABELS, SAID, SAID_OF_APPEAL, deciding, done_words
from api.presenting.college.pack import pack
from api.presenting.faults import faults_of
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = "/college/cycles/{cycle}"
FIELDS = {"outcome": "outcome", "reason": "reason", "conditions": "criterion", "sure": "sure"}

DISMISSED = "dismissed"
"""What is sent where an appeal is dismissed."""

Short = Annotated[str, Form(max_length=100)]
Criteria = Annotated[list[str], Form(max_length=200, default_factory=list)]

REFUSED = (Invalid, MoveNotAllowed, Contradiction, NotPermitted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form."""

    outcome: str = ""
    reason: str = ""
    criteria: tuple[str, ...] = ()


@router.get(f"{AT}/pack", response_model=None)
def read(
    visit: Annotated[Visit, page_guard(Permission.AWARD_READ, Area.COLLEGE)], cycle: CycleId, done: str = ""
) -> Response:  # fmt: skip
    """Everything that a decision rests on."""
    with visit.one_moment() as visit:
        found, words = _pack(visit, cycle), words_of(visit.visitor.request)
        return at_cycle(
            visit, "college/pack.html", cycle=cycle, here="/pack", needs=Permission.AWARD_READ,
            told=pack(found, words), done=done_words(found, done, words),
        )  # fmt: skip


@router.get(f"{AT}/evidence/{{evidence}}", response_model=None)
def file(
    visit: Annotated[Visit, page_guard(Permission.EVIDENCE_READ, Area.COLLEGE)], cycle: CycleId, evidence: EvidenceId,
    request: Request,
) -> Response:  # fmt: skip
    """A file of evidence, to be saved: no browser runs it."""
    item = evidence_item(visit.database, principal=visit.principal, cycle_id=cycle, evidence_id=evidence)
    return answer_file(
        request, visit, item.sha256, file_name=item.file_name, media_type=item.media_type, size=item.size
    )


@router.get(f"{AT}/decision", response_model=None)
def ask(visit: Annotated[Visit, page_guard(Permission.AWARD_DECIDE, Area.COLLEGE)], cycle: CycleId) -> Response:
    """The form of a decision."""
    return _deciding(visit, cycle, Typed())


@router.post(f"{AT}/decision", response_model=None)
def send(
    reason: Reason, visit: Annotated[Visit, form_guard(Permission.AWARD_DECIDE, Area.COLLEGE)], cycle: CycleId,
    criterion: Criteria, outcome: Short = "", sure: Short = "",
) -> Response:  # fmt: skip
    """Decide, for good. Whoever is `sure` of it ticked a box."""
    typed = Typed(outcome=outcome, reason=reason, criteria=tuple(criterion))
    try:
        check_all(
            lambda: check_chosen(outcome, where="outcome", say="one of the list"),
            lambda: check_chosen(sure, where="sure", say="a tick"),
        )
        decide(
            visit.database, principal=visit.principal, cycle_id=cycle, outcome=outcome, reason=reason,
            conditions=criterion, at=visit.at,
        )  # fmt: skip
    except REFUSED as refusal:
        return _deciding(visit, cycle, typed, refusal)
    return RedirectResponse(f"/college/cycles/{cycle}/pack?done=decision", SEE_OTHER)


@router.get(f"{AT}/appeal", response_model=None)
def ask_appeal(
    visit: Annotated[Visit, page_guard(Permission.APPEAL_ANSWER, Area.COLLEGE)], cycle: CycleId
) -> Response:  # fmt: skip
    """The form that answers an appeal."""
    return _answering(visit, cycle, Typed())


@router.post(f"{AT}/appeal", response_model=None)
def send_answer(
    reason: Reason, visit: Annotated[Visit, form_guard(Permission.APPEAL_ANSWER, Area.COLLEGE)], cycle: CycleId,
    criterion: Criteria, outcome: Short = "", sure: Short = "",
) -> Response:  # fmt: skip
    """Answer an appeal, for good: uphold it with another outcome, or dismiss it. Whoever is `sure` ticked a box."""
    typed = Typed(outcome=outcome, reason=reason, criteria=tuple(criterion))
    try:
        check_all(
            lambda: check_chosen(outcome, where="outcome", say="one of the list"), lambda: check_reasoned(reason),
            lambda: check_chosen(sure, where="sure", say="a tick"),
        )  # fmt: skip
        answer_appeal(
            visit.database, principal=visit.principal, cycle_id=cycle,
            outcome=None if outcome == DISMISSED else outcome, reason=reason, conditions=criterion, at=visit.at,
        )  # fmt: skip
    except REFUSED as refusal:
        return _answering(visit, cycle, typed, refusal)
    return RedirectResponse(f"/college/cycles/{cycle}/pack?done=appeal", SEE_OTHER)


def _pack(visit: Visit, cycle: int) -> view.Pack:
    return view.pack(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)


def _deciding(visit: Visit, cycle: int, typed: Typed, refusal: Refused | None = None) -> Response:
    found = _pack(visit, cycle)
    return at_cycle(
        visit, "college/decision.html", cycle=cycle, here="/decision", needs=Permission.AWARD_DECIDE,
        told=deciding(found, words_of(visit.visitor.request)), typed=typed, **_refused(refusal, found, SAID),
    )  # fmt: skip


def _answering(visit: Visit, cycle: int, typed: Typed, refusal: Refused | None = None) -> Response:
    found = _pack(visit, cycle)
    return at_cycle(
        visit, "college/appeal.html", cycle=cycle, needs=Permission.APPEAL_ANSWER,
        told=deciding(found, words_of(visit.visitor.request)), typed=typed, **_refused(refusal, found, SAID_OF_APPEAL),
    )  # fmt: skip


def _refused(refusal: Refused | None, found: view.Pack, said: Mapping[str, str]) -> dict[str, Any]:
    """What the page says of a refusal, in the titles of the outcomes; nothing where there is none."""
    if refusal is None:
        return {}
    faults = faults_of(refusal, FIELDS, said=said, labels=LABELS, titles=found.all_outcomes)
    return {"faults": faults, "status": status_of(refusal)}
