"""A published table as it streams in: its headings, then row after row, and what is wrong with a row by itself."""

import csv
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TextIO

from accreditation.errors import Fault, Invalid
from accreditation.workbook.parted import PARTED, broken_words, parted_by

MAX_LINE = 1_000_000
"""A longer line is refused: whatever it is, it is no row of a table."""

Line = tuple[int, Mapping[str, str] | Fault]
"""The number of a row's last line in the file, and its cells by heading, or what is wrong with it."""


class PublishedTable:
    """A CSV file, parted by commas, semicolons or tabs, read once from its beginning to its end.

    Bytes that are no UTF-8 text are read as U+FFFD, so that one such cell does not hide all others.
    """

    def __init__(self, stream: TextIO, *, name: str) -> None:
        """Reads the headings. Raises Invalid where there are none, or where it cannot be CSV."""
        self._lines = _bounded(stream, name)
        first = next(self._lines, "")
        if first.startswith("PK\x03\x04"):
            raise _unusable(name, "a workbook, not CSV", "save the sheet as CSV in UTF-8")
        if "\x00" in first:
            raise _unusable(name, "not UTF-8 text", "save the table as CSV in UTF-8")
        self._part = parted_by(first.rstrip("\r\n"))
        self._reader = csv.reader(chain([first], self._lines), delimiter=self._part, strict=True)
        try:
            self.headings = [heading.strip() for heading in next(self._reader, [])]
        except csv.Error as error:
            raise _unusable(
                f"{name}:1", f"not CSV: {broken_words(error)}", "write the headings in the first row"
            ) from error
        if not any(self.headings):
            raise _unusable(name, "no headings", "write the headings in the first row")

    def rows(self) -> Iterator[Line]:
        """Row after row. A row in which nothing is written is passed over."""
        while True:
            try:
                cells = [cell.strip() for cell in next(self._reader)]
            except StopIteration:
                return
            except csv.Error as error:
                yield (
                    self._reader.line_num,
                    _row(f"not CSV: {broken_words(error)}", "close every quote, and write a quote in a cell twice"),
                )
                continue
            if any(cells):
                yield self._reader.line_num, self._by_heading(cells)

    def _by_heading(self, cells: list[str]) -> Mapping[str, str] | Fault:
        if len(cells) < len(self.headings) or any(cells[len(self.headings) :]):
            found = f"{len(cells)} cells under {len(self.headings)} headings"
            return _row(found, f"a cell for every heading; put a cell that holds {PARTED[self._part]} in double quotes")
        return dict(zip(self.headings, cells, strict=False))


def _bounded(stream: TextIO, name: str) -> Iterator[str]:
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise _unusable(f"{name}:{number}", f"a line of more than {MAX_LINE} characters", "name a CSV file")
        yield line


def _row(found: str, allowed: str) -> Fault:
    return Fault(where="the whole row", found=found, allowed=allowed)


def _unusable(where: str, found: str, allowed: str) -> Invalid:
    return Invalid([Fault(where=where, found=found, allowed=allowed)])


def opened(file: Path) -> TextIO:
    """The file, to be read as text. Raises Invalid where it cannot be opened."""
    try:
        return file.open(encoding="utf-8-sig", errors="replace", newline="")
    except OSError as error:
        raise _unusable(str(file), f"cannot be read: {error.strerror}", "name a CSV file") from error
