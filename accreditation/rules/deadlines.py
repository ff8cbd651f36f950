"""When something is due, and whether it is late. Moments come in as values; nothing here reads a clock."""

from collections.abc import Collection
from datetime import date, datetime

from accreditation.rules.cycle import Stage
from accreditation.scheme.facts import all_so
from accreditation.scheme.model import Profile, Scheme, Timetable
from accreditation.scheme.process import FactualAccuracy


def holidays_of(*, scheme: Scheme, profile: Profile) -> frozenset[date]:
    """Which days are no business days for a service with this profile, besides Saturdays and Sundays?"""
    return frozenset(holiday.day for holiday in scheme.holidays if all_so(holiday.applies_when, profile))


def due(
    *,
    stage: Stage,
    since: datetime,
    timetable: Timetable,
    holidays: Collection[date] = frozenset(),
    accuracy: FactualAccuracy | None = None,
) -> datetime | None:
    """When must this stage, entered at `since`, be over? None where the scheme gives it no time of its own.

    `holidays` are days that business days leave out; `accuracy` is the scheme's check of factual accuracy, whose time
    stands there and not in the timetable.
    """
    period = getattr(timetable, stage.value, None)
    if stage is Stage.FACTUAL_ACCURACY and accuracy is not None:
        period = accuracy.within
    return None if period is None else period.after(since, holidays=holidays)


def late(
    *,
    stage: Stage,
    since: datetime,
    timetable: Timetable,
    at: datetime,
    holidays: Collection[date] = frozenset(),
    accuracy: FactualAccuracy | None = None,
) -> bool:
    """Has this stage lasted longer than the scheme allows at the moment `at`? The due moment itself is in time."""
    end = due(stage=stage, since=since, timetable=timetable, holidays=holidays, accuracy=accuracy)
    return end is not None and at > end
