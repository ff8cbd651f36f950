"""The proof that a flow is the cheapest: prices of nodes at which no other could be cheaper, found without a solver.

A flow is the cheapest of its size if and only if there are whole numbers, one a node, at which no arc that could still
be used gains anything. Whoever doubts an answer adds up the arcs again; nobody need believe the solver.
"""

import numpy as np

from accreditation.rules.matching.arrays import Flags, Ints
from accreditation.rules.matching.network import Arcs


def potentials(*, arcs: Arcs, capacity: Ints, costs: Ints, flow: Ints, among: Flags | None = None) -> Ints:
    """At which prices of the nodes does no arc that could still be used cost less than nothing?

    They are the shortest ways in what the flow leaves open, found by Bellman and Ford's rule over all arcs at once.
    `among` says which arcs may change at all (default: all). Raises AssertionError where there are no such prices: then
    there is a cheaper flow.
    """
    forth, back = flow < capacity, flow > 0
    if among is not None:
        forth, back = forth & among, back & among
    ways = [
        _by_head(arcs.tail[forth], arcs.head[forth], costs[forth]),
        _by_head(arcs.head[back], arcs.tail[back], -costs[back]),
    ]
    price = np.zeros(arcs.nodes, dtype=np.int64)
    for _ in range(arcs.nodes + 1):
        changed = False
        for tail, heads, cost, starts in ways:
            if not len(tail):
                continue
            found = np.minimum.reduceat(price[tail] + cost, starts)
            lower = found < price[heads]
            price[heads[lower]] = found[lower]
            changed = changed or bool(lower.any())
        if not changed:
            return price
    raise AssertionError("there is a cheaper flow: prices fall without end")


def reduced(*, arcs: Arcs, costs: Ints, price: Ints) -> Ints:
    """What does each arc cost beyond the prices of its ends? 0 or more where unused, 0 or less where full."""
    left: Ints = costs + price[arcs.tail] - price[arcs.head]
    return left


def faults(
    *, arcs: Arcs, capacity: Ints, costs: Ints, flow: Ints, price: Ints, among: Flags | None = None
) -> list[str]:
    """What is wrong with the claim that this flow is feasible, and the cheapest of its size? Empty where it is true.

    `among` says which arcs may change at all: the claim is then made of flows that differ in these only.
    """
    wrong = []
    if bool(((flow < 0) | (flow > capacity)).any()):
        wrong.append("an arc holds less than nothing or more than its capacity")
    gone = np.bincount(arcs.tail, flow, arcs.nodes) - np.bincount(arcs.head, flow, arcs.nodes)
    gone[[arcs.source, arcs.sink]] = 0
    if bool(gone.any()):
        wrong.append("a node gives more or less than it gets")
    beyond = reduced(arcs=arcs, costs=costs, price=price)
    cheaper = ((beyond < 0) & (flow < capacity)) | ((beyond > 0) & (flow > 0))
    if bool((cheaper if among is None else cheaper & among).any()):
        wrong.append("an arc that could still be used would make the flow cheaper")
    return wrong


def largest(*, arcs: Arcs, capacity: Ints, flow: Ints) -> bool:
    """Is no larger flow possible: does no way lead from the source to the sink through what the flow leaves open?"""
    return not reached(arcs=arcs, capacity=capacity, flow=flow)[arcs.sink]


def reached(*, arcs: Arcs, capacity: Ints, flow: Ints) -> Flags:
    """Which nodes could one more unit from the source come to, through what the flow leaves open?"""
    tail, head = _left_open(arcs=arcs, capacity=capacity, flow=flow)
    return _spread(arcs.source, tail=tail, head=head, nodes=arcs.nodes)


def reaching(*, arcs: Arcs, capacity: Ints, flow: Ints) -> Flags:
    """From which nodes could one more unit come to the sink, through what the flow leaves open?"""
    tail, head = _left_open(arcs=arcs, capacity=capacity, flow=flow)
    return _spread(arcs.sink, tail=head, head=tail, nodes=arcs.nodes)


def _left_open(*, arcs: Arcs, capacity: Ints, flow: Ints) -> tuple[Ints, Ints]:
    """From where to where could one more unit go: along an arc with room, or back along a used one?"""
    forth, back = flow < capacity, flow > 0
    return (
        np.concatenate([arcs.tail[forth], arcs.head[back]]),
        np.concatenate([arcs.head[forth], arcs.tail[back]]),
    )


def _spread(start: int, *, tail: Ints, head: Ints, nodes: int) -> Flags:
    """Which nodes are come to from this one?"""
    known = np.zeros(nodes, dtype=np.bool_)
    known[start] = True
    while True:
        new = head[known[tail] & ~known[head]]
        if not len(new):
            return known
        known[new] = True


def _by_head(tail: Ints, head: Ints, costs: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """The same ways in order of their heads, each head once, and where the ways of each head begin."""
    order = np.argsort(head, kind="stable")
    head = head[order]
    starts = np.flatnonzero(np.r_[True, head[1:] != head[:-1]]) if len(head) else np.zeros(0, dtype=np.int64)
    return tail[order], head[starts], costs[order], starts
