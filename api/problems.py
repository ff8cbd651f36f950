"""Every refusal as a problem that a program can read (RFC 9457), and the one place where status numbers are chosen."""

import logging
import math
import secrets
from collections.abc import Iterable, Mapping, Set
from typing import Any
from urllib.parse import unquote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from accreditation.errors import (
    AccreditationError,
    Contradiction,
    Damaged,
    Fault,
    Gone,
    InUse,
    Invalid,
    LedgerBroken,
    MoveNotAllowed,
    NoRoom,
    NotAuthenticated,
    NotFound,
    NotPermitted,
    OtherName,
    PieceBroken,
    Refused,
    SignedOut,
    Stale,
    TooLarge,
    TooMany,
    Unavailable,
    UploadBroken,
)
from accreditation.rules.own_paths import as_next
from api.fields import fields_beside
from api.pages.problem import form_opened_page, problem_page, refusal_page
from api.problem_shapes import Problem, ProblemResponse, conflicts_shown
from api.repeating import short, untold
from api.words import marked

LOG = logging.getLogger(__name__)

KINDS: Mapping[type[AccreditationError], tuple[int, str, str]] = {
    NotAuthenticated: (401, "not-authenticated", "We do not know who asks"),
    SignedOut: (401, "signed-out", "Sign in first"),
    NotPermitted: (403, "not-permitted", "You may not do this"),
    NotFound: (404, "not-found", marked("Not found")),
    Gone: (410, "gone", "It was deleted"),
    MoveNotAllowed: (409, "move-not-allowed", "The cycle's stage does not allow this now"),
    Stale: (409, "stale", "Another version stands than the one you saw"),
    Contradiction: (409, "contradiction", "This contradicts what is already kept"),
    OtherName: (409, "other-name", "It is called otherwise than you were shown"),
    InUse: (423, "in-use", "Somebody else does this now"),
    TooLarge: (413, "too-large", marked("Too many bytes")),
    TooMany: (429, "too-many", "Too many at once"),
    Invalid: (422, "invalid", marked("The input has faults")),
    UploadBroken: (400, "upload-broken", "The upload did not arrive as announced"),
    PieceBroken: (460, "piece-broken", "A piece did not arrive as announced"),
    LedgerBroken: (500, "ledger-broken", "The ledger was altered"),
    Damaged: (500, "damaged", "The file is not as it was handed in"),
    Unavailable: (503, "unavailable", marked("The engine cannot answer now")),
    NoRoom: (507, "no-room", "There is no room for it"),
}
"""Refusal -> status, the end of its type, title."""

NOT_SERVED: Mapping[int, tuple[int, str, str]] = {
    404: KINDS[NotFound],
    405: (405, "method-not-allowed", marked("This method is not possible here")),
    413: KINDS[TooLarge],
}
"""What the framework refuses: status -> status, the end of its type, title."""


NO_PAGE = marked("There is no such page. Look at the address for a slip.")
ASKED_WRONG = marked("What stands in the address behind the question mark cannot be read. Look at it for a slip.")
SENT_WRONG = marked("What was sent cannot be read. Go back and send it again.")


def answer_with_problems(app: FastAPI) -> None:
    """Let every refusal of this application leave as a problem."""
    app.add_exception_handler(AccreditationError, _refused)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _not_served)


def problem(
    request: Request, status: int, kind: str, title: str, detail: str, headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:  # fmt: skip
    """This problem, as JSON for programs and as a page for people who asked for one."""
    if not for_programs(request):
        return problem_page(request, status=status, title=title, detail=detail, headers=headers)
    body = {"type": f"/problems/{kind}", "title": title, "status": status, "detail": untold(detail)}
    return ProblemResponse({**body, "instance": _asked(request), **more}, status, dict(headers or {}))


def unexpected(request: Request, error: Exception) -> Response:
    """A fault of ours: the traceback goes to the log under an id, the id alone goes out."""
    name = secrets.token_hex(8)
    LOG.error("unexpected failure %s at %s %s", name, request.method, _asked(request), exc_info=error)
    detail = f"Something failed that should not have. Tell the college office this number: {name}."
    return problem(request, 500, "unexpected", marked("An unexpected failure"), detail, id=name)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, AccreditationError)  # noqa: S101  (registered for these)
    kind = _kind(error)
    if kind is None:
        return unexpected(request, error)
    if isinstance(error, SignedOut) and request.method in ("GET", "HEAD"):
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?next={as_next(path)}", 303)
    headers = {}
    if isinstance(error, NotAuthenticated):
        headers["WWW-Authenticate"] = 'Bearer realm="accreditation"'
    headers |= retry_after(error)
    if not for_programs(request):
        status, _, title = kind
        return refusal_page(request, error, status=status, title=title, detail=_detail(request, error), headers=headers)
    return problem(request, *kind, _detail(request, error), headers, **_members(error))


