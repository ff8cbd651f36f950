"""Days of a visit that can be meant, and who is away on them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from accreditation.rules.conflicts import Days
from accreditation.rules.reviewer_facts import Away
from accreditation.rules.visit_days import LONGEST_VISIT, faults_of_days, is_away

TODAY = date(2026, 4, 1)
NEAR = st.dates(date(2026, 5, 1), date(2026, 5, 31))


def said(first: date, last: date) -> list[str]:
    return [str(fault) for fault in faults_of_days(Days(first=first, last=last), at=TODAY)]


def test_one_day_several_and_days_that_are_past_can_be_meant() -> None:
    for first, last in ((TODAY, TODAY), (TODAY, TODAY + timedelta(LONGEST_VISIT - 1)), (date(2026, 3, 1), TODAY)):
        assert said(first, last) == []


def test_what_is_a_slip_is_said_with_what_is_allowed_all_at_once() -> None:
    assert said(date(2026, 5, 5), date(2026, 5, 4)) == [
        "last: the last day, 2026-05-04, is before the first, 2026-05-05; the first day or a later one"
    ]
    assert said(date(2026, 5, 4), date(2026, 7, 3)) == ["last: a visit from 2026-05-04 to 2026-07-03; at most 60 days"]
    assert said(date(2062, 5, 4), date(2016, 3, 1)) == [
        "last: the last day, 2016-03-01, is before the first, 2062-05-04; the first day or a later one",
        "first: 2062-05-04; a day within ten years of 2026-04-01",
        "last: 2016-03-01; a day within ten years of 2026-04-01",
    ]


@given(st.lists(st.tuples(NEAR, NEAR), max_size=3), NEAR, NEAR)
def test_somebody_is_away_where_one_day_is_both_of_the_visit_and_of_an_absence(
    absent: list[tuple[date, date]], one: date, other: date
) -> None:
    def days(first: date, last: date) -> set[date]:
        return {first + timedelta(number) for number in range((last - first).days + 1)}

    first, last = sorted((one, other))
    unavailable = [Away(first=min(pair), last=max(pair)) for pair in absent]
    off = set[date]().union(*(days(min(pair), max(pair)) for pair in absent))
    assert is_away(unavailable, Days(first=first, last=last)) == bool(off & days(first, last))
