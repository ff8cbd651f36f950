"""Plain data as text of a standards file, as an author would write it: few quotes, and no line too long."""

import json
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from accreditation.scheme.values import written_share

WIDTH = 116
"""The longest line that is written where words can be parted."""

_PLAIN = re.compile(r"[A-Za-z(À-ɏ][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]*\Z")
_STARTS_AS_NUMBER = re.compile(r"[-+.]?[0-9]")
_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n", "~"}
_DAY_OR_SHARE = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]+(?:\.[0-9]+)? ?%)\Z")
_TROUBLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def scalar(value: Any, *, flow: bool = False) -> str:
    """One value on one line; `flow` where it stands in brackets."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, Fraction):
        return written_share(value)
    return str(value) if _is_plain(str(value), flow=flow) else quoted(str(value))


def quoted(text: str) -> str:
    """The text in double quotes."""
    return _TROUBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _is_plain(text: str, *, flow: bool) -> bool:
    if _DAY_OR_SHARE.match(text):
        return True
    risky = ": " in text or " #" in text or text.endswith(":") or text != text.strip() or text.lower() in _WORDS
    in_brackets = flow and any(mark in text for mark in ",[]{}:")
    return bool(_PLAIN.match(text)) and not risky and not in_brackets


def key(name: str) -> str:
    """A key: in quotes where it looks like a number, as ids often do."""
    return name if _is_plain(name, flow=True) and not _STARTS_AS_NUMBER.match(name) else quoted(name)


def in_brackets(value: Any) -> str:
    """The value on one line, lists and keys in brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key(name)}: {in_brackets(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(in_brackets(inner) for inner in value) + "]"
    return scalar(value, flow=True)


def after_key(value: Any, *, column: int) -> str:
    """What follows 'key:' where the key stands in this column: a value on the same line, or lines of its own."""
    if isinstance(value, dict | list | tuple) and value:
        if _fits(value, column):
            return f" {in_brackets(value)}"
        step = " " * (column + 2)
        return "".join(f"\n{step}{line}" for line in _lines(value, column + 2))
    return _text_or_scalar(value, column)


def after_dash(value: Any, *, column: int, is_top: bool = False) -> str:
    """What follows '-' where the dash stands in this column; entries of a whole file are never put in brackets."""
    if isinstance(value, dict) and value and (is_top or not _fits(value, column)):
        step = "\n" + " " * (column + 2)
        return " " + step.join(_lines(value, column + 2))
    if isinstance(value, dict | list | tuple):
        return f" {in_brackets(value)}"
    return _text_or_scalar(value, column)


def _lines(value: dict[str, Any] | list[Any] | tuple[Any, ...], column: int) -> list[str]:
    """The entries of a collection, each beginning in this column; an entry may go on over several lines."""
    if isinstance(value, dict):
        return [f"{key(name)}:{after_key(inner, column=column)}" for name, inner in value.items()]
    return [f"-{after_dash(inner, column=column)}" for inner in value]


def whole(value: Any) -> str:
    """A whole file."""
    if isinstance(value, dict) and value:
        return "\n".join(_lines(value, 0)) + "\n"
    if isinstance(value, list | tuple) and value:
        return "\n".join(f"-{after_dash(inner, column=0, is_top=True)}" for inner in value) + "\n"
    return in_brackets(value) + "\n"


def _fits(value: Any, column: int) -> bool:
    """Is the value short and flat enough to stand in brackets on one line? Entries with keys have a line each."""
    many = isinstance(value, list | tuple) and any(isinstance(one, dict) for one in value)
    return not many and _depth(value) <= 2 and not _has_lines(value) and column + len(in_brackets(value)) <= WIDTH - 24


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else None
    return 0 if inner is None else 1 + max((_depth(one) for one in inner), default=0)


def _has_lines(value: Any) -> bool:
    if isinstance(value, dict | list | tuple):
        return any(_has_lines(one) for one in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and ("\n" in value or len(value) > WIDTH - 30)


def _text_or_scalar(value: Any, column: int) -> str:
    if isinstance(value, str) and ("\n" in value or len(value) + column > WIDTH - 20):
        folded = folds(value, column=column + 2)
        if folded is not None:
            return folded
    return f" {in_brackets(value)}" if isinstance(value, dict | list | tuple) else f" {scalar(value)}"


def folds(text: str, *, column: int) -> str | None:
    """The text below '>-', its lines parted between words; None where that would change it."""
    body, head = (text[:-1], ">") if text.endswith("\n") else (text, ">-")
    lines = body.split("\n")
    if not body.strip() or body[0] == "\n" or body[-1] == "\n" or _TROUBLE.search(body):
        return None
    if any(line != line.strip() or line[:1].isspace() or line[-1:].isspace() for line in lines):
        return None
    step = " " * column
    parts = [re.sub(r"(?m)^(?=.)", step, "\n".join(_wrapped(line, WIDTH - column))) for line in lines]
    out = parts[0]
    for before, part in zip(lines, parts[1:], strict=False):
        out += ("\n" if before == "" else "\n\n") + part
    return f" {head}\n{out}"


def _wrapped(line: str, width: int) -> list[str]:
    """The words of a line on lines of at most this width where it can be; only single spaces are parted at."""
    words = re.split(r"(?<=\S) (?=\S)", line)
    out = [words[0]]
    for word in words[1:]:
        if len(out[-1]) + 1 + len(word) <= width:
            out[-1] += f" {word}"
        else:
            out.append(word)
    return out
