"""CSV files that people hand in: read with their line numbers, and every fault of theirs named."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from accreditation.errors import Fault, Invalid
from accreditation.scheme.explain import did_you_mean

Line = tuple[int, Mapping[str, str]]
"""A line's number in the file (the heading is 1), and its cells by column."""


def read_table(file: Path, *, columns: Sequence[str], hint: str = "") -> list[Line]:
    """The lines of this CSV file. Raises Invalid where it cannot be read or lacks one of these columns.

    `hint` says what else a person may do about a missing column.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            present = list(reader.fieldnames or ())
            missing = [name for name in columns if name not in present]
            if missing:
                raise Invalid([_lacks(file, name, present, hint) for name in missing])
            return [(reader.line_num, {k: v or "" for k, v in row.items() if k is not None}) for row in reader]
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


def shifted(cells: Mapping[str, str], columns: Sequence[str]) -> str | None:
    """Which of these cells begins with a space? The cell before it then held a comma without quotes."""
    return next((name for name in columns if cells.get(name, "").startswith(" ")), None)


def _lacks(file: Path, name: str, present: list[str], hint: str) -> Fault:
    return Fault(
        where=f"{file}:1", found=f"there is no column '{name}'{did_you_mean(name, present)}",
        allowed=f"columns here: {', '.join(present) or 'none'}{hint}",
    )  # fmt: skip
