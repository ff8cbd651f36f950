"""The ledger, readable: who did what to what and when; of the whole college, of one cycle, and whether it holds."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from accreditation.errors import Fault
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.college import verification
from accreditation.views.ledger_book import Book, Sought, book, book_of_cycle
from api.inputs.bounds import LARGEST_ID, CycleId
from api.inputs.typed_days import PARTS, typed_day
from api.pages.college.framing import at_college, at_cycle
from api.pages.rendering import words_of
from api.presenting.college.ledger import DONE, actions, lines, proof
from api.presenting.faults import Faults, Told
from api.presenting.moments import HERE as WALL
from api.visiting import Visit, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

HERE = "/college/ledger"

MOST_ROWS = 50
"""Entries on one page."""

LONGEST = 200
"""Characters of what is typed into a field."""

Reader = Annotated[Visit, page_guard(Permission.LEDGER_READ, Area.COLLEGE)]
Before = Annotated[int, Query(ge=0, le=2**53)]


class Asked:
    """What is asked of the ledger: what was typed, and what it means."""

    def __init__(self, request: Request) -> None:
        given = request.query_params
        self.typed = {name: given.get(name, "").strip()[:LONGEST] for name in ("cycle", "person", "action", *DAY)}
        self.faults: list[Told] = []
        cycle, day = self.typed["cycle"], typed_day(self.typed, "day")
        number = int(cycle) if cycle.isascii() and cycle.isdecimal() and len(cycle) < 10 else None
        words = words_of(request)
        if cycle and (number is None or number > LARGEST_ID):
            self.faults.append(Told(field="cycle", words=words("Write the cycle as a number, as in 7.")))
        if isinstance(day, Fault):
            self.faults.append(Told(field="day", words=words("Write a day, as in 27 3 2026.")))
        action = self.typed["action"] if self.typed["action"] in DONE else ""
        since, until = _whole(day) if isinstance(day, date) else (None, None)
        self.sought = Sought(cycle=number, person=self.typed["person"], action=action, since=since, until=until)

    @property
    def some(self) -> bool:
        """Is anything asked for?"""
        return any(self.typed.values())

    def onwards(self, before: int) -> str:
        """The query of the next page of the same."""
        return urlencode({**{name: one for name, one in self.typed.items() if one}, "before": before})


DAY = tuple(f"day-{part}" for part in PARTS)


def _whole(day: date) -> tuple[datetime, datetime]:
    """From its midnight to the next, by the clock on the wall here."""
    begin = datetime(day.year, day.month, day.day, tzinfo=WALL)
    after = day + timedelta(days=1) if day < date.max else day
    return begin, datetime(after.year, after.month, after.day, tzinfo=WALL)


Sent = Annotated[Asked, Depends(Asked)]


@router.get(HERE, response_model=None)
def whole(visit: Reader, asked: Sent, before: Before = 0) -> Response:
    """The newest entries of the whole college that fit."""
    found = Book(entries=(), before=None)
    if not asked.faults:
        found = book(
            visit.database, principal=visit.principal, sought=asked.sought, before=before or None, limit=MOST_ROWS
        )
    return at_college(
        visit, "college/ledger.html", here=HERE, **_told(visit, found, asked, root=HERE, before=before)
    )  # fmt: skip


@router.get("/college/cycles/{cycle}/ledger", response_model=None)
def of_cycle(visit: Reader, asked: Sent, cycle: CycleId, before: Before = 0) -> Response:
    """The newest entries about one cycle."""
    found = book_of_cycle(
        visit.database, principal=visit.principal, cycle_id=cycle, sought=asked.sought, before=before or None,
        limit=MOST_ROWS,
    )  # fmt: skip
    return at_cycle(
        visit, "college/ledger_of_cycle.html", cycle=cycle, here="/ledger", needs=Permission.LEDGER_READ,
        **_told(visit, found, asked, root=f"/college/cycles/{cycle}/ledger", before=before),
    )  # fmt: skip


@router.get(f"{HERE}/check", response_model=None)
def check(visit: Reader, head: Annotated[str, Query(max_length=100)] = "") -> Response:
    """Does every entry follow from the one before; and is one that was kept elsewhere still there?"""
    kept, words = _head(head.strip()), words_of(visit.visitor.request)
    if head.strip() and kept is None:
        said = words("Write it as it was shown: the number of entries, a colon, and 64 letters and digits.")
        return at_college(
            visit, "college/ledger_check.html", here=HERE, faults=Faults((Told(field="head", words=said),)), told=None,
            head=head,
        )  # fmt: skip
    found = verification(visit.database, principal=visit.principal, kept=kept)
    return at_college(
        visit, "college/ledger_check.html", here=HERE, told=proof(found, words), head=head, kept=kept is not None
    )


def _head(text: str) -> tuple[int, str] | None:
    number, _, digest = text.partition(":")
    right = number.isascii() and number.isdecimal() and 0 < len(number) < 16 and len(digest) == 64
    return (int(number), digest.lower()) if right and set(digest.lower()) <= set("0123456789abcdef") else None


def _told(visit: Visit, found: Book, asked: Asked, *, root: str, before: int) -> dict[str, Any]:
    """What both pages of the ledger show."""
    words = words_of(visit.visitor.request)
    return {
        "faults": Faults(tuple(asked.faults)), "told": lines(found.entries, words), "typed": asked.typed,
        "actions": actions(words), "root": root, "some": asked.some, "first": not before,
        "older": "" if found.before is None else f"{root}?{asked.onwards(found.before)}",
    }  # fmt: skip
