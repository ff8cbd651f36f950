"""The office changes a proposal by hand: it sees beforehand what that costs, and asks why somebody sits there."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.arrange import arrange, preview
from accreditation.actions.explain_seat import explain_seat
from accreditation.actions.take_off import take_off
from accreditation.errors import Contradiction, Invalid, MoveNotAllowed, Stale
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.effects import effect_shown
from accreditation.views.proposal_desk import ProposalDesk, proposal_desk
from api.inputs.bounds import LARGEST_ID, ON_ONE_LINE, RoundId
from api.inputs.typed_change import FIELDS, TypedChange
from api.pages.college.framing import at_college
from api.pages.college.proposals import AT, Number, Office, SendingOffice, proposal_page
from api.pages.college.rounds import HERE
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college.arranging import SAID, explained, hindered, in_round, lines, previewed, seat_to_change
from api.presenting.faults import Faults, faults_of
from api.visiting import Visit, form_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

OfCycle = Annotated[int, Query(ge=1, le=LARGEST_ID)]
OfReviewer = Annotated[int, Query(ge=0, le=LARGEST_ID)]
OfRole = Annotated[str, Query(max_length=60, pattern=ON_ONE_LINE)]
Remover = Annotated[Visit, form_guard(Permission.REVIEW_ASSIGN, Area.COLLEGE)]


def typed_change(
    kind: Annotated[str, Form(max_length=20)] = "",
    cycle: Annotated[int, Form(ge=0, le=LARGEST_ID)] = 0,
    reviewer: Annotated[int, Form(ge=0, le=LARGEST_ID)] = 0,
    role: Annotated[str, Form(max_length=60)] = "",
    into: Annotated[str, Form(max_length=20)] = "",
    aside: Annotated[list[str] | None, Form(max_length=10)] = None,
    reason: Annotated[str, Form(max_length=20_000)] = "",
) -> TypedChange:
    """The fields of a change."""
    return TypedChange(
        kind=kind, cycle=cycle, reviewer=reviewer, role=role, into=into, aside=tuple(aside or ()), reason=reason
    )


Typed = Annotated[TypedChange, Depends(typed_change)]


@router.get(AT + "/{number}/change", response_model=None)
def choose(
    round: RoundId, number: Number, visit: Office, cycle: OfCycle, reviewer: OfReviewer = 0, role: OfRole = ""  # noqa: A002  (the path's word)
) -> Response:  # fmt: skip
    """What can be done about this seat?"""
    return _choosing(visit, round, number, TypedChange(cycle=cycle, reviewer=reviewer, role=role))


@router.post(AT + "/{number}/change", response_model=None)
def look_ahead(round: RoundId, number: Number, visit: SendingOffice, typed: Typed) -> Response:  # noqa: A002  (the path's word)
    """What would this change do? Nothing is kept."""
    try:
        effect = preview(
            visit.database, principal=visit.principal, round_id=round, number=number, change=typed.change()
        )  # fmt: skip
    except Invalid as refusal:
        return _choosing(visit, round, number, typed, faults=faults_of(refusal, FIELDS, said=SAID))
    except Stale:
        return proposal_page(visit, round, number, status=409)
    shown = effect_shown(visit.database, principal=visit.principal, effect=effect)
    if shown.hindrances:
        return _choosing(visit, round, number, typed, faults=hindered(shown, typed))
    told = previewed(_desk(visit, round, number), typed, shown, words_of(visit.visitor.request))
    return at_college(visit, "college/preview.html", here=HERE, caption=told.caption, told=told)


@router.post(AT + "/{number}/changes", response_model=None)
def keep(round: RoundId, number: Number, visit: SendingOffice, typed: Typed) -> Response:  # noqa: A002  (the path's word)
    """Keep this change in a new proposal."""
    try:
        kept = arrange(
            visit.database, principal=visit.principal, round_id=round, number=number, change=typed.change(),
            at=visit.at,
        )  # fmt: skip
    except Invalid as refusal:
        return _choosing(visit, round, number, typed, faults=faults_of(refusal, FIELDS, said=SAID))
    except Stale:
        return proposal_page(visit, round, number, status=409)
    return RedirectResponse(f"{HERE}/{round}/proposals/{kept.number}?kept=1", SEE_OTHER)


@router.get(AT + "/{number}/explanation", response_model=None)
def explain(round: RoundId, number: Number, visit: Office, cycle: OfCycle, reviewer: OfReviewer) -> Response:  # noqa: A002  (the path's word)
    """Why is this reviewer proposed for this team, or why not, and what would it cost otherwise?"""
    said = explain_seat(
        visit.database, principal=visit.principal, round_id=round, cycle_id=cycle, reviewer_id=reviewer
    )  # fmt: skip
    found = _desk(visit, round, number)
    words = words_of(visit.visitor.request)
    return at_college(
        visit, "college/explanation.html", here=HERE, said=lines(said, words),
        told=explained(found, cycle, reviewer, words),
        caption=words("%(round)s: proposal %(number)s", round=found.round.name, number=number),
    )  # fmt: skip


@router.post(AT + "/{number}/departure", response_model=None)
def take_away(round: RoundId, number: Number, visit: Remover, typed: Typed) -> Response:  # noqa: A002  (the path's word)
    """Take somebody off a visit who sits in its team or is asked to, with a reason for the college alone."""
    try:
        take_off(
            visit.database, principal=visit.principal, cycle_id=in_round(_desk(visit, round, number), typed.cycle),
            reviewer_id=typed.reviewer, reason=typed.reason, at=visit.at,
        )  # fmt: skip
    except (Invalid, Contradiction, MoveNotAllowed) as refusal:
        return _choosing(visit, round, number, typed, faults=faults_of(refusal, {"reason": "reason"}))
    return RedirectResponse(f"{HERE}/{round}/proposals", SEE_OTHER)


def _desk(visit: Visit, round_id: int, number: int) -> ProposalDesk:
    return proposal_desk(
        visit.database, principal=visit.principal, round_id=round_id, number=number, at=visit.at
    )  # fmt: skip


def _choosing(
    visit: Visit, round_id: int, number: int, typed: TypedChange, *, faults: Faults | None = None
) -> Response:  # fmt: skip
    found = _desk(visit, round_id, number)
    if found.newest != number:
        return proposal_page(visit, round_id, number, status=409)
    told = seat_to_change(found, typed, words_of(visit.visitor.request))
    return at_college(visit, "college/changing.html", here=HERE, caption=told.caption, faults=faults, told=told)
