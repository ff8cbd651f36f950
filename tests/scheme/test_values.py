"""Shares, numbers, ids and periods: exact, and nothing else than what was written."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from accreditation.scheme.rule import HowMany
from accreditation.scheme.values import Day, Id, Number, Period, Share, Word, shown_share, written_number, written_share

MOMENTS = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2900, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
PERIODS = st.sampled_from(["years", "months", "weeks", "days"]).flatmap(
    lambda unit: st.integers(1, 60).map(lambda number: Period.model_validate({unit: number}))
)


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ({"months": 1}, "2026-01-31", "2026-02-28"),
        ({"months": 1}, "2028-01-31", "2028-02-29"),
        ({"months": 1}, "2026-03-31", "2026-04-30"),
        ({"months": 6}, "2024-03-01", "2024-09-01"),
        ({"months": 9}, "2026-02-01", "2026-11-01"),
        ({"months": 12}, "2026-12-31", "2027-12-31"),
        ({"months": 11}, "2026-01-31", "2026-12-31"),
        ({"years": 3}, "2024-01-01", "2027-01-01"),
        ({"years": 1}, "2024-02-29", "2025-02-28"),
        ({"years": 4}, "2024-02-29", "2028-02-29"),
        ({"weeks": 6}, "2026-03-20", "2026-05-01"),
        ({"days": 10}, "2026-12-25", "2027-01-04"),
    ],
)
def test_a_period_ends_on_the_same_day_of_the_month_or_its_last(period: dict[str, int], start: str, end: str) -> None:
    clock = "T13:14:15.000016+00:00"
    after = Period.model_validate(period).after(datetime.fromisoformat(start + clock))
    assert after.isoformat() == end + clock


@given(period=PERIODS, first=MOMENTS, later=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=800)))
def test_who_starts_on_a_later_day_never_ends_on_an_earlier_one(
    period: Period, first: datetime, later: timedelta
) -> None:
    assert period.after(first).date() <= period.after(first + later).date()


@given(period=PERIODS, moment=MOMENTS)
def test_a_period_lies_ahead_and_keeps_the_time_of_day_and_the_zone(period: Period, moment: datetime) -> None:
    after = period.after(moment)
    assert after > moment
    assert after.timetz() == moment.timetz()


@pytest.mark.parametrize("wrong", [{}, {"years": 1, "days": 1}, {"weeks": 0}, {"months": -1}, {"days": 1001}])
def test_a_period_is_one_number_of_one_unit(wrong: dict[str, int]) -> None:
    with pytest.raises(ValidationError, match="not a period; write one of years, months, weeks, days"):
        Period.model_validate(wrong)


def test_a_period_is_said_in_words() -> None:
    said = [str(Period.model_validate(period)) for period in ({"years": 1}, {"months": 6}, {"weeks": 2}, {"days": 1})]
    assert said == ["1 year", "6 months", "2 weeks", "1 day"]


@given(share=st.integers(0, 100 * 10**12).map(lambda number: Fraction(number, 100 * 10**12)))
def test_a_share_that_is_written_and_read_is_the_same_to_the_last_digit(share: Fraction) -> None:
    assert TypeAdapter(Share).validate_python(written_share(share)) == share


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(47, 59), "79.66 %"),
        (Fraction(48, 60), "80 %"),
        (Fraction(4, 5), "80 %"),
        (Fraction(79_999, 100_000), "79.99 %"),
        (Fraction(2, 3), "66.66 %"),
        (Fraction(1, 8), "12.5 %"),
        (Fraction(0), "0 %"),
        (Fraction(1), "100 %"),
    ],
)
def test_a_share_is_shown_with_two_decimals_and_never_rounded_up(share: Fraction, shown: str) -> None:
    assert shown_share(share) == shown


@given(met=st.integers(0, 500), more=st.integers(0, 500))
def test_what_falls_short_of_a_share_is_never_shown_as_that_share(met: int, more: int) -> None:
    share = Fraction(met, met + more + 1)
    if share < Fraction(4, 5):
        assert shown_share(share) != "80 %"


@pytest.mark.parametrize("wrong", ["80", 80, Decimal(80), "-1 %", "100.1 %", "80 percent", "٣ %", True, None, "1e1 %"])
def test_what_is_no_percentage_is_no_share(wrong: object) -> None:
    with pytest.raises(ValidationError, match="is not a share; write a percentage from 0 % to 100 %, as in 80 %"):
        TypeAdapter(Share).validate_python(wrong)


@pytest.mark.parametrize(
    "wrong", ["NaN", "1e3", "1_000", "٣", " 1", "+1", "", True, None, float("inf"), Decimal("1e18"), "9" * 30, [1]]
)
def test_what_is_no_plain_number_is_refused(wrong: object) -> None:
    with pytest.raises(ValidationError, match="is not a number; write digits, as in 90"):
        TypeAdapter(Number).validate_python(wrong)


def test_a_number_is_exact_from_whatever_it_came() -> None:
    numbers = [TypeAdapter(Number).validate_python(value) for value in (2.9, "2.9", Decimal("2.9"), 3)]
    assert numbers == [Decimal("2.9"), Decimal("2.9"), Decimal("2.9"), Decimal(3)]


@pytest.mark.parametrize("wrong", [20260401, 0, 86400, "2026-4-1", "2026-02-30", "1775001600", Decimal(1), None])
def test_only_a_written_day_is_a_day(wrong: object) -> None:
    with pytest.raises(ValidationError, match="is not a date; write year-month-day, as in 2026-04-01"):
        TypeAdapter(Day).validate_python(wrong)


@pytest.mark.parametrize("wrong", ["", " ", "1/2", "a b", "x" * 41, "-1", "1.1\n"])
def test_an_id_holds_nothing_that_an_address_or_a_file_could_stumble_on(wrong: str) -> None:
    with pytest.raises(ValidationError, match="is not an id; letters, digits, dots"):
        TypeAdapter(Id).validate_python(wrong)


@pytest.mark.parametrize("wrong", [1.1, 1, Decimal("1.10"), True])
def test_a_number_is_never_an_id(wrong: object) -> None:
    with pytest.raises(ValidationError, match="is not text; an id is written in quotes"):
        TypeAdapter(Id).validate_python(wrong)


@pytest.mark.parametrize("wrong", ["", "Lead", "1st", "lead-clinician", "lead\n"])
def test_a_word_is_small_letters_digits_and_underscores(wrong: str) -> None:
    with pytest.raises(ValidationError, match="is not an id; small letters"):
        TypeAdapter(Word).validate_python(wrong)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Fraction(10**99), f"1{'0' * 99}"),
        (Fraction(7 * 10**4320), "about 7E+4320"),
        (Fraction(-(10**4320)), "about -1E+4320"),
        (Fraction(10**4320 - 1, 2), "about 4E+4319"),
    ],
)
def test_a_huge_number_is_shown_in_short(number: Fraction, shown: str) -> None:
    assert written_number(number) == shown


@pytest.mark.parametrize("wrong", ["1.5", "-1", "0", 0])
def test_how_many_groups_is_a_whole_number_or_a_share(wrong: object) -> None:
    said = f"'{wrong}' is no number of groups; write a whole number of at least 1, as in 3, or a share, as in 50 %"
    with pytest.raises(ValidationError, match=re.escape(said)):
        TypeAdapter(HowMany).validate_python(wrong)
    given = [TypeAdapter(HowMany).validate_python(one) for one in ("3", 3, "50 %")]
    assert given == [Decimal(3), Decimal(3), Fraction(1, 2)]
