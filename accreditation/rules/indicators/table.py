"""A table as it was handed in, whatever kind of file it came in: rows of cells, each with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accreditation.errors import Fault
from accreditation.scheme.explain import did_you_mean

HEADINGS_WITHIN = 20
"""So many lines may stand above the headings: a title, and when it was made."""


_MOST_FAULTS = 200

_TOLD, _LONG = 50, 200
"""So many words of a list are told, and so many characters of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a cell holds. `percent` where it is shown as a percentage of it; `fault` why it cannot be read."""

    value: str | Decimal | date | None = None
    percent: bool = False
    fault: str = ""

    @property
    def text(self) -> str:
        """What it says, as text."""
        if isinstance(self.value, Decimal):
            return f"{self.value:f}"
        return "" if self.value is None else str(self.value).strip()

    @property
    def quoted(self) -> str:
        """What it says, as a fault tells it."""
        return f"'{self.text if len(self.text) <= _LONG else self.text[:_LONG] + '...'}'"


EMPTY = Cell()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: where it stands, by the file and its line or row, and its cells from the left."""

    where: str
    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: what it is called, its rows, and what a person is to know of it that is no fault."""

    name: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row below the headings: its cells by heading."""

    where: str
    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The rows below the headings, all headings, and every fault of the headings."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


def some(words: Sequence[str]) -> str:
    """These words in a line that a person can read: the first of many, and how many there are besides."""
    first = ", ".join(word if len(word) <= _LONG else f"{word[:_LONG]}..." for word in words[:_TOLD])
    return first if len(words) <= _TOLD else f"{first} and {len(words) - _TOLD} more"


def first_of(faults: Sequence[Fault], *, where: str) -> tuple[Fault, ...]:
    """The faults that are told: of very many the first, and how many there are besides."""
    more = len(faults) - _MOST_FAULTS
    if more <= 0:
        return tuple(faults)
    return (*faults[:_MOST_FAULTS], Fault(where=where, found=f"{more:,} faults more", allowed="mend these first"))


def under_headings(table: Table, wanted: Sequence[str]) -> Lines:
    """The lines of the table by the headings that are wanted; the headings are where most of these stand in a row.

    Every heading that lacks, stands twice or is merged with other cells is a fault. Empty lines are left out.
    """
    rows = table.rows[:HEADINGS_WITHIN]
    head = max(rows, key=lambda row: len({one.text for one in row.cells} & {*wanted}), default=None)
    if head is None:
        found = Fault(where=table.name, found="it is empty", allowed=f"a row of headings: {', '.join(wanted)}")
        return Lines(headings=(), lines=(), faults=(found,))
    texts = [one.text for one in head.cells]
    faults = [fault for heading in wanted if (fault := _fault_of_heading(heading, head, texts)) is not None]
    place = {heading: texts.index(heading) for heading in wanted if heading in texts}
    lines = [
        Line(
            where=row.where, number=row.number,
            cells={name: row.cells[at] if at < len(row.cells) else EMPTY for name, at in place.items()},
        )
        for row in table.rows[table.rows.index(head) + 1 :]
        if any(cell.text or cell.fault for cell in row.cells)
    ]  # fmt: skip
    return Lines(headings=tuple(text for text in texts if text), lines=tuple(lines), faults=tuple(faults))


def _fault_of_heading(heading: str, head: Row, texts: Sequence[str]) -> Fault | None:
    there = [text for text in texts if text]
    if heading not in texts:
        return Fault(
            where=head.where, found=f"there is no column '{heading}'{did_you_mean(heading, there)}",
            allowed=f"columns here: {some(there) or 'none'}",
        )  # fmt: skip
    if texts.count(heading) > 1:
        return Fault(
            where=head.where, found=f"the column '{heading}' stands there {texts.count(heading)} times",
            allowed="a heading of its own for each column",
        )  # fmt: skip
    fault = head.cells[texts.index(heading)].fault
    return Fault(where=f"{head.where} column '{heading}'", found=fault, allowed="one cell a heading") if fault else None
