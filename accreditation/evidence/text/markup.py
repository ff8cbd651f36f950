"""The text of an XML part of an Office file, read as it streams: what a person would see, laid out in lines and cells.

Nothing is built in memory, and a document type (with which entities are declared, and texts explode) is refused.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import IO
from xml.parsers import expat

PIECE = 64 * 1024
LONGEST = 100_000_000
"""Bytes read of one part; more is a bomb, or nothing that anybody reads."""

Attributes = Mapping[str, str]

TEXTS = frozenset({"t", "delText", "v", "f", "definedName", "oddHeader", "evenHeader", "firstHeader", "oddFooter",
                   "evenFooter", "firstFooter"})  # fmt: skip
"""Elements of Office Open XML whose characters are text; everything between others is space for the eye."""


class Broken(Exception):
    """This part cannot be read: it is no XML, declares a document type, or is longer than anything that is read."""


def read(file: IO[bytes], *, start: Callable[[str, Attributes], None], end: Callable[[str], None],
         text: Callable[[str], None]) -> Iterator[None]:  # fmt: skip
    """Read the part piece by piece, and hand over each start and end of an element and each text, by local name.

    Yields after each piece, so that whoever gathers may take what is gathered. Broken where it cannot be read.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(_local(name), _by_local_name(attributes))
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _no_document_type
    size = 0
    try:
        while piece := file.read(PIECE):
            size += len(piece)
            if size > LONGEST:
                raise Broken("it is longer than what is read")
            parser.Parse(piece, False)
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        raise Broken("it is no whole XML") from error


def _no_document_type(*_: object) -> None:
    raise Broken("it declares a document type")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _by_local_name(attributes: Mapping[str, str]) -> dict[str, str]:
    return {_local(name): value for name, value in attributes.items()}


class Gatherer:
    """Gathers what a part says: paragraphs as lines, a table's row as a line with a tab between its cells.

    With `everything` the characters of every element count (properties, charts), each as a line of its own; otherwise
    those of the elements that hold text. Every line comes with its page: 1, 2 and on as pages break, 0 for what
    pictures are described by, which stands in no line.
    """

    def __init__(self, *, everything: bool = False, texts: frozenset[str] = TEXTS) -> None:
        self._everything = everything
        self._texts = texts
        self._page = 1
        self._on_page = 0
        self._lines: list[tuple[int, str]] = []
        self._open: list[str] = []
        self._cells = 0
        self._in_text = 0
        self._skipped = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        self._skipped += name == "Fallback"
        self._in_text += name in self._texts
        self._cells += name in _CELLS
        self._lines += [(0, attributes[key]) for key in ("descr", "title") if attributes.get(key, "").strip()]
        if self._everything:
            self._lines += [(self._page, kept) for kept in _kept(attributes)]
        if (name == "br" and attributes.get("type") == "page") or name in _BREAKS:
            self.turn()
        elif name in _SIGNS:
            self._open.append(" " if self._cells and _SIGNS[name] in "\n\t" else _SIGNS[name])

    def end(self, name: str) -> None:
        """An element ends."""
        self._skipped -= name == "Fallback"
        self._in_text -= name in self._texts
        if name in _CELLS:
            self._cells -= 1
            self._open.append(" " if self._cells else "\t")
        elif name in _ENDS or self._everything:
            if self._cells:
                self._open.append(" ")
            else:
                self._line()

    def text(self, characters: str) -> None:
        """Characters stand here."""
        if (self._in_text or self._everything) and not self._skipped:
            self._open.append(characters)

    def turn(self) -> None:
        """A new page begins here; a row of a table that goes over it stays with the page where it ends."""
        if not self._cells:
            self._line()
            self._page += self._on_page > 0
            self._on_page = 0

    def _line(self) -> None:
        line = "".join(self._open).lstrip(" ").rstrip().replace(" \t", "\t")
        self._open.clear()
        if line:
            self._lines.append((self._page, line))
            self._on_page += 1

    def take(self, *, last: bool = False) -> list[tuple[int, str]]:
        """The lines so far, each with its page, and give them up; at the `last` also one that did not end."""
        if last:
            self._line()
        taken, self._lines = self._lines, []
        return taken


def _kept(attributes: Attributes) -> list[str]:
    """What an attribute says: a value that a pivot table keeps, a name, the address of a link to elsewhere."""
    elsewhere = attributes.get("TargetMode") == "External"
    kept = (attributes.get("v", ""), attributes.get("name", ""), attributes.get("Target", "") if elsewhere else "")
    return [value for value in kept if value.strip()]


_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "s": " ", "noBreakHyphen": "-"}
_BREAKS = frozenset({"lastRenderedPageBreak", "soft-page-break"})
_CELLS = frozenset({"tc", "table-cell", "covered-table-cell"})
_ENDS = frozenset({"tr", "table-row", "p", "h", "si", "text", "comment"})


def gathered(file: IO[bytes], gatherer: Gatherer) -> Iterator[tuple[int, str]]:
    """The lines of one part, each with its page, as they are read. Broken where the part cannot be read."""
    for _ in read(file, start=gatherer.start, end=gatherer.end, text=gatherer.text):
        yield from gatherer.take()
    yield from gatherer.take(last=True)
