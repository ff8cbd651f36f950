"""From the rows of a workbook back to what the files of a standard say."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accreditation.errors import Fault
from accreditation.scheme.document import Path
from accreditation.scheme.explain import did_you_mean
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import CASES, SCHEME_FILE
from accreditation.scheme.was import Place, Was
from accreditation.workbook.entries import bare, entry_of, filled_below, in_order
from accreditation.workbook.filled import MOST_FAULTS, Filled, SheetRead, quoted
from accreditation.workbook.rows import Data, rows_of
from accreditation.workbook.sheets import KEYS, SHEETS

CASES_FILE = f"{CASES}cases.yaml"
"""Where worked cases go that name no file."""

CRITERIA = "criteria/"

_CRITERIA_FILE = re.compile(r"criteria/[A-Za-z0-9][A-Za-z0-9._-]{0,79}\.yaml\Z")
_CASES_FILE = re.compile(r"cases/[A-Za-z0-9][A-Za-z0-9._-]{0,79}\.yaml\Z")


@dataclass(slots=True, kw_only=True)
class Gathered:
    """What the files say after the workbook, the cell of every piece of it, and what is wrong in the sheets."""

    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[Place, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[tuple[Place, str]] = field(default_factory=list)
    ids_at_fault: bool = False


def gathered(reads: Mapping[str, SheetRead], before: Data) -> Gathered:
    """What do the files say now? `before` is what they said when the workbook was made; empty where it was not."""
    return _Gather(reads, before).done()


class _Gather:
    def __init__(self, reads: Mapping[str, SheetRead], before: Data) -> None:
        self._reads, self._before = reads, before
        old = before.get(SCHEME_FILE)
        self._old: dict[str, Any] = old if isinstance(old, dict) else {}
        self._new: dict[str, Any] = {}
        self._out = Gathered()
        self._places: dict[tuple[str, int], Place] = {}

    def done(self) -> Gathered:
        """Everything of all sheets."""
        for sheet in SHEETS:
            if sheet.title in self._reads:
                _SHAPES[sheet.shape](self, self._reads[sheet.title])
            elif rows_of(sheet, self._before):
                allowed = "put it back; export the standard again to see how it is laid out"
                self._out.faults.append(Fault(where=sheet.title, found="there is no such sheet", allowed=allowed))
        self._out.data[SCHEME_FILE] = self._ordered()
        for file, data in self._before.items():
            if not file.startswith((CRITERIA, CASES)) and file != SCHEME_FILE:
                self._out.data[file] = data
        for read in self._reads.values():
            self._out.faults += read.faults[:MOST_FAULTS]
            self._out.ids_at_fault |= read.ids_at_fault
            self._take_notes(read)
        return self._out

    def _ordered(self) -> dict[str, Any]:
        """The keys in the order in which they stood, new ones where the language has them."""
        keys = [key for key in self._old if key in self._new or not self._is_shown(key)]
        wanted = [*Scheme.model_fields]
        for key in self._new:
            if key not in keys:
                above = [one for one in wanted[: wanted.index(key)] if one in keys] if key in wanted else []
                keys.insert(keys.index(above[-1]) + 1 if above else len(keys), key)
        return {key: self._new[key] if key in self._new else self._old[key] for key in keys}

    @staticmethod
    def _is_shown(key: str) -> bool:
        return key in Scheme.model_fields

    def keys(self, read: SheetRead) -> None:
        """A sheet of keys: those of scheme.yaml itself, or those within one of them."""
        within = read.sheet.key
        found: dict[str, Any] = {}
        for row in read.rows:
            key = row.values.get("key")
            if "value" not in row.values:
                continue
            if not isinstance(key, str) or key in found:
                self._named_wrongly(read, row, "key", key)
                continue
            found[key] = row.values["value"]
            self._at(read, row, (SCHEME_FILE, (*((within,) if within else ()), key)), {(): "value"})
        if not within:
            self._new |= found
        elif found or within in self._old:
            self._new[within] = in_order(found, list(self._old.get(within) or ()), [c.heading for c in KEYS[within]])

    def _stays_empty(self, key: str) -> bool:
        """Is this key written although nothing stands below it? So where it was, and where it must be there."""
        return key in self._old and (not self._old[key] or Scheme.model_fields[key].is_required())

    def named(self, read: SheetRead) -> None:
        """A sheet of entries with names of their own."""
        key = read.sheet.key
        found: dict[str, Any] = {}
        for row in read.rows:
            self._name(read, row, "id", found, (key,), self._entry(read, row))
        if found or self._stays_empty(key) or (not self._before and key in ("sources", "profile")):
            self._new[key] = found

    def listed(self, read: SheetRead) -> None:
        """A sheet of a list."""
        key = read.sheet.key
        if read.rows or self._stays_empty(key):
            self._new[key] = []
        for position, row in enumerate(read.rows):
            self._new[key].append(self._entry(read, row))
            self._at(read, row, (SCHEME_FILE, (key, position)))

    def scales(self, read: SheetRead) -> None:
        """The scale of the standard, and others by their names."""
        scales: dict[str, Any] = {name: {} for name in self._old.get("scales") or {}} if not read.rows else {}
        main: dict[str, Any] = {}
        for row in read.rows:
            scale = row.values.get("scale")
            into = main if scale is None else scales.setdefault(str(scale), {})
            path: Path = ("scale",) if scale is None else ("scales", str(scale))
            self._name(read, row, "id", into, path, self._entry(read, row))
        if main or "scale" in self._old:
            self._new["scale"] = main
        if scales or self._stays_empty("scales"):
            self._new["scales"] = scales

    def bands(self, read: SheetRead) -> None:
        """Band tables by their names."""
        tables: dict[str, list[Any]] = {}
        for row in read.rows:
            table = row.values.get("table")
            if table is None:
                self._named_wrongly(read, row, "table", None)
                continue
            bands = tables.setdefault(str(table), [])
            self._at(read, row, (SCHEME_FILE, ("bands", str(table), len(bands))))
            bands.append(self._entry(read, row))
        if tables or self._stays_empty("bands"):
            self._new["bands"] = tables

    def tree(self, read: SheetRead) -> None:
        """Domains, below each its standards, below these their sections."""
        levels = {"domain": "domains", "standard": "standards", "section": "sections"}
        into: list[tuple[list[Any], Path]] = [([], ("domains",))]
        self._new["domains"] = into[0][0]
        for row in read.rows:
            level = str(row.values.get("level", "")).lower()
            depth = [*levels].index(level) if level in levels else -1
            if not 0 <= depth < len(into):
                missing = f"a {level} without a {[*levels][depth - 1]} above it"
                found = f"{quoted(level)} is no level" if depth < 0 else missing
                read.fault(row.number, "level", found, "domain, standard below a domain, section below a standard")
                continue
            entries, path = into[depth]
            here = (*path, len(entries))
            entry = self._entry(read, row)
            entries.append(entry)
            self._at(read, row, (SCHEME_FILE, here))
            below = [*levels.values()][depth + 1 : depth + 2]
            into[depth + 1 :] = [(filled_below(entry.value if isinstance(entry, Was) else entry, key), (*here, key))
                                 for key in below]  # fmt: skip
        self._without_empty(self._new["domains"])

    def _without_empty(self, entries: list[Any]) -> None:
        """Take out the lists that no row filled, except where they were written as empty."""
        for entry in entries:
            found = bare(entry)
            for key in [key for key in ("standards", "sections") if key in found]:
                self._without_empty(found[key])
                if not found[key] and not (isinstance(entry, Was) and self._was(entry.origin).get(key) == []):
                    del found[key]

    def _was(self, origin: Place) -> dict[str, Any]:
        here = self._before[origin[0]]
        for part in origin[1]:
            here = here[part]
        return here if isinstance(here, dict) else {}

    def criteria(self, read: SheetRead) -> None:
        """All criteria, each into the file of its domain."""
        files = {str(one.get("id")): str(one.get("file", "")) for one in map(bare, self._new.get("domains", []))}
        for file in files.values():
            if _CRITERIA_FILE.match(file):
                self._out.data.setdefault(file, [])
        for row in read.rows:
            domain = row.values.get("domain")
            if domain not in files:
                found = "nothing is written here" if domain is None else f"there is no domain {quoted(domain)}"
                hint = "" if domain is None else did_you_mean(str(domain), list(files))
                read.fault(row.number, "domain", found + hint, f"allowed here: {', '.join(files) or 'none'}")
            elif files[domain] in self._out.data:
                self._append(read, row, files[domain])

    def cases(self, read: SheetRead) -> None:
        """Worked cases, each into its file."""
        known = [file for file in self._before if file.startswith(CASES)]
        for file in known:
            if not self._before[file]:
                self._out.data[file] = self._before[file]
        for row in read.rows:
            file = row.values.get("file", known[0] if known else CASES_FILE)
            if _CASES_FILE.match(str(file)):
                self._append(read, row, str(file))
            else:
                read.fault(row.number, "file", quoted(file), f"a file in {CASES}, as {CASES_FILE}; or leave it empty")

    def _append(self, read: SheetRead, row: Filled, file: str) -> None:
        entries = self._out.data.setdefault(file, [])
        self._at(read, row, (file, (len(entries),)))
        entries.append(self._entry(read, row))

    def _name(self, read: SheetRead, row: Filled, heading: str, into: dict[str, Any], path: Path, entry: Any) -> None:
        name = row.values.get(heading)
        if not isinstance(name, str) or name in into:
            self._named_wrongly(read, row, heading, name)
            return
        into[name] = entry
        self._at(read, row, (SCHEME_FILE, (*path, name)))

    @staticmethod
    def _named_wrongly(read: SheetRead, row: Filled, heading: str, name: Any) -> None:
        if name is None:
            read.fault(row.number, heading, "nothing is written here", "write an id, or empty the whole row")
        elif isinstance(name, str):
            read.fault(row.number, heading, f"{quoted(name)} is here a second time", "each once")

    def _entry(self, read: SheetRead, row: Filled) -> Any:
        """The entry of a row; its keys in the order in which they stood, new ones in the order of the columns."""
        entry = entry_of(read, row, {} if row.origin is None else self._was(row.origin))
        return entry if row.origin is None else Was(value=entry, origin=row.origin)

    def _at(self, read: SheetRead, row: Filled, place: Place, headings: Mapping[Path, str] | None = None) -> None:
        """Remember which cells say what."""
        file, path = place
        self._places[read.sheet.title, row.number] = place
        if headings is None:
            headings = {column.keys: column.heading for column in read.sheet.columns if column.keys}
            self._out.cells[place] = read.where(row.number, read.sheet.first)
        for keys, heading in headings.items():
            self._out.cells[file, (*path, *keys)] = read.where(row.number, heading)

    def _take_notes(self, read: SheetRead) -> None:
        """Every note goes to what its cell says, or to the nearest thing around it."""
        for number, heading, text in read.notes():
            keys = next((column.keys for column in read.sheet.columns if column.heading == heading), ())
            top: Place = (SCHEME_FILE, (read.sheet.key,) if read.sheet.key else ())
            file, path = self._places.get((read.sheet.title, number), top)
            self._out.notes.append(((file, (*path, *keys)), text))


_SHAPES: Mapping[str, Callable[[_Gather, SheetRead], None]] = {
    "keys": _Gather.keys,
    "named": _Gather.named,
    "listed": _Gather.listed,
    "scales": _Gather.scales,
    "bands": _Gather.bands,
    "tree": _Gather.tree,
    "criteria": _Gather.criteria,
    "cases": _Gather.cases,
}
