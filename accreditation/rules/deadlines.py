"""When something is due, and whether it is late. Moments come in as values; nothing here reads a clock."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from accreditation.rules.cycle import Stage
from accreditation.scheme.facts import all_so
from accreditation.scheme.model import Profile, Scheme, Timetable
from accreditation.scheme.process import FactualAccuracy
from accreditation.scheme.values import Period

_DAY = timedelta(days=1)
_BEGIN = datetime(1900, 1, 1, tzinfo=UTC)
"""Nothing in the records began before this day."""


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
    period = lasts(stage=stage, timetable=timetable, accuracy=accuracy)
    return None if period is None else period.after(since, holidays=holidays)


def lasts(*, stage: Stage, timetable: Timetable, accuracy: FactualAccuracy | None = None) -> Period | None:
    """How long may this stage last? None where the scheme gives it no time of its own."""
    if stage is Stage.FACTUAL_ACCURACY and accuracy is not None:
        return accuracy.within
    period: Period | None = getattr(timetable, stage.value, None)
    return period


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Moments from `start` (None: whenever) up to `end`, which is not among them."""

    start: datetime | None
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        """Is the moment one of them?"""
        return (self.start is None or self.start <= moment) and moment < self.end


def late_spans(period: Period, *, at: datetime, holidays: Collection[date] = frozenset()) -> tuple[Span, ...]:
    """Which moments must something have begun at, that may last this long, to be late at the moment `at`?

    The question of `late` turned round, so that the records can be asked it of many at once. A period keeps the time of
    the day, and a later day never ends earlier: so all days are late that end before today, and of those that end
    today (several at the end of a month or a week) the hours before this one.
    """
    today = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    since_midnight = at.astimezone(UTC) - today

    def ends_before(day: datetime, other: datetime) -> bool:
        return period.after(day, holidays=holidays) < other

    first = _first_day(today, lambda day: not ends_before(day, today))
    beyond = _first_day(today, lambda day: not ends_before(day, today + _DAY))
    days = [first + _DAY * number for number in range((beyond - first).days)]
    return (Span(start=None, end=first), *(Span(start=day, end=day + since_midnight) for day in days))


def _first_day(today: datetime, holds: Callable[[datetime], bool]) -> datetime:
    """The first day for which it holds, where it holds for today's and, once it does, for all that follow."""
    step = 1
    while not _begins(today, step) and holds(today - _DAY * step):
        step *= 2
    low, high = (today - _DAY * step if not _begins(today, step) else _BEGIN), today
    while (high - low).days > 1:
        middle = low + _DAY * ((high - low).days // 2)
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _begins(today: datetime, days: int) -> bool:
    return (today - _BEGIN).days <= days
