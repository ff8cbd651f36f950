"""How the index says what records say: names without underlines, days and moments as people write them, answers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from accreditation.archive.markup import Markup, joined

Record = Mapping[str, Any]


def words(name: str) -> str:
    """A name of the program in words."""
    return name.replace("_", " ")


def plainly(value: object) -> str:
    """A value as people write it."""
    return {True: "yes", False: "no", None: ""}.get(value, str(value)) if isinstance(value, bool | None) else str(value)


def day(value: str | None) -> str:
    """A day, where there is one."""
    return "" if not value else f"{date.fromisoformat(value):%-d %B %Y}"


def moment(value: str | None) -> str:
    """A moment, where there is one."""
    return "" if not value else f"{datetime.fromisoformat(value):%-d %B %Y, %H:%M} UTC"


def by_whom(name: str | None, at: str | None) -> str:
    """Who, where this may be told, and when."""
    return ", ".join(filter(None, (name, moment(at))))


def named(criteria: Sequence[Record]) -> str:
    """These criteria by their ids and titles."""
    return ", ".join(f"{one['id']} {one['title']}" for one in criteria)


def answer_told(answer: Record, unit: str | None = None) -> Markup:
    """An answer in words, a figure with its unit, and its note."""
    said = next((str(answer[name]) for name in ("rating", "level", "measured") if answer.get(name) is not None), "")
    if answer["series"]:
        points = (f"{', '.join(one['at'].values())}: {one['value']}" for one in answer["series"])
        said = "; ".join(points)
    is_figure = answer.get("measured") is not None or bool(answer["series"])
    told = words(said) if answer["state"] == "rated" else words(answer["state"])
    with_unit = f"{told} {unit}" if unit and is_figure else told
    return joined([with_unit, f"\n{answer['note']}" if answer["note"] else ""])
