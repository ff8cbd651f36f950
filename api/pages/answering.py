"""Saving the answer to one criterion by a form, whoever's it is: by its buttons, or quietly by the page itself."""

import re
from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import Depends, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from accreditation.errors import Contradiction, Invalid, MoveNotAllowed, NotPermitted, Refused, Stale
from api.inputs.own_answer import Typed
from api.pages.refused import status_of
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.presenting.faults import Faults, Told
from api.presenting.team.answers import chosen_words
from api.presenting.team.criterion import saved_words
from api.presenting.team.refusals import faults_of_answer
from api.presenting.team.refused_moves import plain_words
from api.visiting import Visit
from api.visitors import remember
from api.words import Words

NOT_KEPT = (Invalid, Stale, MoveNotAllowed, NotPermitted, Contradiction)

Short = Annotated[str, Form(max_length=200)]
Long = Annotated[str, Form(max_length=200_000)]

Shown = Callable[[Faults, int, bool], Response]
"""The page once more: with what is wrong, its status, and whether another answer was saved meanwhile."""


def typed(
    request: Request, choice: Short = "", number: Short = "", points: Long = "", steps: Short = "",
    compared: Short = "", note: Long = "", seen: Short = "0",
) -> Typed:  # fmt: skip
    """The fields of the answer's form. What was chosen is not lost either where it is refused: see `remember`."""
    chosen = chosen_words(choice, words_of(request), reviews=request.url.path.startswith("/review"))
    remember(request, chosen and f"You chose: {chosen}", number, points, note)
    return Typed(
        choice=choice, number=number, points=points, steps=steps, compared=bool(compared), note=note, seen=seen
    )  # fmt: skip


Sent = Annotated[Typed, Depends(typed)]


def beside(sent: Sent, note: Annotated[str | None, Form(max_length=200_000)] = None) -> Typed | None:
    """What stands in the answer's form while another button of the page is pressed; nothing where it has none."""
    return None if note is None else sent


Beside = Annotated[Typed | None, Depends(beside)]


def save(
    visit: Visit, criterion: str, *, keep: Callable[[], Mapping[str, int]], shown: Shown, onwards: Callable[[], str],
    stale: str, quietly: bool,
) -> Response:  # fmt: skip
    """Keep the answer by `keep`, which says each criterion's version now, and go `onwards`.

    A page that saves itself (`quietly`) is told in a line whether that worked. Where nothing was kept, the page is
    `shown` once more with what was typed; `stale` is what it says where another window or person saved meanwhile.
    """
    words = words_of(visit.visitor.request)
    try:
        kept = keep()
    except NOT_KEPT as refusal:
        faults, status, is_stale = _faults(refusal, words, stale=stale), status_of(refusal), isinstance(refusal, Stale)
        if not quietly:
            return shown(faults, status, is_stale)
        return quietly_refused(faults, refusal)
    if quietly:
        return quietly_kept(visit, kept[criterion])
    return RedirectResponse(f"{onwards()}?kept={criterion}", SEE_OTHER)


def quietly_kept(visit: Visit, version: int) -> Response:
    """What a page that saves itself is told where that worked: the version that is kept, and when."""
    said = saved_words(visit.at, words_of(visit.visitor.request), at=visit.at)
    return JSONResponse({"seen": version, "said": said})


def quietly_refused(faults: Faults, refusal: Refused) -> Response:
    """What a page that saves itself is told where nothing was kept."""
    said = " ".join(one.words for one in faults.told)
    return JSONResponse({"said": said, "stale": isinstance(refusal, Stale)}, status_of(refusal))


def just_saved(request: Request) -> str:
    """The criterion whose answer has just been saved, as the address of the page says; empty where it says none."""
    said = request.query_params.get("kept", "")
    return said if re.fullmatch(r"[A-Za-z0-9._-]{1,40}", said) else ""


def _faults(refusal: Refused, words: Words, *, stale: str) -> Faults:
    if isinstance(refusal, Invalid):
        return faults_of_answer(refusal, words)
    if isinstance(refusal, Stale):
        return Faults((Told(field="choice", words=stale),))
    return Faults((Told(field="note", words=plain_words(refusal, words)),))
