"""A line of a file, read cell by cell: what is written there as a value, and every fault by file, line and column."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from accreditation.errors import Fault, Invalid
from accreditation.rules.named import faults_of_name, plain_name
from accreditation.rules.reviewer_facts import Away
from accreditation.scheme.explain import did_you_mean
from accreditation.workbook.tables import read_table, shifted

BETWEEN = ";"
"""What stands between several things in one cell."""

_WORD = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_WHOLE = re.compile(r"[0-9]{1,9}\Z")
_LINES = 10**9  # more than any file has


class Faults:
    """What is wrong with files: gathered in any order, told in the order of files and lines."""

    def __init__(self) -> None:
        self._found: list[tuple[int, Fault]] = []
        self._files: dict[Path, int] = {}

    def add(self, file: Path, line: int, fault: Fault) -> None:
        """Something is wrong in this line; 0 is the file as a whole."""
        place = self._files.setdefault(file, len(self._files))
        self._found.append((place * _LINES + line, fault))

    def whole(self, file: Path) -> bool:
        """Is something wrong with this file as a whole, so that nothing is known of what is in it?"""
        place = self._files.get(file)
        return any(found[0] == place * _LINES for found in self._found) if place is not None else False

    @property
    def told(self) -> list[Fault]:
        """All of them in order."""
        return [fault for _, fault in sorted(self._found, key=lambda found: found[0])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line; what is wrong with it is added to `faults`, and a value that means nothing is given in its place."""

    file: Path
    line: int
    cells: Mapping[str, str]
    faults: Faults = field(repr=False)

    def wrong(self, column: str, *, found: str, allowed: str) -> None:
        """Something is wrong with this cell; with the line as a whole, where no column is told."""
        where = f"{self.where} column '{column}'" if column else self.where
        self.faults.add(self.file, self.line, Fault(where=where, found=found, allowed=allowed))

    @property
    def where(self) -> str:
        """Where the line stands, as editors expect it."""
        return f"{self.file}:{self.line}"

    def text(self, column: str, *, needed: bool = False) -> str:
        """What is written there, on one line; empty where nothing is, or the column is not there."""
        given = plain_name(self.cells.get(column, ""))
        if given or needed:
            for fault in faults_of_name(column, given):
                self.wrong(column, found=fault.found, allowed=fault.allowed)
        return given

    def several(self, column: str, *, needed: bool = False) -> tuple[str, ...]:
        """The texts in this cell, each once, in the order in which they are written."""
        given = self.text(column, needed=needed)
        return tuple(dict.fromkeys(one for part in given.split(BETWEEN) if (one := part.strip())))

    def words(self, column: str, *, needed: bool = False, known: Sequence[str] = ()) -> tuple[str, ...]:
        """The ids in this cell, as in `lead_clinician;lay`; of the known ones, where any are told."""
        given = self.several(column, needed=needed)
        for one in given:
            if known and one not in known:
                self.wrong(column, found=f"'{one}'", allowed=f"one or more of {', '.join(known)}, with ; between")
            elif not _WORD.match(one):
                allowed = "small letters, digits and _, beginning with a letter; ; between several"
                self.wrong(column, found=f"'{one}'", allowed=allowed)
        return given

    def whole(self, column: str, *, least: int = 0, most: int, default: int | None = None) -> int:
        """The whole number in this cell; the default where it is empty, if there is one."""
        given = self.cells.get(column, "").strip()
        if not given and default is not None:
            return default
        if not _WHOLE.match(given) or not least <= int(given) <= most:
            allowed = f"a whole number from {least} to {most}"
            self.wrong(column, found=f"'{given}'" if given else "empty", allowed=allowed)
            return least
        return int(given)

    def day(self, column: str) -> date | None:
        """The day in this cell; None where it is empty."""
        given = self.cells.get(column, "").strip()
        return self._day(column, given) if given else None

    def spans(self, column: str) -> tuple[Away, ...]:
        """The days in this cell, as in `2027-01-04..2027-01-15; 2027-02-01`."""
        found = []
        for one in self.several(column):
            first, dots, last = one.partition("..")
            begins = self._day(column, first.strip())
            ends = self._day(column, last.strip()) if dots else begins
            if begins and ends and ends < begins:
                self.wrong(column, found=f"'{one}' ends before it begins", allowed="the earlier day first")
            elif begins and ends:
                found.append(Away(first=begins, last=ends))
        return tuple(found)

    def until(self, column: str) -> tuple[tuple[str, date | None], ...]:
        """Names with the day until which they hold, as in `North Trust until 2024-05-31; South Trust`."""
        found = []
        for one in self.several(column):
            name, word, day = one.partition(" until ")
            found.append((name.strip(), self._day(column, day.strip()) if word else None))
        return tuple(found)

    def _day(self, column: str, given: str) -> date | None:
        try:
            if _DAY.match(given):
                return date.fromisoformat(given)
        except ValueError:
            pass  # as in 2027-02-30: said below, like anything else that is no day
        self.wrong(column, found=f"'{given}' is no day", allowed="a day as in 2027-01-31")
        return None


def rows_of(
    file: Path, *, needed: Sequence[str], known: Sequence[str], faults: Faults, content: bytes | None = None
) -> list[Row]:  # fmt: skip
    """The lines of this file. A file that cannot be read, and lines whose cells are shifted, are faults.

    Columns beyond the known ones are none of ours and are left alone, but for one whose name is nearly that of a known
    column which is not there: whoever wrote it meant it to be read.
    """
    try:
        lines = read_table(file, columns=needed, hint=f". Columns that are read: {', '.join(known)}", content=content)
    except Invalid as refusal:
        for fault in refusal.faults:
            faults.add(file, 0, fault)
        return []
    _misspelt(file, list(lines[0].cells) if lines else [], known, faults)
    rows = []
    for line in lines:
        number, cells, _ = line
        moved = shifted(line, [name for name in known if name in cells])
        if moved is not None:
            where = f"{file}:{number} {moved.where}"
            faults.add(file, number, Fault(where=where, found=moved.found, allowed=moved.allowed))
        elif any(cell.strip() for cell in cells.values()):
            rows.append(Row(file=file, line=number, cells=cells, faults=faults))
    return rows


def _misspelt(file: Path, headings: Sequence[str], known: Sequence[str], faults: Faults) -> None:
    absent = [name for name in known if name not in headings]
    for name in headings:
        near = "" if name in known else did_you_mean(name, absent)
        if near:
            found, allowed = f"column '{name}' is not read{near}", f"columns: {', '.join(known)}"
            faults.add(file, 1, Fault(where=f"{file}:1", found=found, allowed=allowed))


def once(rows: Sequence[Row], names: Sequence[str]) -> None:
    """Is each of these, by the name that is told of each row, listed once?

    A second line is a fault, as nobody could say which of the two holds.
    """
    first: dict[str, int] = {}
    for row, name in zip(rows, names, strict=True):
        line = first.setdefault(name, row.line)
        if line != row.line:
            row.wrong("", found=f"{name} stands in line {line} already", allowed="list each once")
