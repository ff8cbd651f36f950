"""The small values a standards file is written in: shares, periods of time, ids."""

import re
from calendar import monthrange
from collections.abc import Collection
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainSerializer, model_validator
from pydantic_core import PydanticCustomError

_WORD = re.compile(r"[a-z][a-z0-9_]*\Z")
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}\Z")
_CURLY = re.compile("[\u2018-\u201f]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,12})?)\s*%\Z")
_MAX_DIGITS = 18
_MOST_WRITTEN = 10**102
_DIGITS_PER_BIT = Fraction(30102999566, 10**11)
"""A little less than the logarithm of 2 to the base of 10."""
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
_SATURDAY = 5


def _identifier(value: Any) -> Any:
    if not isinstance(value, str):
        raise PydanticCustomError(
            "id_not_text",
            '{found} is not text; an id is written in quotes, as in "1.10", so that it keeps every digit',
            {"found": str(value)},
        )
    return value


def _typed_straight(value: str) -> None:
    """Word processors bend quotes, and what is copied from them brings the bent ones into an id."""
    if _CURLY.search(value):
        raise PydanticCustomError(
            "curly_quotes",
            '{found} is not an id: these are curly quotes; type straight ones, as in "1.10"',
            {"found": value},
        )


def _word(value: str) -> str:
    _typed_straight(value)
    if not _WORD.match(value):
        raise PydanticCustomError(
            "not_a_word",
            "'{found}' is not an id; small letters, digits and _ are allowed, beginning with a letter",
            {"found": value},
        )
    return value


def _identifier_form(value: str) -> str:
    _typed_straight(value)
    if not _IDENTIFIER.match(value):
        raise PydanticCustomError(
            "not_an_id",
            "'{found}' is not an id; letters, digits, dots, hyphens and _ are allowed, at most 40 of them",
            {"found": value},
        )
    return value


def _day(value: Any) -> Any:
    """Pydantic would take a bare number for seconds since 1970; an author means a day."""
    if not (isinstance(value, date) or (isinstance(value, str) and _DAY.match(value) and _exists(value))):
        raise PydanticCustomError(
            "not_a_day", "'{found}' is not a date; write year-month-day, as in 2026-04-01", {"found": str(value)}
        )
    return value


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _share(value: Any) -> Any:
    match = _PERCENT.match(value) if isinstance(value, str) else None
    share = value if isinstance(value, Fraction) else Fraction(match.group(1)) / 100 if match else None
    if share is None or not 0 <= share <= 1 or (share * 10**14).denominator != 1:
        raise PydanticCustomError(
            "not_a_share",
            "'{found}' is not a share; write a percentage from 0 % to 100 %, as in 80 %",
            {"found": str(value)},
        )
    return share


def _written(percent: Fraction, *, digits: int) -> str:
    cut = int(percent * 10**digits)
    whole, rest = divmod(cut, 10**digits)
    return f"{f'{whole}.{rest:0{digits}}'.rstrip('0').rstrip('.')} %"


def written_share(share: Fraction) -> str:
    """How is a share of the scheme written: as the exact percentage that the author gave, to the last digit?"""
    return _written(share * 100, digits=12)


def shown_share(share: Fraction) -> str:
    """How is a share that was reached shown to people: with two decimals, the rest cut off and never rounded up?

    So 79.996 % is shown as 79.99 %, and nothing that falls short of 80 % is ever shown as 80 %.
    """
    return _written(share * 100, digits=2)


def _number(value: Any) -> Any:
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    plain = number.is_finite() and -_MAX_DIGITS <= number.adjusted() < _MAX_DIGITS
    if isinstance(value, bool) or not plain or (isinstance(value, str) and not _PLAIN.match(value)):
        raise PydanticCustomError(
            "not_a_number", "'{found}' is not a number; write digits, as in 90 or 2.9", {"found": str(value)}
        )
    return number


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def written_number(number: Fraction | Decimal | int) -> str:
    """How is an exact number shown to people: with at most two decimals, the rest cut off and never rounded up?

    A number of more than 100 digits, which nobody reads, is shown in short, as in 'about 1E+4320'.
    """
    exact = Fraction(number)
    cut = int(abs(exact) * 100)
    if cut >= _MOST_WRITTEN:
        return f"about {_in_short(cut // 100, '-' if exact < 0 else '')}"
    text = f"{cut // 100}.{cut % 100:02}".rstrip("0").rstrip(".")
    return f"-{text}" if exact < 0 and cut else text


def _in_short(whole: int, sign: str) -> str:
    """The first digit of a huge number and how many follow; a guess by its bits is at most one digit too low."""
    digits = int((whole.bit_length() - 1) * _DIGITS_PER_BIT)
    first = whole // 10**digits
    if first >= 10:
        first, digits = first // 10, digits + 1
    return f"{sign}{first}E+{digits}"


Id = Annotated[str, AfterValidator(_identifier_form), BeforeValidator(_identifier)]
"""An id in quotes, such as "2.03"; numbers are refused because 1.10 would silently become 1.1."""

Day = Annotated[date, BeforeValidator(_day)]
"""A day, written year-month-day."""

Word = Annotated[str, AfterValidator(_word)]
"""An id made of small letters, digits and underscores, such as lead_clinician."""

Words = Annotated[tuple[Word, ...], BeforeValidator(_listed)]
"""One word or a list of them."""

Ids = Annotated[tuple[Id, ...], BeforeValidator(_listed)]
"""One id or a list of them."""

Share = Annotated[Fraction, BeforeValidator(_share), PlainSerializer(written_share)]
"""An exact share of a whole, written as a percentage."""

Number = Annotated[Decimal, BeforeValidator(_number), PlainSerializer(str)]
"""An exact decimal number; never a binary float."""


class Part(BaseModel):
    """What every part of a scheme has in common: it cannot change, and it takes no unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Period(Part):
    """A length of time in whole years, months, weeks, days or business days: exactly one of them."""

    years: int | None = None
    months: int | None = None
    weeks: int | None = None
    days: int | None = None
    business_days: int | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> "Period":
        given = [n for _, n in self if n is not None]
        if len(given) != 1 or not 1 <= given[0] <= 1000:
            raise PydanticCustomError(
                "not_a_period",
                "not a period; write one of years, months, weeks, days, business_days with a number from 1 to 1000",
            )
        return self

    def after(self, moment: datetime, *, holidays: Collection[date] = ()) -> datetime:
        """When does this period end if it starts at `moment`?

        Months and years keep the day of the month; where that day does not exist (31 January and
        one month) the last day of the month is taken. Business days are Mondays to Fridays that are not
        among `holidays`; the day it starts on is not counted.
        """
        if self.business_days is not None:
            return _business_days_after(moment, self.business_days, holidays)
        if self.weeks is not None or self.days is not None:
            return moment + timedelta(weeks=self.weeks or 0, days=self.days or 0)
        months = (self.years or 0) * 12 + (self.months or 0) + moment.month - 1
        year, month = moment.year + months // 12, months % 12 + 1
        return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))

    def __str__(self) -> str:
        """Say it in words, as in '6 months'."""
        unit, number = next((u, n) for u, n in self if n is not None)
        return f"{number} {(unit if number != 1 else unit.removesuffix('s')).replace('_', ' ')}"


def _business_days_after(moment: datetime, number: int, holidays: Collection[date]) -> datetime:
    while number:
        moment += timedelta(days=1)
        number -= moment.weekday() < _SATURDAY and moment.date() not in holidays
    return moment
