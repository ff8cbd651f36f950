"""The text of an XML part of an Office file, read as it streams: what a person would see, laid out in lines and cells.

Nothing is built in memory, and a document type (with which entities are declared, and texts explode) is refused.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import IO
from urllib.parse import unquote
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
    stands in no line: descriptions of pictures, and what fields, lists and bookmarks keep where it has digits.
    """

    def __init__(self, *, everything: bool = False, texts: frozenset[str] = TEXTS) -> None:
        self._everything = everything
        self._texts = texts
        self._page = 1
        self._on_page = 0
        self._lines: list[tuple[int, str]] = []
        self._aside: dict[str, None] = {}
        self._open: list[str] = []
        self._cells = 0
        self._in_text = 0
        self._in_code = 0
        self._code: list[str] = []
        self._signs = 0
        self._chosen: list[int] = []
        self._fallbacks: list[bool] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        self._alternative(name)
        self._in_text += name in self._texts
        self._in_code += name in _CODES
        self._cells += name in _CELLS
        kept = _kept(attributes) if self._everything else []
        self._lines += [(self._page, one) for one in kept]
        self._aside |= dict.fromkeys(one for one in _kept_aside(name, attributes) if one not in kept)
        if (name == "br" and attributes.get("type") == "page") or name in _BREAKS:
            self.turn()
        elif name == "sym":
            self._open.append(_digit(attributes.get("char", "")))
        elif name in _SIGNS:
            self._open.append(" " if self._cells and _SIGNS[name] in "\n\t" else _SIGNS[name])

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "Fallback" and self._fallbacks:
            self._fallbacks.pop()
        elif name == "AlternateContent" and self._chosen:
            self._chosen.pop()
        self._in_text -= name in self._texts
        self._in_code -= name in _CODES
        if name in _CELLS:
            self._cells -= 1
            self._open.append(" " if self._cells else "\t")
        elif name in _ENDS or (self._everything and name not in _INLINE):
            if self._cells:
                self._open.append(" ")
            else:
                self._line()

    def text(self, characters: str) -> None:
        """Characters stand here."""
        if self._in_code:
            self._code.append(characters)
        elif (self._in_text or self._everything) and not any(self._fallbacks):
            self._signs += not characters.isspace()
            self._open.append(characters)

    def _alternative(self, name: str) -> None:
        """What stands there for older programs is passed over where what stands for newer ones says something."""
        if name == "AlternateContent":
            self._chosen.append(self._signs)
        elif name == "Fallback":
            self._fallbacks.append(self._signs > (self._chosen[-1] if self._chosen else self._signs))

    def turn(self) -> None:
        """A new page begins here; a row of a table that goes over it stays with the page where it ends."""
        if not self._cells:
            self._line()
            self._page += self._on_page > 0
            self._on_page = 0

    def _line(self) -> None:
        line = "".join(self._open).lstrip(" ").rstrip().replace(" \t", "\t")
        self._open.clear()
        if self._code:
            self._aside |= dict.fromkeys(_with_digits("".join(self._code)))
            self._code.clear()
        if line:
            self._lines.append((self._page, line))
            self._on_page += 1

    def take(self, *, last: bool = False) -> list[tuple[int, str]]:
        """The lines so far, each with its page, and give them up; at the `last` all that is left."""
        if last:
            self._line()
            self._lines += [(0, one) for one in self._aside]
        taken, self._lines = self._lines, []
        return taken


def _digit(char: str) -> str:
    """The digit that a sign of a symbol font shows, given as Word writes it (F039); nothing where it shows none."""
    sign = chr(int(char[2:], 16)) if re.fullmatch("(?i:f0[0-9a-f]{2})", char) else ""
    return sign if sign.isdecimal() else ""


def _kept(attributes: Attributes) -> list[str]:
    """What an attribute says: a value that a pivot table keeps, a name, the address of a link to elsewhere."""
    elsewhere = attributes.get("TargetMode") == "External"
    target = unquote(attributes.get("Target", "")) if elsewhere else ""
    return [value for value in (attributes.get("v", ""), attributes.get("name", ""), target) if value.strip()]


def _kept_aside(element: str, attributes: Attributes) -> Iterator[str]:
    """What a picture is described by; and what else a person may have written, where it has digits: most is empty."""
    for name, value in attributes.items():
        if name in _DESCRIBING and value.strip():
            yield value
        elif name in _WRITTEN or (name in {"val", "value"} and element in _WRITTEN_IN):
            yield from _with_digits(value)


def _with_digits(value: str) -> list[str]:
    return [unquote(value)] if sum(map(str.isdigit, value)) >= FEWEST_DIGITS else []


FEWEST_DIGITS = 4
"""What is kept where nobody reads it tells of somebody only with a number, or a date."""

_DESCRIBING = frozenset({"descr", "title"})
_WRITTEN = frozenset({
    "author", "displayText", "displayName", "instr", "tooltip", "prompt", "promptTitle", "error", "errorTitle",
    "string-value", "current-value", "label", "help-text", "caption", "userName", "lastValue", "alt", "string", "href",
    "name", "formatCode", "comment", "totalsRowLabel",
})  # fmt: skip
_WRITTEN_IN = frozenset({
    "alias", "tag", "default", "helpText", "statusText", "docVar", "listItem", "listEntry", "text", "textarea",
    "formatted-text", "lvlText", "name", "option", "item", "button", "fixed-text", "combobox", "listbox",
})  # fmt: skip
_CODES = frozenset({"instrText", "delInstrText", "author"})
"""Elements whose characters are kept aside: what a field is made of, and who commented."""
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "s": " ", "noBreakHyphen": "-"}
_BREAKS = frozenset({"lastRenderedPageBreak", "soft-page-break"})
_CELLS = frozenset({"tc", "table-cell", "covered-table-cell"})
_INLINE = frozenset({
    "t", "r", "rPr", "delText", "ins", "del", "b", "i", "u", "sz", "szCs", "color", "rFonts", "lang", "proofErr",
    "span", "tspan", "latin", "ea", "cs", "solidFill", "srgbClr", "schemeClr", "effectLst", "noProof", "rStyle", "bCs",
    "iCs",
})  # fmt: skip
"""Elements within a line: a word is often cut into several."""

_ENDS = frozenset({"tr", "table-row", "p", "h", "si", "text", "comment"})


def gathered(file: IO[bytes], gatherer: Gatherer) -> Iterator[tuple[int, str]]:
    """The lines of one part, each with its page, as they are read. Broken where the part cannot be read."""
    for _ in read(file, start=gatherer.start, end=gatherer.end, text=gatherer.text):
        yield from gatherer.take()
    yield from gatherer.take(last=True)
