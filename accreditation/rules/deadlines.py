"""When something is due, and whether it is late. Moments come in as values; nothing here reads a clock."""

from datetime import datetime

from accreditation.rules.cycle import Stage
from accreditation.scheme.model import Timetable


def due(*, stage: Stage, since: datetime, timetable: Timetable) -> datetime | None:
    """When must this stage, entered at `since`, be over? None where the scheme gives it no time of its own."""
    period = getattr(timetable, stage.value, None)
    return None if period is None else period.after(since)


def late(*, stage: Stage, since: datetime, timetable: Timetable, at: datetime) -> bool:
    """Has this stage lasted longer than the scheme allows at the moment `at`? The due moment itself is in time."""
    end = due(stage=stage, since=since, timetable=timetable)
    return end is not None and at > end
