"""Moments as people in the United Kingdom read them off a clock on the wall: 3:05pm, on the day that it is there."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/London")


def day_of(moment: datetime) -> date:
    """On which day is this moment, to people here?"""
    return moment.astimezone(HERE).date()


def time_of(moment: datetime) -> str:
    """What does the clock say, as the NHS writes it: 3:05pm, 11am, midday, midnight?"""
    here = moment.astimezone(HERE)
    if here.minute == 0 and here.hour % 12 == 0:
        return "midday" if here.hour else "midnight"
    minute = f":{here.minute:02}" if here.minute else ""
    return f"{here.hour % 12 or 12}{minute}{'am' if here.hour < 12 else 'pm'}"
