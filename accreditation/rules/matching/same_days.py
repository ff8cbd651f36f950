"""Visits whose days overlap: nobody can be at two of them.

Days are intervals, so visits that overlap two by two have a day in common. It is enough to look at groups of visits of
one day that no other day's group contains: whoever is at no more than one visit of each group is never at two visits
at once.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from accreditation.rules.conflicts import Days
from accreditation.rules.matching.arrays import Instance, Ints

NONE = -1

Groups = tuple[frozenset[int], ...]


def overlap(one: Days | None, other: Days | None) -> bool:
    """Is there a day that both have? Never where the days of one are not known."""
    return one is not None and other is not None and one.first <= other.last and other.first <= one.last


def groups(days: Sequence[Days | None]) -> Groups:
    """Which visits (rows of `days`) are on one day, two or more of them? By day; no group is part of another.

    A group is what goes on when somebody leaves, if anybody came since a group was last told.
    """
    dated = [(row, one) for row, one in enumerate(days) if one is not None]
    moves = [(one.first.toordinal(), False, row) for row, one in dated]
    moves += [(one.last.toordinal() + 1, True, row) for row, one in dated]
    going, grown, found = set[int](), False, []
    for _, over, row in sorted(moves, key=lambda one: (one[0], not one[1], one[2])):
        if not over:
            going.add(row)
            grown = True
            continue
        if grown and len(going) > 1:
            found.append(frozenset(going))
        grown = False
        going.discard(row)
    return tuple(found)


def busy(asked: Instance) -> Iterator[Ints]:
    """Which places share somebody with others on the same day, of whom one may be taken? By layers of groups.

    Each layer names for every place the number of its set (NONE: in none), from 0 upwards. A place may be in sets of
    several layers. Whoever has no two visits left, or no two places in a group, is in no set of it.
    """
    places = asked.places
    able = asked.supply.left[places.reviewer] > 1
    for layer in _layers(asked.crossing.same_days):
        group = np.full(asked.demand.visits, NONE)
        for number, visits in enumerate(layer):
            group[list(visits)] = number
        of = group[places.visit]
        there = np.flatnonzero(able & (of != NONE))
        _, which, times = np.unique(
            of[there] * asked.supply.reviewers + places.reviewer[there], return_inverse=True, return_counts=True
        )
        several = times > 1
        if several.any():
            sets = np.where(several, np.cumsum(several) - 1, NONE)
            row = np.full(len(places), NONE)
            row[there] = sets[which]
            yield row


def crosses(asked: Instance) -> bool:
    """Is there a rule that crosses the roles, so that the round is more than a network?"""
    crossing = asked.crossing
    on_teams = crossing.one_per_employer or crossing.one_way or crossing.experienced
    return on_teams or any(True for _ in busy(asked))


def _layers(several: Groups) -> list[list[frozenset[int]]]:
    """The same groups in as few layers as can be, so that no visit is twice in a layer.

    By day, the groups of a visit follow each other: taking the first layer that has room is best.
    """
    layers: list[list[frozenset[int]]] = []
    for one in several:
        room = (layer for layer in layers if not any(one & other for other in layer))
        layer = next(room, None)
        if layer is None:
            layers.append([one])
        else:
            layer.append(one)
    return layers
