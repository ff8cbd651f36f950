"""When a stage is due, and the moment after."""

from datetime import UTC, date, datetime, timedelta

from accreditation.rules.cycle import Stage
from accreditation.rules.deadlines import due, holidays_of, late
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
