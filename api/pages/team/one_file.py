"""One file of a cycle's evidence: how it stands, and everything that its team can do about it."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.answer_clearance import explain_evidence
from accreditation.actions.attach_from_library import Wanted, replace_evidence
from accreditation.actions.place_evidence import place_evidence
from accreditation.actions.replace_with_file import replace_with_file
from accreditation.actions.withdraw_evidence import withdraw_evidence
from accreditation.errors import Contradiction, Invalid, Stale
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.evidence import evidence_item
from accreditation.views.evidence_desk import one_file
from api.downloads import answer_file
from api.forms import FormFile
from api.inputs.bounds import LARGEST_ID, CriterionId, CycleId, EvidenceId
from api.inputs.page_files import document_of
from api.inputs.pairs import chosen_number
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team.framing import shown
from api.pages.team.taking_files import in_thread, take
from api.presenting.faults import Faults, faults_of
from api.presenting.team.evidence import whole
from api.presenting.team.refused_files import refused_files
from api.visiting import FileVisit, Visit, file_form_guard, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Reader = Annotated[Visit, page_guard(Permission.EVIDENCE_READ, Area.TEAM)]
Withdrawer = Annotated[Visit, form_guard(Permission.EVIDENCE_WITHDRAW, Area.TEAM)]
Text = Annotated[str, Form(max_length=20_000)]
Number = Annotated[int, Form(ge=0, le=LARGEST_ID)]
PAGE = "/team/cycles/{cycle}/evidence/{evidence}"


@router.get(PAGE, response_model=None)
def look(cycle: CycleId, evidence: EvidenceId, visit: Reader) -> Response:
    """How does this file stand, and what can be done about it?"""
    return _shown(visit, cycle, evidence)


@router.get(PAGE + "/content", response_model=None)
def content(cycle: CycleId, evidence: EvidenceId, visit: Reader, request: Request) -> Response:
    """The file itself, to be saved: no browser runs it."""
    item = evidence_item(visit.database, principal=visit.principal, evidence_id=evidence, cycle_id=cycle)
    return answer_file(
        request, visit, item.sha256, file_name=item.file_name, media_type=item.media_type, size=item.size
    )


@router.post(PAGE + "/withdrawal", response_model=None)
def take_back(cycle: CycleId, evidence: EvidenceId, visit: Withdrawer, reason: Text = "") -> Response:
    """Take the file back from the cycle; the document stays in the library."""
    try:
        withdraw_evidence(
            visit.database, principal=visit.principal, cycle_id=cycle, evidence_id=evidence, reason=reason, at=visit.at
        )
    except (Invalid, Contradiction) as refusal:
        faults = faults_of(refusal, {"reason": "withdrawal"})
        return _shown(visit, cycle, evidence, faults=faults, typed={"withdrawal": reason})
    return RedirectResponse(f"/team/cycles/{cycle}/evidence", SEE_OTHER)


@router.post(PAGE + "/explanation", response_model=None)
def explain(
    cycle: CycleId, evidence: EvidenceId, visit: Annotated[Visit, form_guard(Permission.EVIDENCE_EXPLAIN, Area.TEAM)],
    reason: Text = "", seen: Number = 0,
) -> Response:  # fmt: skip
    """Say why no patient can be told from a file that is kept back."""
    try:
        explain_evidence(
            visit.database, principal=visit.principal, cycle_id=cycle, evidence_id=evidence, reason=reason,
            seen_version=seen, at=visit.at,
        )  # fmt: skip
    except (Invalid, Stale, Contradiction) as refusal:
        faults = faults_of(refusal, {"reason": "explanation"})
        return _shown(visit, cycle, evidence, faults=faults, typed={"explanation": reason})
    return RedirectResponse(f"/team/cycles/{cycle}/evidence/{evidence}", SEE_OTHER)


@router.post(PAGE + "/places/{criterion}", response_model=None)
def place(
    cycle: CycleId, evidence: EvidenceId, criterion: CriterionId,
    visit: Annotated[Visit, form_guard(Permission.EVIDENCE_ATTACH, Area.TEAM)], place: Text = "",
) -> Response:  # fmt: skip
    """Say on which page or in which section of the file a criterion is answered."""
    try:
        place_evidence(
            visit.database, principal=visit.principal, cycle_id=cycle, evidence_id=evidence, criterion=criterion,
            place=place, at=visit.at,
        )  # fmt: skip
    except Invalid as refusal:
        field = f"place-{criterion}"
        faults = faults_of(refusal, {f"place of criterion {criterion}": field})
        return _shown(visit, cycle, evidence, faults=faults, typed={field: place})
    return RedirectResponse(f"/team/cycles/{cycle}/evidence/{evidence}", SEE_OTHER)


@router.post(PAGE + "/replacement", response_model=None)
def replace(
    cycle: CycleId, evidence: EvidenceId, visit: Withdrawer, version: Annotated[str, Form(max_length=10)] = ""
) -> Response:  # fmt: skip
    """Put a document that the team has already in the place of the file."""
    try:
        newer = replace_evidence(
            visit.database, principal=visit.principal, cycle_id=cycle, evidence_id=evidence,
            wanted=Wanted(version=chosen_number(version, where="version"), criteria=()), reason="", at=visit.at,
        )  # fmt: skip
    except (Invalid, Contradiction) as refusal:
        return _shown(visit, cycle, evidence, faults=faults_of(refusal, {"version": "version"}))
    return RedirectResponse(f"/team/cycles/{cycle}/evidence/{newer.id}", SEE_OTHER)


@router.post(PAGE + "/versions", response_model=None)
async def replace_by_file(
    cycle: CycleId, evidence: EvidenceId,
    sent: Annotated[FileVisit, file_form_guard(Permission.EVIDENCE_WITHDRAW, Area.TEAM)],
) -> Response:  # fmt: skip
    """Put a new file in the place of this one: it is the next version of the document."""
    visit, newer = sent.visit, list[int]()

    async def keep(file: FormFile) -> None:
        item = await replace_with_file(
            visit.database, visit.evidence, principal=visit.principal, cycle_id=cycle, evidence_id=evidence,
            document=document_of(file, item=None), chunks=file.chunks(), reason="", at=visit.house.now(),
        )  # fmt: skip
        newer.append(item.id or 0)

    taken = await take(sent, keep)
    if taken.refused or taken.nothing:
        faults = refused_files(taken.refused, words_of(visit.visitor.request))
        return await in_thread(
            lambda: _shown(visit, cycle, evidence, faults=faults, typed=taken.typed, status=taken.status)
        )
    return RedirectResponse(f"/team/cycles/{cycle}/evidence/{newer[-1]}", SEE_OTHER)


def _shown(
    visit: Visit, cycle: int, evidence: int, *, faults: Faults | None = None, typed: Mapping[str, str] | None = None,
    status: int = 0,
) -> Response:  # fmt: skip
    found = one_file(
        visit.database, principal=visit.principal, cycle_id=cycle, evidence_id=evidence, at=visit.at
    )  # fmt: skip
    told = whole(found, f"/team/cycles/{cycle}", words_of(visit.visitor.request))
    return shown(
        visit, "team/one_file.html", cycle=cycle, here="/evidence", faults=faults, status=status, told=told,
        typed=typed or {},
    )  # fmt: skip
