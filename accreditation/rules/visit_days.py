"""The days of a visit: which can be meant, and who cannot come on them."""

from collections.abc import Collection
from datetime import date, timedelta

from accreditation.errors import Fault
from accreditation.rules.conflicts import Days
from accreditation.rules.reviewer_facts import Away

LONGEST_VISIT = 60
"""Days of a visit, more than any has: what is longer is a slip."""

FARTHEST = timedelta(days=3653)
"""Visits are dated within ten years of today: a year that is farther away is a slip."""


def faults_of_days(days: Days, *, at: date) -> tuple[Fault, ...]:
    """What is wrong with these days of a visit, as they are stated on the day `at`? Past days may be stated too."""
    faults = []
    if days.last < days.first:
        found = f"the last day, {days.last}, is before the first, {days.first}"
        faults.append(Fault(where="last", found=found, allowed="the first day or a later one"))
    elif days.last - days.first >= timedelta(days=LONGEST_VISIT):
        found = f"a visit from {days.first} to {days.last}"
        faults.append(Fault(where="last", found=found, allowed=f"at most {LONGEST_VISIT} days"))
    allowed = f"a day within ten years of {at}"
    faults += [
        Fault(where=where, found=str(day), allowed=allowed)
        for where, day in (("first", days.first), ("last", days.last))
        if abs(day - at) > FARTHEST
    ]
    return tuple(faults)


def is_away(unavailable: Collection[Away], days: Days) -> bool:
    """Is somebody who cannot visit at these times away on any day of the visit?"""
    return any(one.first <= days.last and days.first <= one.last for one in unavailable)
