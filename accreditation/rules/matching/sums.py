"""Goals one after the other as few sums of costs, in which an earlier one outweighs all that later ones could cost."""

from collections.abc import Iterable

import numpy as np

from accreditation.rules.matching.arrays import Ints
from accreditation.rules.matching.cheapest import fits, largest
from accreditation.rules.matching.network import Arcs


def packed(goals: Iterable[Ints], *, arcs: Arcs, capacity: Ints) -> list[Ints]:
    """The goals as few sums of costs: in each sum, a goal outweighs all that later ones could come to.

    A goal that costs the same whatever is done is left out; there is one sum at least.
    """
    sums: list[Ints] = []
    for costs in goals:
        span = _span(costs, arcs=arcs, capacity=capacity)
        if span == 0:
            continue
        if sums and fits(largest(sums[-1]) * (span + 1) + largest(costs), arcs=arcs):
            sums[-1] = sums[-1] * (span + 1) + costs
        else:
            sums.append(costs)
    return sums or [np.zeros(len(arcs), dtype=np.int64)]


def _span(costs: Ints, *, arcs: Arcs, capacity: Ints) -> int:
    """By how much could two flows of the same size differ in these costs, at most?

    Each unit of the flow goes over one arc of each of these kinds, or over none where it comes from elsewhere.
    """
    apart = 0
    for kind in arcs.kinds:
        open_ = costs[kind][capacity[kind] > 0]
        if open_.any():
            low, high = int(open_.min()), int(open_.max())
            apart += max(high, 0) - min(low, 0) if arcs.beside.stop > arcs.beside.start else high - low
    return apart * arcs.seats
