"""Which period is a figure of? Written in many ways, and put in order by the day on which it begins."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

FORMS = "a day (2023-10-01), a month (2023-10), a quarter (2023-Q4 or Oct-Dec 2023), a year (2023 or 2023/24)"
"""How a period may be written."""

LONGEST = 40
"""Characters of a period."""

_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""Numbers between these are how Excel counts days of the years 1954 to 2119."""

_SERIAL_ZERO = date(1899, 12, 30)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00:00)?\Z")
_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_QUARTER = re.compile(r"(?:(\d{4})[- ]?Q([1-4])|Q([1-4])[- ]?(\d{4}))\Z", re.IGNORECASE)
_YEAR = re.compile(r"(\d{4})(?:/(\d{2}))?\Z")
_NAMED = re.compile(r"([A-Za-z]{3,9})(?: ?(?:-|–|to) ?([A-Za-z]{3,9}))? (\d{4})\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period as it is written, and the day on which it begins."""

    label: str
    begins: date


def read_period(said: str | Decimal | date) -> Period | None:
    """The period that is meant; None where that cannot be told.

    Quarters count from January. A year written 2023/24 begins in April.
    """
    if isinstance(said, date):
        day = said.date() if isinstance(said, datetime) else said
        return Period(label=day.isoformat(), begins=day)
    label = " ".join(str(said).split())
    begins = _begins(label)
    return (
        None
        if begins is None or len(label) > LONGEST
        else Period(label=label[:10] if _DAY.match(label) else label, begins=begins)
    )


def serial_day(said: str | Decimal | date) -> date | None:
    """The day that this number would be if it were Excel's count of days; None where it cannot be one."""
    try:
        number = None if isinstance(said, date) else Decimal(str(said).strip())
    except ArithmeticError:
        return None
    if number is None or not number.is_finite() or not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    return _SERIAL_ZERO + timedelta(days=int(number))


def _begins(label: str) -> date | None:
    if found := _DAY.match(label):
        return _day(*map(int, found.groups()))
    if found := _MONTH.match(label):
        return _day(int(found[1]), int(found[2]))
    if found := _QUARTER.match(label):
        return _day(int(found[1] or found[4]), 3 * int(found[2] or found[3]) - 2)
    if found := _YEAR.match(label):
        return _year(int(found[1]), found[2])
    return _of_names(label)


def _year(year: int, until: str | None) -> date | None:
    if until is None:
        return _day(year) if 1900 <= year <= 2200 else None
    return _day(year, 4) if int(until) == (year + 1) % 100 else None


def _of_names(label: str) -> date | None:
    found = _NAMED.match(label)
    if found is None:
        return None
    names = [name[:3].lower() for name in (found[1], found[2]) if name is not None]
    if any(name not in _MONTHS for name in names):
        return None
    return _day(int(found[3]), _MONTHS.index(names[0]) + 1)


def _day(year: int, month: int = 1, day: int = 1) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
