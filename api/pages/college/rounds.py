"""The college's rounds: open one, see where its teams are, and let teams take part."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.open_round import open_round
from accreditation.actions.wording import check_name
from accreditation.errors import Contradiction, Invalid
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Area, may_anywhere
from accreditation.rules.permissions import Permission
from accreditation.views.round_desk import round_desk, round_of_name, rounds_at_a_glance
from accreditation.views.schemes import every_edition, which_edition
from api.inputs.all_at_once import check_all
from api.inputs.bounds import After, RoundId
from api.pages.college.framing import at_college, may, may_invite
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college.rounds import LABELS, OPENED, SAID, offered, one_round, row
from api.presenting.faults import Faults, faults_of
from api.presenting.moments import day_of
from api.visiting import Overview, Visit, form_guard, overview_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

HERE = "/college/rounds"

MOST_ROWS = 50
"""Cycles on one page."""

Looker = Annotated[Overview, overview_guard(Permission.ROUND_READ)]
Opener = Annotated[Visit, page_guard(Permission.ROUND_OPEN, Area.COLLEGE)]
SendingOpener = Annotated[Visit, form_guard(Permission.ROUND_OPEN, Area.COLLEGE)]
Reader = Annotated[Visit, page_guard(Permission.ROUND_READ, Area.COLLEGE)]
Text = Annotated[str, Form(max_length=300)]
Opened = Annotated[Literal["", "now", "before"], Query()]
OnlyStage = Annotated[Stage | None, Query()]


@router.get(HERE, response_model=None)
def rounds(visit: Looker) -> Response:
    """Every round that somebody's roles reach."""
    words = words_of(visit.visitor.request)
    found = rounds_at_a_glance(visit.database, principal=visit.principal, reach=visit.reach)
    grants = visit.visitor.signed.grants
    return at_college(
        visit, "college/rounds.html", here=HERE, rounds=[row(one, words) for one in found],
        may_open=may_anywhere(grants, area=Area.COLLEGE, permission=Permission.ROUND_OPEN),
    )  # fmt: skip


@router.get(f"{HERE}/new", response_model=None)
def new(visit: Opener) -> Response:
    """The form that opens a round."""
    return _form(visit)


@router.post(f"{HERE}/new", response_model=None)
def begin(visit: SendingOpener, name: Text = "", edition: Text = "") -> Response:
    """Open a round of this name on a published edition."""
    database, principal = visit.database, visit.principal
    try:
        check_all(
            lambda: check_name("name", name), lambda: which_edition(database, principal=principal, named=edition)
        )  # fmt: skip
        digest = which_edition(database, principal=principal, named=edition)
        known = round_of_name(database, principal=principal, digest=digest, name=name)
        number = open_round(database, principal=principal, digest=digest, name=name, at=visit.at)
    except (Invalid, Contradiction) as refusal:
        return _form(visit, name=name, edition=edition, refusal=refusal)
    return RedirectResponse(f"{HERE}/{number}?opened={'before' if known else 'now'}", SEE_OTHER)


@router.get(HERE + "/{round}", response_model=None)
def look(
    round: RoundId, visit: Reader, stage: OnlyStage = None, after: After = 0, opened: Opened = "",  # noqa: A002  (the path's word)
) -> Response:  # fmt: skip
    """One round: where its cycles stand, and what is to be done; and whether it was just opened, or open before."""
    found = round_desk(
        visit.database, principal=visit.principal, round_id=round, stage=stage, after=after, limit=MOST_ROWS,
        at=visit.at,
    )  # fmt: skip
    told = one_round(
        found, stage=stage, words=words_of(visit.visitor.request), invites=may_invite(visit), today=day_of(visit.at)
    )
    return at_college(
        visit, "college/round.html", here=HERE, caption=told.caption, told=told,
        done=words_of(visit.visitor.request)(OPENED[opened]) if opened else "",
        may_work=may(visit, Permission.REVIEW_ASSIGN),
    )  # fmt: skip


def _form(
    visit: Visit, *, name: str = "", edition: str = "", refusal: Invalid | Contradiction | None = None
) -> Response:  # fmt: skip
    fields = {"name": "name", "edition": "edition"}
    faults = Faults() if refusal is None else faults_of(refusal, fields, said=SAID, labels=LABELS)
    editions = every_edition(visit.database, principal=visit.principal)
    return at_college(
        visit, "college/new_round.html", here=HERE, faults=faults, name=name, edition=edition,
        editions=offered(editions, day_of(visit.at), words_of(visit.visitor.request)),
    )  # fmt: skip
