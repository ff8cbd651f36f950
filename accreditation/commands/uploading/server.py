"""A running engine, as whoever uploads speaks to it: the requests of the tus protocol, and what they answer."""

import base64
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

from accreditation.errors import Fault, Invalid, NotFound, Refused, Unavailable

VERSION = {"Tus-Resumable": "1.0.0"}
PIECE = {**VERSION, "Content-Type": "application/offset+octet-stream"}
TIMES = httpx.Timeout(30, connect=10, read=150)
"""Seconds. An engine whose place of files is away tries for 90 before it answers."""

AGAIN = frozenset({408, 423, 502, 503, 504})
"""Answers after which the same may go well in a moment: the engine, or something before it, is busy or starts."""

STALE = "/problems/stale"
BROKEN = "/problems/upload-broken"
PIECE_BROKEN = "/problems/piece-broken"


LOOPBACK = ("127.0.0.1", "localhost", "::1")


def connected(url: str, token: str) -> httpx.Client:
    """Connections to the engine at this address, with the token. Raises Invalid where that is no address.

    A hospital's proxy and its certificates are known from the environment, as other programs know them.
    """
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.Client(base_url=url, headers=headers, timeout=TIMES, trust_env=_host(url) not in LOOPBACK)


def openly(url: str) -> bool:
    """Does whatever is between here and there read along?"""
    return url.casefold().startswith("http://") and _host(url) not in LOOPBACK


def _host(url: str) -> str:
    try:
        known = httpx.URL(url)
    except httpx.InvalidURL:
        known = httpx.URL("")
    if known.scheme not in ("http", "https") or not known.host:
        raise Invalid([Fault(where="--url", found=f"'{url}'", allowed="an address, as in https://accredit.example")])
    return known.host


class Answered(Refused):
    """The engine said no, in its own words; `kind` is what its problem document is of, empty where it sent none."""

    def __init__(self, words: str, *, status: int, kind: str) -> None:
        self.status = status
        self.kind = kind
        super().__init__(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Far:
    """How far an upload is; `became` names what it became by its number, once it did."""

    offset: int
    became: Mapping[str, int]


class Server:
    """What can be asked of the engine. Every method raises Unavailable where trying again may help, else Answered."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def most_bytes(self) -> int | None:
        """How many bytes may a file have? Raises Refused where no engine that takes uploads answers."""
        answer = self._ask("OPTIONS", "/api/uploads")
        if "1.0.0" not in answer.headers.get("tus-version", ""):
            raise Refused(
                f"{self._http.base_url} answers, but it is no engine that takes uploads. Is the address right?"
            )
        return _number(answer.headers.get("tus-max-size", ""))

    def read(self, path: str, **query: Any) -> Any:
        """What is there?"""
        return _json(self._ask("GET", path, params=query))

    def send(self, path: str, body: Any) -> Any:
        """Do this."""
        return _json(self._ask("POST", path, json=body))

    def put(self, path: str, body: Any) -> Any:
        """Let this stand there."""
        return _json(self._ask("PUT", path, json=body))

    def begin(self, said: Mapping[str, str], *, length: int) -> str:
        """Begin an upload of so many bytes, of which this is said. Where does it go on?"""
        pairs = (f"{key} {base64.b64encode(text.encode()).decode()}" for key, text in said.items() if text)
        headers = {**VERSION, "Upload-Length": str(length), "Upload-Metadata": ",".join(pairs)}
        return own_address(self._ask("POST", "/api/uploads", headers=headers).headers.get("location", ""))

    def far(self, address: str, *, length: int) -> Far:
        """How far is this upload? Raises NotFound where it is not there, or no longer."""
        try:
            return self._at("HEAD", address, headers=VERSION)
        except Answered:
            return self.add(address, (), offset=length, size=0)  # the answer to HEAD has no words; the one to this does

    def add(
        self, address: str, piece: Iterable[bytes], *, offset: int, size: int, sha256: bytes | None = None
    ) -> Far:  # fmt: skip
        """Add these `size` bytes, which begin at `offset`; their digest is said, so that altered ones are refused.

        Raises NotFound where the upload is not there, or no longer.
        """
        checked = {"Upload-Checksum": f"sha256 {base64.b64encode(sha256).decode()}"} if sha256 else {}
        headers = {**PIECE, **checked, "Upload-Offset": str(offset), "Content-Length": str(size)}
        return self._at("PATCH", address, headers=headers, content=piece)

    def drop(self, address: str) -> None:
        """Forget this upload."""
        self._ask("DELETE", address, headers=VERSION)

    def _at(self, method: str, address: str, **request: Any) -> Far:
        try:
            return _far(self._ask(method, address, **request))
        except Answered as refusal:
            if refusal.status == HTTPStatus.NOT_FOUND:
                raise NotFound("The upload is not there any more.") from refusal
            raise

    def _ask(self, method: str, path: str, **request: Any) -> httpx.Response:
        try:
            answer = self._http.request(method, path, **request)
        except httpx.TransportError as cut:
            raise Unavailable(f"The engine at {self._http.base_url} is not reached ({str(cut) or repr(cut)}).") from cut
        if answer.is_success:
            return answer
        kind, words = _said(answer)
        if answer.status_code in AGAIN or kind == PIECE_BROKEN:
            raise Unavailable(words)
        raise Answered(words, status=answer.status_code, kind=kind)


def own_address(said: str) -> str:
    """The upload's address on the engine that is spoken to, whatever host the answer names: no other gets the token."""
    found = re.search(r"([0-9a-f]{32})/?$", said)
    if found is None:
        raise Refused(
            "The engine began an upload and did not say where. Is there something between that removes headers?"
        )
    return f"/api/uploads/{found[1]}"


def _far(answer: httpx.Response) -> Far:
    offset = _number(answer.headers.get("upload-offset", ""))
    if offset is None:
        raise Refused("The engine did not say how far the upload is. Is there something between that removes headers?")
    became = {name: _number(answer.headers.get(name, "")) for name in ("evidence", "document", "version")}
    return Far(offset=offset, became={name: number for name, number in became.items() if number is not None})


def _number(said: str) -> int | None:
    """The number that a header says; None where it is none, or longer than anything that is counted here."""
    return int(said) if re.fullmatch(r"[0-9]{1,18}", said) else None


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError as unreadable:
        raise Refused(f"{answer.url} answers with what is no JSON. Is the address that of the engine?") from unreadable


def _said(answer: httpx.Response) -> tuple[str, str]:
    """The kind of the problem that was answered, and its words; the kind is empty where it is none of the engine's."""
    try:
        problem = answer.json()
        return str(problem["type"]), str(problem["detail"])
    except (ValueError, KeyError, TypeError):
        return "", f"{answer.url.host} answers {answer.status_code} {answer.reason_phrase} to {answer.request.method}."
