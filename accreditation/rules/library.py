"""A team's library: documents that it keeps once, each with its versions, its owner and the days it holds for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accreditation.errors import Fault

FARTHEST = timedelta(days=100 * 366)
"""No document in use holds since, or until, a day farther away: such a day is a slip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a team says of a version: its title, who owns it, since when it holds and when it is to be looked at again.

    `effective_on` is the day from which the document holds, never the day of its upload; None where nobody said it.
    `review_by` is the last day on which it is in date; None where it has none.
    """

    title: str
    owner: str = ""
    effective_on: date | None = None
    review_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a document: these bytes (SHA-256, hex), and what is said of them. `number` counts from 1."""

    id: int
    item: int
    number: int
    digest: str
    size: int
    media_type: str
    file_name: str
    described: Described
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A document of a team's library with its versions, the first of them first; there is at least one."""

    id: int
    team: int
    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        """The version that stands."""
        return self.versions[-1]


def faults_of_days(described: Described, *, at: date) -> tuple[Fault, ...]:
    """What is wrong with the days of this document, as they are said on the day `at`?"""
    days = (("effective date", described.effective_on), ("review-by date", described.review_by))
    faults = [
        Fault(where=where, found=str(day), allowed=f"a day within a hundred years of {at}")
        for where, day in days
        if day is not None and abs(day - at) > FARTHEST
    ]
    since, until = described.effective_on, described.review_by
    if since is not None and until is not None and until < since:
        found = f"{until}, before the effective date {since}"
        faults.append(Fault(where="review-by date", found=found, allowed="the effective date or a later day"))
    return tuple(faults)
