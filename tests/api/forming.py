"""Forms as a browser or curl writes them, part by part and in their order."""

from collections.abc import Mapping
from typing import Any

import httpx

from accreditation.rules.people import Principal
from tests.api.asking import Client

BOUNDARY = "a-line-of-no-file"
A_FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
WHERE = "/api/cycles/1/evidence/files"


def said(name: str, text: str | bytes) -> bytes:
    """A field."""
    content = text if isinstance(text, bytes) else text.encode()
    return b"\r\n".join([b'Content-Disposition: form-data; name="' + name.encode() + b'"', b"", content])


def put(content: bytes, *, name: str = "plan.pdf", **headers: str) -> bytes:
    """A file."""
    disposition = f'Content-Disposition: form-data; name="file"; filename="{name}"'
    told = [disposition, *(f"{header.replace('_', '-')}: {value}" for header, value in headers.items())]
    return b"\r\n".join([*(one.encode() for one in told), b"", content])


def form(*parts: bytes, end: bytes = f"--{BOUNDARY}--\r\n".encode()) -> bytes:
    """All of them."""
    return b"".join(f"--{BOUNDARY}\r\n".encode() + part + b"\r\n" for part in parts) + end


def send(
    client: Client, content: Any, *, by: Principal | None, cycle: int = 1, headers: Mapping[str, str] = A_FORM
) -> httpx.Response:
    """Send this form to the cycle."""
    return client.post(f"/api/cycles/{cycle}/evidence/files", by=by, content=content, headers=dict(headers))
