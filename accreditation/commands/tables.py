"""CSV files that people hand in: read with their line numbers, and every fault of theirs named."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from accreditation.errors import Fault, Invalid
from accreditation.scheme.explain import did_you_mean

Line = tuple[int, Mapping[str, str]]
"""A line's number in the file (the heading is 1), and its cells by column."""

BEYOND = "(beyond the headings)"
"""The column under which cells are kept that have no heading."""


def read_table(file: Path, *, columns: Sequence[str], hint: str = "") -> list[Line]:
    """The lines of this CSV file. Raises Invalid where it cannot be read or lacks one of these columns.

    `hint` says what else a person may do about a missing column.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, restkey=BEYOND, strict=True)
            present = list(reader.fieldnames or ())
            missing = [name for name in columns if name not in present]
            if missing:
                raise Invalid([_lacks(file, name, present, hint) for name in missing])
            return [(reader.line_num, {k: v or "" for k, v in row.items()}) for row in reader]
    except OSError as error:
        raise Invalid(
            [Fault(where=str(file), found=f"cannot be read: {error.strerror}", allowed="name a CSV file")]
        ) from error
    except UnicodeDecodeError as error:
        raise Invalid([Fault(where=str(file), found="not UTF-8 text", allowed="save it as CSV in UTF-8")]) from error
    except csv.Error as error:
        raise Invalid(
            [Fault(where=str(file), found=f"not CSV: {error}", allowed="comma-separated lines, text in double quotes")]
        ) from error


def shifted(cells: Mapping[str, str], columns: Sequence[str]) -> Fault | None:
    """Do the cells of this line stand under the wrong headings, as one of them holds a comma without quotes?

    That shows in a cell that begins with a space, or in more cells than there are headings.
    """
    found = ""
    name = next((name for name in columns if cells.get(name, "").startswith(" ")), None)
    if name is not None:
        where, found = (
            f"column '{name}'",
            f"'{cells[name]}' begins with a space: the cell before it seems to hold a comma",
        )
    elif BEYOND in cells:
        where, found = "the whole line", "it has more cells than there are headings: one of them seems to hold a comma"
    return Fault(where=where, found=found, allowed="put a cell that holds a comma in double quotes") if found else None


def _lacks(file: Path, name: str, present: list[str], hint: str) -> Fault:
    return Fault(
        where=f"{file}:1", found=f"there is no column '{name}'{did_you_mean(name, present)}",
        allowed=f"columns here: {', '.join(present) or 'none'}{hint}",
    )  # fmt: skip
