"""A table that is handed in as text: what parts its cells, and its rows as they stand; or why it cannot be read."""

import codecs
import csv
import io
import re
from collections.abc import Sequence

from accreditation.errors import Fault, Invalid
from accreditation.rules.indicators.table import HEADINGS_WITHIN

PARTED = {",": "a comma", ";": "a semicolon", "\t": "a tab"}
"""What may stand between cells: spreadsheets of many countries write a semicolon, as a comma parts their numbers."""

MOST_IN_A_ROW = 2_000
"""So many cells of a row at most; the largest mapping names half as many columns."""

MOST_CELLS = 500_000
"""So many cells of a file at most: each of them takes memory. Ten years of the national audit have a quarter of it."""


def text_of(content: bytes, *, name: str) -> str:
    """What stands in this file, in UTF-8 or in UTF-16 that says so. Raises Invalid where it is no such text."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        allowed = "save it as CSV in UTF-8 (in Excel: 'CSV UTF-8')"
        raise Invalid([Fault(where=f"{name}:{line}", found="not UTF-8 text", allowed=allowed)]) from error


def rows_of(content: bytes, *, name: str, columns: Sequence[str] = ()) -> list[tuple[int, list[str]]]:
    """Every row of this CSV file as it stands, with the line on which it ends. Raises Invalid where it cannot be read.

    What parts the cells is told by the line that holds most of these columns, among the first lines.
    """
    text = text_of(content, name=name)
    first = [line for line in re.split(r"[\r\n]+", text, maxsplit=HEADINGS_WITHIN)[:HEADINGS_WITHIN] if line]
    part = max((parted_by(line, columns) for line in first or [""]), key=lambda one: _columns_in(first, columns, one))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=part)
    begun, cells, rows = 1, 0, []
    try:
        for row in reader:
            cells += len(row)
            _check_size(f"{name}:{begun}", in_row=len(row), cells=cells)
            rows.append((reader.line_num, row))
            begun = reader.line_num + 1
    except csv.Error as error:
        raise Invalid([broken(f"{name}:{begun}", error, part)]) from error
    return rows


def _check_size(where: str, *, in_row: int, cells: int) -> None:
    if in_row > MOST_IN_A_ROW:
        allowed = f"at most {MOST_IN_A_ROW:,}: leave out columns that are not figures"
        raise Invalid([Fault(where=where, found=f"a row of {in_row:,} cells", allowed=allowed)])
    if cells > MOST_CELLS:
        allowed = f"at most {MOST_CELLS:,} cells in one file: send some periods at a time"
        raise Invalid([Fault(where=where, found="more cells than are read", allowed=allowed)])


def parted_by(headings: str, columns: Sequence[str] = ()) -> str:
    """What parts the cells of a file whose first line this is: a comma, a semicolon or a tab?

    Whichever gives most of these columns, then most headings; a comma where that decides nothing.
    """
    return max(PARTED, key=lambda part: _found(headings, columns, part))


def _columns_in(lines: Sequence[str], columns: Sequence[str], part: str) -> tuple[int, int]:
    """How many of these columns, and how many cells, do the lines give at best where this parts them?"""
    return max((_found(line, columns, part) for line in lines), default=(0, 0))


def _found(line: str, columns: Sequence[str], part: str) -> tuple[int, int]:
    try:
        cells = next(csv.reader([line], delimiter=part), [])
    except csv.Error:
        return 0, 0
    return len({*columns} & {*cells}), len(cells)


def broken_words(error: csv.Error) -> str:
    """What is wrong with a line that is not CSV, in words."""
    if str(error) == "unexpected end of data":
        return "a double quote is opened and never closed"
    if "expected after" in str(error):
        return "a cell goes on behind its closing double quote"
    return str(error)


def broken(where: str, error: csv.Error, part: str) -> Fault:
    """The fault of a line that is not CSV."""
    allowed = f"lines with {PARTED[part]} between cells; text in double quotes, and a double quote in it twice"
    return Fault(where=where, found=f"not CSV: {broken_words(error)}", allowed=allowed)
