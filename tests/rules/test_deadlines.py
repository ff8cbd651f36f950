"""When a stage is due, and the moment after."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from accreditation.rules.cycle import Stage
from accreditation.rules.deadlines import Span, due, holidays_of, late, late_spans
from accreditation.scheme.values import Period
from tests.building import followed, small
from tests.wide import wide

SINCE = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
TIMETABLE = small().timetable


def test_every_stage_with_a_time_of_its_own_has_its_due_moment_and_the_others_none() -> None:
    found = {stage.value: due(stage=stage, since=SINCE, timetable=TIMETABLE) for stage in Stage}
    assert {stage: None if end is None else end.isoformat() for stage, end in found.items()} == {
        "self_assessment": "2026-04-30T09:30:00+00:00",
        "evidence": "2026-03-14T09:30:00+00:00",
        "assignment": "2026-02-28T09:30:00+00:00",
        "review": "2026-03-14T09:30:00+00:00",
        "consensus": "2026-02-10T09:30:00+00:00",
        "factual_accuracy": None,
        "recommendation": None,
        "decision": "2026-10-31T09:30:00+00:00",
        "publication": None,
        "published": None,
        "withdrawn": None,
    }


def test_the_due_moment_is_in_time_and_a_microsecond_later_is_late() -> None:
    for stage in Stage:
        end = due(stage=stage, since=SINCE, timetable=TIMETABLE)
        if end is not None:
            moments = (end - timedelta(days=1), end, end + timedelta(microseconds=1))
            told = [late(stage=stage, since=SINCE, timetable=TIMETABLE, at=moment) for moment in moments]
            assert told == [False, False, True]


def test_a_stage_without_a_time_of_its_own_is_never_late() -> None:
    at = SINCE + timedelta(days=40_000)
    assert not late(stage=Stage.PUBLICATION, since=SINCE, timetable=TIMETABLE, at=at)


def test_business_days_leave_out_weekends_and_the_holidays_of_the_service() -> None:
    scheme = wide()
    off = {site: holidays_of(scheme=scheme, profile={"site": site}) for site in ("city", "country")}
    good_friday, monday = date(2026, 4, 3), date(2026, 4, 6)
    assert off == {"city": {good_friday, monday}, "country": {good_friday}}
    since = datetime(2026, 4, 1, 9, tzinfo=UTC)  # a Wednesday, and three business days to go
    found = {
        site: due(stage=Stage.SELF_ASSESSMENT, since=since, timetable=scheme.timetable, holidays=days)
        for site, days in off.items()
    }
    assert found == {"city": since.replace(day=8), "country": since.replace(day=7)}
    told = {
        site: late(
            stage=Stage.SELF_ASSESSMENT, since=since, timetable=scheme.timetable, at=since.replace(day=7, hour=10),
            holidays=days,
        )
        for site, days in off.items()
    }  # fmt: skip
    assert told == {"city": False, "country": True}


def test_a_report_sent_on_a_monday_is_agreed_by_silence_on_the_next_and_not_before() -> None:
    since, check = datetime(2024, 6, 3, 9, tzinfo=UTC), followed().factual_accuracy
    for moment, over in ((datetime(2024, 6, 10, 9, tzinfo=UTC), False), (datetime(2024, 6, 10, 10, tzinfo=UTC), True)):
        told = late(stage=Stage.FACTUAL_ACCURACY, since=since, timetable=TIMETABLE, at=moment, accuracy=check)
        assert told is over


PERIODS = st.sampled_from(
    [Period(months=1), Period(months=12), Period(weeks=2), Period(days=1), Period(business_days=1),
     Period(business_days=10), Period(years=1000)]
)  # fmt: skip
AT = datetime(2026, 4, 7, 10, 15, tzinfo=UTC)
EASTER = frozenset({date(2026, 4, 3), date(2026, 4, 6)})


@given(
    period=PERIODS, hours=st.integers(0, 24 * 500), days=st.integers(0, 70), off=st.sampled_from([EASTER, frozenset()])
)
def test_a_moment_is_in_the_spans_just_where_what_began_then_is_late(
    period: Period, hours: int, days: int, off: frozenset[date]
) -> None:
    at = AT - timedelta(days=days)
    since = at - timedelta(hours=hours, seconds=hours % 2)
    spans = late_spans(period, at=at, holidays=off)
    assert any(since in one for one in spans) == (at > period.after(since, holidays=off))


def test_what_begins_on_a_weekend_ends_on_one_day_and_is_late_by_its_hour() -> None:
    found = late_spans(Period(business_days=1), at=AT, holidays=EASTER)
    thursday = datetime(2026, 4, 2, tzinfo=UTC)
    days = [thursday + timedelta(days=number) for number in range(5)]
    assert found == (
        Span(start=None, end=thursday),
        *(Span(start=day, end=day + timedelta(hours=10.25)) for day in days),
    )
