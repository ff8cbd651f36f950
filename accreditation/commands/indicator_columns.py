"""The columns of a file of indicators, from what somebody said at the command line."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from accreditation.errors import Fault, Invalid
from accreditation.rules.indicators.mapping import WHO, Columns, guessed, of_audit
from accreditation.scheme.model import Scheme

FIELDS = (*WHO, "period")


def columns_given(
    scheme: Scheme, *, name: str, before: Columns | None, headings: Sequence[str], column: Sequence[str],
    too_few: Sequence[str], not_entered: Sequence[str], sheet: str,
) -> Columns:  # fmt: skip
    """What stood of this name (or what the scheme says of an audit of this name), with what is said now.

    `headings` that say a field, a criterion or its indicator are taken for it; `column` says others. Raises Invalid.
    """
    start = before or of_audit(scheme, name)
    said: dict[str, Any] = {} if start is None else start.model_dump()
    values: dict[str, str] = dict(said.get("values", {}))
    if headings:
        values = {**{one: heading for one, heading in values.items() if heading in headings},
                  **guessed(scheme, headings)}  # fmt: skip
        plain = {heading.casefold().strip(): heading for heading in headings}
        said |= {field: plain[word] for field in FIELDS if (word := field.replace("_", " ")) in plain}
    faults = _take(column, said, values)
    if not values:
        faults.append(Fault(where="--column", found="no criterion has a column", allowed="as in '2.01=Within 4 h'"))
    if faults:
        raise Invalid(faults)
    said |= {"name": name, "values": values}
    said |= {key: tuple(given) for key, given in (("too_few", too_few), ("not_entered", not_entered)) if given}
    if sheet:
        said["sheet"] = sheet
    return _validated(said)


def _take(column: Sequence[str], said: dict[str, Any], values: dict[str, str]) -> list[Fault]:
    """Put every FIELD=COLUMN into what is said, or into the criteria's columns; what is none of both is told."""
    faults = []
    for one in column:
        field, equals, heading = one.partition("=")
        if not field.strip() or not equals:
            faults.append(Fault(where="--column", found=f"'{one}'", allowed=f"FIELD=COLUMN: {_fields()}"))
        elif field.strip() in FIELDS:
            said[field.strip()] = heading.strip() or None
        elif heading.strip():
            values[field.strip()] = heading.strip()
        else:
            values.pop(field.strip(), None)
    return faults


def _validated(said: dict[str, Any]) -> Columns:
    """The columns that this says. Raises Invalid."""
    try:
        return Columns.model_validate(said)
    except ValidationError as error:
        raise Invalid(
            [
                Fault(where=".".join(map(str, one["loc"])), found=repr(one["input"])[:80], allowed=one["msg"].lower())
                for one in error.errors()
            ]
        ) from error


def _fields() -> str:
    return f"{', '.join(FIELDS)}, or a criterion's id"
