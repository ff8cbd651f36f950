"""A file of indicators as it was handed in, CSV or Excel: whose it is, and what it says of a scheme's criteria."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.errors import Fault, Invalid
from accreditation.rules.indicators.mapping import Columns
from accreditation.rules.indicators.reading import Reported, read_figures
from accreditation.rules.indicators.table import Cell, Row, Table
from accreditation.scheme.model import Scheme
from accreditation.workbook.figures import read_sheet
from accreditation.workbook.parted import rows_of

_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """What a file says: whose figures they are, its lines, what a person should look at, and its SHA-256 (hex)."""

    source: str
    table: str
    reported: tuple[Reported, ...]
    notes: tuple[str, ...]
    digest: str


def read_handed_in(
    content: bytes, *, called: str, files: Mapping[str, Columns], scheme: Scheme, name: str = "", period: str = "",
    sheet: str = "",
) -> HandedIn:  # fmt: skip
    """Read this file by the columns of this name, of all that are known; by the only ones where no name is given.

    Raises Invalid naming every cell that says what cannot be, and what is to be said besides.
    """
    columns = chosen(files, name)
    table = table_of(content, called=called, columns=columns, sheet=sheet)
    read = read_figures(table, columns=columns, scheme=scheme, period=period)
    if read.faults:
        raise Invalid([*read.faults, Fault(where=called, found="nothing was kept", allowed="mend these faults")])
    return HandedIn(
        source=columns.name, table=table.name, reported=read.reported, notes=read.notes,
        digest=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip


def table_of(content: bytes, *, called: str, columns: Columns | None = None, sheet: str = "") -> Table:
    """The table in this file, whatever kind it is of. Raises Invalid where it holds none that can be read."""
    if content.startswith(_WORKBOOKS):
        return read_sheet(content, name=called, sheet=sheet or ("" if columns is None else columns.sheet))
    same: dict[str, Cell] = {}
    rows = [
        Row(
            where=f"{called}:{line}", number=line,
            cells=tuple(same.setdefault(text, Cell(value=text.strip())) for text in cells),
        )
        for line, cells in rows_of(content, name=called, columns=() if columns is None else columns.headings)
    ]  # fmt: skip
    return Table(name=called, rows=tuple(rows))


def chosen(files: Mapping[str, Columns], name: str) -> Columns:
    """The columns of this name, or the only ones that are known. Raises Invalid naming those that are known."""
    if name in files:
        return files[name]
    if not name and len(files) == 1:
        return next(iter(files.values()))
    there = ", ".join(files) or "none yet; map the columns of one first"
    raise Invalid([Fault(where="name", found=f"'{name}'" if name else "not given", allowed=f"one of these: {there}")])
