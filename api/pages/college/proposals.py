"""Who is proposed to review whom in a round: looked for, read, and confirmed by the college office."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.assign import assign
from accreditation.actions.confirm import confirm
from accreditation.errors import Invalid, Stale
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.proposal_desk import proposal_desk, round_proposals
from api.inputs.bounds import LARGEST_ID, RoundId
from api.pages.college.framing import at_college, may_invite
from api.pages.college.rounds import HERE
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college.confirming import NONE_CHOSEN, confirmed_words, confirming, refused_teams
from api.presenting.college.proposals import every, one_proposal
from api.presenting.faults import Faults
from api.visiting import Visit, form_guard, page_guard
from api.visitors import written

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

STALE = 409
"""The status of what was sent to a proposal that does not stand any more."""

AT = HERE + "/{round}/proposals"

Office = Annotated[Visit, page_guard(Permission.REVIEW_ASSIGN, Area.COLLEGE)]
SendingOffice = Annotated[Visit, form_guard(Permission.REVIEW_ASSIGN, Area.COLLEGE)]
Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Counted = Annotated[int, Query(ge=-1, le=LARGEST_ID)]
Cycles = Annotated[list[Annotated[int, Form(ge=1, le=LARGEST_ID)]] | None, Form(max_length=5_000)]


@router.get(AT, response_model=None)
def proposals(round: RoundId, visit: Office) -> Response:  # noqa: A002  (the path's word)
    """Every proposal of a round, the newest first."""
    found = round_proposals(visit.database, principal=visit.principal, round_id=round)
    told = every(found, words_of(visit.visitor.request))
    return at_college(visit, "college/proposals.html", here=HERE, caption=told.name, told=told)


@router.post(HERE + "/{round}/assignment", response_model=None)
def look_for_reviewers(round: RoundId, visit: SendingOffice) -> Response:  # noqa: A002  (the path's word)
    """Let the engine look for review teams now."""
    assign(visit.database, principal=visit.principal, round_id=round, at=visit.at)
    return RedirectResponse(f"{HERE}/{round}/proposals", SEE_OTHER)


@router.get(AT + "/{number}", response_model=None)
def look(
    round: RoundId, number: Number, visit: Office, confirmed: Counted = -1, kept: Counted = 0  # noqa: A002  (the path's word)
) -> Response:  # fmt: skip
    """One proposal; an older one says that it is out of date. `confirmed` and `kept` tell what was done last."""
    return proposal_page(visit, round, number, confirmed=confirmed, kept=bool(kept))


@router.get(AT + "/{number}/confirmation", response_model=None)
def ask(round: RoundId, number: Number, visit: Office) -> Response:  # noqa: A002  (the path's word)
    """Which teams can be confirmed, and what is sent then?"""
    return _confirming(visit, round, number)


@router.post(AT + "/{number}/confirmation", response_model=None)
def confirm_teams(round: RoundId, number: Number, visit: SendingOffice, cycles: Cycles = None) -> Response:  # noqa: A002  (the path's word)
    """Confirm the teams of these cycles: all of them, or none."""
    try:
        if not cycles:
            raise Invalid([NONE_CHOSEN])
        changed = confirm(
            visit.database, principal=visit.principal, round_id=round, number=number, cycle_ids=cycles,
            at=visit.at,
        )  # fmt: skip
    except Stale:
        return proposal_page(visit, round, number, status=STALE)
    except Invalid as refusal:
        return _confirming(visit, round, number, chosen=cycles, refusal=refusal)
    return RedirectResponse(f"{HERE}/{round}/proposals/{number}?confirmed={len(changed)}", SEE_OTHER)


def proposal_page(
    visit: Visit, round_id: int, number: int, *, confirmed: int = -1, kept: bool = False, status: int = 200
) -> Response:  # fmt: skip
    """The page of this proposal, with what was done last: so many teams confirmed (none: -1), or a change kept."""
    found = proposal_desk(
        visit.database, principal=visit.principal, round_id=round_id, number=number, at=visit.at
    )  # fmt: skip
    words = words_of(visit.visitor.request)
    told = one_proposal(found, words, invites=may_invite(visit))
    done = words("Your change is kept.") if kept else ""
    if confirmed >= 0:
        done = confirmed_words(confirmed, found, words)
    return at_college(
        visit, "college/proposal.html", here=HERE, caption=told.caption, done=done, status=status, told=told,
        refused=status == STALE,
        written=written(visit.visitor.request),
    )  # fmt: skip


def _confirming(
    visit: Visit, round_id: int, number: int, *, chosen: list[int] | None = None, refusal: Invalid | None = None
) -> Response:  # fmt: skip
    found = proposal_desk(
        visit.database, principal=visit.principal, round_id=round_id, number=number, at=visit.at
    )  # fmt: skip
    if found.newest != number:
        return proposal_page(visit, round_id, number, status=STALE)
    words = words_of(visit.visitor.request)
    told = confirming(found, chosen=chosen, words=words)
    faults = Faults() if refusal is None else refused_teams(refusal, found, words)
    return at_college(visit, "college/confirming.html", here=HERE, caption=told.caption, faults=faults, told=told)
