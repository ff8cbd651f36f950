"""A value and where it was written before; and whether two values say the same."""

from dataclasses import dataclass
from typing import Any

from accreditation.scheme.document import Path

Place = tuple[str, Path]
"""A file and the path of a piece of data in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Was:
    """A value that was written at this place before, under whatever key or position it now stands."""

    value: Any
    origin: Place


def plain(value: Any) -> Any:
    """The data alone, without where it was before."""
    if isinstance(value, Was):
        return plain(value.value)
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list) else value


def same(one: Any, other: Any) -> bool:
    """Do these say the same, their order included? A yes is no number, and a number is no text."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    kinds = [(isinstance(v, bool), isinstance(v, str), v is None) for v in (one, other)]
    return kinds[0] == kinds[1] and bool(one == other)
