"""The text of a PDF: every page with its comments and form fields, what is only to be seen, and its properties."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from accreditation.evidence.content.values import RefusedContent
from accreditation.evidence.text.bounds import Bounds, Part, lines_in_parts
from accreditation.evidence.text.pdf_pictures import seen_on
from accreditation.evidence.text.pdf_words import words_of
from accreditation.evidence.text.picture import Eyes

LONGEST = 20_000
"""Characters of one comment or form field."""

LABEL = 60
"""Characters before a field in its line that say what it holds."""

CANNOT = "this page could not be read: look yourself whether it shows a patient, or save the document again"
ATTACHED = "another file is attached to this PDF, and is not searched: send it by itself, or remove it"
OBJECTS = "what its objects say could not be read: print it as a PDF and send that"

_SHOWN = 4
_HIDDEN = 2
"""How an annotation is marked: to be printed, and not to be shown."""


def pdf_parts(path: Path, bounds: Bounds) -> Iterator[Part]:
    """What this document says, page by page, then its properties, what is attached, and what else its objects say."""
    try:
        document = pdfium.PdfDocument(path)
    except (pdfium.PdfiumError, OSError):
        yield Part(label="the document", text="", unread=CANNOT)
        return
    said: set[str] = set()
    try:
        if document.get_formtype() == raw.FORMTYPE_ACRO_FORM:
            document.init_forms()
        eyes = Eyes(bounds)
        for number in range(len(document)):
            yield _page(document, number, eyes, said)
        properties = list(document.get_metadata_dict(skip_empty=True).values())
        said.update(map(_bare, properties))
        yield Part(label="document properties", text="\n".join(properties), beside=True)
        if document.count_attachments():
            yield Part(label="attached files", text="", unread=ATTACHED)
    finally:
        document.close()
    yield from _besides(path, said, bounds)


def _besides(path: Path, said: set[str], bounds: Bounds) -> Iterator[Part]:
    """What else its objects say: bookmarks, links, names of fields, what programs keep."""
    try:
        words = dict.fromkeys(word for word in words_of(path) if _bare(word) not in said)
    except (RefusedContent, ValueError, OSError):
        yield Part(label="bookmarks, links and names", text="", unread=OBJECTS)
        return
    for part in lines_in_parts(words, named="bookmarks, links and names", bounds=bounds):
        yield replace(part, label="bookmarks, links and names", beside=True, lines=None)


def _bare(text: str) -> str:
    return "".join(text.split())


def _page(document: pdfium.PdfDocument, number: int, eyes: Eyes, said: set[str]) -> Part:
    label = f"page {number + 1}"
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return Part(label=label, text="", unread=CANNOT)
    try:
        noted = _noted(page) if raw.FPDFPage_GetAnnotCount(page) > 0 else []
        said.update(_bare(text) for _, text in noted)
        if raw.FPDFPage_GetAnnotCount(page) > 0 and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == 1:
            page.close()
            page = document[number]
        written = _written(page)
        seen, unread = seen_on(document, page, written, eyes)
        told = [f"{before}{text}" for before, text in noted]
        return Part(label=label, text="\n".join([written, *told, *([seen] if seen.strip() else [])]), unread=unread)
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


def _noted(page: pdfium.PdfPage) -> list[tuple[str, str]]:
    """What stands in comments and form fields, each with what it is called; and what else is shown is made visible.

    All that an annotation shows is drawn onto the page afterwards: stamps and notes are often nothing but a drawing.
    Of what was read here the drawing is left out.
    """
    found: list[tuple[str, str]] = []
    text = page.get_textpage()
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if annotation:
            told = _field(page, text, annotation) or [("", _string(annotation, b"Contents"))]
            told = [(before, words) for before, words in told if words.strip()]
            found += told
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            drawn = bool(told) and kind in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT)
            raw.FPDFAnnot_SetFlags(annotation, _HIDDEN if drawn else _SHOWN)
            raw.FPDFPage_CloseAnnot(annotation)
    text.close()
    return found


def _field(page: pdfium.PdfPage, text: pdfium.PdfTextPage, annotation: object) -> list[tuple[str, str]]:
    """What a field of a form holds, after the words that stand before it and its own name; nothing where it is none."""
    if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_WIDGET:
        return []
    box = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, box)
    printed = text.get_text_bounded(left=0, bottom=box.bottom, right=max(0.0, box.left), top=box.top)
    value, name = _string(annotation, b"V"), _string(annotation, b"TU") or _string(annotation, b"T")
    if page.formenv is not None:
        value = _of_field(raw.FPDFAnnot_GetFormFieldValue, page, annotation) or value
        name = name or _of_field(raw.FPDFAnnot_GetFormFieldName, page, annotation)
    before = " ".join(f"{' '.join(printed.split())[-LABEL:]} {name}".split())
    return [(f"{before}: " if before else "", value)]


def _of_field(ask: Callable[..., int], page: pdfium.PdfPage, annotation: object) -> str:
    return _asked(lambda held, size: ask(page.formenv, annotation, held, size))


def _string(annotation: object, key: bytes) -> str:
    return _asked(lambda held, size: raw.FPDFAnnot_GetStringValue(annotation, key, held, size))


def _asked(ask: Callable[[object, int], int]) -> str:
    """A text of PDFium, which is asked for its size first."""
    size = min(ask(None, 0), 2 * LONGEST)
    if size <= 2:
        return ""
    held = ctypes.create_string_buffer(size)
    ask(ctypes.cast(held, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return held.raw.decode("utf-16-le", errors="replace").rstrip("\0")
