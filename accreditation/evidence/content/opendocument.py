"""OpenDocument (LibreOffice): which of them is it, and does it carry anything that runs or calls out?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zipfile import ZipInfo

from accreditation.evidence.content.foreign import harmful
from accreditation.evidence.content.kinds import Kind
from accreditation.evidence.content.limits import ContentLimits
from accreditation.evidence.content.links import is_remote, scheme_of
from accreditation.evidence.content.markup import ENTITIES, has_doctype, read_markup
from accreditation.evidence.content.package import Package
from accreditation.evidence.content.values import RefusedContent

MIMETYPE = "mimetype"

_BASE = "application/vnd.oasis.opendocument."
_KINDS = {
    "text": Kind.ODT,
    "text-template": Kind.ODT,
    "spreadsheet": Kind.ODS,
    "spreadsheet-template": Kind.ODS,
    "presentation": Kind.ODP,
    "presentation-template": Kind.ODP,
}

_MACROS = (
    "It carries macros or scripts (a program inside the document). Remove them (Tools, Macros), or save it as a PDF."
)
_DDE = "It asks for data from another program when it opens (DDE). Break that link, or save it as a PDF."
_OBJECT = "A foreign object is embedded ({name}). Replace it by a picture of it, or save the document as a PDF."
_REMOTE = "It fetches a part of itself from elsewhere when it opens. Insert that part, or save the document as a PDF."
_PASSWORD = "It is protected by a password. Save it without one and send that."  # noqa: S105 - says so, is none

_READ = ("content.xml", "styles.xml", "meta.xml", "settings.xml", "manifest.xml")
_CALLS = {"script", "applet", "plugin"}
_CLICKED = {"a", "control", "form", "button"}


@dataclass(slots=True)
class OpenFound:
    """What was seen in a package of OpenDocument."""

    kind: Kind | None = None
    refusals: dict[str, None] = field(default_factory=dict)

    def refuse(self, reason: str) -> None:
        """Once each, in the order found."""
        self.refusals.setdefault(reason)


def look_into_opendocument(package: Package, *, limits: ContentLimits) -> OpenFound:
    """Which document is it, and what in it is refused? Every part is unpacked once, in pieces."""
    found = OpenFound()
    named = next(one for one in package.parts if one.filename == MIMETYPE)
    said = b"".join(package.unpack(named)) if named.file_size < 200 else b""
    told = said.decode("ascii", errors="replace").strip()
    found.kind = _KINDS.get(told.removeprefix(_BASE)) if told.startswith(_BASE) else None
    if found.kind is None:
        found.refuse("It is none of the documents that evidence can be. Save it as a PDF and send that.")
        return found
    for part in package.parts:
        if part is not named and not part.is_dir():
            _read_part(package, part, found, limits)
    return found


def _read_part(package: Package, part: ZipInfo, found: OpenFound, limits: ContentLimits) -> None:
    name = part.filename
    if name.lower().startswith(("scripts/", "basic/")) and not name.endswith(("script-lc.xml", "dialog-lc.xml")):
        found.refuse(_MACROS)
    if name.lower().endswith(_READ):
        _read_xml(package, part, found, limits)
        return
    pieces = package.unpack(part)
    head = next(pieces, b"")
    if name.lower().endswith((".xml", ".rdf")) and has_doctype(head):
        raise RefusedContent(ENTITIES)
    if harmful(head) is not None or head.startswith(b"PK\x03\x04"):
        found.refuse(_OBJECT.format(name=name))
    for _ in pieces:
        pass


def _read_xml(package: Package, part: ZipInfo, found: OpenFound, limits: ContentLimits) -> None:
    def began(name: str, attributes: Mapping[str, str]) -> None:
        if name == "encryption-data":
            found.refuse(_PASSWORD)
        elif name in _CALLS or (name == "event-listener" and _runs(attributes)):
            found.refuse(_MACROS)
        elif name.startswith("dde-"):
            found.refuse(_DDE)
        target = attributes.get("href", "")
        if scheme_of(target) in ("vnd.sun.star.script", "macro", "javascript", "vbscript"):
            found.refuse(_MACROS)
        elif target and name not in _CLICKED and is_remote(target):
            found.refuse(_REMOTE)

    read_markup(package.unpack(part), limits=limits, began=began)


def _runs(attributes: Mapping[str, str]) -> bool:
    """Does an event run something? A slide show's events, which go to the next slide, have no language."""
    return "language" in attributes or attributes.get("action") in ("execute", "execute-macro", "verb")
