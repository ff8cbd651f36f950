"""The text of an Excel workbook: every sheet, hidden ones too, then comments, text boxes, headers, kept data, names."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, WorksheetNotFound, ZipError

from accreditation.evidence.text.bounds import Bounds, Part, lines_in_parts
from accreditation.evidence.text.package import BROKEN, UNREADABLE, beside

Cell = int | float | str | bool | time | date | datetime | timedelta
PIECE = 256 * 1024
OVERLAP = 4 * 1024

MOST_CELLS = 20_000_000
"""Cells between the first and the last of a sheet."""

TOO_WIDE = (
    "a sheet is laid out over more cells than are read: delete the empty rows and columns after its last entry, "
    "and what stands far out"
)

_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_HEADERS = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^>]*>([^<]{1,2000})<")


def sheet_parts(path: Path, package: zipfile.ZipFile, bounds: Bounds) -> Iterator[Part]:
    """What this workbook says, sheet by sheet: a line a row, its first row at the head of every part."""
    try:
        if _too_wide(package):
            yield Part(label="the sheets", text="", unread=TOO_WIDE)
        else:
            workbook = CalamineWorkbook.from_path(path)
            for name in workbook.sheet_names:
                yield from _sheet(workbook, name, bounds)
    except (CalamineError, PasswordError, ZipError, OSError):
        yield Part(label="the sheets", text="", unread=UNREADABLE)
    yield from _headers(package)
    yield from beside(package, bounds=bounds)


def _too_wide(package: zipfile.ZipFile) -> bool:
    """Is a sheet laid out over more cells than are read, by what it says of itself?

    A sheet is held as a whole between its first and its last cell, so that one letter in the last corner is gigabytes.
    What a sheet says may be false; then the process that reads it runs into its limits, and the file is held.
    """
    for name in package.namelist():
        if _WORKSHEET.fullmatch(name):
            with package.open(name) as file:
                said = _DIMENSION.search(file.read(4096))
            if said and _cells(*(part.decode() for part in said.groups())) > MOST_CELLS:
                return True
    return False


def _cells(first_column: str, first_row: str, last_column: str, last_row: str) -> int:
    return (int(last_row) - int(first_row) + 1) * (_column(last_column) - _column(first_column) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _sheet(workbook: CalamineWorkbook, name: str, bounds: Bounds) -> Iterator[Part]:
    try:
        sheet = workbook.get_sheet_by_name(name)
    except (CalamineError, WorksheetNotFound):
        yield Part(label=f"sheet {name}", text="", unread=UNREADABLE)
        return
    rows = (_row(row) for row in sheet.iter_rows())
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
                        r"&[LCRGPND]|&\"[^\"]*\"|&\d+", " ", _unescaped(header.decode("utf-8", "replace"))
                    ).strip()
                held = held[-OVERLAP:]
    except BROKEN:
        return


def _unescaped(text: str) -> str:
    """The text without XML's ways of writing its own marks. The standard library's own loads what browses the web."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
