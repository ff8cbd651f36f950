"""What may still happen after a decision, by the day it happens on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.rules.afterwards import (
    Appealed,
    Asked,
    Status,
    all_met,
    appeal_until,
    lapses_at,
    status,
    words_of,
)
from accreditation.scheme.process import Appeal
from accreditation.scheme.values import Period

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))
CONDITIONS = st.lists(
    st.builds(Asked, needed=st.just(1), criteria=st.just(("1.01",)), due_on=DAYS, met=st.booleans()), max_size=4
)


def asked(due_on: str, *, met: bool = False) -> Asked:
    return Asked(needed=1, criteria=("1.01",), due_on=date.fromisoformat(due_on), met=met)


def appeal(**within: int) -> Appeal:
    return Appeal(within=Period(**within), decision_stands_meanwhile=True)


@pytest.mark.parametrize(
    ("within", "told", "last"),
    [
        ({"months": 1}, "2027-01-15T09:00", "2027-02-15"),
        ({"days": 30}, "2027-01-15T09:00", "2027-02-14"),
        ({"business_days": 10}, "2027-03-22T09:00", "2027-04-07"),
    ],
)
def test_the_last_day_of_an_appeal_is_counted_from_the_day_it_was_told(
    within: dict[str, int], told: str, last: str
) -> None:
    easter = {date(2027, 3, 26), date(2027, 3, 29)}
    found = appeal_until(appeal(**within), told=datetime.fromisoformat(told).replace(tzinfo=UTC), holidays=easter)
    assert found == date.fromisoformat(last)


@given(conditions=CONDITIONS)
def test_what_can_lapse_is_what_is_not_met_and_does_so_after_its_last_day(conditions: list[Asked]) -> None:
    when, left = lapses_at(conditions), [one.due_on for one in conditions if not one.met]
    assert (when is None) == (not left)
    if when is not None:
        assert (when - timedelta(microseconds=1)).date() == min(left)
    assert all_met(conditions) == (bool(conditions) and not left)


@given(awarded=st.booleans(), until=st.none() | DAYS, on=DAYS, stands=st.none() | st.booleans(), conditions=CONDITIONS)
def test_the_status_and_its_words_never_disagree(
    awarded: bool, until: date | None, on: date, stands: bool | None, conditions: list[Asked]
) -> None:
    appealed = None if stands is None else Appealed(on=on, stands=stands)
    found = status(awarded=awarded, valid_until=until, on=on, appealed=appealed)
    words = words_of(awarded=awarded, valid_until=until, on=on, appealed=appealed, conditions=conditions)
    assert (found is Status.UNDER_APPEAL) == ("the decision does not stand" in words)
    plain = status(awarded=awarded, valid_until=until, on=on)
    assert (plain is Status.EXPIRED) == ("This award expired" in words)
    assert (plain is Status.NOT_AWARDED) == words.startswith("No award is held.")
    assert ("still to be met" in words) == any(not one.met for one in conditions)


def test_the_words_count_the_conditions() -> None:
    def said(*conditions: Asked) -> str:
        day = date(2027, 3, 1)
        return words_of(awarded=False, valid_until=None, on=day, appealed=None, conditions=conditions)

    late, soon = "2027-02-01", "2027-09-01"
    assert said(asked(soon)) == "No award is held. Its condition is still to be met by 1 September 2027."
    assert said(asked(soon), asked(soon, met=True)) == (
        "No award is held. 1 of its 2 conditions is still to be met by 1 September 2027."
    )
    assert said(asked(late), asked(late)) == (
        "No award is held. 2 of its 2 conditions are still to be met though the time was over on 1 February 2027."
    )
    assert said(asked(soon, met=True)) == "No award is held. Every condition is met."
    assert words_of(awarded=True, valid_until=None, on=date(2027, 3, 1), appealed=None) == "The award has no last day."
