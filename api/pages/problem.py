"""A refusal as a page, for people."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from api.pages.rendering import rendered


def problem_page(
    request: Request, *, status: int, title: str, detail: str, headers: Mapping[str, str] | None
) -> Response:
    """The page that says why there is nothing else to see."""
    response = rendered(request, "problem.html", status=status, title=title, detail=detail)
    response.headers.update(headers or {})
    return response
