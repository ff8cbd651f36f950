"""What happens to every request at the edge: limits on what is sent, headers on the answer, no failure unanswered."""

import re
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import unexpected
from api.sending import Sent
from api.tus import VERSION

MOST_BYTES = 2_000_000
"""The most bytes of a request that is not a file: a whole self-assessment with long notes has a tenth of it."""

MOST_TYPED = 8_000_000
"""The most bytes of a form in which a whole standard is typed: what is too long for one still comes back, to be cut."""

LONG_TEXT = re.compile(r"/college/schemes/[^/]+/drafts/[0-9]+")
"""Paths that take such a form."""

FILES = ("/evidence", "/evidence/files", "/library", "/documents", "/versions", "/workbook/files", "/file")
"""Paths that end like one of these take files, which have limits of their own."""

PIECES = re.compile(r"/team/(?:cycles/[0-9]+/evidence/files|library/[0-9]+)/uploads/[0-9a-f]{32}")
"""Paths to which a page sends a piece of a file."""

SENDS = frozenset({"POST", "PUT", "PATCH"})
"""Methods that bring a file or a piece of one."""

UPLOADS = "/api/uploads"
"""Paths that begin like this take a piece of a file, and every answer of theirs names the protocol's version."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""What every answer carries, unless it says otherwise itself; files of the pages may be kept by a browser."""

BY_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}
"""What an answer of a site carries besides that people reach by https: for a year no browser asks without it."""


class Edge:
    """The outermost part of the application."""

    def __init__(self, app: ASGIApp, *, secure: bool, sent: Sent) -> None:
        self._app = app
        self._sent = sent
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(send, {**HEADERS, **self._more_headers(scope)})
        request = Request(scope)
        try:
            await self._app(scope, self._receive(scope, receive), answer)
        except Exception as error:
            response = unexpected(request, error)
            if answer.begun:
                raise  # half an answer is out: the server breaks the connection, so that nobody takes it for whole
            await response(scope, receive, answer)

    def _more_headers(self, scope: Scope) -> Mapping[str, str]:
        by_https = BY_HTTPS if self._secure or scope["scheme"] == "https" else {}
        return {**by_https, **({"Tus-Resumable": VERSION} if scope["path"].startswith(UPLOADS) else {})}

    def _receive(self, scope: Scope, receive: Receive) -> Receive:
        path = scope["path"]
        if path.endswith(FILES) or path.startswith(UPLOADS) or PIECES.fullmatch(path):
            return _counted(scope, receive, self._sent) if scope["method"] in SENDS else receive
        return _limited(scope, receive)


class _Answer:
    """The answer on its way out."""

    def __init__(self, send: Send, headers: Mapping[str, str]) -> None:
        self._send = send
        self._headers = headers
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
        await self._send(message)


def _counted(scope: Scope, receive: Receive, sent: Sent) -> Receive:
    """Receive files, no more of them within an hour than are accepted of whoever sends them.

    A guard says who that is, before the first byte is read. Raises TooMany.
    """
    who: str | None = None

    async def counted() -> Message:
        nonlocal who
        at = scope["app"].state.house.now()
        if who is None:
            who = str(scope.get("state", {}).get("sends", ""))
            if who:
                sent.begin(who, at=at)
        message = await receive()
        if who and message.get("body"):
            sent.add(who, len(message["body"]), at=at)
        return message

    return counted


def _limited(scope: Scope, receive: Receive) -> Receive:
    """Receive no more than is accepted.

    The refusal is an HTTPException: while a body is read, FastAPI takes every other error for broken JSON.
    """
    announced = Headers(scope=scope).get("content-length", "0")
    most = MOST_TYPED if LONG_TEXT.fullmatch(scope["path"]) else MOST_BYTES
    refusal = HTTPException(413, f"A request may have {most:,} bytes; this one has more. Send it in parts.")
    left = most

    async def limited() -> Message:
        nonlocal left
        if announced.isdigit() and int(announced) > most:
            raise refusal
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise refusal
        return message

    return limited
