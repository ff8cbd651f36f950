"""A round with its rows in an order that follows from what they hold, so that the order they came in cannot matter.

Each place has a key of what it says, its lot above all; a visit's and a reviewer's key follow from their places' and
their own. Where a search is cut short, this is what makes its answer the same for the same round in any order; and
nobody is favoured for a low number.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from accreditation.rules.matching.arrays import Demand, Filling, Instance, Ints, Places, Supply

Keys = NDArray[np.uint64]

_ROUNDS = 2
"""After so many rounds a visit's key says what its reviewers' other visits are like."""


class Ordered:
    """The round in its own order, and the way back."""

    def __init__(self, asked: Instance) -> None:
        """Put it in order."""
        places, demand, supply = asked.places, asked.demand, asked.supply
        visits = _mixed(np.column_stack([demand.need, demand.room, demand.size, demand.fit, demand.experienced]))
        people = _mixed(np.column_stack([supply.left, supply.load, supply.experienced, supply.employer >= 0]))
        if asked.crossing.same_days:
            visits = _mixed(np.column_stack([visits, _beside(asked)]))
        rows = _mixed(np.column_stack([places.lot, places.fit, places.roles, places.stays]))
        for _ in range(_ROUNDS):
            mine = _mixed(np.column_stack([rows, people[places.reviewer]])), places.visit, visits
            theirs = _mixed(np.column_stack([rows, visits[places.visit]])), places.reviewer, people
            visits, people = _gathered(*mine), _gathered(*theirs)
        visit, person = np.argsort(visits, kind="stable"), np.argsort(people, kind="stable")
        new_visit, new_person = _inverse(visit)[places.visit], _inverse(person)[places.reviewer]
        self.rows: Ints = np.lexsort((new_person, new_visit))
        self._name = _named(np.concatenate([demand.organisation[visit], supply.employer[person]]))
        self.asked = Instance(
            demand=Demand(
                need=demand.need[visit], room=demand.room[visit], size=demand.size[visit], fit=demand.fit[visit],
                experienced=demand.experienced[visit], organisation=self._renamed(demand.organisation[visit]),
            ),
            supply=Supply(
                left=supply.left[person], load=supply.load[person], experienced=supply.experienced[person],
                employer=self._renamed(supply.employer[person]),
            ),
            places=Places(
                visit=new_visit[self.rows], reviewer=new_person[self.rows], roles=places.roles[self.rows],
                fit=places.fit[self.rows], lot=places.lot[self.rows], stays=places.stays[self.rows],
            ),
            crossing=replace(
                asked.crossing,
                seated=frozenset(
                    (int(_inverse(visit)[one]), self._other(employer)) for one, employer in asked.crossing.seated
                ),
                going=frozenset((self._other(one), self._other(other)) for one, other in asked.crossing.going),
                same_days=tuple(
                    frozenset(_inverse(visit)[list(together)].tolist()) for together in asked.crossing.same_days
                ),
            ),
        )  # fmt: skip

    def back(self, found: Filling) -> Filling:
        """The same filling in the rows that the round came in."""
        place = self.rows[found.place]
        order = np.argsort(place, kind="stable")
        return Filling(place=place[order], role=found.role[order])

    def _renamed(self, organisations: Ints) -> Ints:
        return np.array([self._other(int(one)) for one in organisations], dtype=np.int64)

    def _other(self, organisation: int) -> int:
        """The number of an organisation here; one that neither is visited nor employs anybody matters to nobody."""
        return self._name.setdefault(organisation, len(self._name)) if organisation >= 0 else -1


def _named(organisations: Ints) -> dict[int, int]:
    """Organisations are numbered as they first appear."""
    known = organisations[organisations >= 0]
    first = np.unique(known, return_index=True)[1]
    return {int(one): number for number, one in enumerate(known[np.sort(first)].tolist())}


def _beside(asked: Instance) -> Ints:
    """How many other visits are on the days of each?"""
    beside = np.zeros(asked.demand.visits, dtype=np.int64)
    for together in asked.crossing.same_days:
        beside[list(together)] += len(together) - 1
    return beside


def _inverse(order: Ints) -> Ints:
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return place


def _mixed(columns: NDArray[np.generic]) -> Keys:
    """A key for each row of some columns (the finaliser of splitmix64, column after column)."""
    key = np.zeros(len(columns), dtype=np.uint64)
    for column in columns.T:
        key = (key + column.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(1)
        key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        key = key ^ (key >> np.uint64(31))
    return key


def _gathered(keys: Keys, owner: Ints, own: Keys) -> Keys:
    """The keys of all of an owner's rows together with its own; their order does not matter."""
    total = own.copy()
    np.add.at(total, owner, keys)
    return _mixed(total[:, None])
