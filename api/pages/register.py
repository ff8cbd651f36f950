"""The public register as pages: who holds what, until when, and what it means."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from accreditation.rules.afterwards import Status
from accreditation.rules.permissions import Permission
from accreditation.views import results as view
from accreditation.views.aftermath import ConditionShown
from accreditation.views.results import Result
from api.guard import Asks, guard
from api.inputs.bounds import CycleId, Search
from api.pages.rendering import rendered

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Anybody = Annotated[Asks, guard(Permission.REGISTER_READ)]

MOST_ROWS = 200
"""More rows on one page are searched, not read."""

WORDS = {
    Status.CURRENT: "Current",
    Status.EXPIRED: "Expired",
    Status.NOT_AWARDED: "Not accredited",
    Status.UNDER_APPEAL: "Under appeal",
}
FOLLOWED = {
    "decided": "decided",
    "conditions_met": "every condition was met",
    "lapsed": "a condition was not met in time",
    "appeal": "decided on appeal",
}
"""Why an outcome stood, in the words of the page."""


@router.get("/", response_model=None)
@router.get("/register", response_model=None)
def register(request: Request, asks: Anybody, search: Search = "") -> Response:
    """The register, or what in it fits a search."""
    found = view.register(asks.database, principal=asks.principal, search=search, after=0, limit=MOST_ROWS, at=asks.at)
    rows = sorted(found.items, key=lambda one: (one.organisation.name, one.team.name, one.cycle))
    more = found.next_after is not None
    return rendered(request, "register.html", rows=[_told(one) for one in rows], search=search, more=more)


@router.get("/register/{cycle}", response_model=None)
def registered(request: Request, cycle: CycleId, asks: Anybody) -> Response:
    """One entry of the register."""
    found = view.registered(asks.database, principal=asks.principal, cycle_id=cycle, at=asks.at)
    return rendered(request, "entry.html", entry=_told(found), today=told_day(asks.at.date()))


def told_day(day: date) -> str:
    """The day as people write it: 22 November 2026."""
    return f"{day.day} {day:%B} {day.year}"


def _then(conditions: Sequence[ConditionShown]) -> list[str]:
    """What follows from conditions, in sentences; one outcome's conditions all lead to the same."""
    if not conditions:
        return []
    met, missed = conditions[0].when_met, conditions[0].when_missed
    sentences = [] if met is None else [f"Once all of this is put right in time, the result becomes: {met.title}."]
    return sentences + ([] if missed is None else [f"If it is not, the result becomes: {missed.title}."])


def _appeal(one: Result) -> str | None:
    """How the appeal ended, in a sentence; while it is open, the words of the entry say so."""
    if one.appeal is None or one.appeal.answered_on is None:
        return None
    verdict = "upheld the appeal" if one.appeal.upheld else "dismissed the appeal"
    heard = "" if one.appeal.heard_by is None else f", heard by a panel of {one.appeal.heard_by}"
    return f"The team appealed on {told_day(one.appeal.lodged_on)}. The college {verdict} on " + (
        f"{told_day(one.appeal.answered_on)}{heard}."
    )


def _told(one: Result) -> dict[str, object]:
    """An entry in the words of the page."""
    return {
        "cycle": one.cycle, "team": one.team.name, "service_line": one.team.service_line,
        "organisation": one.organisation.name, "ods_code": one.organisation.ods_code,
        "scheme": one.scheme_title, "edition": one.edition, "digest": one.edition_digest, "outcome": one.title,
        "meaning": one.public_wording, "status": WORDS[one.status], "status_class": one.status.value,
        "decided_on": told_day(one.decided_on), "words": one.words, "body": one.body, "confirmed_by": one.confirmed_by,
        "since": told_day(one.stands_since) if one.before else None, "because": FOLLOWED[one.because],
        "before": [
            {"title": each.title, "since": told_day(each.since), "because": FOLLOWED[each.because]}
            for each in one.before
        ],
        "appeal": _appeal(one),
        "valid_until": None if one.valid_until is None else told_day(one.valid_until),
        "scores": [
            {"title": each.title, "shown": each.shown, "level": None if each.level == each.shown else each.level}
            for each in one.scores
        ],
        "then": _then(one.conditions),
        "conditions": [
            {"needed": each.needed, "of": len(each.criteria), "due_on": told_day(each.due_on),
             "met_on": None if each.met_on is None else told_day(each.met_on),
             "titles": [criterion.title for criterion in each.criteria]}
            for each in one.conditions
        ],
    }  # fmt: skip
