"""The text of an Excel workbook: every sheet, hidden ones too, then comments, text boxes, headers, kept data, names."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import unquote

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
    WorksheetNotFound,
    ZipError,
)

from accreditation.evidence.text.bounds import Bounds, Part, lines_in_parts
from accreditation.evidence.text.package import BROKEN, UNREADABLE, beside

Cell = int | float | str | bool | time | date | datetime | timedelta
PIECE = 256 * 1024
OVERLAP = 16 * 1024

MOST_CELLS = 20_000_000
"""Cells between the first and the last of a sheet."""

TOO_WIDE = (
    "a sheet is laid out over more cells than are read: delete the empty rows and columns after its last entry, "
    "and what stands far out"
)

_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_HEADERS = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^<>]*>([^<]{1,9000})<")
_ASKED = re.compile(
    rb"<(?:\w+:)?f(?:ormula[12]?)?(?:\s[^<>]*)?>([^<]{1,9000})<"
    rb"|(?:prompt|promptTitle|error|errorTitle|tooltip|display|location|comment|val)=\"([^\"]{1,2000})\""
)
"""What formulas and lists to choose from hold, what is said where something is typed, and where links go."""

_WORDS = re.compile(r'"([^"]*)"')
"""What stands in quotes in a formula is words, put together with & between."""

_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
"""How a part begins in two bytes a sign, which the reader of workbooks takes for one without cells."""


def sheet_parts(path: Path, package: zipfile.ZipFile, bounds: Bounds) -> Iterator[Part]:
    """What this workbook says, sheet by sheet: a line a row, its first row at the head of every part."""
    try:
        if _too_wide(package):
            yield Part(label="the sheets", text="", unread=TOO_WIDE)
        elif _of_wide_signs(package):
            yield Part(label="the sheets", text="", unread=UNREADABLE)
        else:
            workbook = CalamineWorkbook.from_path(path)
            for number, sheet in enumerate(workbook.sheets_metadata, start=1):
                # By its number, as its name may be anybody's; a hidden one is not seen where sheets are counted.
                hidden = "" if sheet.visible == SheetVisibleEnum.Visible else " (hidden)"
                yield from _sheet(workbook, sheet.name, f"sheet {number}{hidden}", bounds)
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


def _of_wide_signs(package: zipfile.ZipFile) -> bool:
    """Is a part of the workbook written in two bytes a sign?"""
    for name in package.namelist():
        if name.startswith("xl/") and name.endswith(".xml"):
            with package.open(name) as file:
                if file.read(2) in _WIDE:
                    return True
    return False


def _sheet(workbook: CalamineWorkbook, name: str, label: str, bounds: Bounds) -> Iterator[Part]:
    try:
        sheet = workbook.get_sheet_by_name(name)
    except (CalamineError, WorksheetNotFound):
        yield Part(label=label, text="", unread=UNREADABLE)
        return
    rows = (_row(row) for row in sheet.iter_rows())
    yield from lines_in_parts(rows, named=f"{label}, row", bounds=bounds, heading=True)


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
    """What stands beside a sheet's cells; found in passing, as sheets are long and these are short."""
    headers: dict[str, None] = {}
    asked: dict[str, None] = {}
    for name in package.namelist():
        if re.fullmatch(r"xl/(?:worksheets|chartsheets)/[^/]+\.xml", name):
            for header, one in _in_sheet(package, name):
                (headers if header else asked).setdefault(one)
    if headers:
        yield Part(label="headers and footers of sheets", text="\n".join(headers))
    if asked:
        yield Part(label="formulas, lists and prompts of sheets", text="\n".join(asked), beside=True)


def _in_sheet(package: zipfile.ZipFile, name: str) -> Iterator[tuple[bool, str]]:
    """Each thing that stands there, and whether it is a header or footer."""
    try:
        with package.open(name) as file:
            held = b""
            while piece := file.read(PIECE):
                held += piece
                for header in _HEADERS.findall(held):
                    yield True, re.sub(r"&[LCRGPND]|&\"[^\"]*\"|&\d+", " ", _unescaped(header)).strip()
                for formula, said in _ASKED.findall(held):
                    text = "".join(_WORDS.findall(_unescaped(formula))) if formula else unquote(_unescaped(said))
                    if text:
                        yield False, text
                held = held[-OVERLAP:]
    except BROKEN:
        return


def _unescaped(written: bytes) -> str:
    """The text without XML's ways of writing its own marks. The standard library's own loads what browses the web."""
    text = written.decode("utf-8", "replace")
    for mark, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(mark, sign)
    return text
