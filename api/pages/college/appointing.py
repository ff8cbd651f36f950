"""The college office arranges a cycle: the days of its visit, who settles, and who hears an appeal."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.appoint_settler import appoint_settler
from accreditation.actions.date_visit import date_visit
from accreditation.actions.name_panel import name_panel
from accreditation.errors import Contradiction, Fault, Invalid, MoveNotAllowed, NotFound, Stale
from accreditation.rules.grants import Area
from accreditation.rules.panels import PanelKind
from accreditation.rules.permissions import Permission
from accreditation.views.panels import panel_to_name
from accreditation.views.teams_of_review import seats_of
from api.inputs.all_at_once import check_all, check_chosen, check_reasoned
from api.inputs.bounds import LARGEST_ID, CycleId
from api.inputs.typed_days import PARTS, typed_day
from api.pages.college.framing import at_cycle
from api.pages.college.reasons import WHY, Reason
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.review.oneself import typed_days
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college.appointing import away_words, panel, seats
from api.presenting.faults import Faults, faults_of
from api.visiting import Visit, form_guard, page_guard
from api.words import marked

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = "/college/cycles/{cycle}"

Days = Annotated[dict[str, str], Depends(typed_days)]
Chosen = Annotated[str, Form(max_length=9, pattern=r"^[0-9]*$")]
Members = Annotated[list[Annotated[int, Form(ge=1, le=LARGEST_ID)]], Form(max_length=20, default_factory=list)]
Version = Annotated[int, Form(ge=0, le=LARGEST_ID)]

DAYS = {"first": marked("First day"), "last": marked("Last day")}
"""What the fields of the days are called, by where their faults stand."""

REFUSED = (Invalid, MoveNotAllowed, Contradiction, Stale, NotFound)


@router.get(f"{AT}/visit", response_model=None)
def ask_visit(visit: Annotated[Visit, page_guard(Permission.VISIT_DATE, Area.COLLEGE)], cycle: CycleId) -> Response:
    """The form for the days of the visit."""
    return _visit(visit, cycle)


@router.post(f"{AT}/visit", response_model=None)
def state_visit(
    visit: Annotated[Visit, form_guard(Permission.VISIT_DATE, Area.COLLEGE)], cycle: CycleId, days: Days
) -> Response:  # fmt: skip
    """State the days of the visit."""
    try:
        first, last = typed_day(days, "first"), typed_day(days, "last")
        faults = [one for one in (first, last) if isinstance(one, Fault)]
        if first is None:
            faults.append(Fault(where="first", found="no day", allowed="type the first day of the visit"))
        if faults or first is None or isinstance(first, Fault) or isinstance(last, Fault):
            raise Invalid(faults)
        dated = date_visit(
            visit.database, principal=visit.principal, cycle_id=cycle, first=first, last=last or first, at=visit.at
        )
    except (Invalid, MoveNotAllowed, Contradiction) as refusal:
        told = faults_of(refusal, {"first": "first", "last": "last"}, labels=DAYS)
        return _visit(visit, cycle, days=days, faults=told, status=status_of(refusal))
    if dated.away or dated.elsewhere:
        return _visit(visit, cycle, days=days, away=away_words(dated, words_of(visit.visitor.request)), status=200)
    return _back(cycle, "visit")


@router.get(f"{AT}/settler", response_model=None)
def ask_settler(
    visit: Annotated[Visit, page_guard(Permission.REVIEW_APPOINT, Area.COLLEGE)], cycle: CycleId
) -> Response:  # fmt: skip
    """The form that appoints who settles."""
    return _settler(visit, cycle)


@router.post(f"{AT}/settler", response_model=None)
def appoint(
    reason: Reason, visit: Annotated[Visit, form_guard(Permission.REVIEW_APPOINT, Area.COLLEGE)], cycle: CycleId,
    reviewer: Chosen = "", seen: Version = 0,
) -> Response:  # fmt: skip
    """Appoint who settles from now on."""
    try:
        check_all(
            lambda: check_chosen(reviewer, where="reviewer", say="one of the review team"),
            lambda: check_reasoned(reason),
        )  # fmt: skip
        appoint_settler(
            visit.database, principal=visit.principal, cycle_id=cycle, reviewer_id=int(reviewer), seen_version=seen,
            reason=reason, at=visit.at,
        )  # fmt: skip
    except REFUSED as refusal:
        labels = {"reviewer": marked("Who settles from now on?"), **WHY}
        faults = faults_of(refusal, {"reviewer": "reviewer", "reason": "reason"}, labels=labels)
        return _settler(visit, cycle, reviewer=reviewer, reason=reason, faults=faults, status=status_of(refusal))
    return _back(cycle, "settler")


@router.get(f"{AT}/panel", response_model=None)
def ask_panel(visit: Annotated[Visit, page_guard(Permission.PANEL_NAME, Area.COLLEGE)], cycle: CycleId) -> Response:
    """The form that names who hears an appeal."""
    return _panel(visit, cycle)


@router.post(f"{AT}/panel", response_model=None)
def name(
    visit: Annotated[Visit, form_guard(Permission.PANEL_NAME, Area.COLLEGE)], cycle: CycleId,
    member: Members,
) -> Response:  # fmt: skip
    """Name who hears an appeal, in place of whoever was to."""
    try:
        name_panel(
            visit.database, principal=visit.principal, cycle_id=cycle, kind=PanelKind.APPEAL, members=member,
            at=visit.at,
        )  # fmt: skip
    except (Invalid, Contradiction) as refusal:
        faults = faults_of(refusal, {"member": "member"})
        return _panel(visit, cycle, chosen=frozenset(member), faults=faults, status=status_of(refusal))
    return _back(cycle, "panel" if member else "no-panel")


def _back(cycle: int, done: str) -> Response:
    return RedirectResponse(f"/college/cycles/{cycle}?done={done}", SEE_OTHER)


def _visit(
    visit: Visit, cycle: int, *, days: dict[str, str] | None = None, away: tuple[str, ...] = (),
    faults: Faults | None = None, status: int = 0,
) -> Response:  # fmt: skip
    empty = {f"{name}-{part}": "" for name in ("first", "last") for part in PARTS}
    return at_cycle(
        visit, "college/visit.html", cycle=cycle, needs=Permission.VISIT_DATE, faults=faults, status=status,
        days=days or empty, away=away,
    )  # fmt: skip


def _settler(
    visit: Visit, cycle: int, *, reviewer: str = "", reason: str = "", faults: Faults | None = None, status: int = 0
) -> Response:  # fmt: skip
    found = seats_of(visit.database, principal=visit.principal, cycle_id=cycle)
    return at_cycle(
        visit, "college/settler.html", cycle=cycle, needs=Permission.REVIEW_APPOINT, faults=faults, status=status,
        told=seats(found, words_of(visit.visitor.request)), reviewer=reviewer, reason=reason,
    )  # fmt: skip


def _panel(
    visit: Visit, cycle: int, *, chosen: frozenset[int] | None = None, faults: Faults | None = None, status: int = 0
) -> Response:  # fmt: skip
    found = panel_to_name(visit.database, principal=visit.principal, cycle_id=cycle, kind=PanelKind.APPEAL, at=visit.at)
    return at_cycle(
        visit, "college/panel.html", cycle=cycle, needs=Permission.PANEL_NAME, faults=faults, status=status,
        told=panel(found, words_of(visit.visitor.request), chosen=chosen),
    )  # fmt: skip
