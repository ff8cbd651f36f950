"""PDF: whole, open to everybody, and nothing in it that runs, calls out, or carries another file.

What runs is named in its objects, and those may stand in compressed streams: every stream is unpacked, in pieces,
and searched. A name may be written with its letters as numbers (/J#61vaScript): the search knows that.
"""

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2

from accreditation.evidence.content.limits import ContentLimits
from accreditation.evidence.content.package import ends_as_package
from accreditation.evidence.content.pdf_streams import HIDES, Budget, Stream, streams, unpacked
from accreditation.evidence.content.values import RefusedContent

_PRINT = "Open it and print it as a PDF (Microsoft Print to PDF, Save as PDF), which leaves that out, and send that."

_ATTACHED = "Another file is attached inside it. Take it out, send it by itself, and print this one as a PDF."
_ACTIONS = {
    b"JavaScript": f"It contains a program (JavaScript). {_PRINT}",
    b"Launch": f"It starts a program on the reader's machine. {_PRINT}",
    b"EmbeddedFile": _ATTACHED,
    b"FileAttachment": _ATTACHED,
    b"EF": _ATTACHED,
    b"XFA": f"It is a dynamic form (XFA), whose content is not in its pages. {_PRINT}",
    b"SubmitForm": f"It sends what is filled in to somebody's server. {_PRINT}",
    b"ImportData": f"It reads a file of the reader's machine. {_PRINT}",
    b"GoToE": f"It opens a file that is hidden in it. {_PRINT}",
    b"RichMedia": f"It contains a film or a program (rich media). {_PRINT}",
}

_WHITE = rb"[\x00\t\n\f\r ]*"
_ENDS = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)"


def _escaped(name: bytes) -> bytes:
    """A pattern for a name, each letter as it is or as its number."""
    return b"".join(b"(?:%s|#%02x|#%02X)" % (re.escape(bytes([one])), one, one) for one in name)


_VALUE = rb"(?=\[[\x00\t\n\f\r ]*[(<\d]|\d{1,10}[\x00\t\n\f\r ]+\d{1,5}[\x00\t\n\f\r ]+R)"
_FILES = b"<<" + _WHITE + b"/(?:UF|F|DOS|Mac|Unix)" + _ENDS
_FOLLOWED = {b"XFA": _WHITE + _VALUE, b"EF": _WHITE + _FILES}
"""What must follow a short name: it is written by chance in a large picture."""

_NAMES = re.compile(
    b"/(?:" + b"|".join(b"(%s)" % (_escaped(name) + _FOLLOWED.get(name, b"s?" + _ENDS)) for name in _ACTIONS) + b")"
)
_ELSEWHERE = re.compile(b"/" + _escaped(b"GoToR") + _ENDS)
_SHARE = re.compile(rb"\([\x00\t\n\f\r ]*(?:\\\\|//|[A-Za-z]{3,5}://)")
_OPENS = re.compile(
    b"/"
    + _escaped(b"OpenAction")
    + _WHITE
    + rb"(?:(\d{1,10})[\x00\t\n\f\r ]+\d{1,5}[\x00\t\n\f\r ]+R|<<([^>]{0,2000})>>)"
)
_ADDRESS = re.compile(b"/" + _escaped(b"S") + _WHITE + b"/" + _escaped(b"URI") + _ENDS)

_ANOTHER = re.compile(rb"%%EOF.{0,64}?%PDF-", re.DOTALL)

_OBJECT = 2_000
"""How many bytes of an object are searched for its action: it has a hundred."""

_VERSIONS = 1_000
"""How often a file may write one object anew: each saving of a change does so once."""

_ENCRYPTED = "It is protected by a password, or against copying. Open it with its password and print it as a PDF."
_DAMAGED = "The PDF is damaged or cut off. Print or save it again and send that."
_OPENS_PAGE = f"It calls a web address when it opens. {_PRINT}"


@dataclass(slots=True)
class _Seen:
    """What the search has come across."""

    names: dict[bytes, None] = field(default_factory=dict)
    opened: set[int] = field(default_factory=set)
    address: bool = False
    elsewhere: bool = False

    def search(self, piece: bytes | mmap.mmap) -> None:
        for found in _NAMES.finditer(piece):
            number = next(index for index, group in enumerate(found.groups()) if group is not None)
            self.names.setdefault(list(_ACTIONS)[number])
        for found in _ELSEWHERE.finditer(piece):
            self.elsewhere |= _SHARE.search(piece[max(0, found.start() - 500) : found.end() + 500]) is not None
        for found in _OPENS.finditer(piece):
            if found[1]:
                self.opened.add(int(found[1]))
            elif _ADDRESS.search(found[2]):
                self.address = True


