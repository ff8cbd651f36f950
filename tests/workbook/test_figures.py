"""A table of figures in a workbook: cells as a person sees them, and what nobody can have seen is refused."""

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook

from accreditation.errors import Invalid
from accreditation.rules.indicators.table import Cell
from accreditation.workbook.figures import read_sheet


def saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def book(*rows: list[Any]) -> tuple[Workbook, Any]:
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = "Data"
    for row in rows:
        page.append(row)
    return made, page


def with_value(content: bytes, cell: str, value: str) -> bytes:
    """The workbook as Excel keeps it: the formula in this cell with the value that it had."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(out, "w") as made:
        for name in parts.namelist():
            part = parts.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = re.sub(rf'(<c r="{cell}".*?</f>)<v\s*/?>(</v>)?'.encode(), rf"\1<v>{value}</v>".encode(), part)
            made.writestr(name, part)
    return out.getvalue()


def cells(content: bytes, sheet: str = "") -> list[tuple[Cell, ...]]:
    return [row.cells for row in read_sheet(content, name="a.xlsx", sheet=sheet).rows]


def refused(content: bytes, sheet: str = "") -> str:
    with pytest.raises(Invalid) as told:
        read_sheet(content, name="a.xlsx", sheet=sheet)
    return str(told.value)


def test_numbers_are_exact_and_a_percentage_is_known_by_its_format() -> None:
    made, page = book([0.925, 0.1, 92, 92.0, 0.5, "text", True, None, 7])
    page["A1"].number_format, page["E1"].number_format = "0.0%", '0.0"%"'
    assert cells(saved(made)) == [
        (
            Cell(value=Decimal("0.925"), percent=True), Cell(value=Decimal("0.1")), Cell(value=Decimal(92)),
            Cell(value=Decimal(92)), Cell(value=Decimal("0.5")), Cell(value="text"), Cell(value="TRUE"), Cell(),
            Cell(value=Decimal(7)),
        )
    ]  # fmt: skip


def test_a_day_is_a_day_and_a_count_of_days_stays_a_number() -> None:
    made, _ = book([datetime(2026, 1, 1), 46023])  # noqa: DTZ001  (a workbook has no zones)
    assert cells(saved(made)) == [(Cell(value=date(2026, 1, 1)), Cell(value=Decimal(46023)))]


def test_a_formula_counts_as_the_value_kept_with_it_and_says_where_none_was() -> None:
    made, _ = book([1, 2, "=A1+B1"])
    bare = saved(made)
    fault = "a formula whose value is not kept in the file: open it in Excel and save it"
    assert cells(bare)[0][2] == Cell(fault=fault)
    assert cells(with_value(bare, "C1", "3.5"))[0][2] == Cell(value=Decimal("3.5"))


def test_an_error_and_merged_cells_say_so() -> None:
    made, page = book(["Team", "In an hour", None], ["North", "#N/A", 1])
    page["B2"].data_type = "e"
    page.merge_cells("B1:C1")
    merged = "it is part of the merged cells B1:C1"
    assert cells(saved(made)) == [
        (Cell(value="Team"), Cell(value="In an hour", fault=merged), Cell(fault=merged)),
        (Cell(value="North"), Cell(fault="the error #N/A"), Cell(value=Decimal(1))),
    ]


def test_the_sheet_is_the_one_shown_or_the_one_named_and_never_a_hidden_one() -> None:
    made, _ = book(["Team"])
    made.create_sheet("Old").sheet_state = "hidden"
    assert read_sheet(saved(made), name="a.xlsx").notes == ("hidden sheets that are not read: Old",)
    assert refused(saved(made), "Old") == (
        "a.xlsx: the sheet 'Old' is hidden; show the sheet, so that somebody sees what is taken from it"
    )
    made.create_sheet("New")
    assert refused(saved(made)) == "sheet: not given, and a.xlsx has 2 sheets that are shown; one of these: Data, New"
    assert refused(saved(made), "Next") == "a.xlsx: it has no sheet 'Next'; sheets here: Data, New"
    assert read_sheet(saved(made), name="a.xlsx", sheet="Data").name == "a.xlsx, sheet Data"


def test_what_is_no_workbook_is_refused() -> None:
    assert refused(b"PK\x03\x04 nothing") == "a.xlsx: it is not an Excel workbook; save it as an Excel workbook (.xlsx)"
