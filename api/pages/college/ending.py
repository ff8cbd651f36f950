"""A cycle is sent back to its team, ended without a result, or its decision is published."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions import leave
from accreditation.actions.publish import publish
from accreditation.errors import Invalid, MoveNotAllowed
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.pack import pack
from api.inputs.bounds import CycleId
from api.pages.college.framing import at_cycle
from api.pages.college.reasons import WHY, Reason
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college.publishing import to_publish
from api.presenting.faults import Faults, faults_of
from api.visiting import Visit, form_guard, page_guard
from api.words import marked

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = "/college/cycles/{cycle}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A step that needs a reason and nothing else: its page, what it does, and in which words it is asked."""

    end: str
    permission: Permission
    act: Callable[..., Any]
    name: str
    lead: str
    hint: str
    button: str


SEND_BACK = Ending(
    end="/send-back", permission=Permission.CYCLE_SEND_BACK, act=leave.send_back,
    name=marked("Send it back to its team"),
    lead=marked("The team works on its answers and evidence again, and sends them anew. Everything it gave stays kept. "
                "Whoever sits in its review team leaves it."),
    hint=marked("The team reads this. Say what it should look at again."), button=marked("Send it back"),
)  # fmt: skip

WITHDRAW = Ending(
    end="/withdrawal", permission=Permission.CYCLE_WITHDRAW, act=leave.withdraw, name=marked("End it without a result"),
    lead=marked("The cycle is over, and nobody can take that back. Everything in it stays kept, and its reviewers are "
                "free again."),
    hint=marked("The team reads this."), button=marked("End the cycle"),
)  # fmt: skip


@router.get(f"{AT}/send-back", response_model=None)
def ask_back(visit: Annotated[Visit, page_guard(SEND_BACK.permission, Area.COLLEGE)], cycle: CycleId) -> Response:
    """The form that sends it back."""
    return _asked(visit, cycle, SEND_BACK)


@router.post(f"{AT}/send-back", response_model=None)
def send_back(
    reason: Reason, visit: Annotated[Visit, form_guard(SEND_BACK.permission, Area.COLLEGE)], cycle: CycleId
) -> Response:  # fmt: skip
    """Send it back."""
    return _done(visit, cycle, SEND_BACK, reason)


@router.get(f"{AT}/withdrawal", response_model=None)
def ask_end(visit: Annotated[Visit, page_guard(WITHDRAW.permission, Area.COLLEGE)], cycle: CycleId) -> Response:
    """The form that ends it."""
    return _asked(visit, cycle, WITHDRAW)


@router.post(f"{AT}/withdrawal", response_model=None)
def end(
    reason: Reason, visit: Annotated[Visit, form_guard(WITHDRAW.permission, Area.COLLEGE)], cycle: CycleId
) -> Response:  # fmt: skip
    """End it."""
    return _done(visit, cycle, WITHDRAW, reason)


@router.get(f"{AT}/publication", response_model=None)
def ask_publication(
    visit: Annotated[Visit, page_guard(Permission.AWARD_PUBLISH, Area.COLLEGE)], cycle: CycleId
) -> Response:  # fmt: skip
    """The form that publishes the decision."""
    return _to_publish(visit, cycle)


@router.post(f"{AT}/publication", response_model=None)
def publish_it(visit: Annotated[Visit, form_guard(Permission.AWARD_PUBLISH, Area.COLLEGE)], cycle: CycleId) -> Response:
    """Publish the decision."""
    publish(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
    return RedirectResponse(f"/college/cycles/{cycle}?done=publication", SEE_OTHER)


def _asked(
    visit: Visit, cycle: int, step: Ending, *, reason: str = "", faults: Faults | None = None, status: int = 0
) -> Response:  # fmt: skip
    words = words_of(visit.visitor.request)
    told = {name: words(getattr(step, name)) for name in ("name", "lead", "hint", "button")}
    return at_cycle(
        visit, "college/ending.html", cycle=cycle, needs=step.permission, faults=faults, status=status,
        told={**told, "end": step.end}, reason=reason,
    )  # fmt: skip


def _done(visit: Visit, cycle: int, step: Ending, reason: str) -> Response:
    try:
        step.act(visit.database, principal=visit.principal, cycle_id=cycle, reason=reason, at=visit.at)
    except (Invalid, MoveNotAllowed) as refusal:
        faults = faults_of(refusal, {"reason": "reason"}, labels=WHY)
        return _asked(visit, cycle, step, reason=reason, faults=faults, status=status_of(refusal))
    return RedirectResponse(f"/college/cycles/{cycle}?done={step.end.strip('/')}", SEE_OTHER)


def _to_publish(visit: Visit, cycle: int) -> Response:
    with visit.one_moment() as visit:
        found = pack(visit.database, principal=visit.principal, cycle_id=cycle, at=visit.at)
        told = to_publish(found, words_of(visit.visitor.request))
        return at_cycle(visit, "college/publication.html", cycle=cycle, needs=Permission.AWARD_PUBLISH, told=told)
