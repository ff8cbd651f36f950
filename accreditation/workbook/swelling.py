"""What in the XML of a workbook would swell once it is opened: merged ranges of many cells, marks within marks."""

import zipfile
from collections.abc import Iterator
from posixpath import basename
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from openpyxl.utils import range_boundaries

MAX_MERGED = 10_000
"""So many cells in merged ranges at most, in all sheets together: each becomes a cell once it is opened."""

MAX_DEPTH = 200
"""So many marks within each other at most; a workbook that somebody wrote has some twenty."""

_ALL_COLUMNS, _ALL_ROWS = 16_384, 1_048_576
_CHUNK = 1 << 16


class Marks:
    """What is looked for in all parts of one workbook: how deep its marks go, and which ranges are merged."""

    def __init__(self) -> None:
        self.deepest = 0
        self.merged: list[tuple[str, str]] = []
        self._sheets: dict[str, str] = {}
        self._targets: dict[str, str] = {}

    def look(self, parts: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        """Look through this part. One that is no sound XML is left to those who read it."""
        parser, depth = ParserCreate(), 0

        def begin(mark: str, said: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self.deepest = max(self.deepest, depth)
            match mark.rpartition(":")[2]:
                case "mergeCell":
                    self.merged.append((info.filename, said.get("ref", "")))
                case "sheet":
                    self._sheets |= {said[key]: said.get("name", "") for key in said if key.endswith(":id")}
                case "Relationship" if info.filename.lower() == "xl/_rels/workbook.xml.rels":
                    self._targets[basename(said.get("Target", ""))] = said.get("Id", "")

        def end(_: str) -> None:
            nonlocal depth
            depth -= 1

        parser.StartElementHandler, parser.EndElementHandler = begin, end
        try:
            with parts.open(info) as part:
                while self.deepest <= MAX_DEPTH and (chunk := part.read(_CHUNK)):
                    parser.Parse(chunk, False)
        except ExpatError:
            return

    def reasons(self) -> Iterator[tuple[str, str]]:
        """What must not be opened, and what to do."""
        if self.deepest > MAX_DEPTH:
            yield (
                f"its XML has more than {MAX_DEPTH} marks within each other",
                "save it again as an Excel workbook (.xlsx)",
            )
        cells = 0
        for file, merged in self.merged:
            cells += _area(merged)
            if cells > MAX_MERGED:
                sheet = self._sheets.get(self._targets.get(basename(file), ""), basename(file))
                yield (
                    f"in sheet '{sheet}' the cells {merged} are merged into one: more than {MAX_MERGED:,} merged cells",
                    "select them in Excel and choose Unmerge Cells",
                )
                return


def _area(merged: str) -> int:
    """How many cells has this range? 0 where it is no range: whoever reads the sheet refuses it."""
    try:
        bounds: Any = range_boundaries(merged)
    except ValueError:
        return 0
    left, top, right, bottom = bounds
    columns = _ALL_COLUMNS if left is None or right is None else right - left + 1
    rows = _ALL_ROWS if top is None or bottom is None else bottom - top + 1
    return max(columns, 0) * max(rows, 0)
