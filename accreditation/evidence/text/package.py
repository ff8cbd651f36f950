"""An Office file as what it is, a ZIP of parts: which parts say something, and what each is called by a person."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from accreditation.evidence.text.bounds import Bounds, Part, lines_in_parts
from accreditation.evidence.text.markup import Broken, Gatherer, gathered

LARGEST_DRAWING = 20_000_000
"""Bytes of one drawing of old that are read at once."""

UNREADABLE = "this part of the file could not be read; save the document again, or send it as a PDF"

BROKEN = (
    Broken, zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError, KeyError,
    UnicodeDecodeError,
)  # fmt: skip
"""What reading a part of a damaged package raises."""

_NAMES = (
    (r"(?:word|xl|ppt)/.*header\d*\.xml", "header"),
    (r"word/footer\d*\.xml", "footer"),
    (r"word/footnotes\.xml", "footnotes"),
    (r"word/endnotes\.xml", "endnotes"),
    (r"(?:word|xl|ppt)/(?:.*/)?(?:comment|threadedComment)[^/]*\.xml", "comments"),
    (r"ppt/notesSlides/notesSlide(\d+)\.xml", "notes"),
    (r"ppt/(?:slideMasters|slideLayouts|notesMasters|handoutMasters)/.*\.xml", "master slides"),
    (r"docProps/.*\.xml", "document properties"),
    (r"(?:word|xl|ppt)/charts/.*\.xml", "chart"),
    (r"(?:word|xl|ppt)/diagrams/data.*\.xml", "diagram"),
    (r"xl/drawings/.*\.xml", "text boxes"),
    (r"xl/pivotCache/.*\.xml", "data kept by a pivot table"),
    (r"xl/externalLinks/.*\.xml", "data kept of a linked workbook"),
    (r"xl/workbook\.xml", "names of sheets and cells"),
    (r"(?:word/glossary/document|customXml/item\d*)\.xml", "custom data"),
    (r".*\.rels", "links"),
)
"""Parts beside the main text, in the words of somebody who looks for them."""

ASIDE = "descriptions of pictures and fields"
"""What stands in no line of a document."""

OTHER = "what else the file keeps"

MARKUP = re.compile(r".*\.(?:xml|rels|vml|rdf)", re.IGNORECASE)
"""Parts that are text with marks; all others are pictures and files."""

_SAYS_NOTHING = re.compile(
    r"\[Content_Types\]\.xml|(?:_xmlsignatures|META-INF|Configurations2)/.*|(?:word|xl|ppt)/(?:.*/)?theme/.*"
    r"|(?:word|xl|ppt)/(?:fontTable|webSettings|tableStyles|calcChain|sharedStrings)\.xml|xl/worksheets/[^/]+\.xml"
)
"""How things look; and cells, which are read as a workbook has them. All else that is markup is read."""

_NAMED = tuple((re.compile(pattern), name) for pattern, name in _NAMES)
_AS_LINES = frozenset({"header", "footer", "footnotes", "endnotes", "comments", "notes", "master slides", "text boxes"})
_BESIDE = frozenset({
    "document properties", "data kept by a pivot table", "data kept of a linked workbook", "names of sheets and cells",
    "custom data", "links", "master slides", OTHER,
})  # fmt: skip
"""What a document does not say to whoever opens it."""


def called(name: str) -> str:
    """What is this part called by a person? Empty where it says nothing, or is a picture or a file."""
    if not MARKUP.fullmatch(name) or _SAYS_NOTHING.fullmatch(name):
        return ""
    return next((words for pattern, words in _NAMED if pattern.fullmatch(name)), OTHER)


def beside(package: zipfile.ZipFile, *, bounds: Bounds, already: frozenset[str] = frozenset()) -> Iterator[Part]:
    """What the parts beside the main text say: headers, notes, comments, properties, what charts and pivots keep."""
    for name in sorted(package.namelist()):
        label = called(name)
        if label and name not in already:
            yield from part(package, name, label=label, bounds=bounds, everything=label not in _AS_LINES)


def part(
    package: zipfile.ZipFile, name: str, *, label: str, bounds: Bounds, everything: bool = False
) -> Iterator[Part]:
    """What one part says, under this label; where it cannot be read, a part that says so."""
    try:
        if name.lower().endswith(".vml"):
            yield Part(label=label, text=_without_marks(package, name), beside=True)
            return
        with package.open(name) as file:
            lines = (line for _, line in gathered(file, Gatherer(everything=everything)))
            for piece in lines_in_parts(lines, named=label, bounds=bounds):
                yield Part(label=label, text=piece.text, beside=label in _BESIDE)
    except BROKEN:
        yield Part(label=label, text="", unread=UNREADABLE)


def _without_marks(package: zipfile.ZipFile, name: str) -> str:
    """The text of a drawing of old, which need be no whole XML: the words of buttons and boxes."""
    with package.open(name) as file:
        text = file.read(LARGEST_DRAWING + 1)
    if len(text) > LARGEST_DRAWING:
        raise Broken("it is longer than what is read")
    return " ".join(re.sub(r"<[^<>]*>", " ", text.decode("utf-8", "replace")).split())


def related(package: zipfile.ZipFile, name: str) -> dict[str, str]:
    """What a part refers to: its own short names for other parts, and their full names."""
    folder = PurePosixPath(name).parent
    rels = str(folder / "_rels" / f"{PurePosixPath(name).name}.rels")
    if rels not in package.namelist():
        return {}
    text = package.read(rels).decode("utf-8", errors="replace")
    found = {}
    for element in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", text):
        identity, target = (
            re.search(rf"\b{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", element) for name in ("Id", "Target")
        )
        if identity and target:
            found[identity[1] or identity[2] or ""] = _joined(folder, target[1] or target[2] or "")
    return found


def _joined(folder: PurePosixPath, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    parts: list[str] = []
    for piece in (folder / target).parts:
        parts = parts[:-1] if piece == ".." else [*parts, piece]
    return "/".join(parts)
