"""The best filling of a round without its crossing rules: an exact flow of least cost, solved by OR-tools.

Goals come one after the other and none gives up what came before: as many seats filled as possible; as few kept places
given up as possible; the largest total fit; the most even load; the lowest lots. As many goals as whole numbers have
room for are solved in one go; for the next, prices of nodes (`proof`) say which arcs may still change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from accreditation.rules.matching import proof
from accreditation.rules.matching.arrays import Filling, Flags, Ints
from accreditation.rules.matching.cheapest import cheapest
from accreditation.rules.matching.network import Network
from accreditation.rules.matching.sums import packed


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
    flow = cheapest(arcs=network.arcs, capacity=capacity, costs=costs)
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
    flow: Ints | None = None
    among: Flags | None = None
    steps = []
    for costs in packed(_goals(network, whole=whole, first=first), arcs=arcs, capacity=capacity):
        flow = cheapest(arcs=arcs, capacity=capacity, costs=costs, start=flow, among=among)
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


def faults(
    network: Network,
    found: Optimum,
    *,
    closed: Flags | None = None,
    whole: Ints | None = None,
    first: Sequence[Ints] = (),
) -> list[str]:
    """What is wrong with the claim that this is the best filling? Empty where it is; the solver's word is not taken.

    `closed`, `whole` and `first` are what `optimum` was asked with.
    """
    arcs, capacity = network.arcs, network.capacities(closed)
    wrong = [] if proof.largest(arcs=arcs, capacity=capacity, flow=found.flow) else ["more seats could be filled"]
    goals = packed(_goals(network, whole=whole, first=first), arcs=arcs, capacity=capacity)
    costs = [step.costs for step in found.steps]
    if len(goals) != len(costs) or not all(map(np.array_equal, goals, costs)):
        return [*wrong, "the steps are not those of the goals"]
    among: Flags | None = None
    for step in found.steps:
        wrong += proof.faults(
            arcs=arcs, capacity=capacity, costs=step.costs, flow=found.flow, price=step.price, among=among
        )
        same = proof.reduced(arcs=arcs, costs=step.costs, price=step.price) == 0
        among = same if among is None else same & among
    return wrong


def _goals(network: Network, *, whole: Ints | None, first: Sequence[Ints]) -> Iterator[Ints]:
    """What is to be made small, one after the other; each is drawn in its turn: a large one fills memory."""
    places = network.asked.places
    if whole is not None:
        yield network.on_seats(whole)
    yield from first
    yield network.on_places(-places.stays.astype(np.int64))
    yield network.on_places(-places.fit)
    yield network.on_load()
    yield network.on_places(places.lot)
