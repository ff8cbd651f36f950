from datetime import date
from decimal import Decimal

import pytest

from accreditation.rules.indicators.periods import Period, read_period, serial_day


@pytest.mark.parametrize(
    ("said", "label", "begins"),
    [
        ("2023-10-01", "2023-10-01", date(2023, 10, 1)),
        ("2023-10-01 00:00:00", "2023-10-01", date(2023, 10, 1)),
        (date(2023, 10, 1), "2023-10-01", date(2023, 10, 1)),
        ("2023-10", "2023-10", date(2023, 10, 1)),
        ("2023-Q4", "2023-Q4", date(2023, 10, 1)),
        ("Q4  2023", "Q4 2023", date(2023, 10, 1)),
        ("Oct-Dec 2023", "Oct-Dec 2023", date(2023, 10, 1)),
        ("October to December 2023", "October to December 2023", date(2023, 10, 1)),
        ("May 2024", "May 2024", date(2024, 5, 1)),
        (Decimal(2023), "2023", date(2023, 1, 1)),
        ("2023/24", "2023/24", date(2023, 4, 1)),
    ],
)
def test_a_period_is_read_and_put_in_order_by_the_day_it_begins(
    said: str | Decimal | date, label: str, begins: date
) -> None:
    assert read_period(said) == Period(label=label, begins=begins)


@pytest.mark.parametrize(
    "said", ["", "autumn", "01/10/2023", "2023-13", "2023-02-30", "2023-Q5", "2023/25", "Okt 2023", "45200", "1023"]
)
def test_what_could_mean_something_else_is_no_period(said: str) -> None:
    assert read_period(said) is None


@pytest.mark.parametrize(
    ("said", "day"),
    [("45200", date(2023, 10, 1)), (Decimal(45200), date(2023, 10, 1)), ("12", None), ("x", None), (date.max, None)],
)
def test_a_count_of_days_is_told_as_the_day_it_would_be(said: str | Decimal | date, day: date | None) -> None:
    assert serial_day(said) == day
