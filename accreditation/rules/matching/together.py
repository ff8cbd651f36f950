"""Which reviewers and visits can come together, of all pairs there are: a few visits at a time, to save memory."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accreditation.errors import Fault, Invalid
from accreditation.rules.conflicts import Reviewer, Visit
from accreditation.rules.matching.arrays import Flags, Ints
from accreditation.rules.matching.barred import Pairs, whole
from accreditation.rules.matching.obstacles import Obstacles
from accreditation.rules.matching.travel import UNKNOWN, Placed, Travel, farthest_square, minutes_of
from accreditation.rules.matching.travel import whole as lies
from accreditation.scheme.process import Travel as Limits

AT_ONCE = 1 << 17
"""So many pairs are looked at together: what is worked out of them stays near the processor."""

MOST = 10_000_000
"""More places than this would fill a machine's memory before they are solved."""

Spans = list[tuple[int, int]]
"""From the first day to the last, both included, as numbers."""

Test = Callable[[slice], Flags]
"""Which of all reviewers could go to these visits? A row a visit, a column a reviewer."""


class Together:
    """Visits and reviewers, each in an order of their own, and what keeps whole groups of them apart."""

    def __init__(self, pool: Obstacles, *, visits: Sequence[Visit], reviewers: Sequence[Reviewer]) -> None:
        """Lay out where everybody is."""
        asked = pool.asked
        self._asked, self._engaged, self._visits, self._reviewers = asked, pool.engaged, visits, reviewers
        self._there, self._home = _Places.of(asked.travel, visits), _Places.of(asked.travel, reviewers)

    def pairs(self, *, able: Ints, bars: Pairs) -> tuple[Ints, Ints]:
        """Which pairs of a visit and one of the able reviewers does nothing keep apart? In order of both.

        `bars` are pairs that something else keeps apart. Raises Invalid where more than MOST are left.
        """
        tests = list(self._tests(able))
        column = np.full(len(self._reviewers), -1, dtype=np.int64)
        column[able] = np.arange(len(able))
        of_able = column[bars.reviewer] >= 0
        row, barred = bars.visit[of_able], column[bars.reviewer[of_able]]
        found, count = [np.zeros((2, 0), dtype=np.int64)], 0
        step = max(AT_ONCE // max(len(able), 1), 1)
        for start in range(0, len(self._visits), step):
            part = slice(start, min(start + step, len(self._visits)))
            free: Flags = np.ones((part.stop - start, len(able)), dtype=np.bool_)
            for test in tests:
                free &= test(part)
            begin, end = np.searchsorted(row, (part.start, part.stop))
            free[row[begin:end] - start, barred[begin:end]] = False
            visit, reviewer = np.divmod(np.flatnonzero(free), len(able)) if len(able) else (row[:0], row[:0])
            found.append(np.stack([visit + start, able[reviewer]]))
            count += len(visit)
            if count > MOST:
                raise Invalid([_too_many(len(self._visits), len(able))])
        pairs = np.concatenate(found, axis=1)
        return pairs[0], pairs[1]

    def minutes(self, *, visit: Ints, reviewer: Ints) -> Ints:
        """How many minutes is each of these pairs apart? UNKNOWN where neither the table nor their points say."""
        start, end = self._home, self._there
        told = _edged(self._asked.travel.table)[start.row[reviewer], end.row[visit]]
        by_point = np.flatnonzero((told == UNKNOWN) & start.known[reviewer] & end.known[visit])
        apart = start.at[reviewer[by_point]] - end.at[visit[by_point]]
        told[by_point] = minutes_of((apart**2).sum(axis=1))
        return told

    def _tests(self, able: Ints) -> Iterator[Test]:
        """What keeps whole groups apart, each as a test of all able people for a few visits?"""
        rules, visits = self._asked.rules, self._visits
        people = [self._reviewers[number] for number in able.tolist()]
        if rules.same_network == "barred":
            at, home = _numbered([one.network for one in visits], [one.network for one in people])
            yield lambda part: (at[part, None] != home) | (home == UNKNOWN)
        if rules.region != "any":
            there, here = _numbered([one.region for one in visits], [one.region for one in people])
            same = rules.region == "same"
            known = here != UNKNOWN
            yield lambda part: ((there[part, None] == here) == same) & known & (there[part, None] != UNKNOWN)
        away = [self._away(one) for one in people]
        if any(away):
            yield _free(visits, away)
        if rules.travel is not None:
            yield _near(self._asked.travel, rules.travel, self._there, self._home.part(able))

    def _away(self, one: Reviewer) -> Spans:
        """From which day to which can this reviewer not come, being away or at a visit that stands?"""
        away = [(span.first, span.last) for span in one.unavailable]
        away += [(visit.days.first, visit.days.last) for _, visit in self._engaged.get(one.id, ())]
        return [(first.toordinal(), last.toordinal()) for first, last in away]


def _too_many(visits: int, reviewers: int) -> Fault:
    """How is it said that too many pairs are left to choose from?"""
    return Fault(
        where=f"{visits} visits and {reviewers} reviewers",
        found=f"more than {MOST} pairs of them could come together",
        allowed="a limit of travel or of the region in the scheme, or fewer visits at once",
    )


def _numbered(one: Sequence[str | None], other: Sequence[str | None]) -> tuple[Ints, Ints]:
    """The same names as numbers, UNKNOWN where there is none."""
    number = {name: row for row, name in enumerate(sorted({name for name in (*one, *other) if name}))}
    here, there = (whole([number.get(name or "", UNKNOWN) for name in names]) for names in (one, other))
    return here, there


def _free(visits: Sequence[Visit], away: Sequence[Spans]) -> Test:
    """Who is free on all days of a visit, of people who are away then and then?"""
    spans = sorted({(one.days.first.toordinal(), one.days.last.toordinal()) for one in visits if one.days is not None})
    row = {span: number for number, span in enumerate(spans)}
    of = whole(
        [
            len(spans) if one.days is None else row[one.days.first.toordinal(), one.days.last.toordinal()]
            for one in visits
        ]
    )
    free = np.ones((len(spans) + 1, len(away)), dtype=np.bool_)
    first, last = (whole([span[end] for span in spans]) for end in (0, 1))
    for column, theirs in enumerate(away):
        for begins, ends in theirs:
            free[: len(spans)][(first <= ends) & (last >= begins), column] = False
    return lambda part: free[of[part]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """Where people or visits lie: which row of the table of travel times, and which point, if it is known."""

    row: Ints
    known: Flags
    at: Ints

    @classmethod
    def of(cls, travel: Travel, placed: Sequence[Placed]) -> "_Places":
        at = [(0, 0, 0) if one.point is None else lies(one.point) for one in placed]
        return cls(
            row=whole([travel.row(one) for one in placed]),
            known=np.array([one.point is not None for one in placed], dtype=np.bool_),
            at=np.array(at, dtype=np.int64).reshape(len(placed), 3),
        )

    def part(self, rows: Ints) -> "_Places":
        """Those of these rows only."""
        return _Places(row=self.row[rows], known=self.known[rows], at=self.at[rows])


def _near(travel: Travel, limits: Limits, there: _Places, home: _Places) -> Test:
    """Who lives within the limits of a visit, by the table or by the distance?

    Squared distances are whole numbers below 2**53, and so exact.
    """
    most = np.inf if limits.at_most is None else farthest_square(limits.at_most)
    least = -1 if limits.at_least is None else farthest_square(limits.at_least - 1)
    one, other = there.at.astype(np.float64), np.ascontiguousarray(home.at.T, dtype=np.float64)
    table = _edged(travel.table)
    told = table != UNKNOWN
    inside = told & (table <= (np.inf if limits.at_most is None else limits.at_most))
    inside &= table >= (0 if limits.at_least is None else limits.at_least)
    by_table = len(travel.places) > 0

    def near(part: slice) -> Flags:
        squares = _squares(one[part], other)
        found: Flags = squares <= most
        if least >= 0:
            found &= squares > least
        if not home.known.all():
            found &= home.known
        if not there.known[part].all():
            found &= there.known[part, None]
        if by_table:
            cells = (home.row, there.row[part, None])
            found = np.where(told[cells], inside[cells], found)
        return found

    return near


def _squares(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """The squared distances of these places (a row each, a column a direction) from those (a row a direction)."""
    squares = np.zeros((len(one), other.shape[1]))
    for direction in range(3):
        apart = one[:, direction, None] - other[direction]
        apart *= apart
        squares += apart
    return squares


def _edged(table: Ints) -> Ints:
    """The table with one more row and column, which -1 stands for: nothing is known there."""
    return np.pad(table, ((0, 1), (0, 1)), constant_values=UNKNOWN)
