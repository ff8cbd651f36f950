"""CSV files that people hand in: read with their line numbers, and every fault of theirs named."""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from accreditation.errors import Fault, Invalid
from accreditation.scheme.explain import did_you_mean
from accreditation.workbook.parted import PARTED, broken, parted_by, text_of

BEYOND = "(beyond the headings)"
"""The column under which cells are kept that have no heading."""


class Line(NamedTuple):
    """A line's number in the file (the heading is 1), its cells by column, and what stands between them."""

    number: int
    cells: Mapping[str, str]
    part: str = ","


def read_table(
    file: Path, *, columns: Sequence[str], hint: str = "", content: bytes | None = None
) -> list[Line]:  # fmt: skip
    """The lines of this CSV file. Raises Invalid where it cannot be read, lacks one of these columns, or has one twice.

    Its cells are parted by commas, semicolons or tabs, as its headings are. A line is numbered by where it ends, as one
    cell of it may hold several. `hint` says what else a person may do about a missing column. `content` is what was
    handed in under this name, where it does not lie on this machine.
    """
    text = text_of(_content(file) if content is None else content, name=str(file))
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
        raise Invalid([broken(f"{file}:{begun}", error, part)]) from error
    return lines


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


def _content(file: Path) -> bytes:
    """What stands in this file. Raises Invalid where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Invalid(
            [Fault(where=str(file), found=f"cannot be read: {error.strerror}", allowed="name a CSV file")]
        ) from error


def _twice(file: Path, name: str) -> Fault:
    return Fault(
        where=f"{file}:1", found=f"the column '{name}' stands there twice", allowed="leave one of them, or rename one"
    )


def _lacks(file: Path, name: str, present: list[str], hint: str) -> Fault:
    return Fault(
        where=f"{file}:1", found=f"there is no column '{name}'{did_you_mean(name, present)}",
        allowed=f"columns here: {', '.join(present) or 'none'}{hint}",
    )  # fmt: skip
