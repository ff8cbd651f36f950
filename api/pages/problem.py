"""A refusal as a page, for people."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from accreditation.errors import AccreditationError, Refused, SignedOut
from accreditation.rules.own_paths import as_next
from api.pages.rendering import rendered, words_of
from api.presenting.team.refused_moves import ANEW, TITLES, plain_words
from api.visitors import SIGNED_IN_AGAIN, had_files, written
from api.words import marked

SIGNED_OUT = marked(
    "You were signed out before you sent this, so it is not kept. Sign in again: that opens the page where you "
    "were in a new tab. Then send it once more."
)
"""What somebody is told whose form came without a session."""

NO_ENTRY = marked("There is no such entry in the register.")
"""What the view of the register says, marked for the catalogues."""

FORM_ONLY = (
    marked("There is nothing to see at this address"),
    marked("It takes what a form sends, and nothing else. Use the form on its page."),
)
"""What somebody is told who opens the address of a form as a page: the title, and what to do."""


def form_opened_page(request: Request, headers: Mapping[str, str] | None) -> Response:
    """The page for whoever opens what a form only sends to: it leads to where the form stands."""
    title, detail = FORM_ONLY
    return problem_page(request, status=405, title=title, detail=detail, headers=headers, form=page_above(request))


def refusal_page(
    request: Request, refusal: AccreditationError, *, status: int, title: str, detail: str, headers: Mapping[str, str]
) -> Response:  # fmt: skip
    """The page for people who are refused something; a program would be told `title` and `detail`."""
    said = plain_words(refusal, words_of(request)) if isinstance(refusal, Refused) else detail
    called = next((name for kind, name in TITLES.items() if isinstance(refusal, kind)), title)
    signed_out, again = isinstance(refusal, SignedOut), str(refusal) == SIGNED_IN_AGAIN
    if again:
        called = ANEW
    return problem_page(
        request, status=status, title=called, detail=SIGNED_OUT if signed_out else said, headers=headers,
        back=page_above(request) if signed_out else "", form=page_above(request) if again else "",
        helped=said != detail,
    )  # fmt: skip


def problem_page(
    request: Request, *, status: int, title: str, detail: str, headers: Mapping[str, str] | None, back: str = "",
    form: str = "", helped: bool = False,
) -> Response:  # fmt: skip
    """The page that says why there is nothing else to see; what the language lacks is told, and marked, as English.

    `back` is where whoever signs in again finds what they were at, `form` the page of a form that was opened by itself.
    `helped` where `detail` says already who can help.
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
        had_files=had_files(request),
        back=as_next(back) if back else "",
        form=form,
        helped=helped or bool(form),
    )
    response.headers.update(headers or {})
    return response


def page_above(request: Request) -> str:
    """The page that stands at the path of this form, or the nearest above it; empty where there is none."""
    path = request.url.path
    while path.strip("/"):
        asked = {**request.scope, "type": "http", "method": "GET", "path": path}
        if any(route.matches(asked)[0] is Match.FULL for route in request.app.state.finding.routes_at(path)):
            return path
        path = path.rpartition("/")[0]
    return ""
