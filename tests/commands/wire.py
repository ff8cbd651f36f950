"""What lies between the upload command and an engine in this very process: a network that does what a test says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

import httpx

from tests.api.asking import Client, cut_off

Fate = Callable[[httpx.Request, bytes], bytes | int | httpx.Response | None]
"""What becomes of a request with this body: it arrives as other bytes, is cut after so many, is answered by something
between, or is let through. Cut after all of them, the engine does what is asked and its answer is lost.
"""


def let_through(_request: httpx.Request, _body: bytes) -> None:
    return None


@dataclass
class Wire(httpx.BaseTransport):
    """Carries one request at a time. `sent` is how many bytes of files the engine was handed, `asked` each request."""

    engine: Client
    fate: Fate = let_through
    sent: int = 0
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._turn = Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.SyncByteStream)
        body = b"".join(request.stream)
        with self._turn:
            self.asked.append(f"{request.method} {request.url.path}")
            fate = self.fate(request, body)
            if isinstance(fate, httpx.Response):
                return fate
            arrives = body[:fate] if isinstance(fate, int) else body if fate is None else fate
            self.sent += len(arrives) if request.method == "PATCH" else 0
            answer = self.engine.ask(
                request.method, request.url.raw_path.decode(), headers=request.headers.raw,
                content=cut_off(arrives) if len(arrives) < len(body) else arrives,
            )  # fmt: skip
            if isinstance(fate, int):
                raise httpx.ReadError("the network is cut")
            return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)
