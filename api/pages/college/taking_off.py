"""The college office takes somebody off the review team who does not come any more, or does not hand in."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.take_off import take_off
from accreditation.errors import Contradiction, Invalid, MoveNotAllowed, NotFound
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.teams_of_review import seats_of
from api.inputs.all_at_once import check_all, check_chosen, check_reasoned
from api.inputs.bounds import CycleId
from api.pages.college.appointing import AT, Chosen
from api.pages.college.framing import at_cycle
from api.pages.college.reasons import WHY, Reason
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college.appointing import who_can_go
from api.presenting.faults import Faults, faults_of
from api.visiting import Visit, form_guard, page_guard
from api.words import marked

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Yes = Annotated[str, Form(max_length=5)]

LABELS = {"reviewer": marked("Who is taken off?"), "sure": marked("Take them off"), **WHY}
"""What the fields are called, by where their faults stand."""

SAID = {"sure": marked("Tick that you know what follows.")}
"""What a fault is about -> how it is said, where a sentence says it better than the fault."""

REFUSED = (Invalid, MoveNotAllowed, Contradiction, NotFound)


@router.get(f"{AT}/departure", response_model=None)
def ask(visit: Annotated[Visit, page_guard(Permission.REVIEW_ASSIGN, Area.COLLEGE)], cycle: CycleId) -> Response:
    """The form that takes somebody off."""
    return _form(visit, cycle)


@router.post(f"{AT}/departure", response_model=None)
def take(
    reason: Reason, visit: Annotated[Visit, form_guard(Permission.REVIEW_ASSIGN, Area.COLLEGE)], cycle: CycleId,
    reviewer: Chosen = "", sure: Yes = "",
) -> Response:  # fmt: skip
    """Take this reviewer off the visit. Whoever is `sure` of it ticked that they know what follows."""
    try:
        check_all(
            lambda: check_chosen(reviewer, where="reviewer", say="one of the review team"),
            lambda: check_reasoned(reason),
            lambda: check_chosen(sure, where="sure", say="a tick, once you have read what follows"),
        )  # fmt: skip
        take_off(
            visit.database, principal=visit.principal, cycle_id=cycle, reviewer_id=int(reviewer), reason=reason,
            at=visit.at,
        )  # fmt: skip
    except REFUSED as refusal:
        faults = faults_of(refusal, {one: one for one in LABELS}, labels=LABELS, said=SAID)
        return _form(visit, cycle, reviewer=reviewer, reason=reason, faults=faults, status=status_of(refusal))
    return RedirectResponse(f"/college/cycles/{cycle}?done=departure", SEE_OTHER)


def _form(
    visit: Visit, cycle: int, *, reviewer: str = "", reason: str = "", faults: Faults | None = None, status: int = 0
) -> Response:  # fmt: skip
    found = seats_of(visit.database, principal=visit.principal, cycle_id=cycle)
    return at_cycle(
        visit, "college/departure.html", cycle=cycle, needs=Permission.REVIEW_ASSIGN, faults=faults, status=status,
        choices=who_can_go(found, words_of(visit.visitor.request)), reviewer=reviewer, reason=reason,
    )  # fmt: skip
