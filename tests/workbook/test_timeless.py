"""A workbook's bytes say what is in it, and not when it was made."""

import io
import zipfile
from datetime import UTC, datetime

from openpyxl import Workbook, load_workbook

from accreditation.workbook.timeless import timeless


def book(made: datetime) -> Workbook:
    """The same cell, in a workbook made at another time."""
    one = Workbook()
    one.properties.created = made
    one.worksheets[0]["A1"] = "met"
    return one


def test_the_same_content_has_the_same_bytes_whenever_it_was_made() -> None:
    early, late = book(datetime(2026, 1, 1, tzinfo=UTC)), book(datetime(2027, 5, 5, tzinfo=UTC))

    told = timeless(early)

    assert told == timeless(late)
    assert load_workbook(io.BytesIO(told)).worksheets[0]["A1"].value == "met"
    with zipfile.ZipFile(io.BytesIO(told)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
