"""Why a round cannot be filled: the groups of seats for which too few people are left, found by a minimum cut.

A group is as small as can be: no smaller set of seats is short by as many. Nothing outside it can help, because nobody
else could sit there; and whoever can has no visit left for anything else. So groups are independent of each other.
"""

from dataclasses import dataclass

import numpy as np

from accreditation.rules.matching import proof
from accreditation.rules.matching.arrays import Flags, Ints
from accreditation.rules.matching.network import Arcs, Network

ANY = -1
"""Instead of a role: the seats of a team that may be held in any role that has room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """So many seats of a visit in a role (or ANY)."""

    visit: int
    role: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """A group of seats for which too few people are left.

    `seats` are what the group lacks in all, `short` how many of them must stay empty. `reviewers` are all who could sit
    in them, but for those of whom every visit has had its use already: `once` are rows of `Places` of people who sit in
    the group's visits and could sit there no second time. `full` are roles that could help out in a seat for ANY role,
    if the role had room for more than so many. The number of seats is the visits that the reviewers have left, those
    once, those in full roles, and the short ones.
    """

    seats: tuple[Seats, ...]
    reviewers: Ints
    left: int
    once: Ints
    full: tuple[Seats, ...]
    short: int

    @property
    def visits(self) -> list[int]:
        """Which visits are of the group?"""
        return sorted({one.visit for one in self.seats})

    @property
    def wanted(self) -> int:
        """How many seats has the group in all?"""
        return sum(one.number for one in self.seats)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """The nodes of the network from which one more unit could still come to the sink, and their group (-1: none)."""

    nodes: Flags
    group: Ints
    groups: int


def blocked(*, arcs: Arcs, capacity: Ints, flow: Ints) -> Blocked:
    """Which parts of the network lack people, where this flow is a largest one, and how do they hang together?"""
    nodes = proof.reaching(arcs=arcs, capacity=capacity, flow=flow)
    nodes[arcs.sink] = False
    within = (capacity > 0) & nodes[arcs.tail] & nodes[arcs.head]
    group = np.full(arcs.nodes, -1)
    if not nodes.any():
        return Blocked(nodes=nodes, group=group, groups=0)
    from scipy.sparse import coo_array  # noqa: PLC0415  half a second, for a round that cannot be filled only
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    ends = arcs.tail[within], arcs.head[within]
    links = coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(arcs.nodes, arcs.nodes))
    _, labels = connected_components(links, directed=False)
    names, group[nodes] = np.unique(labels[nodes], return_inverse=True)
    return Blocked(nodes=nodes, group=group, groups=len(names))


def shortages(network: Network, flow: Ints, *, closed: Flags | None = None) -> tuple[Shortage, ...]:
    """Which groups of seats lack people, where this flow is a largest one? In order of their first visit."""
    arcs, capacity = network.arcs, network.capacities(closed)
    found = blocked(arcs=arcs, capacity=capacity, flow=flow)
    told = [_told(network, capacity=capacity, flow=flow, nodes=found.group == one) for one in range(found.groups)]
    return tuple(sorted(told, key=lambda one: [(seats.visit, seats.role) for seats in one.seats]))


def _told(network: Network, *, capacity: Ints, flow: Ints, nodes: Flags) -> Shortage:
    """What is to be said of the group of these nodes?"""
    arcs = network.arcs
    out = nodes[arcs.tail] & (arcs.head == arcs.sink) & (capacity > 0)
    into = ~nodes[arcs.tail] & nodes[arcs.head] & (capacity > 0)
    entered = np.flatnonzero(into[arcs.places])
    people = np.flatnonzero(nodes[: network.asked.supply.reviewers])
    return Shortage(
        seats=_seats(network, amounts=np.where(out, capacity, 0)),
        reviewers=people,
        left=int(capacity[into & (arcs.tail == arcs.source)].sum()),
        once=np.sort(network.order[entered]),
        full=_seats(network, amounts=np.where(into, capacity, 0), kinds=("more",)),
        short=int((capacity - flow)[out].sum()),
    )


def _seats(network: Network, *, amounts: Ints, kinds: tuple[str, ...] = ("needed", "surplus")) -> tuple[Seats, ...]:
    """Which seats are these amounts on arcs?"""
    roles = network.asked.demand.roles
    found = []
    for kind in kinds:
        held = amounts[getattr(network.arcs, kind)]
        for row in np.flatnonzero(held).tolist():
            visit, role = (row, ANY) if kind == "surplus" else divmod(row, roles)
            found.append(Seats(visit=visit, role=role, number=int(held[row])))
    return tuple(sorted(found, key=lambda one: (one.visit, one.role)))
