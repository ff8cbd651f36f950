"""Files that their teams explained: the college office releases each, keeps it back, or has it looked at again."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.answer_clearance import answer_clearance
from accreditation.errors import Contradiction, Invalid, Stale
from accreditation.rules.clearance import Step
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.office_files import explained_files, file_to_answer
from accreditation.views.own_cycles import cycle_named
from api.inputs.all_at_once import check_all, check_chosen, check_reasoned
from api.inputs.bounds import LARGEST_ID, ON_ONE_LINE, CycleId, EvidenceId
from api.pages.college.framing import at_college, at_cycle
from api.pages.college.reasons import WHY, Reason
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college.files import STEPS, answered_words, explained, file
from api.presenting.faults import Faults, faults_of
from api.visiting import Visit, form_guard, page_guard
from api.words import marked

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

NEEDS = Permission.EVIDENCE_RELEASE
AT = "/college/cycles/{cycle}/files/{evidence}"

LABELS = {"step": marked("What is to be done?"), **WHY}
"""What the fields are called, by where their faults stand."""

Reader = Annotated[Visit, page_guard(NEEDS, Area.COLLEGE)]
Sender = Annotated[Visit, form_guard(NEEDS, Area.COLLEGE)]
Short = Annotated[str, Form(max_length=20)]
Done = Annotated[str, Query(max_length=20, pattern=ON_ONE_LINE)]
CycleAsked = Annotated[int, Query(ge=0, le=LARGEST_ID)]
Version = Annotated[int, Form(ge=0, le=LARGEST_ID)]


@router.get("/college/files", response_model=None)
def files(visit: Reader, answered: Done = "", cycle: CycleAsked = 0) -> Response:
    """Every file that waits for an answer; and what was just done with one of this cycle."""
    found, words = explained_files(visit.database, principal=visit.principal), words_of(visit.visitor.request)
    named = cycle_named(visit.database, principal=visit.principal, cycle_id=cycle) if cycle else None
    done = answered_words(answered, named, words)
    return at_college(visit, "college/files.html", here="/college", told=explained(found, words), done=done)


@router.get(AT, response_model=None)
def one(visit: Reader, cycle: CycleId, evidence: EvidenceId) -> Response:
    """One file: what was found in it, and what its team says."""
    return _shown(visit, cycle, evidence)


@router.post(AT, response_model=None)
def answer(
    reason: Reason, visit: Sender, cycle: CycleId, evidence: EvidenceId, step: Short = "", seen: Version = 0
) -> Response:  # fmt: skip
    """Answer what the team says of the file."""
    try:
        known = step in [one.value for one in STEPS]
        check_all(
            lambda: check_chosen(known, where="step", say="what is to be done with the file"),
            lambda: check_reasoned(reason),
        )  # fmt: skip
        answer_clearance(
            visit.database, principal=visit.principal, cycle_id=cycle, evidence_id=evidence, step=Step(step),
            reason=reason, seen_version=seen, at=visit.at,
        )  # fmt: skip
    except (Invalid, Contradiction, Stale) as refusal:
        faults = faults_of(refusal, {"reason": "reason", "step": "step"}, labels=LABELS)
        status = status_of(refusal)
        return _shown(visit, cycle, evidence, step=step, reason=reason, faults=faults, status=status)
    return RedirectResponse(f"/college/files?answered={step}&cycle={cycle}", SEE_OTHER)


def _shown(
    visit: Visit, cycle: int, evidence: int, *, step: str = "", reason: str = "", faults: Faults | None = None,
    status: int = 0,
) -> Response:  # fmt: skip
    found = file_to_answer(visit.database, principal=visit.principal, cycle_id=cycle, evidence_id=evidence)
    told = file(found, words_of(visit.visitor.request))
    return at_cycle(
        visit, "college/file.html", cycle=cycle, needs=NEEDS, faults=faults, status=status, told=told, step=step,
        reason=reason,
    )  # fmt: skip