def look_at_pdf(path: Path, *, limits: ContentLimits) -> list[str]:
    """Why may this PDF not come in? Its bytes and streams are searched, then it is opened as a reader would."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)  # closed by nobody: a search may still hold it
    if ends_as_package(mapped[-66_000:]):
        return ["It is a PDF and an archive in one file. Print it as a PDF and send that."]
    if _ANOTHER.search(mapped):
        return ["It is two PDFs in one file, and readers differ in which they show. Print it as a PDF and send that."]
    refusals: list[str] = []
    if mapped.rfind(b"%%EOF") < max(0, len(mapped) - 2048):
        refusals.append("Something stands behind its end, or it is cut off. Print it as a PDF and send that.")
    seen = _Seen()
    seen.search(mapped)
    budget = Budget(limits=limits)
    bodies = [body for stream in streams(mapped, limits=limits) for body in _searched(mapped, stream, seen, budget)]
    refusals += list(dict.fromkeys(_ACTIONS[name] for name in seen.names))
    if seen.elsewhere:
        refusals.append(f"It opens a file on another machine. {_PRINT}")
    if seen.address or any(_calls(mapped, bodies, number) for number in seen.opened):
        refusals.append(_OPENS_PAGE)
    return list(dict.fromkeys(refusals + _opened(path, limits)))


def _searched(mapped: mmap.mmap, stream: Stream, seen: _Seen, budget: Budget) -> Iterator[bytes]:
    """Search one stream; give back those that hold objects, whole, to follow references into them."""
    kept = bytearray()
    last = b""
    for piece in unpacked(mapped, stream, budget=budget):
        seen.search(last + piece)
        last = piece[-200:]
        if stream.objects:
            kept += piece
    if kept:
        yield bytes(kept)


def _calls(mapped: mmap.mmap, bodies: list[bytes], number: int) -> bool:
    """Is the object of this number an action that calls a web address? A file may have it several times over."""
    written = re.compile(rb"(?<!\d)%d[\x00\t\n\f\r ]{1,20}\d{1,5}[\x00\t\n\f\r ]{1,20}obj" % number)
    for times, found in enumerate(written.finditer(mapped)):
        if times >= _VERSIONS:
            raise RefusedContent(HIDES)
        if _ADDRESS.search(mapped[found.end() : found.end() + _OBJECT].split(b"endobj")[0]):
            return True
    return any(_ADDRESS.search(one) for body in bodies for one in _numbered(body, number))


def _numbered(body: bytes, number: int) -> Iterator[bytes]:
    """The text of one object in a stream of objects: pairs of number and place stand first, then the objects."""
    pairs = re.match(rb"[\s\x00]*((?:\d{1,10}[\s\x00]+\d{1,10}[\s\x00]+)+)", body)
    if pairs is None:
        return
    figures = [int(one) for one in pairs[1].split()]
    for at, place in zip(figures[::2], figures[1::2], strict=False):
        if at == number:
            yield body[pairs.end() + place : pairs.end() + place + _OBJECT]


def _opened(path: Path, limits: ContentLimits) -> list[str]:
    """What a reader says when it opens it."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        return [_ENCRYPTED if "assword" in str(error) or "ecurity" in str(error) else _DAMAGED]
    try:
        if pypdfium2.raw.FPDF_GetSecurityHandlerRevision(document) != -1:
            return [_ENCRYPTED]
        if document.get_formtype() in (pypdfium2.raw.FORMTYPE_XFA_FULL, pypdfium2.raw.FORMTYPE_XFA_FOREGROUND):
            return [_ACTIONS[b"XFA"]]
        if pypdfium2.raw.FPDFDoc_GetAttachmentCount(document) > 0:
            return [_ACTIONS[b"EmbeddedFile"]]
        if pypdfium2.raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
            return [_ACTIONS[b"JavaScript"]]
        if len(document) > limits.pages:
            return [f"It has {len(document):,} pages, and {limits.pages:,} are accepted. Divide it and send the parts."]
        return [] if len(document) else [_DAMAGED]
    finally:
        document.close()
