"""From the files of a standard to the rows of its sheets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from accreditation.scheme.document import Path
from accreditation.scheme.read import CASES, SCHEME_FILE
from accreditation.scheme.was import Place
from accreditation.workbook.columns import Column, Kind
from accreditation.workbook.sheets import KEYS, Sheet

Data = Mapping[str, Any]
"""What the files say: file -> its plain data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a sheet: where in the files it stands, and its values by heading; what is not written is not there."""

    place: Place
    values: dict[str, Any] = field(default_factory=dict)


def marker(row: Row) -> str:
    """What the hidden column says of a row: the entry of the files that it is."""
    file, path = row.place
    return "/".join([file, *(str(part).replace("~", "~0").replace("/", "~1") for part in path)])


def rows_of(sheet: Sheet, data: Data) -> list[Row]:
    """The rows that this sheet has for these files, in the order of the files."""
    return list(_SHAPES[sheet.shape](sheet, data))


def kind_in(sheet: Sheet, column: Column, key: object) -> Kind:
    """How is this cell read? In a sheet of keys that depends on the key of the row."""
    if sheet.shape == "keys" and column.heading == "value":
        return next((one.kind for one in KEYS[sheet.key] if one.heading == key), "yaml")
    return column.kind


def _values(sheet: Sheet, entry: Any, **own: Any) -> dict[str, Any]:
    """The values of an entry by heading, behind those of the columns that are not keys of it."""
    values = {name: value for name, value in own.items() if value is not None}
    for column in sheet.columns:
        here = entry
        for key in column.keys:
            here = here.get(key, _NOTHING) if isinstance(here, dict) else _NOTHING
        if column.keys and here is not _NOTHING:
            values[column.heading] = here
    return values


_NOTHING = object()


def _scheme(data: Data) -> dict[str, Any]:
    found = data.get(SCHEME_FILE)
    return found if isinstance(found, dict) else {}


def _keys(sheet: Sheet, data: Data) -> Iterator[Row]:
    within = _scheme(data).get(sheet.key) if sheet.key else _scheme(data)
    for column in KEYS[sheet.key]:
        path: Path = (*((sheet.key,) if sheet.key else ()), column.heading)
        values = {"key": column.heading}
        if isinstance(within, dict) and column.heading in within:
            values["value"] = within[column.heading]
        yield Row(place=(SCHEME_FILE, path), values=values)


def _named(sheet: Sheet, data: Data) -> Iterator[Row]:
    for name, entry in (_scheme(data).get(sheet.key) or {}).items():
        yield Row(place=(SCHEME_FILE, (sheet.key, name)), values=_values(sheet, entry, id=name))


def _listed(sheet: Sheet, data: Data) -> Iterator[Row]:
    for position, entry in enumerate(_scheme(data).get(sheet.key) or ()):
        yield Row(place=(SCHEME_FILE, (sheet.key, position)), values=_values(sheet, entry))


def _scales(sheet: Sheet, data: Data) -> Iterator[Row]:
    scheme = _scheme(data)
    for name, rating in (scheme.get("scale") or {}).items():
        yield Row(place=(SCHEME_FILE, ("scale", name)), values=_values(sheet, rating, id=name))
    for scale, ratings in (scheme.get("scales") or {}).items():
        for name, rating in ratings.items():
            place = (SCHEME_FILE, ("scales", scale, name))
            yield Row(place=place, values=_values(sheet, rating, scale=scale, id=name))


def _bands(sheet: Sheet, data: Data) -> Iterator[Row]:
    for table, bands in (_scheme(data).get("bands") or {}).items():
        for position, band in enumerate(bands):
            place = (SCHEME_FILE, ("bands", table, position))
            yield Row(place=place, values=_values(sheet, band, table=table))


def _tree(sheet: Sheet, data: Data) -> Iterator[Row]:
    def walk(entries: Any, path: Path, levels: tuple[tuple[str, str], ...]) -> Iterator[Row]:
        level, below = levels[0]
        for position, entry in enumerate(entries or ()):
            here = (*path, position)
            yield Row(place=(SCHEME_FILE, here), values=_values(sheet, entry, level=level))
            if below:
                yield from walk(entry.get(below), (*here, below), levels[1:])

    levels = (("domain", "standards"), ("standard", "sections"), ("section", ""))
    return walk(_scheme(data).get("domains"), ("domains",), levels)


def _criteria(sheet: Sheet, data: Data) -> Iterator[Row]:
    for domain in _scheme(data).get("domains") or ():
        for position, entry in enumerate(data.get(domain.get("file")) or ()):
            place = (domain["file"], (position,))
            yield Row(place=place, values=_values(sheet, entry, domain=domain.get("id")))


def _cases(sheet: Sheet, data: Data) -> Iterator[Row]:
    for file in sorted(name for name in data if name.startswith(CASES)):
        for position, entry in enumerate(data[file] or ()):
            yield Row(place=(file, (position,)), values=_values(sheet, entry, file=file))


_SHAPES = {
    "keys": _keys,
    "named": _named,
    "listed": _listed,
    "scales": _scales,
    "bands": _bands,
    "tree": _tree,
    "criteria": _criteria,
    "cases": _cases,
}
