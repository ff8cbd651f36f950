"""A part of a scheme on one line, as its author writes it in the file: what comparisons show of rules and tables."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from accreditation.scheme.figure import FIGURES
from accreditation.scheme.rule import RULES
from accreditation.scheme.values import Part, Period, written_share

_READS_AS_SOMETHING_ELSE = re.compile(r"[-+.0-9].*|true|false|null|yes|no|on|off|~|", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9 _./%()'-]*[A-Za-z0-9_./%)]|[A-Za-z0-9_]")
_A_SHARE = re.compile(r"[0-9.]+ %")


def inline(value: Any) -> str:
    """How does its author write this value on one line? What is left out of the file is left out here.

    A part is told with its braces, as in {share: {type: expected}, at_least: 80 %, if_none_apply: satisfied}.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case Fraction():
            return written_share(value)
        case Decimal():
            return f"{value.normalize():f}"
        case Period() | date():
            return str(value)
        case Part():
            return _braces(_fields(value))
        case Mapping():
            return _braces(value)
        case tuple() | list() if len(value) == 1 and isinstance(value[0], str):
            return inline(value[0])
        case tuple() | list():
            return f"[{', '.join(inline(one) for one in value)}]"
        case str():
            return _text(value)
        case _:
            return "nothing" if value is None else str(value)


def _braces(given: Mapping[Any, Any]) -> str:
    return f"{{{', '.join(f'{inline(key)}: {inline(one)}' for key, one in given.items())}}}"


def _fields(part: Part) -> dict[str, Any]:
    """What is written of a part, the key that says what it is first."""
    written = {_key(part, name): given for name, given in part if _is_written(part, name)}
    first = next((key for key in (*RULES, *FIGURES) if key in written), None)
    return written if first is None else {first: written[first], **written}


def _key(part: Part, field: str) -> str:
    return type(part).model_fields[field].alias or field


def _is_written(part: Part, field: str) -> bool:
    return bool(getattr(part, field) != type(part).model_fields[field].get_default(call_default_factory=True))


def _text(text: str) -> str:
    """Text in quotes where YAML would read something else, as "2.10", which keeps its last digit only so."""
    plain = _PLAIN.fullmatch(text) and (_A_SHARE.fullmatch(text) or not _READS_AS_SOMETHING_ELSE.fullmatch(text))
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
