"""The text of OpenDocument files: texts, presentations and spreadsheets, hidden sheets and comments included."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from accreditation.evidence.text.bounds import Bounds, Part, lines_in_parts
from accreditation.evidence.text.markup import Attributes, Gatherer, gathered
from accreditation.evidence.text.package import ASIDE, BROKEN, UNREADABLE, beside

WIDEST = 50
"""Empty cells that are told apart; a row's end is often one cell that is repeated a thousand times."""

_TEXTS = frozenset({"p", "h"})
_TABLE_CELLS = frozenset({"table-cell", "covered-table-cell"})
_BESIDE = (("styles.xml", "headers and footers", False), ("meta.xml", "document properties", True))


def open_document_parts(package: zipfile.ZipFile, *, places: str, bounds: Bounds) -> Iterator[Part]:
    """What this document says. `places` is what its parts are: "page" of slides, "table" of sheets, "" of neither."""
    try:
        yield from _content(package, places, bounds)
        for name, label, everything in _BESIDE:
            if name in package.namelist():
                with package.open(name) as file:
                    lines = (line for _, line in gathered(file, Gatherer(everything=everything, texts=_TEXTS)))
                    for piece in lines_in_parts(lines, named=f"{label}, line", bounds=bounds):
                        yield replace(piece, beside=everything)
    except BROKEN:
        yield Part(label="the text", text="", unread=UNREADABLE)
    read = {"content.xml", *(name for name, _, _ in _BESIDE)}
    set_up = {name for name in package.namelist() if name.endswith("settings.xml")}
    yield from beside(package, bounds=bounds, already=frozenset(read | set_up))


def _content(package: zipfile.ZipFile, places: str, bounds: Bounds) -> Iterator[Part]:
    content = _Content(places)
    with package.open("content.xml") as file:
        for page, lines in groupby(gathered(file, content), key=itemgetter(0)):
            named = {"table": f"sheet {page}, row", "page": f"slide {page}, line"}.get(places, "line")
            named, heading = (named, places == "table") if page else (ASIDE, False)
            for piece in lines_in_parts((line for _, line in lines), named=named, bounds=bounds, heading=heading):
                yield replace(piece, beside=not page)
    yield Part(label="names of sheets and slides", text="\n".join(content.names), beside=True)


class _Content(Gatherer):
    """Gathers the content, with a page for each sheet or slide and as many tabs as there are cells."""

    def __init__(self, places: str) -> None:
        super().__init__(texts=_TEXTS)
        self.names: list[str] = []
        """What the sheets or slides are called, in order."""
        self._places = places
        self._repeated: list[int] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if name == self._places and not self._cells:
            self.names.append(attributes.get("name", ""))
            self._page = len(self.names)
        if name in _TABLE_CELLS:
            often = attributes.get("number-columns-repeated", "1")
            self._repeated.append(min(int(often), WIDEST) if often.isdecimal() and len(often) < 9 else 1)
        super().start(name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        super().end(name)
        if name in _TABLE_CELLS and self._repeated:
            self._open.append("\t" * (self._repeated.pop() - 1))
