"""CSV files that people hand in: read with their line numbers, and every fault of theirs named."""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from accreditation.errors import Fault, Invalid
from accreditation.rules.indicators.table import HEADINGS_WITHIN
from accreditation.scheme.explain import did_you_mean

PARTED = {",": "a comma", ";": "a semicolon", "\t": "a tab"}
"""What may stand between cells: spreadsheets of many countries write a semicolon, as a comma parts their numbers."""

BEYOND = "(beyond the headings)"
"""The column under which cells are kept that have no heading."""


class Line(NamedTuple):
    """A line's number in the file (the heading is 1), its cells by column, and what stands between them."""

    number: int
    cells: Mapping[str, str]
    part: str = ","


def read_table(file: Path, *, columns: Sequence[str], hint: str = "") -> list[Line]:
    """The lines of this CSV file. Raises Invalid where it cannot be read, lacks one of these columns, or has one twice.

    Its cells are parted by commas, semicolons or tabs, as its headings are. A line is numbered by where it ends, as one
    cell of it may hold several. `hint` says what else a person may do about a missing column.
    """
    text = _text(file)
    part = parted_by(re.split(r"[\r\n]", text, maxsplit=1)[0], columns)
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey=BEYOND, strict=True, delimiter=part)
    begun = 1
    lines = []
    try:
        present = list(reader.fieldnames or ())
        faults = [_lacks(file, name, present, hint) for name in columns if name not in present]
        faults += [_twice(file, name) for name, times in Counter(present).items() if name and times > 1]
        if faults:
            raise Invalid(faults)
        begun = reader.line_num + 1
        for row in reader:
            lines.append(Line(reader.line_num, {k: v or "" for k, v in row.items()}, part))
            begun = reader.line_num + 1
    except csv.Error as error:
        raise Invalid([_broken(f"{file}:{begun}", error, part)]) from error
    return lines


def read_rows(file: Path, *, columns: Sequence[str] = ()) -> list[tuple[int, list[str]]]:
    """Every row of this CSV file as it stands, with the line on which it ends. Raises Invalid where it cannot be read.

    What parts the cells is told by the line that holds most of these columns, among the first lines.
    """
    text = _text(file)
    first = [line for line in re.split(r"[\r\n]+", text, maxsplit=HEADINGS_WITHIN)[:HEADINGS_WITHIN] if line]
    part = max((parted_by(line, columns) for line in first or [""]), key=lambda one: _columns_in(first, columns, one))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=part)
    begun, rows = 1, []
    try:
        for row in reader:
            rows.append((reader.line_num, row))
            begun = reader.line_num + 1
    except csv.Error as error:
        raise Invalid([_broken(f"{file}:{begun}", error, part)]) from error
    return rows


def _columns_in(lines: Sequence[str], columns: Sequence[str], part: str) -> tuple[int, int]:
    """How many of these columns, and how many cells, do the lines give at best where this parts them?"""

    def found(line: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader([line], delimiter=part), [])
        except csv.Error:
            return 0, 0
        return len({*columns} & {*cells}), len(cells)

    return max(map(found, lines), default=(0, 0))


def parted_by(headings: str, columns: Sequence[str] = ()) -> str:
    """What parts the cells of a file whose first line this is: a comma, a semicolon or a tab?

    Whichever gives most of these columns, then most headings; a comma where that decides nothing.
    """

    def found(part: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader([headings], delimiter=part), [])
        except csv.Error:
            return 0, 0
        return len({*columns} & {*cells}), len(cells)

    return max(PARTED, key=found)


def shifted(line: Line, columns: Sequence[str]) -> Fault | None:
    """Do the cells of this line stand under the wrong headings, as one of them holds a comma without quotes?

    Or a semicolon, where these part the cells. That shows in a cell that begins with a space, or in more cells than
    there are headings.
    """
    cells, part = line.cells, PARTED[line.part]
    found = ""
    name = next((name for name in columns if cells.get(name, "").startswith(" ")), None)
    if name is not None:
        where, found = (
            f"column '{name}'",
            f"'{cells[name]}' begins with a space: the cell before it seems to hold {part}",
        )
    elif BEYOND in cells:
        where, found = "the whole line", f"it has more cells than there are headings: one of them seems to hold {part}"
    return Fault(where=where, found=found, allowed=f"put a cell that holds {part} in double quotes") if found else None


def broken_words(error: csv.Error) -> str:
    """What is wrong with a line that is not CSV, in words."""
    if str(error) == "unexpected end of data":
        return "a double quote is opened and never closed"
    if "expected after" in str(error):
        return "a cell goes on behind its closing double quote"
    return str(error)


def _text(file: Path) -> str:
    """What stands in this file. Raises Invalid where it cannot be read as text."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Invalid(
            [Fault(where=str(file), found=f"cannot be read: {error.strerror}", allowed="name a CSV file")]
        ) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        allowed = "save it as CSV in UTF-8 (in Excel: 'CSV UTF-8')"
        raise Invalid([Fault(where=f"{file}:{line}", found="not UTF-8 text", allowed=allowed)]) from error


def _broken(where: str, error: csv.Error, part: str) -> Fault:
    allowed = f"lines with {PARTED[part]} between cells; text in double quotes, and a double quote in it twice"
    return Fault(where=where, found=f"not CSV: {broken_words(error)}", allowed=allowed)


def _twice(file: Path, name: str) -> Fault:
    return Fault(
        where=f"{file}:1", found=f"the column '{name}' stands there twice", allowed="leave one of them, or rename one"
    )


def _lacks(file: Path, name: str, present: list[str], hint: str) -> Fault:
    return Fault(
        where=f"{file}:1", found=f"there is no column '{name}'{did_you_mean(name, present)}",
        allowed=f"columns here: {', '.join(present) or 'none'}{hint}",
    )  # fmt: skip
