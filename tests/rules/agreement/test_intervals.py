"""Intervals against published ones."""

import pytest

from accreditation.rules.agreement.intervals import student, wilson

NEWCOMBE = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
"""Newcombe, R. G. (1998), Two-sided confidence intervals for the single proportion: comparison of seven methods,
Statistics in Medicine 17, 857-872, table I, method 3 (score without continuity correction)."""


@pytest.mark.parametrize(("seen", "of", "lower", "upper"), NEWCOMBE)
def test_wilsons_interval_is_the_published_one(seen: int, of: int, lower: float, upper: float) -> None:
    assert tuple(round(end, 4) for end in wilson(seen / of, of)) == (lower, upper)


def test_it_stays_between_nothing_and_all_and_is_wider_where_one_is_to_be_surer() -> None:
    assert wilson(1.0, 5)[1] == 1.0
    assert wilson(0.5, 10, level=0.999)[0] < wilson(0.5, 10)[0]


SLEEP = (1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4)
"""Student (1908), The probable error of a mean, Biometrika 6, 1-25: hours of sleep gained by ten patients. The 95 %
interval is the one in R's help on t.test for these data: 0.7001142 to 2.4598858."""


def test_students_interval_is_the_published_one() -> None:
    assert student(SLEEP) == pytest.approx((1.58, 0.7001142, 2.4598858), abs=1e-7)


def test_equal_values_are_not_certain_for_that() -> None:
    assert student([0.5, 0.5, 0.5]) == (0.5, 0.5, 0.5)
    mean, lower, upper = student([0.5, 0.5, 0.5], least_spread=0.1)
    assert lower < mean < upper
