"""A round without its crossing rules, drawn as a network: every filling is a flow in it, and every flow a filling.

    source -> reviewer -> visit and set of roles -> visit and role -> what the role needs -> sink
                                                                   -> any role           -> sink

A reviewer enters a visit by one arc of capacity 1, so nobody sits twice in a team whatever roles they hold. The n-th
visit of a reviewer is an arc of its own, so that an even load can be asked for. What a role may hold beyond its need
goes through `any`, which has room for the team's surplus.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from accreditation.rules.matching.arrays import Demand, Filling, Flags, Instance, Ints, Places, Supply


@dataclass(frozen=True, slots=True, kw_only=True)
class Arcs:
    """The network: from which node to which, with what capacity; which arcs are of which kind; how many nodes.

    `places` are the first arcs, in order of visit and reviewer. `splits` lead from a set of roles to one of them,
    `needed` and `more` from a visit's role to the sink and to `any` (a row a visit, a column a role, laid flat),
    `surplus` from `any` to the sink, `visits` from the source to a reviewer: `nth` is the how-manieth visit of this
    reviewer each of them is, counting those had. `beside` are further arcs from the source past all reviewers.
    """

    tail: Ints
    head: Ints
    capacity: Ints
    nodes: int
    source: int
    sink: int
    places: slice
    splits: slice
    needed: slice
    more: slice
    surplus: slice
    visits: slice
    nth: Ints
    split_role: Ints
    beside: slice

    def __len__(self) -> int:
        """How many arcs are there?"""
        return len(self.tail)

    @property
    def seats(self) -> int:
        """How many seats could be filled at most, if enough people could sit in each?"""
        return int(self.capacity[self.needed].sum() + self.capacity[self.surplus].sum())

    @property
    def kinds(self) -> tuple[slice, ...]:
        """Of which arcs does a unit of the flow use no more than one each? The last are those to the sink."""
        return self.places, self.visits, self.beside, slice(self.needed.start, self.surplus.stop)


class Network:
    """A round as a network, drawn once and solved many times (`flow.best`, `flow.optimum`).

    The order in which places were given does not matter: `order` are their rows in order of visit and reviewer.
    """

    def __init__(self, asked: Instance) -> None:
        """Draw it. Raises AssertionError where a reviewer has two places in one visit."""
        self.asked = asked
        self.order: Ints = np.lexsort((asked.places.reviewer, asked.places.visit))
        self.arcs = _drawn(asked.demand, asked.supply, _in_order(asked.places, self.order))

    def capacities(self, closed: Flags | None) -> Ints:
        """What is the capacity of every arc, where these places (a flag a row of `Places`) must not be taken?"""
        if closed is None:
            return self.arcs.capacity
        capacity = self.arcs.capacity.copy()
        capacity[self.arcs.places][closed[self.order]] = 0
        return capacity

    def on_places(self, amounts: Ints) -> Ints:
        """Which cost has every arc, where taking a place (a row of `Places`) costs so much?"""
        costs = np.zeros(len(self.arcs), dtype=np.int64)
        costs[self.arcs.places] = amounts[self.order]
        return costs

    def on_load(self) -> Ints:
        """The same for an even load: the n-th visit costs 2n - 1, so that n of them cost n squared."""
        costs = np.zeros(len(self.arcs), dtype=np.int64)
        costs[self.arcs.visits] = 2 * self.arcs.nth - 1
        return costs

    def on_seats(self, visits: Ints) -> Ints:
        """The same, where filling a seat of these visits has a gain of 1."""
        demand = self.asked.demand
        among = np.zeros(demand.visits, dtype=np.int64)
        among[visits] = 1
        costs = np.zeros(len(self.arcs), dtype=np.int64)
        costs[self.arcs.needed], costs[self.arcs.surplus] = -np.repeat(among, demand.roles), -among
        return costs

    def of_places(self, amounts: Ints) -> Ints:
        """What is said of each arc that is a place, as rows of `Places`?"""
        told = np.empty(len(self.order), dtype=amounts.dtype)
        told[self.order] = amounts[self.arcs.places]
        return told

    def seats(self, amounts: Ints) -> Ints:
        """How many seats of each visit are these amounts on arcs?"""
        needed = amounts[self.arcs.needed].reshape(self.asked.demand.visits, self.asked.demand.roles)
        seats: Ints = needed.sum(axis=1) + amounts[self.arcs.surplus]
        return seats

    def lacking(self, flow: Ints) -> Ints:
        """How many people does each visit lack, where this flow says who sits where?"""
        lacking: Ints = self.asked.demand.size - self.seats(flow)
        return lacking

    def filling(self, flow: Ints) -> Filling:
        """Which filling is this flow? Of those who came for several roles the lowest lot has the first of them."""
        arcs, places = self.arcs, self.asked.places
        taken = np.flatnonzero(flow[arcs.places])
        rows = self.order[taken]
        node = arcs.head[taken]
        role = (node - _first_role(self.asked)) % self.asked.demand.roles
        several = np.flatnonzero(node >= _first_set(self.asked))
        several = several[np.lexsort((places.reviewer[rows[several]], places.lot[rows[several]], node[several]))]
        role[several] = np.repeat(arcs.split_role, flow[arcs.splits])  # both in order of the node
        sorting = np.argsort(rows, kind="stable")
        return Filling(place=rows[sorting], role=role[sorting])


def _in_order(places: Places, order: Ints) -> Places:
    """The same places in this order. Raises AssertionError where a reviewer has two places in one visit."""
    visit, reviewer = places.visit[order], places.reviewer[order]
    twice = (visit[1:] == visit[:-1]) & (reviewer[1:] == reviewer[:-1])
    if twice.any():
        row = int(np.flatnonzero(twice)[0])
        raise AssertionError(f"reviewer {reviewer[row]} has two places in visit {visit[row]}")
    return Places(
        visit=visit, reviewer=reviewer, roles=places.roles[order], fit=places.fit, lot=places.lot, stays=places.stays
    )


def _first_role(asked: Instance) -> int:
    """Which node is the first role of the first visit? Reviewers come before."""
    return asked.supply.reviewers


def _first_set(asked: Instance) -> int:
    """Which node is the first set of several roles? Reviewers, roles of visits, and one `any` a visit come before."""
    return asked.supply.reviewers + asked.demand.visits * (asked.demand.roles + 1)


def _drawn(demand: Demand, supply: Supply, places: Places) -> Arcs:
    """The arcs of a round whose places are in order."""
    visits, roles, people = demand.visits, demand.roles, supply.reviewers
    need = np.minimum(demand.need, demand.room)
    useful = (demand.room > 0) @ (1 << np.arange(roles, dtype=np.int64))
    mask = places.roles & useful[places.visit]
    key = places.visit << roles | mask
    several = (mask & (mask - 1)) != 0
    sets = np.unique(key[several])
    first_any, first_set = people + visits * roles, people + visits * (roles + 1)
    role_node = np.arange(people, first_any, dtype=np.int64)
    single = np.zeros(1 << roles, dtype=np.int64)
    single[1 << np.arange(roles)] = np.arange(roles)
    entered = people + places.visit * roles + single[mask]
    entered[several] = first_set + np.searchsorted(sets, key[several])
    which, split_role = np.nonzero((sets[:, None] >> np.arange(roles)) & 1)
    any_node = np.arange(first_any, first_set, dtype=np.int64)
    may = (mask > 0) & (supply.left[places.reviewer] > 0)
    count = np.minimum(np.maximum(supply.left, 0), np.bincount(places.reviewer[may], minlength=people))
    going = np.repeat(np.arange(people), count)
    nth = np.arange(len(going)) - np.repeat(np.cumsum(count) - count, count) + 1 + supply.load[going]
    source = first_set + len(sets)
    parts = [
        (places.reviewer, entered, may.astype(np.int64)),
        (first_set + which, people + (sets[which] >> roles) * roles + split_role, np.full(len(which), people)),
        (role_node, np.full(visits * roles, source + 1), need.ravel()),
        (role_node, np.repeat(any_node, roles), (demand.room - need).ravel()),
        (any_node, np.full(visits, source + 1), np.maximum(demand.size - demand.need.sum(axis=1), 0)),
        (np.full(len(going), source), going, np.ones(len(going), dtype=np.int64)),
    ]
    ends = np.cumsum([0, *(len(part[0]) for part in parts)]).tolist()
    kinds = [slice(begin, end) for begin, end in pairwise(ends)]
    return Arcs(
        tail=np.concatenate([part[0] for part in parts]), head=np.concatenate([part[1] for part in parts]),
        capacity=np.concatenate([part[2] for part in parts]), nodes=source + 2, source=source, sink=source + 1,
        places=kinds[0], splits=kinds[1], needed=kinds[2], more=kinds[3], surplus=kinds[4], visits=kinds[5],
        nth=nth, split_role=split_role, beside=slice(ends[-1], ends[-1]),
    )  # fmt: skip
