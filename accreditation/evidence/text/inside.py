"""Pictures and other files inside an Office file: read by eye, or as the documents they are."""

import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from PIL import Image

from accreditation.evidence.text import picture
from accreditation.evidence.text.bounds import Bounds, Part
from accreditation.evidence.text.package import BROKEN

TELLING = 60_000
"""Pixels of a picture that may hold text worth reading; smaller ones are bullets and logos."""

SURELY = 400_000
"""Pixels of a picture of which it is said that it was not read, where pictures cannot be read at all."""

LARGEST = 100_000_000
"""Bytes of one file inside."""

EMBEDDED = "a file inside this document is not searched: send it by itself, or remove it"

_PICTURES = re.compile(r"(?:word|xl|ppt)/media/[^/]+|Pictures/[^/]+")
_DOCUMENTS = re.compile(r"(?:word|xl|ppt)/embeddings/[^/]+|Object \d+/content\.xml")
_KINDS = {".docx": "docx", ".xlsx": "xlsx", ".pptx": "pptx"}

Deeper = Callable[[Path, str], Iterator[Part]]


def pictures_inside(package: zipfile.ZipFile, bounds: Bounds) -> Iterator[Part]:
    """What the pictures in this file show, those that are large enough to show text."""
    left = bounds.pictures
    for name in sorted(package.namelist()):
        if not _PICTURES.fullmatch(name):
            continue
        label = f"picture {PurePosixPath(name).name}"
        try:
            data = io.BytesIO(_bytes(package, name))
            size = _size(data)
        except BROKEN:
            yield Part(label=label, text="", unread=picture.CANNOT)
            continue
        if size < (TELLING if picture.reader() else SURELY):
            continue
        left -= 1
        text, unread = picture.read_file(data, seconds=bounds.seconds) if left >= 0 else ("", picture.TOO_MANY)
        yield Part(label=label, text=text, unread=unread)
        if left < 0:
            return


def documents_inside(package: zipfile.ZipFile, *, deeper: Deeper | None) -> Iterator[Part]:
    """What documents inside this one say, by `deeper`; where they are of another kind, or too deep, that is said."""
    for name in sorted(package.namelist()):
        if not _DOCUMENTS.fullmatch(name):
            continue
        label = f"inside: {PurePosixPath(name).name}"
        kind = _KINDS.get(PurePosixPath(name).suffix.lower())
        if kind is None or deeper is None:
            yield Part(label=label, text="", unread=EMBEDDED)
            continue
        try:
            with tempfile.NamedTemporaryFile(suffix=f".{kind}") as file:
                file.write(_bytes(package, name))
                file.flush()
                for part in deeper(Path(file.name), kind):
                    yield Part(label=f"{label}, {part.label}", text=part.text, unread=part.unread)
        except BROKEN:
            yield Part(label=label, text="", unread=EMBEDDED)


def _bytes(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise OSError("larger than what is read")
    return data


def _size(data: io.BytesIO) -> int:
    """Pixels of the picture; 0 where it is none (a drawing of lines, which Tesseract does not read)."""
    try:
        with Image.open(data) as found:
            return found.width * found.height
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 0
    finally:
        data.seek(0)
