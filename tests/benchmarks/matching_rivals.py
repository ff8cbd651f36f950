"""How teams are found elsewhere, to hold ours against: best fit first, in turns, and by a general graph library."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from accreditation.rules.matching.arrays import Filling, Instance
from accreditation.rules.matching.network import Network


class Seating:
    """Seats as they are taken one after the other, and never given back."""

    def __init__(self, asked: Instance) -> None:
        demand, places = asked.demand, asked.places
        self._need, self._room = demand.need.tolist(), demand.room.tolist()
        self._surplus = (demand.size - demand.need.sum(axis=1)).tolist()
        self._left = asked.supply.left.tolist()
        self._visit, self._reviewer, self._roles = (
            one.tolist() for one in (places.visit, places.reviewer, places.roles)
        )
        self.role: dict[int, int] = {}

    def take(self, place: int) -> bool:
        """Take this place if its reviewer and a role have room; a role that is needed first."""
        visit, who = self._visit[place], self._reviewer[place]
        may = [role for role in range(len(self._need[visit])) if self._roles[place] >> role & 1]
        open_ = [role for role in may if self._room[visit][role] > 0]
        needed = [role for role in open_ if self._need[visit][role] > 0]
        if not self._left[who] or not open_ or not (needed or self._surplus[visit]):
            return False
        role = (needed or open_)[0]
        self._left[who] -= 1
        self._room[visit][role] -= 1
        if needed:
            self._need[visit][role] -= 1
        else:
            self._surplus[visit] -= 1
        self.role[place] = role
        return True

    def filling(self) -> Filling:
        """What was taken?"""
        return _filling(self.role.items())


def greedy(asked: Instance) -> Filling:
    """Everybody sits where they fit best, the best fit of all first."""
    seating = Seating(asked)
    for place in np.argsort(-asked.places.fit, kind="stable").tolist():
        seating.take(place)
    return seating.filling()


def in_turns(asked: Instance) -> Filling:
    """Visits take turns, each picking the best reviewer who is still free for it."""
    seating = Seating(asked)
    order = np.lexsort((-asked.places.fit, asked.places.visit))
    ends = np.searchsorted(asked.places.visit[order], np.arange(asked.demand.visits + 1))
    waiting = [iter(order[begin:end].tolist()) for begin, end in pairwise(ends)]
    while waiting:  # who was refused once is refused for good: no seat is ever given back
        waiting = [one for one in waiting if any(seating.take(place) for place in one)]
    return seating.filling()


def by_networkx(asked: Instance) -> Filling:
    """The same network as ours, solved by networkx."""
    import networkx as nx  # others would hold its memory too

    network = Network(asked)
    arcs, places = network.arcs, asked.places
    graph: nx.DiGraph[int] = nx.DiGraph()
    costs = network.on_places(-places.fit)
    graph.add_node(arcs.source, demand=-arcs.seats)
    graph.add_node(arcs.sink, demand=arcs.seats)
    once = np.ones(len(arcs), dtype=np.bool_)
    once[arcs.visits] = False
    for tail, head, capacity, cost in zip(
        *(one[once].tolist() for one in (arcs.tail, arcs.head, arcs.capacity, costs)), strict=True
    ):
        graph.add_edge(tail, head, capacity=capacity, weight=cost)
    for who, left in enumerate(asked.supply.left.tolist()):
        graph.add_edge(arcs.source, who, capacity=left, weight=0)
    graph.add_edge(arcs.source, arcs.sink, weight=2_000_000)  # a seat left empty
    flow = nx.min_cost_flow(graph)
    amounts = np.zeros(len(arcs), dtype=np.int64)
    for arc in range(arcs.splits.stop):
        amounts[arc] = flow[int(arcs.tail[arc])][int(arcs.head[arc])]
    return network.filling(amounts)


def _filling(taken: Iterable[tuple[int, int]]) -> Filling:
    rows = sorted(taken)
    return Filling(
        place=np.array([place for place, _ in rows], dtype=np.int64),
        role=np.array([role for _, role in rows], dtype=np.int64),
    )