def retry_after(error: AccreditationError) -> dict[str, str]:
    """The header that says after how many seconds it may be tried again, where that is known."""
    if isinstance(error, TooMany) and error.wait is not None:
        return {"Retry-After": str(math.ceil(error.wait.total_seconds()))}
    if isinstance(error, Unavailable) and not isinstance(error, NoRoom):
        return {"Retry-After": "5"}
    return {}


def problem_shown(request: Request, error: Refused | Unavailable) -> Problem:
    """This refusal of one of several things that a request asks for, as it would be told were it the only one."""
    status, kind, title = _kind(error) or KINDS[Unavailable]
    told = {"type": f"/problems/{kind}", "title": title, "status": status, "instance": _asked(request)}
    return Problem(detail=untold(_detail(request, error)), **told, **_members(error))


def answer_with(shown: Problem, refusal: AccreditationError, **more: Any) -> Response:
    """This problem, which is told already, as the answer to the whole request, with `more` members."""
    return ProblemResponse({**shown.model_dump(exclude_none=True), **more}, shown.status, retry_after(refusal))


def _kind(error: AccreditationError) -> tuple[int, str, str] | None:
    return next((KINDS[known] for known in type(error).__mro__ if known in KINDS), None)


def _detail(request: Request, error: AccreditationError) -> str:
    """What is said of it; the log hears of it where somebody has to look."""
    if isinstance(error, UploadBroken):
        LOG.warning("upload to %s: %s", _asked(request), error)
    if isinstance(error, Unavailable | Damaged):
        LOG.error("%s: %s", _asked(request), error)
    if isinstance(error, Unavailable) and not isinstance(error, NoRoom):
        # It names what to look at on our machine; that stays here.
        return marked("The records cannot be reached at this moment. Try again in a moment.")
    return str(error)


def _members(error: AccreditationError) -> dict[str, Any]:
    match error:
        case Invalid():
            return {"faults": _faults(error.faults)}
        case MoveNotAllowed():
            return {"stage": error.stage, "allowed": list(error.allowed)}
        case Stale():
            told = {"where": error.where, "current_version": error.current_version, "current": error.current}
            return {**told, "conflicts": [one.model_dump() for one in conflicts_shown(error.conflicts)] or None}
    return {}


def _not_valid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  (registered for these)
    if not for_programs(request):
        return _unread(request, {str(one["loc"][0]) for one in error.errors()})
    faults = [
        Fault(
            where=".".join(str(part) for part in one["loc"]),
            found="nothing" if one["type"] == "missing" else short(one.get("input")),
            allowed=_allowed(request, one),
        )
        for one in error.errors()
    ]
    return problem(request, *KINDS[Invalid], str(Invalid(faults)), faults=_faults(faults))


def _allowed(request: Request, wrong: Mapping[str, Any]) -> str:
    """What is said to be allowed in place of this; of a field that is not known, which fields there are."""
    names = fields_beside(request, wrong["loc"]) if wrong["type"] == "extra_forbidden" else ()
    return f"no such field; one of {', '.join(names)}" if names else str(wrong["msg"])


def _unread(request: Request, where: Set[str]) -> Response:
    """People are told of an address that cannot be what it says, not of the types of its parts."""
    if "path" in where:
        return problem(request, *KINDS[NotFound], NO_PAGE)
    return problem(request, *KINDS[Invalid], ASKED_WRONG if where == {"query"} else SENT_WRONG)


def for_programs(request: Request) -> bool:
    """Is this asked by a program, and not by a person who reads pages?"""
    return request.url.path.startswith("/api")


def _not_served(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  (registered for these)
    if error.status_code == 405 and request.method in ("GET", "HEAD") and not for_programs(request):
        return form_opened_page(request, error.headers)
    details = {
        404: "There is no such page. The API is described in /api/openapi.json." if for_programs(request) else NO_PAGE,
        405: f"{request.method} is not possible here; the header 'Allow' says what is.",
    }
    kind = NOT_SERVED.get(error.status_code, (error.status_code, "bad-request", marked("The request cannot be read")))
    return problem(request, *kind, details.get(error.status_code, error.detail), error.headers)


def _faults(faults: Iterable[Fault]) -> list[dict[str, str]]:
    return [{"where": untold(one.where), "found": untold(one.found), "allowed": untold(one.allowed)} for one in faults]


def _asked(request: Request) -> str:
    """The path that was asked; one that tells who a patient is, as it can be told."""
    path = request.url.path
    plain = unquote(path)
    told = untold(plain)
    return path if told == plain else told
