"""The text of a PDF: every page with its comments and form fields, pages that are only a picture, its properties."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from accreditation.evidence.text import picture
from accreditation.evidence.text.bounds import Bounds, Part

FEW = 200
"""Characters of a page; with fewer, a picture that covers much of the page is what it says."""

MUCH = 0.25
"""How much of a page a picture covers that may be a scan of it."""

STRANGE = 0.2
"""Which share of signs without a meaning makes a page's text no text: its fonts do not say what their signs are."""

SCALE = 200 / 72
"""A page is drawn with 200 dots an inch to be read by eye."""

LONGEST = 20_000
"""Characters of one comment or form field."""

CANNOT = "this page could not be read: look yourself whether it shows a patient, or save the document again"
ATTACHED = "another file is attached to this PDF, and is not searched: send it by itself, or remove it"


@dataclass
class _Pictures:
    """How many pictures may still be read."""

    left: int


def pdf_parts(path: Path, bounds: Bounds) -> Iterator[Part]:
    """What this document says, page by page, then its properties and what is attached to it."""
    try:
        document = pdfium.PdfDocument(path)
    except (pdfium.PdfiumError, OSError):
        yield Part(label="the document", text="", unread=CANNOT)
        return
    try:
        pictures = _Pictures(left=bounds.pictures)
        for number in range(len(document)):
            yield _page(document, number, bounds, pictures)
        properties = "\n".join(value for value in document.get_metadata_dict(skip_empty=True).values())
        yield Part(label="document properties", text=properties)
        if document.count_attachments():
            yield Part(label="attached files", text="", unread=ATTACHED)
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, number: int, bounds: Bounds, pictures: _Pictures) -> Part:
    label = f"page {number + 1}"
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return Part(label=label, text="", unread=CANNOT)
    try:
        written = _written(page)
        text = "\n".join([written, *_noted(page)])
        if not _to_be_seen(page, written):
            return Part(label=label, text=text)
        seen, unread = _seen(page, bounds, pictures)
        return Part(label=label, text=f"{text}\n{seen}", unread=unread)
    except (pdfium.PdfiumError, MemoryError):
        return Part(label=label, text="", unread=CANNOT)
    finally:
        page.close()


def _written(page: pdfium.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range()).replace("￾", "")
    finally:
        text.close()


def _noted(page: pdfium.PdfPage) -> list[str]:
    """What stands in comments and form fields."""
    found = []
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if annotation:
            found += [text for key in (b"Contents", b"V", b"TU") if (text := _string(annotation, key)).strip()]
            raw.FPDFPage_CloseAnnot(annotation)
    return found


def _string(annotation: object, key: bytes) -> str:
    size = min(raw.FPDFAnnot_GetStringValue(annotation, key, None, 0), 2 * LONGEST)
    if size <= 2:
        return ""
    held = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(held, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return held.raw.decode("utf-16-le", errors="replace").rstrip("\0")


def _to_be_seen(page: pdfium.PdfPage, written: str) -> bool:
    """Is what this page says only to be seen: a scan, drawn letters, fonts whose signs mean nothing?"""
    said = "".join(written.split())
    if not said:
        return next(page.get_objects(max_depth=2), None) is not None
    strange = sum(sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" or sign < " " for sign in said)
    return strange > STRANGE * len(said) or (len(said) < FEW and _covered(page) > MUCH)


def _covered(page: pdfium.PdfPage) -> float:
    """Which share of the page is covered by its largest picture?"""
    width, height = page.get_size()
    largest = 0.0
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        largest = max(largest, abs(right - left) * abs(top - bottom))
    return largest / max(1.0, float(width * height))


def _seen(page: pdfium.PdfPage, bounds: Bounds, pictures: _Pictures) -> tuple[str, str]:
    if pictures.left <= 0:
        return "", picture.TOO_MANY
    if picture.reader() is None:
        return "", picture.NO_READER
    pictures.left -= 1
    width, height = page.get_size()
    scale = min(SCALE, picture.WIDEST / max(1.0, width, height))
    return picture.read_picture(page.render(scale=scale, grayscale=True).to_pil(), seconds=bounds.seconds)
