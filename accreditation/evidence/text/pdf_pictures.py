"""What is only to be seen on a page of a PDF: scans, pictures among its text, letters that are drawn as lines."""

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

import pypdfium2 as pdfium
from pypdfium2 import raw

from accreditation.evidence.text import picture

SCALE = 200 / 72
"""A page is drawn with 200 dots an inch to be read by eye."""

BY_THEMSELVES = 4
"""So many pictures of a page are read each as it is, with all its dots; where there are more, the page is."""

LARGEST = 16_000_000
"""Dots of a picture that is read by itself."""

PIECES = 10
"""Pictures too small to be read that may together show something: a page cut into strips, letters each a picture."""

EDGES = 9
DRAWN = 100
"""Edges of a filled shape that may be a letter, and of all of them on a page that may be ten."""

MOST_OBJECTS = 50_000
"""Objects of one page that are told apart; of more, the page is looked at as a whole."""

LAYER = 0.9
"""Which share of its text cannot be seen on a page whose text another program read from the picture over it."""

_STRANGE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_UNREADABLE = re.compile(r"(?:[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]\s?){6}")
STRANGE = 0.2
"""Which share of signs without a meaning makes a page's text no text: its fonts do not say what their signs are."""


@dataclass(slots=True)
class _Objects:
    """What there is on a page besides text that was not there on a page before."""

    any: bool = False
    pictures: list[object] = field(default_factory=list)
    pieces: int = 0
    edges: int = 0
    texts: int = 0
    unseen: int = 0
    too_many: bool = False


def seen_on(document: pdfium.PdfDocument, page: pdfium.PdfPage, written: str, eyes: picture.Eyes) -> tuple[str, str]:
    """What is to be seen on this page and not `written`, and why it could not be read (empty where it could).

    What was on a page before, as a letterhead is on each, is looked at once.
    """
    found = _found(page, eyes)
    said = "".join(written.split())
    if not said:
        texts, unread = [_whole(page, eyes, found)] if found.any else [], ""
    elif _UNREADABLE.search(written) or len(_STRANGE.findall(said)) > STRANGE * len(said) or _as_a_whole(found):
        texts = [_whole(page, eyes, found)]
    else:
        texts = [_by_itself(document, page, one, eyes) for one in found.pictures]
    unread = next((why for _, why in texts if why), "")
    if unread == picture.TOO_MANY and found.unseen > LAYER * found.texts:
        unread = ""  # a scan beyond those that are read, whose text another program has read
    return _new("\n".join(text for text, _ in texts), said), unread


def _as_a_whole(found: _Objects) -> bool:
    return found.too_many or len(found.pictures) > BY_THEMSELVES or found.pieces >= PIECES or found.edges >= DRAWN


def _new(seen: str, said: str) -> str:
    """The lines that are seen and do not stand in the page's text."""
    return "\n".join(line for line in seen.split("\n") if "".join(line.split()) not in said)


def _found(page: pdfium.PdfPage, eyes: picture.Eyes) -> _Objects:
    found = _Objects()
    for number, one in enumerate(_objects(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)):
        if number >= MOST_OBJECTS:
            found.any = found.too_many = True
            break
        kind = raw.FPDFPageObj_GetType(one)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            found.any = True
            found.texts += 1
            found.unseen += raw.FPDFTextObj_GetTextRenderMode(one) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            _add_picture(found, one, eyes)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            _add_shape(found, one, eyes)
        else:
            found.any = True
    return found


def _objects(owner: object, count: Callable[..., int], get: Callable[..., object], depth: int = 0) -> Iterator[object]:
    """The objects of a page, and those within forms, as deep as they are drawn."""
    for number in range(max(0, count(owner))):
        one = get(owner, number)
        if not one:
            continue
        if raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_FORM and depth < 30:
            yield from _objects(one, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, depth + 1)
        else:
            yield one


def _add_picture(found: _Objects, one: object, eyes: picture.Eyes) -> None:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(one, width, height)
    size = raw.FPDFImageObj_GetImageDataRaw(one, None, 0)
    held = (ctypes.c_ubyte * size)()
    raw.FPDFImageObj_GetImageDataRaw(one, held, size)
    if eyes.knows((width.value, height.value, sha256(held).digest())):
        return
    found.any = True
    if width.value * height.value > LARGEST:
        found.too_many = True
    elif picture.can_hold_text(width.value, height.value):
        found.pictures.append(one)
    else:
        found.pieces += 1


def _add_shape(found: _Objects, one: object, eyes: picture.Eyes) -> None:
    edges = raw.FPDFPath_CountSegments(one)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(one, fill, stroke)
    if edges < EDGES or not fill.value:
        found.any = True
        return
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(one, *sides)
    if not eyes.knows((edges, *(round(side.value) for side in sides))):
        found.any = True
        found.edges += edges


def _whole(page: pdfium.PdfPage, eyes: picture.Eyes, found: _Objects) -> tuple[str, str]:
    """The page as it is drawn."""
    width, height = page.get_size()
    scale = min(1.5 * SCALE if found.pictures else SCALE, picture.WIDEST / max(1.0, width, height))
    return eyes.read(page.render(scale=scale, grayscale=True).to_pil())


def _by_itself(document: pdfium.PdfDocument, page: pdfium.PdfPage, one: object, eyes: picture.Eyes) -> tuple[str, str]:
    """One picture with all its dots, as it lies on the page."""
    try:
        drawn = pdfium.PdfImage(one, page=page, pdf=document).get_bitmap(render=True).to_pil()
    except (pdfium.PdfiumError, ZeroDivisionError, ValueError):
        return "", picture.CANNOT
    turned = page.get_rotation()
    return eyes.read(drawn.rotate(-turned, expand=True) if turned else drawn)
