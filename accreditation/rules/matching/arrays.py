"""A round as the solvers see it: who could sit where and how well, as arrays of whole numbers.

Rows are in the order of sorted ids, so that the order in which visits or reviewers were given cannot matter. A role is
a number from 0 upwards, its place in the scheme's review team; a set of roles is a bit mask of these numbers.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

FULL_FIT = 1_000_000
"""The best fit of one reviewer for one visit; the worst is 0. Fits are whole numbers, so sums of them are exact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What each visit still lacks, beside those who sit there already.

    `need` and `room` have a row a visit and a column a role: how many are lacking to the minimum, and how many more
    may hold the role. `size` is how many people are lacking in all: its surplus over the sum of `need` may hold any
    role that has room. `fit` is what those who sit already add to the visit's fit, `experienced` how many experienced
    reviewers it still lacks. `organisation` is whose visit it is.
    """

    need: Ints
    room: Ints
    size: Ints
    fit: Ints
    experienced: Ints
    organisation: Ints

    @property
    def visits(self) -> int:
        """How many visits are there?"""
        return len(self.size)

    @property
    def roles(self) -> int:
        """How many roles are there?"""
        return int(self.need.shape[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What each reviewer may still take on: visits left, visits had, employer (-1: none), and whether experienced."""

    left: Ints
    load: Ints
    employer: Ints
    experienced: Flags

    @property
    def reviewers(self) -> int:
        """How many reviewers are there?"""
        return len(self.left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Who could sit where: one row a visit and reviewer, in order of both, each pair once.

    `roles` is the mask of roles the reviewer could hold there, `fit` from 0 to FULL_FIT, `stays` whether the place is
    theirs already and would have to be changed (then as few of these as possible are given up), `lot` breaks ties.
    """

    visit: Ints
    reviewer: Ints
    roles: Ints
    fit: Ints
    lot: Ints
    stays: Flags

    def __len__(self) -> int:
        """How many places are there?"""
        return len(self.visit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """The rules that cross the roles, and so make the round more than a network.

    `one_per_employer`: nobody sits beside a colleague of the same employer; `seated` names the employers of those who
    sit already (visit, employer). `one_way`: where staff of A visit B, no staff of B visit A in the same round; `going`
    are the ways (employer, visited) that are taken already. `experienced`: each visit needs as many experienced
    reviewers as `Demand.experienced` says. `same_days`: nobody is at two visits of one of these groups, which are on
    the same day; in order of the day, and a visit may be in several.
    """

    one_per_employer: bool = False
    one_way: bool = False
    experienced: bool = False
    seated: frozenset[tuple[int, int]] = field(default=frozenset())
    going: frozenset[tuple[int, int]] = field(default=frozenset())
    same_days: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """A whole round to be solved."""

    demand: Demand
    supply: Supply
    places: Places
    crossing: Crossing = Crossing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """Which places are taken, as rows of `Places` in ascending order, and in which role each."""

    place: Ints
    role: Ints

    def __len__(self) -> int:
        """How many places are taken?"""
        return len(self.place)
