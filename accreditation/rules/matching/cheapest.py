"""The cheapest flow, by OR-tools: the one place that knows the solver. Its answers are proven elsewhere (`proof`)."""

import numpy as np

from accreditation.rules.matching.arrays import Flags, Ints
from accreditation.rules.matching.network import Arcs

MOST = 1 << 61
"""The largest cost times the number of nodes that the solver's whole numbers have room for, with a bit to spare."""


def cheapest(*, arcs: Arcs, capacity: Ints, costs: Ints, start: Ints | None = None, among: Flags | None = None) -> Ints:
    """Which flow is cheapest among the largest, or among those that differ from `start` in the arcs `among` only?

    Raises AssertionError where the costs are too large, or the solver gives no answer.
    """
    if not fits(largest(costs), arcs=arcs):
        raise AssertionError(f"costs up to {largest(costs)} are too large for {arcs.nodes} nodes")
    from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]  # noqa: PLC0415  only a match pays

    rows = slice(None) if among is None else np.flatnonzero(among)
    tail, head = arcs.tail[rows], arcs.head[rows]
    supply = np.zeros(arcs.nodes, dtype=np.int64)
    if start is None:
        supply[[arcs.source, arcs.sink]] = arcs.seats, -arcs.seats
    else:
        moved = start[rows]
        supply += (np.bincount(tail, moved, arcs.nodes) - np.bincount(head, moved, arcs.nodes)).astype(np.int64)
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(tail, head, capacity[rows], costs[rows])
    solver.set_nodes_supplies(np.arange(arcs.nodes, dtype=np.int32), supply)
    status = solver.solve_max_flow_with_min_cost()
    if status != solver.OPTIMAL:
        raise AssertionError(f"the solver gave no answer: {status}")
    flow = np.zeros(len(arcs), dtype=np.int64) if start is None else start.copy()
    flow[rows] = solver.flows(np.arange(len(tail), dtype=np.int32))
    return flow


def fits(costs_at_most: int, *, arcs: Arcs) -> bool:
    """Do the solver's whole numbers have room for costs of this size in this network?"""
    return costs_at_most <= MOST // (arcs.nodes + 2)


def largest(costs: Ints) -> int:
    """What is the largest of these costs, whatever its sign?"""
    return max(int(costs.max()), -int(costs.min())) if len(costs) else 0
