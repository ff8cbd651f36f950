"""Writes a standard as a workbook: a sheet that explains, a sheet for each part, and the files themselves, hidden."""

import base64
import zlib
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from accreditation.scheme.source import read_document
from accreditation.workbook.cells import shown
from accreditation.workbook.filled import letters
from accreditation.workbook.rows import Data, Row, kind_in, marker, rows_of
from accreditation.workbook.sheets import FIRST_COLUMN, SHEETS, Sheet
from accreditation.workbook.timeless import timeless

README = "Read me"
FILES = "_files"
"""The hidden sheet with the files as they were: name, and their bytes packed into text, part by part."""

_PART = 30_000
HEADING = PatternFill("solid", fgColor="FFD9E1F2")
TOP = Alignment(wrap_text=True, vertical="top")
FORMULA = ("=", "+", "-", "@")
"""Beginnings that Excel would take for a formula once such a cell is typed in again."""

_ROOM = 300
"""Rows below the last one that take the drop-down lists as well."""


def data_of(files: Mapping[str, bytes]) -> Data:
    """What each of the files says, as plain data."""
    return {name: read_document(file=name, content=content).data for name, content in files.items()}


def written(files: Mapping[str, bytes], *, title: str) -> bytes:
    """The workbook of these files, which must be a standard without fault."""
    book = Workbook()
    first = book.active
    assert first is not None  # noqa: S101  (a new workbook has a sheet)
    _explain(first, title)
    data = data_of(files)
    for sheet in SHEETS:
        _fill(book.create_sheet(sheet.title), sheet, rows_of(sheet, data))
    _keep(book.create_sheet(FILES), files)
    return timeless(book)


def _explain(page: Worksheet, title: str) -> None:
    page.title = README
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 18, 110
    lines = [
        (title, ""),
        ("", ""),
        ("What this is", "A standard as a workbook. Change the cells, save, and send it back to be imported."),
        ("Rows", "Add rows at the end or in between, delete them, move them: the order of the rows is the order in "
                 "the standard. Headings stay as they are. A row whose cells are all empty is deleted."),
        ("Cells", "An empty cell says nothing. Ids are text: 1.10 is not 1.1. Lists stand in one cell, with commas or "
                  "a line each. Formulas are refused."),
        ("Rules", "Some cells hold rules as in the file: key: value, indented with spaces, a list entry begins with "
                  "a dash. standards/README.md explains them."),
        ("Notes", "A note that you leave on a cell becomes a remark in the file."),
        ("What is kept", "Whatever you do not touch comes back as it was, remarks in the files included. A hidden "
                         "column and a hidden sheet see to that; leave them alone."),
        ("", ""),
        *((sheet.title, sheet.about) for sheet in SHEETS),
    ]  # fmt: skip
    for number, texts in enumerate(lines, start=1):
        for column, text in enumerate(texts, start=1):
            put(page, number, column, text, bold=column == 1)


def put(page: Worksheet, row: int, column: int, text: str, *, bold: bool = False) -> None:
    """Text in a cell, as text: never a number, a date or a formula."""
    cell: Any = page.cell(row, column)
    if text:
        cell.value = text
        cell.data_type = "s"  # the library takes a leading = for a formula
    cell.number_format, cell.alignment, cell.quotePrefix = "@", TOP, text[:1] in FORMULA
    if bold:
        cell.font = Font(bold=True)


def _fill(page: Worksheet, sheet: Sheet, rows: list[Row]) -> None:
    put(page, 1, 1, "row (leave as it is)")
    page.column_dimensions["A"].hidden = True
    for place, column in enumerate(sheet.columns, start=FIRST_COLUMN):
        put(page, 1, place, column.heading, bold=True)
        page.cell(1, place).fill = HEADING
        page.column_dimensions[letters(place)].width = column.width
    for number, row in enumerate(rows, start=2):
        put(page, number, 1, marker(row))
        for place, column in enumerate(sheet.columns, start=FIRST_COLUMN):
            text = ""
            if column.heading in row.values:
                text = shown(row.values[column.heading], kind_in(sheet, column, row.values.get("key")))
            put(page, number, place, text)
    page.freeze_panes = "C2" if sheet.first != sheet.columns[0].heading else f"{letters(FIRST_COLUMN + 1)}2"
    if rows:
        page.auto_filter.ref = f"B1:{letters(len(sheet.columns) + 1)}{len(rows) + 1}"
    _offer(page, sheet, len(rows) + 1)


def _offer(page: Worksheet, sheet: Sheet, last: int) -> None:
    """Drop-down lists for cells that take one of a few words; other words are only warned of."""
    for place, column in enumerate(sheet.columns, start=FIRST_COLUMN):
        formula = f'"{",".join(column.choices)}"' if column.choices else _range(column.from_sheet)
        if not formula:
            continue
        offer = DataValidation(type="list", formula1=formula, allow_blank=True, errorStyle="warning")
        offer.error = "This is not among the words that are known here."
        page.add_data_validation(offer)
        offer.add(f"{letters(place)}2:{letters(place)}{last + _ROOM}")


def _range(title: str) -> str:
    """The ids in the sheet of this title."""
    named = next((sheet for sheet in SHEETS if sheet.title == title), None)
    if named is None:
        return ""
    heading = "scale" if named.shape == "scales" else "id"
    column = letters(FIRST_COLUMN + [one.heading for one in named.columns].index(heading))
    return f"'{title}'!${column}$2:${column}${_ROOM}"


def _keep(page: Worksheet, files: Mapping[str, bytes]) -> None:
    page.sheet_state = "veryHidden"
    row = 0
    for name, content in sorted(files.items()):
        packed = base64.b64encode(zlib.compress(content, 9)).decode()
        for start in range(0, len(packed), _PART):
            row += 1
            put(page, row, 1, name)
            put(page, row, 2, packed[start : start + _PART])
