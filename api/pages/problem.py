"""A refusal as a page, for people."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from accreditation.errors import AccreditationError, Refused
from api.pages.rendering import rendered, words_of
from api.presenting.team.refused_moves import TITLES, plain_words
from api.visiting import written
from api.words import marked

NO_ENTRY = marked("There is no such entry in the register.")
"""What the view of the register says, marked for the catalogues."""


def refusal_page(
    request: Request, refusal: AccreditationError, *, status: int, title: str, detail: str, headers: Mapping[str, str]
) -> Response:  # fmt: skip
    """The page for people who are refused something; a program would be told `title` and `detail`."""
    said = plain_words(refusal, words_of(request)) if isinstance(refusal, Refused) else detail
    called = next((name for kind, name in TITLES.items() if isinstance(refusal, kind)), title)
    return problem_page(request, status=status, title=called, detail=said, headers=headers)


def problem_page(
    request: Request, *, status: int, title: str, detail: str, headers: Mapping[str, str] | None
) -> Response:
    """The page that says why there is nothing else to see; what the language lacks is told, and marked, as English."""
    words = words_of(request)
    known = words.knows(title) and words.knows(detail)
    if known:
        title, detail = words(title), words(detail)
    response = rendered(
        request, "problem.html", status=status, known=known, title=title, detail=detail, written=written(request)
    )
    response.headers.update(headers or {})
    return response
