"""As many teams complete as possible, where not all seats can be filled: which teams are to be the complete ones.

Only the groups that lack people are looked at (`shortage`): everywhere else all seats are filled whatever is done. Each
is a program of whole numbers for HiGHS, cut short by a count of branches and never by a time.
"""

# ruff: noqa: PLC0415 - importing scipy costs half a second, for a round that cannot be filled only

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from accreditation.rules.matching.arrays import Flags, Ints
from accreditation.rules.matching.flow import Optimum, optimum
from accreditation.rules.matching.lopsided import lopsided
from accreditation.rules.matching.network import Arcs, Network
from accreditation.rules.matching.shortage import blocked

if TYPE_CHECKING:
    from scipy.sparse import csr_array

BRANCHES = 500
"""After how many branches a search is cut short; most groups need one."""

WORK = 100_000
"""So many columns times branches at most: a branch of a large group costs more than one of a small one."""

LOTS = 1_000
"""In a group with more arcs than this, lots do not decide which of equally good teams are complete."""

LARGEST = 10_000
"""A group with more arcs than this is not searched: what is likely (`lopsided`) stands, and is not proven."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The best filling, teams included; `complete` says of each visit whether all its seats are filled.

    `whole` are the visits that were to be complete before anything else, where any had to be named (`flow.faults`).
    `proven`: no filling with as many seats filled has more teams complete, and none with as many is better otherwise.
    """

    optimum: Optimum
    whole: Ints | None
    complete: Flags
    proven: bool


def filled(network: Network, *, closed: Flags | None = None, branches: int = BRANCHES) -> Filled:
    """Which filling is best: most seats filled, then most teams complete, then as `flow.optimum` says?

    Among equally many complete teams those are taken with the fewest kept places given up, then the largest total fit,
    then the lowest lots. Where a search is cut short after so many branches, `proven` is false.
    """
    found, capacity = optimum(network, closed=closed), network.capacities(closed)
    complete, proven, whole = network.lacking(found.flow) <= 0, True, None
    if found.empty:
        chosen, likely = complete.copy(), lopsided(network, found.flow, capacity=capacity)
        for group in _groups(network, found.flow, capacity=capacity):
            if int((~complete[group.visits]).sum()) > group.least:
                chosen[group.visits], known = group.best(likely[group.visits], branches=branches)
                proven = proven and known
        if (chosen != complete).any():
            whole = np.flatnonzero(chosen)
            found = optimum(network, closed=closed, whole=whole)
            complete = network.lacking(found.flow) <= 0
    return Filled(optimum=found, whole=whole, complete=complete, proven=proven)


