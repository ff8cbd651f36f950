"""What does this document say? Whatever its kind, as numbered pages that a person would find again."""

import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from accreditation.evidence.text import picture
from accreditation.evidence.text.bounds import Bounds, Part, numbered
from accreditation.evidence.text.captions import ANOTHER, carries_another, described
from accreditation.evidence.text.inside import files_inside
from accreditation.evidence.text.open_document import open_document_parts
from accreditation.evidence.text.package import BROKEN, UNREADABLE
from accreditation.evidence.text.plain import table_parts, text_parts
from accreditation.evidence.text.sheets import sheet_parts
from accreditation.evidence.text.slides import slide_parts
from accreditation.evidence.text.word import word_parts
from accreditation.rules.identifiers import Page

_PICTURES = frozenset({"png", "jpeg", "gif", "webp", "tiff", "heic"})
_PACKAGES: dict[str, Callable[[Path, zipfile.ZipFile, Bounds], Iterator[Part]]] = {
    "docx": lambda _, package, bounds: word_parts(package, bounds),
    "pptx": lambda _, package, bounds: slide_parts(package, bounds),
    "xlsx": sheet_parts,
    "odt": lambda _, package, bounds: open_document_parts(package, places="", bounds=bounds),
    "odp": lambda _, package, bounds: open_document_parts(package, places="page", bounds=bounds),
    "ods": lambda _, package, bounds: open_document_parts(package, places="table", bounds=bounds),
}
KINDS = frozenset({"pdf", "txt", "csv", *_PACKAGES, *_PICTURES})
"""The kinds of files whose text is read."""


def pages_of(path: Path, *, kind: str, bounds: Bounds | None = None) -> Iterator[Page]:
    """What does this file say, page by page? `kind` is what it is by its bytes, one of KINDS; ValueError otherwise.

    A page of which something could not be read says so in `unread`, in words for the team: a scan where no reader of
    pictures is installed, a damaged part, what is over the bounds. Nothing is passed over without that. A file without
    any text gives no pages.
    """
    bounds = bounds or Bounds()
    if kind not in KINDS:
        raise ValueError(f"{kind} is no kind of file whose text is read")
    return numbered(_parts(path, kind, bounds), bounds)


def _parts(path: Path, kind: str, bounds: Bounds, *, inside: bool = False) -> Iterator[Part]:
    if kind == "pdf":
        from accreditation.evidence.text.pdf import pdf_parts  # noqa: PLC0415 - PDFium is loaded where there is a PDF

        return pdf_parts(path, bounds)
    if kind == "txt":
        return text_parts(path, bounds)
    if kind == "csv":
        return table_parts(path, bounds)
    if kind in _PICTURES:
        return _picture_parts(path, bounds)
    return _package_parts(path, kind, bounds, inside)


def _picture_parts(path: Path, bounds: Bounds) -> Iterator[Part]:
    many = picture.frames(path)
    eyes = picture.Eyes(bounds)
    for frame in range(many):
        text, unread = eyes.read_file(path, frame=frame)
        label = f"picture {frame + 1}" if many > 1 else "the picture"
        if unread == picture.TOO_MANY:
            yield Part(label=f"{label} and all after it", text="", unread=unread)
            break
        yield Part(label=label, text=text, unread=unread)
    hidden = ANOTHER if many == 1 and carries_another(path) else ""
    yield Part(label="the picture's own data", text=described(path), unread=hidden, beside=True)


def _package_parts(path: Path, kind: str, bounds: Bounds, inside: bool) -> Iterator[Part]:
    try:
        with zipfile.ZipFile(path) as package:
            yield from _PACKAGES[kind](path, package, bounds)
            deeper = None if inside else partial(_inside, bounds=bounds)
            yield from files_inside(package, bounds, deeper=deeper)
    except BROKEN:
        yield Part(label="the document", text="", unread=UNREADABLE)


def _inside(path: Path, kind: str, *, bounds: Bounds) -> Iterator[Part]:
    return _parts(path, kind, bounds, inside=True)
