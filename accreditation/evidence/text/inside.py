"""Pictures and other files inside an Office file: read by eye, or as the documents they are.

Whatever is inside is told apart by its bytes, wherever it lies: what is neither read here nor known to say nothing is
told as not searched.
"""

import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from PIL import Image

from accreditation.evidence.text import picture
from accreditation.evidence.text.bounds import Bounds, Part
from accreditation.evidence.text.captions import ANOTHER, carries_another, described
from accreditation.evidence.text.package import BROKEN, MARKUP, part

LARGEST = 100_000_000
"""Bytes of one file inside."""

EMBEDDED = "a file inside this document is not searched: send it by itself, or remove it"

_SAYS_NOTHING = re.compile(
    r"mimetype|layout-cache|(?:Configurations2|META-INF|_xmlsignatures)/.*|(?:.*/)?printerSettings/[^/]+\.bin"
    r"|(?:.*/)?[^/]+\.(?:odttf|fntdata|ttf|otf)|xl/(?:worksheets/)?customProperty\d*\.bin"
)
"""What is no picture and says nothing: fonts, how a printer is set, signatures."""

_REPLACED = re.compile(r"ObjectReplacements/(.+)")
_DRAWN = frozenset({".emf", ".wmf", ".emz", ".wmz", ".svgz", ".wdp", ".pict", ".pct", ".eps"})
_KINDS = {".docx": "docx", ".xlsx": "xlsx", ".pptx": "pptx"}

Deeper = Callable[[Path, str], Iterator[Part]]


def files_inside(package: zipfile.ZipFile, bounds: Bounds, *, deeper: Deeper | None) -> Iterator[Part]:
    """What pictures and documents in this file show and say, `deeper` for documents; what is not read is told.

    They are called by their number, as their names are anybody's.
    """
    eyes = picture.Eyes(bounds)
    pictures = files = 0
    for name in sorted(package.namelist()):
        if name.endswith("/") or MARKUP.fullmatch(name):
            continue
        suffix = PurePosixPath(name).suffix.lower()
        try:
            data = _bytes(package, name)
        except BROKEN:
            files += 1
            yield Part(label=f"file {files} inside", text="", unread=EMBEDDED)
            continue
        if suffix == ".svg":
            pictures += 1
            yield from _svg(package, name, data, label=f"picture {pictures}", bounds=bounds)
        elif _is_picture(data) or suffix in _DRAWN:
            pictures += 1
            yield from _picture(data, eyes, label=f"picture {pictures}")
        elif not _says_nothing(package, name):
            files += 1
            yield from _document(data, _KINDS.get(suffix), label=f"file {files} inside", deeper=deeper)


def _says_nothing(package: zipfile.ZipFile, name: str) -> bool:
    """Is it no file of its own: a font, or the picture of an object whose content is read?"""
    replaced = _REPLACED.fullmatch(name)
    drawn = replaced is not None and f"{replaced[1]}/content.xml" in package.namelist()
    return drawn or _SAYS_NOTHING.fullmatch(name) is not None


def _picture(data: bytes, eyes: picture.Eyes, *, label: str) -> Iterator[Part]:
    """What this picture shows, in all its frames, and what its file says of it. One that is there twice counts once."""
    if eyes.knows(sha256(data).digest()):
        return
    frames = picture.frames(io.BytesIO(data))
    hidden = ANOTHER if frames == 1 and carries_another(io.BytesIO(data)) else ""
    yield Part(label=f"{label}, its own data", text=described(io.BytesIO(data)), unread=hidden, beside=True)
    try:
        with Image.open(io.BytesIO(data)) as found:
            if not picture.can_hold_text(found.width, found.height):
                return
    except picture.FAILS:
        yield Part(label=label, text="", unread=picture.CANNOT)
        return
    for frame in range(frames):
        text, unread = eyes.read_file(io.BytesIO(data), frame=frame)
        yield Part(label=label, text=text, unread=unread)
        if unread:
            return


def _svg(package: zipfile.ZipFile, name: str, data: bytes, *, label: str, bounds: Bounds) -> Iterator[Part]:
    """What a drawing of lines says. A picture in it is not seen, nor letters that are drawn where no picture is kept.

    Word, Excel and PowerPoint, and LibreOffice too, keep a picture of every such drawing beside it, which is read.
    """
    yield from part(package, name, label=label, bounds=bounds, everything=True)
    seen = any(PurePosixPath(other).suffix.lower() in {".png", ".jpg", ".jpeg"} for other in package.namelist())
    if b"data:" in data or not seen:
        yield Part(label=label, text="", unread=picture.CANNOT)


def _document(data: bytes, kind: str | None, *, label: str, deeper: Deeper | None) -> Iterator[Part]:
    """What a document inside this one says; where it is of another kind, or too deep, that is said."""
    if kind is None or deeper is None:
        yield Part(label=label, text="", unread=EMBEDDED)
        return
    try:
        with tempfile.NamedTemporaryFile(suffix=f".{kind}") as file:
            file.write(data)
            file.flush()
            for one in deeper(Path(file.name), kind):
                lines = one.lines and replace(one.lines, named=f"{label}, {one.lines.named}")
                yield replace(one, label=f"{label}, {one.label}", lines=lines)
    except BROKEN:
        yield Part(label=label, text="", unread=EMBEDDED)


def _bytes(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise OSError("larger than what is read")
    return data


def _is_picture(data: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(data)):
            return True
    except Image.DecompressionBombError:
        return True
    except picture.FAILS:
        return False
