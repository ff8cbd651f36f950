"""Pictures: whole, of a size that fits in memory, and nothing but a picture from the first byte to the last."""

import struct
import warnings
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from accreditation.evidence.content.kinds import Kind
from accreditation.evidence.content.limits import ContentLimits
from accreditation.evidence.content.searching import first_of

_SIGNS = (
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"II*\x00", Kind.TIFF),
    (b"MM\x00*", Kind.TIFF),
)

_HIDDEN = (
    (b"<script", "a web page"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?php", "a program"),
    (b"%pdf-1.", "a PDF"),
    (b"rar!\x1a\x07", "an archive"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
)
"""What a picture may not contain; compared in lower case. Each is long enough that chance does not write it."""

_TWO = "It is a picture and {what} in one file. Open the picture, save it under a new name and send that."
_DAMAGED = "The picture is damaged or cut off. Open it, save it again and send that; or take it again."


def picture_kind(head: bytes) -> Kind | None:
    """Which picture begins so?"""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    return next((kind for sign, kind in _SIGNS if head.startswith(sign)), None)


def look_at_picture(path: Path, *, kind: Kind, limits: ContentLimits) -> list[str]:
    """Why may this picture not come in? It is decoded once; its size was read first."""
    hidden = first_of(path, [sign for sign, _ in _HIDDEN])
    if hidden is not None:
        return [_TWO.format(what=dict(_HIDDEN)[hidden])]
    if kind is Kind.PNG and (behind := _behind_png(path)):
        return [
            f"{behind:,} bytes stand behind the picture's end: something hidden, or what was cropped away and is still "
            "there. Open it, save it under a new name and send that."
        ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of metadata that a camera wrote badly; the size is judged here
        return _decoded(path, kind, limits)


def _decoded(path: Path, kind: Kind, limits: ContentLimits) -> list[str]:
    Image.MAX_IMAGE_PIXELS = None  # ours is the limit, and refuses before anything is decoded
    try:
        with Image.open(path, formats=[kind.value.upper()]) as picture:
            width, height = picture.size
            if width * height > limits.pixels:
                return [
                    f"The picture has {width:,} x {height:,} points, and {limits.pixels:,} points are accepted. Make "
                    "it smaller and send that."
                ]
            frames = getattr(picture, "n_frames", 1)
            if frames > limits.frames:
                return [
                    f"It holds {frames:,} pictures, and {limits.frames:,} are accepted. Send them in several files."
                ]
            if kind is Kind.JPEG:
                picture.draft("L", (max(1, width // 8), max(1, height // 8)))  # read whole, kept small
            picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error, EOFError, TypeError, KeyError):
        return [_DAMAGED]
    return []


def _behind_png(path: Path) -> int:
    """How many bytes stand behind the last chunk? 0 as well where the chunks do not add up: decoding says so."""
    size = path.stat().st_size
    at = 8
    with path.open("rb") as file:
        while at + 12 <= size:
            file.seek(at)
            length: int
            name: bytes
            length, name = struct.unpack(">I4s", file.read(8))
            at += 12 + length
            if name == b"IEND":
                return max(0, size - at)
    return 0
