"""A workbook as it came back: the cells of its sheets, and what each of them says beside what was there before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from accreditation.errors import Fault
from accreditation.scheme.explain import did_you_mean
from accreditation.scheme.was import Place
from accreditation.workbook.cells import TOO_LONG, Unreadable, said, shown, tidy
from accreditation.workbook.columns import Column
from accreditation.workbook.rows import Row, kind_in, marker
from accreditation.workbook.sheets import FIRST_COLUMN, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: what it holds, and the note that somebody left on it."""

    value: Any = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The cells of one sheet that hold something: (row, column), both counted from 1 -> cell."""

    title: str
    cells: Mapping[tuple[int, int], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One row as it came back: its number, where its entry stood before, and what its cells say now."""

    number: int
    origin: Place | None
    values: dict[str, Any] = field(default_factory=dict)


LONGEST_QUOTED = 60
MOST_FAULTS = 200
"""So many faults are told of a sheet; whoever mends them sees the others then."""


def quoted(text: object) -> str:
    """What was found, in quotes, cut off where it is long."""
    words = str(text)
    return f"'{words}'" if len(words) <= LONGEST_QUOTED else f"'{words[: LONGEST_QUOTED - 3]}...'"


def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class SheetRead:
    """One sheet as it came back: the columns found by their headings, its rows, and what is wrong in it."""

    def __init__(self, sheet: Sheet, grid: Grid, before: list[Row]) -> None:
        self.sheet, self._grid = sheet, grid
        self.faults: list[Fault] = []
        self.ids_at_fault = False
        self._before = {marker(row): row for row in before}
        self._by_row: dict[int, dict[int, Any]] = {}
        for (row, column), cell in grid.cells.items():
            if cell.value is not None:
                self._by_row.setdefault(row, {})[column] = cell.value
        self._seen: set[str] = set()
        self._columns = dict(self._headings())
        self.rows = [row for row in map(self._row, self._numbers()) if row is not None]

    def where(self, row: int, heading: str) -> str:
        """The name of a cell, as in Criteria!D7; that of the row's first one where there is no such column."""
        known = self._columns.get(heading) or self._columns.get(self.sheet.first) or FIRST_COLUMN
        return f"{self.sheet.title}!{letters(known)}{row}"

    def fault(self, row: int, heading: str, found: str, allowed: str) -> None:
        """Note a fault in this cell, and whether it is one of an id, so that what names it finds nothing."""
        self.ids_at_fault |= any(one.heading == heading and one.kind == "id" for one in self.sheet.columns)
        self.faults.append(Fault(where=self.where(row, heading), found=found, allowed=allowed))

    def notes(self) -> Iterator[tuple[int, str, str]]:
        """The notes left on cells: row (1 for the headings), heading (empty where there is none), text."""
        headings = {column: heading for heading, column in self._columns.items()}
        for (row, column), cell in sorted(self._grid.cells.items()):
            if cell.note:
                yield row, headings.get(column, ""), cell.note

    def _headings(self) -> Iterator[tuple[str, int]]:
        known = {column.heading for column in self.sheet.columns}
        found: set[str] = set()
        for (row, column), cell in sorted(self._grid.cells.items()):
            text = tidy(str(cell.value)).lower() if cell.value is not None else ""
            if row != 1 or not text or column < FIRST_COLUMN:
                continue
            if text in known and text not in found:
                found.add(text)
                yield text, column
            else:
                self._bad_heading(column, text, known)
        missing = sorted(known - found)
        if missing and any(set(row.values) & set(missing) for row in self._before.values()):
            found_not = f"there is no column {', '.join(missing)}"
            self.faults.append(Fault(where=self.sheet.title, found=found_not, allowed="put it back; it may be empty"))

    def _bad_heading(self, column: int, text: str, known: set[str]) -> None:
        twice = text in known
        found = f"the heading {quoted(text)} is here a second time" if twice else f"unknown heading {quoted(text)}"
        hint = "" if twice else did_you_mean(text, sorted(known))
        allowed = f"headings here: {', '.join(one.heading for one in self.sheet.columns)}"
        self.faults.append(Fault(where=f"{self.sheet.title}!{letters(column)}1", found=found + hint, allowed=allowed))

    def _numbers(self) -> list[int]:
        return sorted(row for row, cells in self._by_row.items() if row > 1 and cells)

    def _row(self, number: int) -> Filled | None:
        own = {*self._columns.values(), FIRST_COLUMN - 1}
        for stray in sorted(self._by_row[number].keys() - own):
            where = f"{self.sheet.title}!{letters(stray)}{number}"
            self.faults.append(
                Fault(where=where, found="text in a column without a heading", allowed="move it, or leave a note")
            )
        texts = {heading: self._held(number, column) for heading, column in self._columns.items()}
        if all(text is None for text in texts.values()):
            return None
        mark = str(self._by_row[number].get(FIRST_COLUMN - 1))
        before = self._before.get(mark) if mark not in self._seen else None
        self._seen.add(mark)
        filled = Filled(number=number, origin=None if before is None else before.place)
        for column in self.sheet.columns:
            self._take(filled, column, texts.get(column.heading), before)
        return filled

    def _held(self, row: int, column: int) -> Any:
        value = self._by_row[row].get(column)
        return None if value is None or (isinstance(value, str) and not tidy(value)) else value

    def _take(self, filled: Filled, column: Column, held: Any, before: Row | None) -> None:
        """What the cell says; its old value where it was not touched."""
        heading = column.heading
        kind = kind_in(self.sheet, column, filled.values.get("key"))
        if before is not None and heading in before.values:
            old = before.values[heading]
            text = shown(old, kind)
            if tidy("" if held is None else str(held)) == tidy(text) and isinstance(held, str | None):
                filled.values[heading] = old
                return
            if isinstance(held, str) and tidy(held) == TOO_LONG:
                filled.values[heading] = old
                return
        if held is None:
            return
        try:
            filled.values[heading] = said(held, kind)
        except Unreadable as trouble:
            self.fault(filled.number, heading, trouble.found, trouble.allowed)
            filled.values[heading] = str(held)
