"""Senders of files to a server in another process, as cheap as they can be: what they cost, the server does not."""

import base64
import hashlib
import http.client
import json
import socket
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

BOUNDARY = "a-line-of-no-file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Somebody with a token, a server that listens on this machine, and the cycle and criterion that files are for."""

    port: int
    secret: str
    cycle: int
    criterion: str

    def connect(self) -> socket.socket:
        """A connection of its own."""
        return socket.create_connection(("127.0.0.1", self.port))

    def head(self, method: str, path: str, length: int, **headers: str) -> bytes:
        """What stands before a body of so many bytes."""
        told = {
            "Host": "engine", "Authorization": f"Bearer {self.secret}", "Content-Length": str(length),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }  # fmt: skip
        return "\r\n".join([f"{method} {path} HTTP/1.1", *(f"{a}: {b}" for a, b in told.items()), "", ""]).encode()

    def raw(self, name: str, length: int) -> bytes:
        """What stands before a file that is sent as it is."""
        query = urlencode({"title": name, "file_name": name, "criterion": self.criterion})
        return self.head("POST", f"/api/cycles/{self.cycle}/evidence?{query}", length)

    def form(self, files: Mapping[str, int]) -> tuple[bytes, Sequence[bytes], bytes]:
        """What stands before these files (name: bytes) in a form, before each of them, and at the end."""
        line = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
        fields = f'{line}"criteria"\r\n\r\n{self.criterion}'
        before = [f'\r\n{line}"file"; filename="{name}"\r\n\r\n'.encode() for name in files]
        end = f"\r\n--{BOUNDARY}--\r\n".encode()
        length = len(fields) + sum(map(len, before)) + sum(files.values()) + len(end)
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        head = self.head("POST", f"/api/cycles/{self.cycle}/evidence/files", length, Content_Type=kind)
        return head + fields.encode(), before, end

    def begin(self, name: str, length: int) -> str:
        """Begin an upload in pieces; says where it goes on."""
        about = {"filename": name, "cycle": str(self.cycle), "criteria": self.criterion}
        pairs = ",".join(f"{key} {base64.b64encode(text.encode()).decode()}" for key, text in about.items())
        with closing(self.connect()) as server:
            told = {"Tus_Resumable": "1.0.0", "Upload_Length": str(length), "Upload_Metadata": pairs}
            server.sendall(self.head("POST", "/api/uploads", 0, **told))
            return answer(server, expected=201).headers["Location"]

    def piece(self, at: str, length: int, *, offset: int = 0) -> bytes:
        """What stands before a piece of an upload."""
        told = {"Tus_Resumable": "1.0.0", "Upload_Offset": str(offset)}
        return self.head("PATCH", at, length, Content_Type="application/offset+octet-stream", **told)

    def ask(self, path: str) -> Any:
        """What the API answers."""
        with closing(self.connect()) as server:
            server.sendall(self.head("GET", path, 0))
            return json.loads(answer(server, expected=200).body)

    def send_raw(self, file: Path) -> None:
        """Send this file as it is."""
        self._send(self.raw(file.name, file.stat().st_size), file, b"", 201)

    def send_form(self, file: Path) -> None:
        """Send this file in a form."""
        head, (before,), end = self.form({file.name: file.stat().st_size})
        self._send(head + before, file, end, 201)

    def send_in_one_piece(self, file: Path) -> None:
        """Send this file resumably, and be lucky."""
        size = file.stat().st_size
        self._send(self.piece(self.begin(file.name, size), size), file, b"", 204)

    def _send(self, head: bytes, file: Path, end: bytes, expected: int) -> None:
        with closing(self.connect()) as server, file.open("rb") as content:
            server.sendall(head)
            server.sendfile(content)
            server.sendall(end)
            answer(server, expected=expected)


class Answer(NamedTuple):
    """What a server answered."""

    headers: http.client.HTTPMessage
    body: bytes


def answer(server: socket.socket, *, expected: int) -> Answer:
    """The answer on this connection, which is to have this status."""
    response = http.client.HTTPResponse(server)
    response.begin()
    body = response.read()
    if response.status != expected:
        raise AssertionError(f"{response.status} in place of {expected}: {body[:500]!r}")
    return Answer(response.headers, body)


def digest_of(file: Path) -> str:
    """The SHA-256 of this file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
