"""A refusal as a page, for people."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from accreditation.errors import AccreditationError, Refused, SignedOut
from accreditation.rules.own_paths import as_next
from api.pages.rendering import rendered, words_of
from api.presenting.team.refused_moves import TITLES, plain_words
from api.visitors import written
from api.words import marked

SIGNED_OUT = marked(
    "You were signed out before you sent this, so it is not kept. Sign in again, then send it once more."
)
"""What somebody is told whose form came without a session."""

NO_ENTRY = marked("There is no such entry in the register.")
"""What the view of the register says, marked for the catalogues."""


def refusal_page(
    request: Request, refusal: AccreditationError, *, status: int, title: str, detail: str, headers: Mapping[str, str]
) -> Response:  # fmt: skip
    """The page for people who are refused something; a program would be told `title` and `detail`."""
    said = plain_words(refusal, words_of(request)) if isinstance(refusal, Refused) else detail
    called = next((name for kind, name in TITLES.items() if isinstance(refusal, kind)), title)
    signed_out = isinstance(refusal, SignedOut)
    return problem_page(
        request, status=status, title=called, detail=SIGNED_OUT if signed_out else said, headers=headers,
        back=_page_of(request) if signed_out else "",
    )  # fmt: skip


def problem_page(
    request: Request, *, status: int, title: str, detail: str, headers: Mapping[str, str] | None, back: str = ""
) -> Response:
    """The page that says why there is nothing else to see; what the language lacks is told, and marked, as English.

    `back` is where whoever signs in again finds what they were at.
    """
    words = words_of(request)
    known = words.knows(title) and words.knows(detail)
    if known:
        title, detail = words(title), words(detail)
    response = rendered(
        request,
        "problem.html",
        status=status,
        known=known,
        title=title,
        detail=detail,
        written=written(request),
        back=as_next(back) if back else "",
    )
    response.headers.update(headers or {})
    return response


def _page_of(request: Request) -> str:
    """The page that stands at the path of this form, or the nearest above it."""
    path = request.url.path
    while path.strip("/"):
        asked = {**request.scope, "type": "http", "method": "GET", "path": path}
        if any(route.matches(asked)[0] is Match.FULL for route in request.app.routes):
            return path
        path = path.rpartition("/")[0]
    return ""
