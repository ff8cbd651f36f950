"""A file of travel times in minutes between places: a table from each to each, or a line a way."""

import math
from collections.abc import Mapping
from pathlib import Path

from accreditation.errors import Fault
from accreditation.workbook.lines import Faults, Row, rows_of
from accreditation.workbook.tables import BEYOND

LONGEST = 10_000
"""More minutes than any way takes: a week."""

WAYS = ("from", "to", "minutes")


def read_travel(file: Path, *, faults: Faults) -> Mapping[tuple[str, str], int]:
    """Minutes by (from, to), rounded up to whole ones; the faults are added to `faults`.

    Either columns from, to and minutes, a line a way; or the first column names where a way begins, and the heading of
    each other column where it ends. A way that is told twice with different times is a fault.
    """
    rows = rows_of(file, needed=(), known=(), faults=faults)
    minutes: dict[tuple[str, str], int] = {}
    for row in rows:
        headings = [one for one in row.cells if one != BEYOND]
        if set(WAYS) <= set(headings):
            told = {(row.text("from", needed=True), row.text("to", needed=True)): "minutes"}
        else:
            begins, ends = headings[:1], headings[1:]
            told = {(row.cells[begins[0]].strip(), place.strip()): place for place in ends}
        for way, column in told.items():
            _add(minutes, way, row, column)
    if not rows and not faults.told:
        faults.add(
            file, 0, Fault(where=str(file), found="no ways", allowed="a line a place, or columns from, to, minutes")
        )
    return minutes


def _add(minutes: dict[tuple[str, str], int], way: tuple[str, str], row: Row, column: str) -> None:
    """A cell that is empty says nothing of its way."""
    cell = row.cells[column].strip()
    if not cell:
        return
    try:
        time = float(cell)
    except ValueError:
        time = math.nan
    if not 0 <= time <= LONGEST:  # neither is what is not a number
        row.wrong(column, found=f"'{cell}'", allowed=f"minutes from 0 to {LONGEST}, with a point before a fraction")
        return
    whole = math.ceil(time)
    if minutes.setdefault(way, whole) != whole:
        row.wrong(column, found=f"{cell} minutes from {way[0]} to {way[1]}", allowed=f"{minutes[way]}, as told before")
