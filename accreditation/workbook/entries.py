"""An entry of a list or a table of the files, from the row of a sheet: its keys in the order in which they stood."""

from typing import Any

from accreditation.scheme.was import Was
from accreditation.workbook.filled import Filled, SheetRead


def entry_of(read: SheetRead, row: Filled, old: dict[str, Any]) -> dict[str, Any]:
    """The entry of this row; `old` is what it was, whose keys keep their order, and empty where it is new."""
    values: dict[str, Any] = {}
    for column in read.sheet.columns:
        if column.keys and column.heading in row.values:
            within = values
            for key in column.keys[:-1]:
                within = within.setdefault(key, {})
            within[column.keys[-1]] = row.values[column.heading]
    order = list(dict.fromkeys(column.keys[0] for column in read.sheet.columns if column.keys))
    if "standards" in old or "sections" in old:  # rows of their own, put in afterwards
        values |= {key: [] for key in ("standards", "sections") if key in old}
    inner = {key: old[key] for key in old if isinstance(old[key], dict) and isinstance(values.get(key), dict)}
    for key, before in inner.items():
        if any(len(column.keys) > 1 and column.keys[0] == key for column in read.sheet.columns):
            below = [column.keys[1] for column in read.sheet.columns if column.keys[:1] == (key,)]
            values[key] = in_order(values[key], list(before), below)
    return in_order(values, list(old), order)


def in_order(values: dict[str, Any], old: list[str], known: list[str]) -> dict[str, Any]:
    """The keys as they stood; a new one behind the nearest that the language names before it."""
    keys = [key for key in old if key in values]
    for key in values:
        if key not in keys:
            above = [one for one in known[: known.index(key)] if one in keys] if key in known else []
            keys.insert(keys.index(above[-1]) + 1 if above else len(keys) if keys and key not in known else 0, key)
    return {key: values[key] for key in keys}


def bare(entry: Any) -> dict[str, Any]:
    """The entry alone, without where it was before; an empty one where it is no entry."""
    found = entry.value if isinstance(entry, Was) else entry
    return found if isinstance(found, dict) else {}


def filled_below(entry: dict[str, Any], key: str) -> list[Any]:
    """The list of standards or sections of an entry, to be filled by the rows that follow."""
    inner: list[Any] = entry.setdefault(key, [])
    return inner
