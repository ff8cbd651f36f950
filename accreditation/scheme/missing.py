"""What an author is to write where a key is missing: with every value that is allowed, where these are few."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, get_args, get_origin

from accreditation.scheme.values import Period

_WHY: Mapping[str, str] = {
    "if_none_apply": "what follows where nothing of the class counts",
    "if_no_value": "what follows where there is no number or level to compare",
}
"""Keys that have two values and no default, and what they say."""

_AS_IN: Mapping[Any, str] = {int: "3", date: "2026-04-01", Period: "{months: 3}"}
"""How a value is written of which there are many."""

_IN_FULL = 2
"""So many values are written out, each behind its key; more are listed."""


def to_write(key: str, kinds: Iterable[Any]) -> str:
    """What is allowed where this key is missing? `kinds` are the types that its value may have there."""
    several = [*kinds]
    values = [value for kind in several for value in _values(kind)]
    examples = [_AS_IN[kind] for kind in several if kind in _AS_IN]
    if 0 < len(values) <= _IN_FULL:
        said = "write " + ", or ".join(f"{key}: {value}" for value in values)
    elif values:
        said = f"write {key}: here, with one of {', '.join(values)}"
    else:
        said = f"write {key}: here" + "".join(f", as in {key}: {one}" for one in examples[:1])
    return f"say {_WHY[key]}: {said}" if key in _WHY else said


def _values(kind: Any) -> list[str]:
    if kind is bool:
        return ["true", "false"]
    return [str(one) for one in get_args(kind)] if get_origin(kind) is Literal else []
