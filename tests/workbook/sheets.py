"""A workbook in a test's hands: made from the small scheme, changed as an office would change it, and sent back."""

import io
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from accreditation.workbook.returned import Returned, returned
from accreditation.workbook.writing import written
from tests.building import FILES

Change = Callable[[Workbook], object]


def workbook(files: Mapping[str, bytes] = FILES) -> bytes:
    """The workbook of these files; the same bytes for the same files, written once."""
    return _workbook(tuple(files.items()))


@lru_cache(maxsize=8)
def _workbook(files: tuple[tuple[str, bytes], ...]) -> bytes:
    return written(dict(files), title="A small scheme")


def changed(content: bytes, change: Change) -> bytes:
    """The workbook, opened, changed and saved."""
    book = load_workbook(io.BytesIO(content))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def back(change: Change, files: Mapping[str, bytes] = FILES) -> Returned:
    """What comes back of these files after the change."""
    return returned(changed(workbook(files), change), name="small.xlsx")


def cell(book: Workbook, sheet: str, first: str, heading: str) -> Any:
    """The cell under this heading in the row that begins with (or holds, as an id) this word."""
    page: Any = book[sheet]
    column = next(one.column for one in page[1] if one.value == heading)
    row = next(row for row in page.iter_rows(min_row=2) if first in [one.value for one in row])
    return page.cell(row[0].row, column)


def put(sheet: str, first: str, heading: str, value: Any) -> Change:
    """Write into one cell."""

    def change(book: Workbook) -> None:
        cell(book, sheet, first, heading).value = value

    return change


def noted(sheet: str, first: str, heading: str, text: str) -> Change:
    """Leave a note on one cell."""

    def change(book: Workbook) -> None:
        cell(book, sheet, first, heading).comment = Comment(text, "Office")

    return change


def add(sheet: str, **values: Any) -> Change:
    """Add a row at the end."""

    def change(book: Workbook) -> None:
        page: Any = book[sheet]
        row = page.max_row + 1
        for one in page[1]:
            if one.value in values:
                page.cell(row, one.column).value = values[one.value]

    return change


def delete(sheet: str, first: str) -> Change:
    """Delete a row."""

    def change(book: Workbook) -> None:
        book[sheet].delete_rows(cell(book, sheet, first, str(book[sheet]["B1"].value)).row)

    return change


def all_of(*changes: Change) -> Change:
    """Several changes, one after the other."""

    def change(book: Workbook) -> None:
        for one in changes:
            one(book)

    return change