@dataclass(slots=True, kw_only=True)
class _Group:
    """Visits that lack people together, and the part of the network that is theirs, as a program.

    Its columns are the arcs of the part, then one for each visit: whether its team is complete. Its rows hold that what
    comes to a node goes on, and that the seats of a complete team are filled.
    """

    network: Network
    visits: Ints
    least: int  # so many teams must stay incomplete at the very least
    columns: Ints  # which arcs
    most: Ints  # of each column
    rows: "csr_array"
    low: Ints
    high: Ints
    goals: list[tuple[Ints, float]] = field(default_factory=list)

    def best(self, complete: Flags, *, branches: int) -> tuple[Flags, bool]:
        """Which teams are to be complete, and is that proven? `complete` are some that could be."""
        if len(self.columns) > LARGEST:
            return complete, False
        places, teams = self.network.asked.places, len(self.visits)
        none, proven = np.zeros(teams, dtype=np.int64), True
        wanted = [np.concatenate([np.zeros(len(self.columns), dtype=np.int64), none - 1])]
        told = (-places.stays.astype(np.int64), -places.fit, places.lot)
        for amounts in told if len(self.columns) <= LOTS else told[:-1]:
            wanted.append(np.concatenate([self.network.on_places(amounts)[self.columns], none]))
        for costs in filter(np.any, wanted):
            held, optimal = self._cheapest(costs, branches=branches)
            proven = proven and optimal
            if held is None:  # cut short before any answer: what is known already stands
                break
            complete = held[-teams:] > 0
            self.goals.append((costs, int(costs @ held)))
        return complete, proven and len(self.columns) <= LOTS

    def _cheapest(self, costs: Ints, *, branches: int) -> tuple[Ints | None, bool]:
        """What is cheapest, none of the goals before being given up? Whole numbers for the columns.

        With the complete teams known the rest is a flow, whole of itself, until an amount of something must be kept.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp

        whole = np.ones(len(costs), dtype=np.int64)
        if len(self.goals) < 2:
            whole[: len(self.columns)] = 0
        goals = [LinearConstraint(before.astype(float)[None, :], -np.inf, most + 0.5) for before, most in self.goals]
        answer = milp(
            costs.astype(float),
            integrality=whole,
            bounds=Bounds(0, self.most.astype(float)),
            constraints=[LinearConstraint(self.rows, self.low, self.high), *goals],
            options={"mip_rel_gap": 0, "node_limit": min(branches, WORK // len(costs))},
        )
        return (None if answer.x is None else np.rint(answer.x).astype(np.int64)), answer.status == 0


def _groups(network: Network, flow: Ints, *, capacity: Ints) -> Iterator[_Group]:
    """Which visits lack people together? Those of which one could have what the other has, or that are one."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    arcs = network.arcs
    nodes = blocked(arcs=arcs, capacity=capacity, flow=flow).nodes
    visit = _visits(network)
    linked = nodes[arcs.tail] & nodes[arcs.head] & (capacity > 0)
    seats = np.flatnonzero(nodes[arcs.tail] & (arcs.head == arcs.sink) & (capacity > 0))
    tail = np.concatenate([arcs.tail[linked], arcs.tail[seats]])
    head = np.concatenate([arcs.head[linked], arcs.nodes + visit[seats]])
    size = arcs.nodes + network.asked.demand.visits
    links = coo_array((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(size, size))
    _, label = connected_components(links, directed=False)
    for one in np.unique(label[arcs.tail[seats]]).tolist():
        own = np.flatnonzero(linked & (label[arcs.tail] == one))
        yield _group(
            network, capacity=capacity, flow=flow, nodes=nodes & (label[: arcs.nodes] == one), inner=own,
            seats=seats[label[arcs.tail[seats]] == one],
        )  # fmt: skip


def _visits(network: Network) -> Ints:
    """To which visit does each arc to the sink belong? -1 for other arcs."""
    arcs, demand = network.arcs, network.asked.demand
    visit = np.full(len(arcs), -1)
    visit[arcs.needed] = np.repeat(np.arange(demand.visits), demand.roles)
    visit[arcs.surplus] = np.arange(demand.visits)
    return visit


def _group(network: Network, *, capacity: Ints, flow: Ints, nodes: Flags, inner: Ints, seats: Ints) -> _Group:
    """The program of a group: these nodes, with the arcs between them and those to the sink."""
    from scipy.sparse import coo_array

    arcs: Arcs = network.arcs
    columns = np.concatenate([inner, seats])
    visits, which = np.unique(_visits(network)[seats], return_inverse=True)
    number = np.cumsum(nodes) - 1
    into = ~nodes[arcs.tail] & nodes[arcs.head]
    supply = np.bincount(number[arcs.head[into]], flow[into], int(nodes.sum())).astype(np.int64)
    first = len(supply)  # the rows of seats come after those of nodes
    places, at = np.arange(len(columns)), len(inner) + np.arange(len(seats))
    entries = [
        (number[arcs.tail[columns]], places, np.ones(len(columns), dtype=np.int64)),
        (number[arcs.head[inner]], places[: len(inner)], np.full(len(inner), -1)),
        (first + np.arange(len(seats)), at, np.ones(len(seats), dtype=np.int64)),
        (first + np.arange(len(seats)), len(columns) + which, -capacity[seats]),
    ]
    row, column, factor = (np.concatenate([one[kind] for one in entries]) for kind in range(3))
    shape = first + len(seats), len(columns) + len(visits)
    wanted = np.bincount(which, capacity[seats], len(visits)).astype(np.int64)
    short = int((capacity - flow)[seats].sum())
    possible = network.asked.demand.size[visits] <= network.seats(capacity)[visits]
    return _Group(
        network=network, visits=visits, columns=columns,
        least=int(np.searchsorted(np.cumsum(np.sort(wanted)[::-1]), short)) + 1,
        most=np.concatenate([capacity[columns], possible.astype(np.int64)]),
        rows=coo_array((factor.astype(float), (row, column)), shape=shape).tocsr(),
        low=np.concatenate([supply, np.zeros(len(seats), dtype=np.int64)]),
        high=np.concatenate([supply, capacity[seats]]),
    )  # fmt: skip
