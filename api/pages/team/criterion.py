"""One criterion a page: what it asks, our answer, and what we say about it among ourselves."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.challenge_indicator import challenge_indicator
from accreditation.actions.comment_criterion import comment_criterion
from accreditation.actions.give_criterion import give_criterion
from accreditation.actions.rate import rate
from accreditation.errors import Invalid, MoveNotAllowed
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.own_criterion import own_criterion
from api.inputs.bounds import LARGEST_ID, CriterionId, CycleId
from api.inputs.own_answer import Typed
from api.pages import answering
from api.pages.answering import Beside, Long, Sent, Short
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team import in_pieces
from api.pages.team.framing import shown
from api.presenting.faults import Faults, faults_of
from api.presenting.team.criterion import is_unsaved, page
from api.presenting.team.unfinished import not_whole
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT = "/team/cycles/{cycle}/criteria/{criterion}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is written beside the answer: to the others of the team, and to the college of a figure."""

    comment: str = ""
    objection: str = ""

    @property
    def waits(self) -> bool:
        """Does anything stand there that was not sent?"""
        return bool(self.comment.strip() or self.objection.strip())


NOTHING = Written()

Reader = Annotated[Visit, page_guard(Permission.ASSESSMENT_SHARE, Area.TEAM)]
Rater = Annotated[Visit, form_guard(Permission.ASSESSMENT_RATE, Area.TEAM)]
Sharer = Annotated[Visit, form_guard(Permission.ASSESSMENT_SHARE, Area.TEAM)]
Challenger = Annotated[Visit, form_guard(Permission.INDICATOR_CHALLENGE, Area.TEAM)]


def written(comment: Long = "", objection: Long = "") -> Written:
    """What stands in the boxes beside the answer, whichever button is pressed."""
    return Written(comment=comment, objection=objection)


Wrote = Annotated[Written, Depends(written)]


@router.get(AT, response_model=None)
def criterion_page(visit: Reader, cycle: CycleId, criterion: CriterionId, history: str = "") -> Response:
    """What is asked, what we answered, and all that is known of it."""
    return _shown(visit, cycle, criterion, whole=history == "all")


@router.post(AT, response_model=None)
def save(
    sent: Sent, wrote: Wrote, visit: Rater, cycle: CycleId, criterion: CriterionId, then: Short = "",
    quietly: Short = "",
) -> Response:  # fmt: skip
    """Keep the answer. `quietly` is how a page saves itself: then it is told in a line whether that worked.

    What is written to the team or to the college, and was not sent, stays in its box. Where `then` is "again", nothing
    is kept yet: the answer of last time is put into the form.
    """
    if then == "again":
        return _shown(visit, cycle, criterion, beside=sent, again=True, wrote=wrote)
    answer = answering.save(
        visit, criterion,
        keep=lambda: rate(
            visit.database, principal=visit.principal, cycle_id=cycle, given={criterion: sent.given()}, at=visit.at
        ),
        shown=lambda faults, status, stale: _shown(
            visit, cycle, criterion, faults=faults, status=status, sent=sent, stale=stale, wrote=wrote
        ),
        onwards=lambda: _onwards(visit, cycle, criterion, then), quietly=bool(quietly),
        stale=words_of(visit.visitor.request)("Another answer was saved while you wrote."),
    )  # fmt: skip
    waits = wrote.waits and answer.status_code == SEE_OTHER
    return _shown(visit, cycle, criterion, wrote=wrote, waits=True) if waits else answer


@router.post(f"{AT}/comments", response_model=None)
def say(wrote: Wrote, answer: Beside, visit: Sharer, cycle: CycleId, criterion: CriterionId) -> Response:
    """Say something to the others of the team."""
    try:
        comment_criterion(
            visit.database, principal=visit.principal, cycle_id=cycle, criterion=criterion, text=wrote.comment,
            at=visit.at,
        )  # fmt: skip
    except (Invalid, MoveNotAllowed) as refusal:
        faults = faults_of(refusal, {"comment": "comment"})
        return _shown(visit, cycle, criterion, faults=faults, wrote=wrote, beside=answer)
    return _back(visit, cycle, criterion, "comments", answer, replace(wrote, comment=""))


