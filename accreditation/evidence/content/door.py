"""What a file's name and its first bytes show already: why it can never come in, said before the rest of it is sent."""

from collections.abc import Set

from accreditation.evidence.content.foreign import OLE, foreign, ole
from accreditation.evidence.content.kinds import Kind, ending_of
from accreditation.evidence.content.pictures import picture_kind

HEAD = 64 * 1024
"""So many first bytes are looked at."""

PACKAGES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
"""How what is packed begins: documents of Office and OpenDocument, and archives."""

_PDF = b"%PDF-"
_BINARY = (_PDF, *PACKAGES)

_PROGRAMS = (
    ".app .bat .cmd .com .cpl .dll .exe .hta .inf .ins .iso .jar .js .jse .lnk .msc .msi .msp .pif .ps1 .ps2 .psc1 .py "
    ".reg .scf .scr .sh .sys .url .vb .vbe .vbs .wsc .wsf .wsh "
)
"""Endings that a computer runs at a double click, whatever the bytes are."""

_WITHOUT_MACROS = {
    "docm": "docx", "dotm": "docx", "xlsm": "xlsx", "xltm": "xlsx", "xlam": "xlsx", "pptm": "pptx", "potm": "pptx",
    "ppsm": "pptx", "ppam": "pptx", "sldm": "pptx",
}  # fmt: skip
"""Endings that say that a document carries macros -> the ending of one without."""


def refused_by_name(file_name: str) -> str | None:
    """Why may nothing of this name come in, whatever its bytes are? None where the name does not speak against it."""
    ending = ending_of(file_name)
    if ending and f".{ending} " in _PROGRAMS:
        return f"Its name ends as a program's does (.{ending}). If it is a document, give it its own ending again."
    if ending in _WITHOUT_MACROS:
        return f"Its name says that it carries macros (.{ending}). Save it without them, as .{_WITHOUT_MACROS[ending]}."
    return None


def refused_by_head(head: bytes, *, kinds: Set[Kind]) -> str | None:
    """Why may nothing that begins so be evidence where these kinds are taken? None where it is to be seen whole."""
    reason = two_in_one(head)
    if reason is not None or head.startswith(PACKAGES):
        return reason
    kind = Kind.PDF if head.startswith(_PDF) else picture_kind(head)
    if kind is not None:
        return not_taken(kind, kinds)
    return ole(head) if head.startswith(OLE) else foreign(head)


def two_in_one(head: bytes) -> str | None:
    """Why may nothing that begins so come in, as it is two things in one? None where it is not."""
    if _PDF in head[1:1024] and not head.startswith(_PDF):
        return "A PDF does not begin at its first byte: something stands before it. Print it as a PDF and send that."
    if head.startswith(_BINARY) and any(
        word in head[:1024].lower() for word in (b"<script", b"<html", b"<!doctype html")
    ):
        return "It is a web page as well as what it says it is. Open it, save it under a new name and send that."
    return None


def not_taken(kind: Kind, kinds: Set[Kind]) -> str | None:
    """Why may no file of this kind come in where these are taken? None where it is one of them."""
    if kind in kinds:
        return None
    taken = ", ".join(sorted(one.value for one in kinds))
    return f"It is {kind.words}, and what is accepted here is: {taken}. Save it as one of these and send that."
