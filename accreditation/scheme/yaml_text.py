"""Writes plain data as YAML, the way an author would: short things on one line, long texts folded, few quotes."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from accreditation.scheme.values import written_share

Scalar = str | bool | int | Decimal | Fraction | date
Data = Scalar | Sequence["Data"] | Mapping[str, "Data"]

WIDTH = 116
"""No line is longer, where its words allow it."""

_MOST_IN_A_LINE = 6
_NOT_TEXT = re.compile(r"(null|true|false)\Z|[-+.]?[0-9]", re.IGNORECASE)


def yaml(data: Data) -> bytes:
    """This data as a file. What is read from it is the same data, to the last sign.

    A text holds no control character but the end of a line: none that was read from a file does.
    """
    lines = _block(data, 0) if isinstance(data, Mapping | Sequence) and data else [_inline(data)]
    return ("\n".join(lines) + "\n").encode()


def _block(data: Data, indent: int) -> list[str]:
    """The lines of keys or of a list, each key or entry on a line of its own."""
    lines: list[str] = []
    margin = " " * indent
    if isinstance(data, Mapping):
        for key, value in data.items():
            lines += _after(f"{margin}{_key(key)}:", value, indent, inner=indent + 2)
    elif isinstance(data, Sequence) and not isinstance(data, str):
        for value in data:
            lines += _entry(margin, value, indent)
    return lines


def _entry(margin: str, value: Data, indent: int) -> list[str]:
    short = _short(value, WIDTH - indent - 2) if indent else None
    if isinstance(value, Mapping | list | tuple) and value and short is None:
        first, *rest = _block(value, indent + 2)
        return [f"{margin}- {first.lstrip()}", *rest]
    return _after(f"{margin}-", value, indent, inner=indent + 2)


def _after(head: str, value: Data, indent: int, *, inner: int) -> list[str]:
    """The head of a line and the value behind it, or below it where it is long."""
    if isinstance(value, str):
        return _text_after(head, value, inner)
    short = _short(value, WIDTH - len(head) - 1)
    if short is not None:
        return [f"{head} {short}"]
    return [head, *_block(value, indent + 2)]


def _text_after(head: str, text: str, inner: int) -> list[str]:
    plain = _scalar(text)
    if len(head) + 1 + len(plain) <= WIDTH and "\n" not in text:
        return [f"{head} {plain}"]
    folded = _folded(text, inner)
    return [f"{head} {plain}"] if folded is None else [f"{head} >-", *folded]


def _folded(text: str, indent: int) -> list[str] | None:
    """The text below its key, in lines of words; None where folding would change it."""
    paragraphs = text.split("\n")
    if not all(paragraph == " ".join(paragraph.split()) and _printable(paragraph) for paragraph in paragraphs):
        return None
    if not paragraphs[0] or not paragraphs[-1]:
        return None
    lines: list[str] = []
    for position, paragraph in enumerate(paragraphs):
        lines += [""] if position else []
        lines += _wrapped(paragraph, indent) if paragraph else []
    return lines


def _wrapped(paragraph: str, indent: int) -> list[str]:
    lines = [""]
    for word in paragraph.split(" "):
        if lines[-1] and indent + len(lines[-1]) + 1 + len(word) > WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return [" " * indent + line for line in lines]


def _short(value: Data, room: int) -> str | None:
    """The value on one line; None where it is too long, or holds keys within keys."""
    if isinstance(value, Mapping | list | tuple) and value:
        inner = list(value.values()) if isinstance(value, Mapping) else list(value)
        nested = any(isinstance(one, Mapping) or (isinstance(one, list | tuple) and _deep(one)) for one in inner)
        if nested or (isinstance(value, Mapping) and len(value) > _MOST_IN_A_LINE):
            return None
    line = _inline(value)
    return line if len(line) <= room or not isinstance(value, Mapping | list | tuple) else None


def _deep(values: Sequence[Data]) -> bool:
    return any(isinstance(one, Mapping | list | tuple) for one in values)


def _inline(value: Data) -> str:
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(key)}: {_inline(one)}" for key, one in value.items())
        return f"{{{pairs}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_inline(one) for one in value)}]"
    return _scalar(value, flow=True)


def _key(key: str) -> str:
    return key if key in ("true", "false") else _scalar(key, flow=True)


def _scalar(value: Data, *, flow: bool = False) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case Fraction():
            return written_share(value)
        case date():
            return value.isoformat()
        case str():
            return value if _is_plain(value, flow=flow) else _quoted(value)
        case _:
            return str(value)


def _is_plain(text: str, *, flow: bool) -> bool:
    """Is this text, without quotes, read as itself?"""
    signs = ",[]{}:#\"'" if flow else ""
    return (
        text[:1].isalpha()
        and text == text.strip()
        and _printable(text)
        and not _NOT_TEXT.match(text)
        and not any(sign in text for sign in (": ", " #", *signs))
        and not text.endswith(":")
    )


def _printable(text: str) -> bool:
    return all(sign.isprintable() and sign != "\ufeff" for sign in text)


def _quoted(text: str) -> str:
    if _printable(text) and not ('"' in text or "\\" in text):
        return f'"{text}"'
    if _printable(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(sign: str) -> str:
    known = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    return known.get(sign) or (sign if sign.isprintable() and sign != "\ufeff" else f"\\U{ord(sign):08X}")