@router.post(f"{AT}/holder", response_model=None)
def give(
    answer: Beside, wrote: Wrote, visit: Sharer, cycle: CycleId, criterion: CriterionId, who: Short = ""
) -> Response:  # fmt: skip
    """Give the criterion to somebody of the team, or to nobody."""
    grant = int(who) if who.isascii() and who.isdecimal() and len(who) < len(str(LARGEST_ID)) else None
    try:
        give_criterion(
            visit.database, principal=visit.principal, cycle_id=cycle, criterion=criterion, grant_id=grant,
            at=visit.at,
        )  # fmt: skip
    except Invalid as refusal:
        faults = faults_of(refusal, {"who": "who"})
        return _shown(visit, cycle, criterion, faults=faults, wrote=wrote, beside=answer)
    return _back(visit, cycle, criterion, "holder", answer, wrote)


@router.post(f"{AT}/challenges", response_model=None)
def challenge(wrote: Wrote, answer: Beside, visit: Challenger, cycle: CycleId, criterion: CriterionId) -> Response:
    """Say that the figure reported of us is wrong."""
    try:
        challenge_indicator(
            visit.database, principal=visit.principal, cycle_id=cycle, criterion=criterion, note=wrote.objection,
            at=visit.at,
        )  # fmt: skip
    except Invalid as refusal:
        faults = faults_of(refusal, {"note": "objection"})
        return _shown(visit, cycle, criterion, faults=faults, wrote=wrote, beside=answer)
    return _back(visit, cycle, criterion, "figure", answer, replace(wrote, objection=""))


def _shown(
    visit: Visit, cycle: int, criterion: str, *, faults: Faults | None = None, status: int = 0,
    sent: Typed | None = None, stale: bool = False, whole: bool = False, wrote: Written = NOTHING,
    beside: Typed | None = None, again: bool = False, waits: bool = False, done: str = "",
) -> Response:  # fmt: skip
    with visit.one_moment() as visit:
        found = own_criterion(
            visit.database, principal=visit.principal, cycle_id=cycle, criterion=criterion, at=visit.at
        )  # fmt: skip
        person, words = visit.visitor.signed.person, words_of(visit.visitor.request)
        told = page(
            found, words, me=visit.principal.name, person=person, at=visit.at, sent=sent, stale=stale, whole=whole,
            beside=beside, again=again,
        )  # fmt: skip
        return shown(
            visit, "team/criterion.html", cycle=cycle, faults=faults, status=status, told=told,
            wrote=wrote, waits=waits, done="again" if again else done,
            unfinished=not_whole(in_pieces.begun(visit, in_pieces.of_cycle(cycle), criterion), words),
        )  # fmt: skip


def _back(
    visit: Visit, cycle: int, criterion: str, place: str, beside: Typed | None, wrote: Written
) -> Response:  # fmt: skip
    """Back to the page, at this place of it; with what stands in its other boxes and is not saved."""
    if wrote.waits or (beside is not None and _differs(visit, cycle, criterion, beside)):
        return _shown(visit, cycle, criterion, beside=beside, wrote=wrote, waits=wrote.waits, done=place)
    return RedirectResponse(f"{_address(cycle, criterion)}#{place}", SEE_OTHER)


def _differs(visit: Visit, cycle: int, criterion: str, beside: Typed) -> bool:
    """Does the answer's form hold something else than what is saved?"""
    found = own_criterion(
        visit.database, principal=visit.principal, cycle_id=cycle, criterion=criterion, at=visit.at
    )  # fmt: skip
    return is_unsaved(found, beside)


def _onwards(visit: Visit, cycle: int, criterion: str, then: str) -> str:
    """Where one goes after saving: back to the page, or on to the next criterion."""
    if then != "next":
        return _address(cycle, criterion)
    found = own_criterion(
        visit.database, principal=visit.principal, cycle_id=cycle, criterion=criterion, at=visit.at
    )  # fmt: skip
    return f"/team/cycles/{cycle}" if found.next is None else _address(cycle, found.next)


def _address(cycle: int, criterion: str) -> str:
    return f"/team/cycles/{cycle}/criteria/{criterion}"
