"""The text of an Excel workbook: every sheet, hidden ones too, then comments, text boxes, headers, kept data, names."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.sax.saxutils import unescape

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, WorksheetNotFound, ZipError

from accreditation.evidence.text.bounds import Bounds, Part, lines_in_parts
from accreditation.evidence.text.package import BROKEN, UNREADABLE, beside

Cell = int | float | str | bool | time | date | datetime | timedelta
PIECE = 256 * 1024
OVERLAP = 4 * 1024

_HEADERS = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^>]*>([^<]{1,2000})<")


def sheet_parts(path: Path, package: zipfile.ZipFile, bounds: Bounds) -> Iterator[Part]:
    """What this workbook says, sheet by sheet: a line a row, its first row at the head of every part."""
    try:
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            yield from _sheet(workbook, name, bounds)
    except (CalamineError, PasswordError, ZipError, OSError):
        yield Part(label="the sheets", text="", unread=UNREADABLE)
    yield from _headers(package)
    yield from beside(package, bounds=bounds)


def _sheet(workbook: CalamineWorkbook, name: str, bounds: Bounds) -> Iterator[Part]:
    try:
        sheet = workbook.get_sheet_by_name(name)
    except (CalamineError, WorksheetNotFound):
        yield Part(label=f"sheet {name}", text="", unread=UNREADABLE)
        return
    rows = (_row(row) for row in sheet.to_python(skip_empty_area=False))
    yield from lines_in_parts(rows, named=f"sheet {name}, row", bounds=bounds, heading=True)


def _row(cells: Sequence[Cell]) -> str:
    return "\t".join(written(cell) for cell in cells).rstrip("\t")


def written(cell: Cell) -> str:
    """How a cell's value is written: a whole number without a point, a day as it is written in Britain."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y" if cell.time() == time() else "%d/%m/%Y %H:%M")
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return " ".join(str(cell).split())


def _headers(package: zipfile.ZipFile) -> Iterator[Part]:
    """What stands at the head and foot of printed sheets; found in passing, as sheets are long and these are short."""
    found: dict[str, None] = {}
    for name in package.namelist():
        if re.fullmatch(r"xl/(?:worksheets|chartsheets)/[^/]+\.xml", name):
            found |= dict.fromkeys(_in_sheet(package, name))
    if found:
        yield Part(label="headers and footers of sheets", text="\n".join(found))


def _in_sheet(package: zipfile.ZipFile, name: str) -> Iterator[str]:
    try:
        with package.open(name) as file:
            held = b""
            while piece := file.read(PIECE):
                held += piece
                for header in _HEADERS.findall(held):
                    yield re.sub(
                        r"&[LCRGPND]|&\"[^\"]*\"|&\d+", " ", unescape(header.decode("utf-8", "replace"))
                    ).strip()
                held = held[-OVERLAP:]
    except BROKEN:
        return
