"""What would fill a round that cannot be filled: more visits by some, people recruited, rules relaxed; each priced.

The cheapest way out is a flow in a network that has an arc for everything that could be asked for. Every way out that
is told was tried: the round is solved again with just what it asks for.
"""

from dataclasses import dataclass, replace

import numpy as np

from accreditation.rules.matching import flow
from accreditation.rules.matching.arrays import Instance, Ints, Places
from accreditation.rules.matching.network import Network
from accreditation.rules.matching.shortage import Seats, blocked

NEVER = -1
"""A price at which something is not to be asked for at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What could be asked for, and at which price: whole numbers from 1, or NEVER. The sum of prices is made small.

    `raising` has a number a reviewer: the price of each visit beyond what they have left; `more` is how many of these
    nobody is asked to exceed. `recruiting` has a number a role: the price of each seat that newly recruited people
    take; each of them would make up to `each` visits in the round, and have no conflict with anybody. `barred` are
    places of `asked` that a rule keeps out and that are not among its own, `rule` says of each which rule (numbers
    from 0), and `relaxing` has the price of relaxing that rule once, a number a rule.
    """

    raising: Ints
    recruiting: Ints
    barred: Places
    rule: Ints
    relaxing: Ints
    more: int = 1
    each: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """This reviewer makes so many visits more than they have left."""

    reviewer: int
    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recruited:
    """So many more people hold this role, and sit in these seats."""

    role: int
    people: int
    seats: tuple[Seats, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """This rule is relaxed for one reviewer in one visit: a row of `Offered.barred`."""

    rule: int
    barred: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way out: what it asks for, at which price, and how many seats are empty even then (tried by solving again)."""

    raised: tuple[Raised, ...]
    recruited: tuple[Recruited, ...]
    relaxed: tuple[Relaxed, ...]
    price: int
    empty: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The cheapest way out of all, and those that ask for one kind of thing only and fill as many seats."""

    cheapest: Way
    alone: tuple[Way, ...]


def ways_out(asked: Instance, offered: Offered) -> Ways:
    """What would fill as many seats of this round as could be filled at all?

    One kind of thing is: more visits by those who are there; people recruited for one role; one rule relaxed. Raises
    AssertionError where a way out does not hold when the round is solved again.
    """
    cheapest = _way(asked, offered)
    alone = [_way(asked, one) for one in _kinds(offered)]
    return Ways(cheapest=cheapest, alone=tuple(way for way in alone if way.price and way.empty == cheapest.empty))


def applied(asked: Instance, offered: Offered, way: Way) -> Instance:
    """The round as it would be, had everything been granted that this way out asks for.

    Recruited people come after the reviewers there are, with a place in each visit that they are wanted for.
    """
    left = asked.supply.left.copy()
    for one in way.raised:
        left[one.reviewer] += one.by
    relaxed = _rows(offered.barred, np.array([one.barred for one in way.relaxed], dtype=np.int64))
    people = [role for one in way.recruited for role in [one.role] * one.people]
    number = asked.supply.reviewers + np.arange(len(people))
    wanted = {one.role: sorted({seats.visit for seats in one.seats}) for one in way.recruited}
    pairs = [(visit, who, role) for who, role in zip(number.tolist(), people, strict=True) for visit in wanted[role]]
    visit, who, role = np.array(pairs, dtype=np.int64).reshape(-1, 3).T
    nothing = np.zeros(len(pairs), dtype=np.int64)
    new = Places(visit=visit, reviewer=who, roles=1 << role, fit=nothing, lot=nothing, stays=nothing.astype(np.bool_))
    supply = replace(
        asked.supply,
        left=np.concatenate([left, np.full(len(people), offered.each)]),
        load=np.concatenate([asked.supply.load, np.zeros(len(people), dtype=np.int64)]),
        employer=np.concatenate([asked.supply.employer, np.full(len(people), -1)]),
        experienced=np.concatenate([asked.supply.experienced, np.zeros(len(people), dtype=np.bool_)]),
    )
    places = _joined(_joined(asked.places, relaxed), new)
    return replace(asked, supply=supply, places=_rows(places, np.lexsort((places.reviewer, places.visit))))


def _kinds(offered: Offered) -> list[Offered]:
    """Each kind of thing by itself, where it is offered at all."""
    nobody, no_role, no_rule = (
        np.full_like(one, NEVER) for one in (offered.raising, offered.recruiting, offered.relaxing)
    )
    kinds = [replace(offered, recruiting=no_role, relaxing=no_rule)] if (offered.raising > NEVER).any() else []
    for role in np.flatnonzero(offered.recruiting > NEVER).tolist():
        only = np.where(np.arange(len(no_role)) == role, offered.recruiting, NEVER)
        kinds.append(replace(offered, raising=nobody, recruiting=only, relaxing=no_rule))
    for rule in np.flatnonzero(offered.relaxing > NEVER).tolist():
        only = np.where(np.arange(len(no_rule)) == rule, offered.relaxing, NEVER)
        kinds.append(replace(offered, raising=nobody, recruiting=no_role, relaxing=only))
    return kinds


def _way(asked: Instance, offered: Offered) -> Way:
    """The cheapest way out, tried."""
    offered = replace(offered, barred=replace(offered.barred, roles=_open(offered)))
    network = _elastic(asked, offered)
    prices = _prices(network, asked, offered)
    found = flow.optimum(network, first=[prices])
    if wrong := flow.faults(network, found):
        raise AssertionError("; ".join(wrong))
    way = Way(
        raised=_raised(network, asked, found), recruited=_recruited(network, offered, found),
        relaxed=_relaxed(asked, offered, found), price=int((prices * found.flow).sum()), empty=found.empty,
    )  # fmt: skip
    again = flow.best(Network(applied(asked, offered, way))).empty
    if again != way.empty:
        raise AssertionError(f"a way out leaves {again} seats empty when tried, not {way.empty}")
    return way


def _open(offered: Offered) -> Ints:
    """Which roles could be held in the barred places, if the rule may be relaxed at all?"""
    roles: Ints = np.where(offered.relaxing[offered.rule] > NEVER, offered.barred.roles, 0)
    return roles


def _elastic(asked: Instance, offered: Offered) -> Network:
    """The round with an arc for everything that could be asked for."""
    left = asked.supply.left + np.where(offered.raising > NEVER, offered.more, 0)
    network = Network(
        replace(asked, supply=replace(asked.supply, left=left), places=_joined(asked.places, offered.barred))
    )
    plain = Network(asked)
    lacking = blocked(arcs=plain.arcs, capacity=plain.arcs.capacity, flow=flow.best(plain).flow).nodes
    first, arcs = asked.supply.reviewers, network.arcs
    lacks = lacking[first : first + asked.demand.room.size] & np.tile(offered.recruiting > NEVER, asked.demand.visits)
    seat = np.flatnonzero(lacks)
    network.arcs = replace(
        arcs,
        tail=np.concatenate([arcs.tail, np.full(len(seat), arcs.source)]),
        head=np.concatenate([arcs.head, first + seat]),
        capacity=np.concatenate([arcs.capacity, asked.demand.room.ravel()[seat]]),
        beside=slice(len(arcs), len(arcs) + len(seat)),
    )
    return network


def _prices(network: Network, asked: Instance, offered: Offered) -> Ints:
    """What does each arc ask for?"""
    arcs, own = network.arcs, np.zeros(len(asked.places), dtype=np.int64)
    prices = network.on_places(np.concatenate([own, np.maximum(offered.relaxing[offered.rule], 0)]))
    who = arcs.head[arcs.visits]
    beyond = arcs.nth - asked.supply.load[who] > asked.supply.left[who]
    prices[arcs.visits] = np.where(beyond, offered.raising[who], 0)
    prices[arcs.beside] = offered.recruiting[(arcs.head[arcs.beside] - asked.supply.reviewers) % asked.demand.roles]
    return prices


def _raised(network: Network, asked: Instance, found: flow.Optimum) -> tuple[Raised, ...]:
    """Who makes more visits than they have left?"""
    times = np.bincount(network.asked.places.reviewer[found.filling.place], minlength=asked.supply.reviewers)
    beyond = times - np.maximum(asked.supply.left, 0)
    return tuple(Raised(reviewer=who, by=int(beyond[who])) for who in np.flatnonzero(beyond > 0).tolist())


def _recruited(network: Network, offered: Offered, found: flow.Optimum) -> tuple[Recruited, ...]:
    """Who is recruited, for what? As few people as can sit in these seats, nobody twice in a team."""
    arcs, demand = network.arcs, network.asked.demand
    held = np.zeros((demand.visits, demand.roles), dtype=np.int64)
    held.ravel()[arcs.head[arcs.beside] - network.asked.supply.reviewers] = found.flow[arcs.beside]
    told = []
    for role in np.flatnonzero(held.sum(axis=0)).tolist():
        number = held[:, role]
        seats = [Seats(visit=one, role=role, number=int(number[one])) for one in np.flatnonzero(number).tolist()]
        people = max(-(-int(number.sum()) // offered.each), int(number.max()))
        told.append(Recruited(role=role, people=people, seats=tuple(seats)))
    return tuple(told)


def _relaxed(asked: Instance, offered: Offered, found: flow.Optimum) -> tuple[Relaxed, ...]:
    """For whom is which rule relaxed?"""
    rows = (found.filling.place[found.filling.place >= len(asked.places)] - len(asked.places)).tolist()
    return tuple(Relaxed(rule=int(offered.rule[row]), barred=row) for row in rows)


def _joined(one: Places, other: Places) -> Places:
    """All these places, the first ones first."""
    return Places(
        visit=np.concatenate([one.visit, other.visit]), reviewer=np.concatenate([one.reviewer, other.reviewer]),
        roles=np.concatenate([one.roles, other.roles]), fit=np.concatenate([one.fit, other.fit]),
        lot=np.concatenate([one.lot, other.lot]), stays=np.concatenate([one.stays, other.stays]),
    )  # fmt: skip


def _rows(places: Places, rows: Ints) -> Places:
    """These rows of the places, in this order."""
    return Places(
        visit=places.visit[rows], reviewer=places.reviewer[rows], roles=places.roles[rows], fit=places.fit[rows],
        lot=places.lot[rows], stays=places.stays[rows],
    )  # fmt: skip
