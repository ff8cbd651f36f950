"""Files on their way out: whole or in part, so that no browser runs them and a program can check what it has.

Where a page shows a file in a frame, it comes under a policy of its own: in a sandbox, without a script, an origin or
anything from elsewhere, under the type that was found in its bytes, and in frames of ours only. Measured in Chromium
156: its own viewer shows a PDF under that policy, and goes to the page that the address names.
"""

import base64
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from accreditation.actions.export_archive import export_archive
from accreditation.actions.report_damage import report_damage
from accreditation.errors import Damaged, NotFound
from accreditation.views.archive import archive_of
from api.guard import Asks
from api.problems import problem

THE_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The file."},
    206: {"content": {"application/octet-stream": {}}, "description": "The part of the file that `Range` asks for."},
    304: {"description": "The file is the one that `If-None-Match` names."},
    416: {"description": "The file has no such part."},
}
"""How a file may be answered."""

IN_PLACE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"})
"""What a browser shows by itself. Nothing that can hold a script for it: no HTML, no picture that is made of text."""

NOWHERE = "sandbox; default-src 'none'"
IN_A_FRAME = "sandbox; default-src 'none'; frame-ancestors 'self'"

_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*\Z")
_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,20})-([0-9]{0,20})[ \t]*\Z")


class NoSuchPart(Exception):
    """The file has not the bytes that are asked for."""


def part_asked(header: str | None, *, size: int) -> range | None:
    """Which bytes of a file of this size does `Range` ask for? None for all of them.

    What cannot be read is no request for a part, and several parts at once are answered by the whole, as RFC 9110
    (14.2) lets a server do. Raises NoSuchPart.
    """
    found = _RANGE.match(header or "")
    if found is None or found.group(1) == found.group(2) == "":
        return None
    first, last = found.groups()
    if first and last and int(last) < int(first):
        return None
    asked = range(int(first), min(int(last) + 1, size) if last else size) if first else range(0)
    if not first:
        asked = range(max(size - int(last), 0), size)
    if not asked:
        raise NoSuchPart
    return asked


def answer_file(
    request: Request, asks: Asks, sha256: str, *, file_name: str, media_type: str, size: int, in_place: bool = False
) -> Response:  # fmt: skip
    """These bytes under this name: all, the part that is asked for, or that the asker has them already.

    `in_place` where a frame of ours shows it, if it is of a kind that a browser shows; all else is to be saved.
    HEAD is answered by the headers alone. The bytes are named by their digest, which is their ETag: they never change.
    A whole file is proven to be the one that was handed in before its last piece is sent. A part cannot be proven: its
    `Repr-Digest` is that of the whole, for whoever puts the parts together. Raises Damaged, and NotFound where it is
    gone.
    """
    tag = f'"{sha256}"'
    headers = _headers(sha256, tag, file_name, in_place=in_place and media_type in IN_PLACE)
    if tag in _tags(request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    asks_part = request.headers.get("if-range", tag) == tag
    try:
        part = part_asked(request.headers.get("range"), size=size) if asks_part else None
    except NoSuchPart:
        title, detail = "The file has no such part", f"It has {size} bytes; the first is byte 0."
        return problem(request, 416, "no-such-part", title, detail, {"Content-Range": f"bytes */{size}"})
    asked = range(size) if part is None else part
    headers["Content-Length"] = str(len(asked))
    if part is not None:
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    kind = media_type if _MEDIA_TYPE.match(media_type) else "application/octet-stream"
    status = 200 if part is None else 206
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=kind)
    whole = asked == range(size)
    pieces = _proven(asks, sha256, size) if whole else asks.evidence.open(sha256, start=asked.start, end=asked.stop)
    return StreamingResponse(pieces, status_code=status, media_type=kind, headers=headers)


def _proven(asks: Asks, sha256: str, size: int) -> Iterator[bytes]:
    """The whole file. One that is a piece or less is proven before a word is answered. The office hears of damage."""
    pieces = _told(asks, sha256, size)
    return chain([next(pieces)], pieces)


def _told(asks: Asks, sha256: str, size: int) -> Iterator[bytes]:
    try:
        yield from asks.evidence.open_whole(sha256, size=size)
    except (Damaged, NotFound):
        report_damage(asks.database, digest=sha256, at=asks.at)
        raise


def _headers(sha256: str, tag: str, file_name: str, *, in_place: bool) -> dict[str, str]:
    plain = "".join(one if one.isascii() and (one.isalnum() or one in " ._-") else "_" for one in file_name)
    how = "inline" if in_place else "attachment"
    return {
        "Content-Disposition": f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}",
        "Content-Security-Policy": IN_A_FRAME if in_place else NOWHERE,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-cache",  # it is asked each time whether they may be seen still
        "Accept-Ranges": "bytes",
        "ETag": tag,
        "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:",
    }


def _tags(header: str | None) -> frozenset[str]:
    return frozenset(one.strip().removeprefix("W/") for one in (header or "").split(","))


def answer_archive(asks: Asks, cycle: int) -> StreamingResponse:
    """The archive of this cycle, piece by piece; whoever takes it is entered in the ledger first."""
    archive = archive_of(asks.database, asks.evidence, principal=asks.principal, cycle_id=cycle)
    pieces = export_archive(
        asks.database, asks.evidence, principal=asks.principal, cycle_id=cycle, archive=archive, at=asks.at
    )
    headers = {
        "Content-Length": str(archive.size), "Content-Disposition": f'attachment; filename="cycle-{cycle}.zip"',
        "Content-Security-Policy": "sandbox; default-src 'none'", "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store", "Manifest-SHA-256": archive.sha256,
    }  # fmt: skip
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)
