"""The pairs that are barred one by one: few, and listed; what sets whole groups apart is in `together`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from accreditation.rules.conflicts import Reviewer, Visit, barred_until
from accreditation.rules.matching.arrays import Ints
from accreditation.rules.matching.obstacles import Obstacles

NONE = -1
_ALWAYS = date.max.toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Rows of visits and of reviewers, pair by pair in order of the visit; a pair may be there more than once."""

    visit: Ints
    reviewer: Ints


class _Groups:
    """Which members are of each group, so that all members of many groups can be listed at once."""

    def __init__(self, groups: Ints) -> None:
        self._order = np.argsort(groups, kind="stable")
        self._sorted = groups[self._order]

    def members(self, wanted: Ints) -> tuple[Ints, Ints]:
        """All members of the group that each row wants: the row and the member, pair by pair."""
        first = np.searchsorted(self._sorted, wanted, side="left")
        count = np.searchsorted(self._sorted, wanted, side="right") - first
        row = np.repeat(np.arange(len(wanted)), count)
        begins = np.cumsum(count) - count
        return row, self._order[np.arange(len(row)) - np.repeat(begins - first, count)]


def barred(*, pool: Obstacles, visits: Sequence[Visit], reviewers: Sequence[Reviewer]) -> Pairs:
    """Which of these pairs are barred by employer, role, declaration, earlier visit, panel, seat or ban?"""
    found = [
        *_by_organisation(pool, visits, reviewers),
        *_by_name(pool, visits, reviewers),
    ]
    visit = np.concatenate([np.zeros(0, dtype=np.int64), *(pairs[0] for pairs in found)])
    reviewer = np.concatenate([np.zeros(0, dtype=np.int64), *(pairs[1] for pairs in found)])
    order = np.argsort(visit, kind="stable")
    return Pairs(visit=visit[order], reviewer=reviewer[order])


def _by_organisation(
    pool: Obstacles, visits: Sequence[Visit], reviewers: Sequence[Reviewer]
) -> Iterator[tuple[Ints, Ints]]:
    """The pairs (visit, reviewer) barred because of an organisation: employed, of it, worked, declared, in return."""
    asked, rules = pool.asked, pool.asked.rules
    row = {one.id: number for number, one in enumerate(reviewers)}
    visited = whole([one.organisation for one in visits])
    employer = whole([NONE if one.organisation is None else one.organisation for one in reviewers])
    at, staff = _Groups(visited), _Groups(employer)
    employed = np.flatnonzero(employer != NONE)
    who, where = at.members(employer[employed])
    yield where, employed[who]
    served = [(number, organisation) for number, one in enumerate(reviewers) for organisation in sorted(one.serves)]
    who, where = at.members(whole([organisation for _, organisation in served]))
    yield where, whole([number for number, _ in served])[who]
    if rules.employed_within is not None:
        worked = [(number, one) for number, person in enumerate(reviewers) for one in person.worked_at]
        ends = [barred_until(one, rules.employed_within) for _, one in worked]
        until = whole([_ALWAYS if end is None else end.toordinal() for end in ends])
        who, where = at.members(whole([one.organisation for _, one in worked]))
        kept = _first_days(visits, asked.at)[where] <= until[who]
        yield where[kept], whole([number for number, _ in worked])[who[kept]]
    known = [one for one in asked.declared if one.reviewer in row]
    who, where = at.members(whole([one.organisation for one in known]))
    about = whole([NONE if one.cycle is None else one.cycle for one in known])[who]
    kept = (about == NONE) | (about == whole([one.cycle for one in visits])[where])
    yield where[kept], whole([row[one.reviewer] for one in known])[who[kept]]
    if rules.reciprocal == "barred":
        ways = sorted((home, away) for home, away in pool.going if home != away)
        way, where = at.members(whole([home for home, _ in ways]))
        nth, who = staff.members(whole([away for _, away in ways])[way])
        yield where[nth], who
    if rules.colleagues == "barred":
        sitting = {one.cycle: number for number, one in enumerate(visits)}
        beside = sorted(
            (sitting[one.cycle], home)
            for one in pool.fixed
            if one.cycle in sitting and (home := pool.reviewers[one.reviewer].organisation) is not None
        )
        nth, who = staff.members(whole([home for _, home in beside]))
        yield whole([number for number, _ in beside])[nth], who


def _by_name(pool: Obstacles, visits: Sequence[Visit], reviewers: Sequence[Reviewer]) -> Iterator[tuple[Ints, Ints]]:
    """The pairs (visit, reviewer) that are barred each by itself: last time's team, panels, bans, who sits already."""
    row = {one.id: number for number, one in enumerate(reviewers)}
    at = {one.cycle: number for number, one in enumerate(visits)}
    named = [(visit.cycle, one) for visit in visits for one in visit.panel]
    if pool.asked.rules.repeat == "barred":
        named += [(visit.cycle, one) for visit in visits for one in visit.last_reviewers]
    named += [(one.cycle, one.reviewer) for one in pool.asked.bans]
    named += [(one.cycle, one.reviewer) for one in pool.fixed]
    known = [(at[cycle], row[who]) for cycle, who in named if cycle in at and who in row]
    yield whole([visit for visit, _ in known]), whole([reviewer for _, reviewer in known])


def _first_days(visits: Sequence[Visit], at: date | None) -> Ints:
    """The first day of each visit as a number; else the day of asking, else before all days."""
    days = [at if one.days is None else one.days.first for one in visits]
    return whole([0 if day is None else day.toordinal() for day in days])


def whole(numbers: Sequence[int]) -> Ints:
    """These numbers as an array."""
    return np.array(numbers, dtype=np.int64)
