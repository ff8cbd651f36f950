"""What a cell says: a value of the standard as words that an office reads, and back.

Excel has habits: it makes 90.0 of 90, TRUE of true, dates of what looks like one, and curls quotes. They are undone
here. What was not touched is never read at all: its old value is taken as it was.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from accreditation.scheme import emit
from accreditation.scheme.source import read_document
from accreditation.scheme.was import same
from accreditation.workbook.columns import Kind

LONGEST = 32_000
"""Characters that a cell takes; Excel cuts off the rest."""

TOO_LONG = "(too long for a cell: it is kept; edit it in the file)"

_AS_RULES = "# as in the file\n"
"""Above a list that cannot be told apart in words."""

_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})
_EVIDENCE = re.compile(
    r"(?P<title>.*\S) \((?P<must>required|optional)(?:, not older than (?P<n>\d+) (?P<unit>\w+))?\)\Z"
)
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}
_DIGITS = re.compile(r"-?\d+(\.\d+)?\Z")


class Unreadable(Exception):
    """A cell that does not say what it may: what was found, and what is allowed."""

    def __init__(self, found: str, allowed: str) -> None:
        self.found, self.allowed = found, allowed
        super().__init__(found)


def shown(value: Any, kind: Kind) -> str:
    """The value in the words of a cell. What cannot be told apart in words is told as in the file."""
    text = _words(value, kind)
    return text if len(text) <= LONGEST else TOO_LONG


def _words(value: Any, kind: Kind) -> str:
    match kind:
        case "flag" if isinstance(value, bool):
            return "yes" if value else "no"
        case "text" | "id" | "day" | "number" if not isinstance(value, dict | list | bool) and value is not None:
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
        case "list" if isinstance(value, str):
            value = [value]
        case "yaml":
            return emit.whole(value).rstrip("\n")
    if kind in ("list", "evidence") and isinstance(value, list) and value:
        text = ", ".join(map(str, value)) if kind == "list" else "\n".join(map(_asked, value))
        if same(said(text, kind), value):
            return text
    return _AS_RULES + emit.whole(value).rstrip("\n")


def _asked(evidence: Any) -> str:
    if not isinstance(evidence, dict):
        return ""
    age = evidence.get("not_older_than")
    number = f", not older than {next(iter(age.values()))} {next(iter(age))}" if isinstance(age, dict) and age else ""
    return f"{evidence.get('title')} ({'required' if evidence.get('required') else 'optional'}{number})"


def tidy(text: str) -> str:
    """The text without what Excel adds at its ends and to its lines."""
    return text.replace("_x000D_\n", "\n").replace("\r\n", "\n").replace("\r", "\n").strip()


def said(cell: Any, kind: Kind) -> Any:
    """The value that a cell says. Raises Unreadable where it says none; the cell is not empty."""
    if kind == "id" and isinstance(cell, int | float) and not isinstance(cell, bool):
        raise Unreadable(
            f"the number {_written(cell)} where an id belongs",
            "an id is text, because 1.10 is not 1.1: format the cell as text, then type it again",
        )
    if isinstance(cell, datetime | date):
        cell = (cell.date() if isinstance(cell, datetime) else cell).isoformat()
    if isinstance(cell, bool):
        return cell if kind in ("flag", "yaml") else str(cell).lower()
    if isinstance(cell, int | float):
        return _written(cell) if kind in ("text", "day", "list") else _number(cell)
    return _of_text(tidy(str(cell)), kind)


def _number(cell: float) -> int | Decimal:
    return int(cell) if float(cell).is_integer() else Decimal(repr(cell))


def _written(cell: float) -> str:
    return str(_number(cell))


def _of_text(text: str, kind: Kind) -> Any:
    straight = text.translate(_STRAIGHT)
    if straight.startswith(_AS_RULES) or kind == "yaml":
        return _rules(straight)
    match kind:
        case "flag":
            return _FLAGS.get(straight.lower(), straight)
        case "number":
            number = straight if _DIGITS.match(straight) else ""
            return (Decimal(number) if "." in number else int(number)) if number else straight
        case "id" | "day":
            return straight
        case "list":
            parts = straight.split("\n") if "\n" in straight else re.split("[,;]", straight)
            return [part.strip() for part in parts if part.strip()]
        case "evidence":
            return [_evidence(line.strip()) for line in text.split("\n") if line.strip()]
    return text


def _evidence(line: str) -> dict[str, Any]:
    found = _EVIDENCE.match(line)
    if found is None:
        raise Unreadable(
            f"'{line[:60]}' does not say whether it must be there",
            "write a line each, as in: Job plan (required), or: Rota (optional, not older than 12 months)",
        )
    asked = {"title": found["title"], "required": found["must"] == "required"}
    return asked if found["n"] is None else {**asked, "not_older_than": {found["unit"]: int(found["n"])}}


def _rules(text: str) -> Any:
    read = read_document(file="cell", content=text.encode("utf-8", "replace"))
    if read.faults:
        first = read.faults[0]
        raise Unreadable(f"line {first.line} of the cell: {first.found}", first.allowed)
    return read.data
