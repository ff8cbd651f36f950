"""Word, Excel and PowerPoint (OOXML): which of them is it, and does it carry anything that runs or calls out?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from zipfile import ZipInfo

from accreditation.evidence.content.foreign import harmful
from accreditation.evidence.content.kinds import Kind
from accreditation.evidence.content.limits import ContentLimits
from accreditation.evidence.content.links import link_refusal
from accreditation.evidence.content.markup import ENTITIES, has_doctype, read_markup
from accreditation.evidence.content.package import Package
from accreditation.evidence.content.values import RefusedContent

TYPES = "[Content_Types].xml"

MACROS = (
    "It carries macros (a program inside the document). Save it as {kind} without macros, or as a PDF, and send that."
)
_OBJECT = "A foreign object is embedded ({name}). Replace it by a picture of it, or save the document as a PDF."
_DDE = "It asks for data from another program when it opens (DDE). Remove that field or link, or save it as a PDF."

_MAIN = (
    ("wordprocessingml.document.main+xml", Kind.DOCX),
    ("wordprocessingml.template.main+xml", Kind.DOCX),
    ("spreadsheetml.sheet.main+xml", Kind.XLSX),
    ("spreadsheetml.template.main+xml", Kind.XLSX),
    ("presentationml.presentation.main+xml", Kind.PPTX),
    ("presentationml.slideshow.main+xml", Kind.PPTX),
    ("presentationml.template.main+xml", Kind.PPTX),
)
"""How the main part of each kind is declared, templates and slide shows among them."""

_PLAIN_SUFFIX = {Kind.DOCX: ".docx", Kind.XLSX: ".xlsx", Kind.PPTX: ".pptx"}

_RUNS = (
    "macroenabled",
    "vbaproject",
    "vbadata",
    "macrosheet",
    "intlmacrosheet",
    "dialogsheet",
    "activex",
    "control+xml",
)
"""Words in a declared type or a relation that say: something runs here."""

_PACKED_DRAWINGS = (".emz", ".wmz", ".svgz")
"""Drawings that Office itself packs with gzip."""

_EMBEDDED = (".xlsx", ".docx", ".pptx")


@dataclass(slots=True)
class OfficeFound:
    """What was seen in a package of Office."""

    kind: Kind | None = None
    refusals: dict[str, None] = field(default_factory=dict)
    inner: int = 0

    def refuse(self, reason: str) -> None:
        """Once each, in the order found."""
        self.refusals.setdefault(reason)


def look_into_office(package: Package, *, limits: ContentLimits, depth: int = 0) -> OfficeFound:
    """Which document is it, and what in it is refused? Every part is unpacked once, in pieces."""
    found = OfficeFound()
    types = next(one for one in package.parts if one.filename == TYPES)
    _read_types(package, types, found, limits)
    for part in package.parts:
        if part is not types and not part.is_dir():
            _read_part(package, part, found, limits, depth)
    if found.kind is None and not found.refusals:
        found.refuse("It is an Office package, but no document of Word, Excel or PowerPoint. Save it as a PDF.")
    return found


def _read_types(package: Package, part: ZipInfo, found: OfficeFound, limits: ContentLimits) -> None:
    """Which kind the list of types declares, and whether anything in it runs."""
    mains: list[Kind] = []

    def began(_: str, attributes: Mapping[str, str]) -> None:
        declared = attributes.get("ContentType", "").lower()
        mains.extend(kind for words, kind in _MAIN if declared.endswith(words))
        if "sheet.binary" in declared:
            found.refuse("It is a binary workbook (.xlsb). Save it as .xlsx and send that.")
        if any(word in declared for word in _RUNS):
            found.refuse(MACROS.format(kind="a plain document"))

    read_markup(package.unpack(part), limits=limits, began=began)
    if len(mains) > 1:
        found.refuse("It declares two documents in one file. Save each by itself and send those.")
    found.kind = mains[0] if mains else None


def _read_part(package: Package, part: ZipInfo, found: OfficeFound, limits: ContentLimits, depth: int) -> None:
    name = part.filename.lower().replace("\\", "/")
    if any(word in name for word in ("vbaproject", "vbadata", "/activex/", "macrosheets/", "dialogsheets/")):
        kind = _PLAIN_SUFFIX.get(found.kind, "a plain document") if found.kind else "a plain document"
        found.refuse(MACROS.format(kind=kind))
    if name.endswith(".rels"):
        _read_relations(package, part, found, limits)
    elif name.endswith(".xml") and name.startswith("word/"):
        _read_fields(package, part, found, limits)
    elif "externallinks/" in name and name.endswith(".xml"):
        _read_outer_link(package, part, found, limits)
    else:
        _read_other(package, part, found, limits, depth)


def _read_other(package: Package, part: ZipInfo, found: OfficeFound, limits: ContentLimits, depth: int) -> None:
    """Any other part: whole, by its sums, and what its first bytes say."""
    pieces = package.unpack(part)
    head = next(pieces, b"")
    name = part.filename.lower()
    if name.endswith((".xml", ".vml")) and has_doctype(head):
        raise RefusedContent(ENTITIES)
    if head.startswith(b"PK\x03\x04"):
        body = head + b"".join(_bounded(pieces, limits, len(head)))
        _look_inside(package, part, body, found, limits, depth)
        return
    if harmful(head) is not None and not name.endswith(_PACKED_DRAWINGS):
        found.refuse(_OBJECT.format(name=part.filename))
    for _ in pieces:
        pass


def _bounded(pieces: Iterator[bytes], limits: ContentLimits, taken: int) -> list[bytes]:
    kept = []
    for piece in pieces:
        taken += len(piece)
        if taken > limits.inner_bytes:
            raise RefusedContent(
                f"A document of more than {limits.inner_bytes:,} bytes is embedded. Send it by itself as well, and a "
                "picture in its place."
            )
        kept.append(piece)
    return kept


def _look_inside(
    package: Package, part: ZipInfo, body: bytes, found: OfficeFound, limits: ContentLimits, depth: int
) -> None:
    """A document within the document: the workbook behind a chart is usual, and looked at as the outer one is."""
    if depth or not part.filename.lower().endswith(_EMBEDDED) or found.inner >= limits.inner_packages:
        found.refuse(_OBJECT.format(name=part.filename))
        return
    inner = Package(BytesIO(body), size=len(body), limits=limits, spent=package.spent)
    if TYPES not in inner.names:
        found.refuse(_OBJECT.format(name=part.filename))
        return
    inside = look_into_office(inner, limits=limits, depth=depth + 1)
    package.spent = inner.spent
    found.inner += 1
    for reason in inside.refusals:
        found.refuse(f"In the embedded {part.filename}: {reason}")


def _read_relations(package: Package, part: ZipInfo, found: OfficeFound, limits: ContentLimits) -> None:
    def began(_: str, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        if any(word in kind for word in ("vbaproject", "macrosheet", "dialogsheet", "activex")) or kind == "control":
            found.refuse(MACROS.format(kind="a plain document"))
        if kind == "afchunk":
            found.refuse("It takes in another document as it stands (altChunk). Save it again in Word, or as a PDF.")
        if attributes.get("TargetMode", "").lower() == "external":
            reason = link_refusal(kind, attributes.get("Target", ""))
            if reason is not None:
                found.refuse(reason)

    read_markup(package.unpack(part), limits=limits, began=began)


def _read_fields(package: Package, part: ZipInfo, found: OfficeFound, limits: ContentLimits) -> None:
    """Word's fields, put together again: an instruction may be spread over many pieces to escape a search."""
    inside = False
    told: list[str] = []

    def began(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        inside = name in ("instrText", "delInstrText")
        if name == "fldSimple":
            told.append(attributes.get("instr", "") + " ")
        elif name == "fldChar" and attributes.get("fldCharType") == "begin":
            told.append(" ")

    def text(said: str) -> None:
        if inside:
            told.append(said)

    def ended(_: str) -> None:
        nonlocal inside
        inside = False

    read_markup(package.unpack(part), limits=limits, began=began, text=text, ended=ended)
    words = "".join(told).upper().replace('"', " ").split()
    if "DDE" in words or "DDEAUTO" in words:
        found.refuse(_DDE)
    fetched = {word for before, word in pairwise(words) if before == "INCLUDETEXT"}
    if any(word.startswith(("HTTP", "FTP", "\\\\")) for word in fetched):
        found.refuse("It fetches a part of itself from elsewhere when it opens. Insert that part, or save it as a PDF.")


def _read_outer_link(package: Package, part: ZipInfo, found: OfficeFound, limits: ContentLimits) -> None:
    def began(name: str, _: Mapping[str, str]) -> None:
        if name == "ddeLink":
            found.refuse(_DDE)
        elif name == "oleLink":
            found.refuse(_OBJECT.format(name=part.filename))

    read_markup(package.unpack(part), limits=limits, began=began)
