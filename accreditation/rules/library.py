"""A team's library: documents that it keeps once, each with its versions, its owner and the days it holds for."""

import re
from collections.abc import Collection, Mapping, Sequence
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


def title_of(said: str, file_name: str) -> str:
    """What is a file called, of which this was said? As said, or else as it is named, without its name's ending.

    The ending comes back with the file: a title that had it would be downloaded as 'Plan.pdf.pdf'.
    """
    name = re.split(r"[\\/]", file_name)[-1].strip()
    title = said.strip() or name
    ending = _ENDING.search(name)
    if ending is None or not title.casefold().endswith(ending.group().casefold()):
        return title
    return title[: -len(ending.group())].rstrip() or title


_ENDING = re.compile(r"\.(?=\d*[A-Za-z])[A-Za-z0-9]{1,5}\Z")
"""What an ending of a file's name looks like; a version at its end, as in 'Plan 1.2', is none."""


def not_in_date(described: Described, on: date) -> str:
    """Why is a document not in date on this day? Empty where it is; one without days is, as nobody said otherwise."""
    since, until = described.effective_on, described.review_by
    if since is not None and on < since:
        return f"it holds from {since} only"
    if until is not None and on > until:
        return f"it was to be reviewed by {until}"
    return ""


def said_at(said: Sequence[tuple[datetime, Described]], until: datetime | None) -> Described:
    """What was said of a version at this moment; now, where that is None. `said` is everything, the newest last.

    What was said first is true of any time before it.
    """
    known = [told for at, told in said if until is None or at <= until]
    return (known or [told for _, told in said[:1]])[-1]


def may_take_back(*, criteria: Collection[str], attached_at: datetime, asked: Mapping[str, datetime]) -> bool:
    """May a file be taken back, or another stand in its place, once the team has submitted?

    Only where it was attached after a reviewer asked for more on every criterion that it answers, and all these
    requests are open still (`asked`: criterion -> when it was asked for). What was submitted stays as it was submitted.
    """
    return bool(criteria) and all(name in asked and asked[name] < attached_at for name in criteria)


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
