"""A table of figures in a workbook: its cells as they are shown, and what of it a person cannot have seen."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl.utils import range_boundaries

from accreditation.errors import Fault, Invalid
from accreditation.rules.indicators.table import EMPTY, Cell, Row, Table
from accreditation.workbook.filled import letters
from accreditation.workbook.reading import MAX_COLUMN, MAX_ROW, book_of
from accreditation.workbook.safety import FIGURES, refuse_unsafe

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""What in a number's format is text and no instruction."""


def read_sheet(content: bytes, *, name: str, sheet: str = "") -> Table:
    """The table in this sheet of a workbook, or in its only sheet that is shown. Raises Invalid where it has none.

    A formula counts as the value that was kept with it; where none was, its cell says so. Merged cells say that they
    are. A sheet that is hidden is not read, and that is told.
    """
    refuse_unsafe(content, name=name, of="one file of figures", bounds=FIGURES)
    shown, formulas = book_of(content, name, values=True), book_of(content, name)
    page = _chosen(shown, name, sheet)
    hidden = [one.title for one in shown.worksheets if one.sheet_state != "visible"]
    notes = [f"hidden sheets that are not read: {', '.join(hidden)}"] if hidden else []
    merged = _merged(page)
    return Table(
        name=f"{name}, sheet {page.title}", rows=tuple(_rows(page, formulas[page.title], merged, name)),
        notes=tuple(notes),
    )  # fmt: skip


def _chosen(book: Any, name: str, sheet: str) -> Any:
    visible = [one for one in book.worksheets if one.sheet_state == "visible"]
    titles = ", ".join(one.title for one in visible) or "none"
    if not sheet:
        if len(visible) == 1:
            return visible[0]
        found = f"not given, and {name} has {len(visible)} sheets that are shown"
        raise Invalid([Fault(where="sheet", found=found, allowed=f"one of these: {titles}")])
    page = next((one for one in book.worksheets if one.title == sheet), None)
    if page is None:
        raise Invalid([Fault(where=name, found=f"it has no sheet '{sheet}'", allowed=f"sheets here: {titles}")])
    if page not in visible:
        allowed = "show the sheet, so that somebody sees what is taken from it"
        raise Invalid([Fault(where=name, found=f"the sheet '{sheet}' is hidden", allowed=allowed)])
    return page


def _merged(page: Any) -> dict[tuple[int, int], str]:
    """Row and column of each merged cell -> the range it is merged in."""
    found: dict[tuple[int, int], str] = {}
    for merged in page.merged_cells.ranges:
        bounds: Any = range_boundaries(str(merged))
        left, top, right, bottom = bounds
        found |= {(row, column): str(merged) for row in range(top, bottom + 1) for column in range(left, right + 1)}
    return found


def _rows(page: Any, formulas: Any, merged: dict[tuple[int, int], str], name: str) -> Iterator[Row]:
    cells: dict[int, dict[int, Cell]] = {}
    for (row, column), one in page._cells.items():  # the cells that are there, not all those between them
        if row > MAX_ROW or column > MAX_COLUMN:
            if one.value is not None:
                where = f"{name} {page.title}!{letters(column)}{row}"
                raise Invalid([Fault(where=where, found="text far outside the table", allowed="delete it")])
            continue
        cells.setdefault(row, {})[column] = _cell(one, formulas.cell(row, column), merged.get((row, column), ""))
    for row, columns in sorted(cells.items()):
        width = max(columns)
        yield Row(
            where=f"{name} {page.title}!{row}", number=row,
            cells=tuple(columns.get(column, EMPTY) for column in range(1, width + 1)),
        )  # fmt: skip


def _cell(one: Any, formula: Any, merged: str) -> Cell:
    value = one.value
    if merged:
        return Cell(value=_plain(value), fault=f"it is part of the merged cells {merged}")
    if formula.data_type == "f" and value is None:
        return Cell(fault="a formula whose value is not kept in the file: open it in Excel and save it")
    if one.data_type == "e":
        return Cell(fault=f"the error {value}")
    if isinstance(value, bool):
        return Cell(value=str(value).upper())
    percent = isinstance(value, int | float) and "%" in _QUOTED.sub("", str(one.number_format or ""))
    return Cell(value=_plain(value), percent=percent)


def _plain(value: Any) -> str | Decimal | date | None:
    if isinstance(value, datetime):
        return value.date() if value == datetime(value.year, value.month, value.day) else value.isoformat(" ")  # noqa: DTZ001
    if isinstance(value, date) or value is None:
        return value
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return number.quantize(1) if number == number.to_integral_value() and abs(number) < 10**15 else number
    return str(value)
