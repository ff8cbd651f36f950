"""Files that only their team can open: which they are, why, and what the team and the college office say of them."""

from typing import Annotated

from pydantic import BaseModel

from accreditation.actions import answer_clearance as acting
from accreditation.rules.clearance import State
from accreditation.rules.permissions import Permission
from accreditation.views import clearance as view
from accreditation.views.looking import Page
from api.guard import Asks, guard
from api.inputs.bounds import After, CycleId, EvidenceId, Limit
from api.inputs.clearance import ClearanceSent, ExplanationSent
from api.routes.making import routes

router = routes("clearance")

Explainer = Annotated[Asks, guard(Permission.EVIDENCE_EXPLAIN)]
Releaser = Annotated[Asks, guard(Permission.EVIDENCE_RELEASE)]


class Standing(BaseModel):
    """How the file stands now."""

    state: State


@router.get("/evidence/closed", response_model=Page[view.ClosedFile])
def closed(asks: Releaser, after: After = 0, limit: Limit = 100) -> Page[view.ClosedFile]:
    """Which files of running cycles wait to be looked at, or are kept back, and why?"""
    return view.closed_files(asks.database, principal=asks.principal, after=after, limit=limit)


@router.put("/cycles/{cycle}/evidence/{evidence}/explanation", response_model=Standing)
def explain(cycle: CycleId, evidence: EvidenceId, sent: ExplanationSent, asks: Explainer) -> Standing:
    """Say why no patient can be told from a file that is kept back. Never write a patient's number here."""
    state = acting.explain_evidence(
        asks.database, principal=asks.principal, cycle_id=cycle, evidence_id=evidence, reason=sent.reason,
        seen_version=sent.seen_version, at=asks.at,
    )  # fmt: skip
    return Standing(state=state)


@router.put("/cycles/{cycle}/evidence/{evidence}/clearance", response_model=Standing)
def answer(cycle: CycleId, evidence: EvidenceId, sent: ClearanceSent, asks: Releaser) -> Standing:
    """Release a file that its team explained, uphold that it is kept back, or have one looked at again."""
    state = acting.answer_clearance(
        asks.database, principal=asks.principal, cycle_id=cycle, evidence_id=evidence, step=sent.taken(),
        reason=sent.reason, seen_version=sent.seen_version, at=asks.at,
    )  # fmt: skip
    return Standing(state=state)
