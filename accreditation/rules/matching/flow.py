"""The best filling of a round without its crossing rules: an exact flow of least cost, solved by OR-tools.

Goals come one after the other and none gives up what came before: as many seats filled as possible; as few kept places
given up as possible; the largest total fit; the most even load; the lowest lots. As many goals as whole numbers have
room for are solved in one go; for the next, prices of nodes (`proof`) say which arcs may still change.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from accreditation.rules.matching import proof
from accreditation.rules.matching.arrays import Filling, Flags, Ints
from accreditation.rules.matching.network import Arcs, Network

MOST = 1 << 61
"""The largest cost times the number of nodes that the solver's whole numbers have room for, with a bit to spare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The filling with the largest gain among those with the most seats filled; and the flow that it is.

    `gain` is the sum over the places taken, `empty` how many seats stay empty.
    """

    filling: Filling
    gain: int
    empty: int
    flow: Ints
    capacity: Ints
    costs: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What was made as cheap as possible, among flows that differ in these arcs only (None: in any), and the proof."""

    costs: Ints
    price: Ints
    among: Flags | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """The best filling, what it comes to, and the steps that prove it (`faults`).

    `fit` is the total of the places taken, in millionths; `given_up` how many places that were to stay are not taken;
    `squares` the sum of squared loads of all reviewers who have a visit left, with those had; `empty` the seats left.
    """

    filling: Filling
    empty: int
    given_up: int
    fit: int
    squares: int
    flow: Ints
    steps: tuple[Step, ...]


def best(network: Network, *, gain: Ints | None = None, closed: Flags | None = None) -> Best:
    """Which filling has the largest sum of gains, among those with as many seats filled as possible?

    `gain` is a whole number a row of `Places`, positive or negative (default: the fit); `closed` the places that must
    not be taken. Raises AssertionError where the gains are too large for the solver's whole numbers.
    """
    told = network.asked.places.fit if gain is None else gain
    costs, capacity = network.on_places(-told), network.capacities(closed)
    flow = _solved(arcs=network.arcs, capacity=capacity, costs=costs)
    filling = network.filling(flow)
    return Best(
        filling=filling, gain=int(told[filling.place].sum()), empty=network.arcs.seats - len(filling),
        flow=flow, capacity=capacity, costs=costs,
    )  # fmt: skip


def losses(network: Network, found: Best) -> Ints:
    """By how much would the gain fall, at least, if a place that is not taken had to be, or a taken one must not be?

    A row a row of `Places`, 0 or more (0 also where it is closed), in units of gain. It proves at the same time that no
    filling with as many seats filled has a larger gain, and raises AssertionError where one has.
    """
    arcs = network.arcs
    price = proof.potentials(arcs=arcs, capacity=found.capacity, costs=found.costs, flow=found.flow)
    beyond = np.abs(proof.reduced(arcs=arcs, costs=found.costs, price=price))
    return network.of_places(np.where(found.capacity > 0, beyond, 0))


def optimum(
    network: Network, *, closed: Flags | None = None, whole: Ints | None = None, first: Sequence[Ints] = ()
) -> Optimum:
    """Which filling is best, goal after goal, and what proves it?

    As many seats as possible of the visits `whole` are filled, and the costs `first` (an amount an arc) made small,
    before anything else but the number of seats. Raises AssertionError where a single goal is too large for the
    solver's whole numbers, or its answer is not proven.
    """
    arcs, places, capacity = network.arcs, network.asked.places, network.capacities(closed)
    goals = [
        *([] if whole is None else [network.on_seats(whole)]),
        *first,
        network.on_places(-places.stays.astype(np.int64)),
        network.on_places(-places.fit),
        network.on_load(),
        network.on_places(places.lot),
    ]
    flow: Ints | None = None
    among: Flags | None = None
    steps = []
    for costs in _packed(goals, arcs=arcs, capacity=capacity):
        flow = _solved(arcs=arcs, capacity=capacity, costs=costs, start=flow, among=among)
        price = proof.potentials(arcs=arcs, capacity=capacity, costs=costs, flow=flow, among=among)
        steps.append(Step(costs=costs, price=price, among=among))
        same = proof.reduced(arcs=arcs, costs=costs, price=price) == 0
        among = same if among is None else same & among
    if flow is None:
        raise AssertionError("there is always a sum to be solved")
    filling = network.filling(flow)
    return Optimum(
        filling=filling,
        empty=arcs.seats - int(flow[arcs.needed].sum() + flow[arcs.surplus].sum()),
        given_up=int(places.stays.sum() - places.stays[filling.place].sum()),
        fit=int(places.fit[filling.place].sum()),
        squares=int((flow * network.on_load()).sum() + (network.asked.supply.load**2).sum()),
        flow=flow,
        steps=tuple(steps),
    )


def faults(network: Network, found: Optimum, *, closed: Flags | None = None) -> list[str]:
    """What is wrong with the claim that this is the best filling? Empty where it is; the solver's word is not taken."""
    arcs, capacity = network.arcs, network.capacities(closed)
    wrong = [] if proof.largest(arcs=arcs, capacity=capacity, flow=found.flow) else ["more seats could be filled"]
    among: Flags | None = None
    for step in found.steps:
        wrong += proof.faults(
            arcs=arcs, capacity=capacity, costs=step.costs, flow=found.flow, price=step.price, among=among
        )
        same = proof.reduced(arcs=arcs, costs=step.costs, price=step.price) == 0
        among = same if among is None else same & among
    return wrong


def _packed(goals: Sequence[Ints], *, arcs: Arcs, capacity: Ints) -> list[Ints]:
    """The goals as few sums of costs: in each sum, a goal outweighs all that later ones could come to.

    A goal that costs the same whatever is done is left out; there is one sum at least.
    """
    sums: list[Ints] = []
    for costs in goals:
        span = _span(costs, arcs=arcs, capacity=capacity)
        if span == 0:
            continue
        if sums and _largest(sums[-1]) * (span + 1) + _largest(costs) <= MOST // (arcs.nodes + 2):
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


def _largest(costs: Ints) -> int:
    """What is the largest of these costs, whatever its sign?"""
    return max(int(costs.max()), -int(costs.min())) if len(costs) else 0


def _solved(*, arcs: Arcs, capacity: Ints, costs: Ints, start: Ints | None = None, among: Flags | None = None) -> Ints:
    """Which flow is cheapest among the largest, or among those that differ from `start` in the arcs `among` only?

    Raises AssertionError where the costs are too large, or the solver gives no answer.
    """
    if _largest(costs) > MOST // (arcs.nodes + 2):
        raise AssertionError(f"costs up to {_largest(costs)} are too large for {arcs.nodes} nodes")
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
