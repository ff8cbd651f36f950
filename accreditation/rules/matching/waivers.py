"""What would fill a round that cannot be filled: more visits by some, people recruited, rules relaxed; each priced.

The cheapest way out is a flow in a network that has an arc for everything that could be asked for. Every way out that
is told was tried: the round is solved again with just what it asks for.
"""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from accreditation.rules.matching import flow
from accreditation.rules.matching.arrays import Flags, Instance, Ints, Places
from accreditation.rules.matching.network import Network
from accreditation.rules.matching.shortage import Seats, blocked
from accreditation.rules.matching.ways import NEVER, Offered, Raised, Recruited, Relaxed, Way, Ways

__all__ = ["NEVER", "Offered", "Raised", "Recruited", "Relaxed", "Way", "Ways", "applied", "ways_out"]


def ways_out(asked: Instance, offered: Offered) -> Ways:
    """What would fill as many seats of this round as could be filled at all?

    One kind of thing is: more visits by those who are there; people recruited for one role; one rule relaxed. Raises
    AssertionError where a way out does not hold when the round is solved again.
    """
    network = Network(asked)
    found = flow.best(network, gain=_nothing(asked.places))
    if not found.empty:
        nothing = Way(raised=(), recruited=(), relaxed=(), price=0, empty=0)
        return Ways(cheapest=nothing, alone=())
    lacking = blocked(arcs=network.arcs, capacity=found.capacity, flow=found.flow).nodes
    cheapest = _Asking(asked, offered, lacking=lacking).way()
    kinds = [_Asking(asked, one, lacking=lacking) for one in _kinds(offered)] if cheapest.price else []
    return Ways(cheapest=cheapest, alone=tuple(one.way() for one in kinds if one.empty() == cheapest.empty))


def applied(asked: Instance, offered: Offered, way: Way, *, experienced: Collection[int] = ()) -> Instance:
    """The round as it would be, had everything been granted that this way out asks for.

    Recruited people come after the reviewers there are, with a place in each visit that they are wanted for; those of
    the `experienced` roles have made as many visits before as the scheme asks for.
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
        experienced=np.concatenate([asked.supply.experienced, np.isin(people, list(experienced))]),
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


def _open(offered: Offered) -> Ints:
    """Which roles could be held in the barred places, if the rule may be relaxed at all?"""
    roles: Ints = np.where(offered.relaxing[offered.rule] > NEVER, offered.barred.roles, 0)
    return roles


class _Asking:
    """A round with an arc for everything that could be asked for; `lacking` are the nodes of groups that are short."""

    def __init__(self, asked: Instance, offered: Offered, *, lacking: Flags) -> None:
        self._asked = asked
        self._offered = replace(offered, barred=replace(offered.barred, roles=_open(offered)))
        left = asked.supply.left + np.where(offered.raising > NEVER, offered.more, 0)
        places = _joined(asked.places, self._offered.barred)
        self._network = Network(replace(asked, supply=replace(asked.supply, left=left), places=places))
        self._recruit(lacking)

    def _recruit(self, lacking: Flags) -> None:
        """Add an arc from the source to each role of a visit that lacks people."""
        first, demand, arcs = self._asked.supply.reviewers, self._asked.demand, self._network.arcs
        may = np.tile(self._offered.recruiting > NEVER, demand.visits)
        seat = np.flatnonzero(lacking[first : first + demand.room.size] & may)
        self._network.arcs = replace(
            arcs,
            tail=np.concatenate([arcs.tail, np.full(len(seat), arcs.source)]),
            head=np.concatenate([arcs.head, first + seat]),
            capacity=np.concatenate([arcs.capacity, demand.room.ravel()[seat]]),
            beside=slice(len(arcs), len(arcs) + len(seat)),
        )

    def empty(self) -> int:
        """How many seats are empty, whatever is asked for?"""
        arcs = self._network.arcs
        held = flow.best(self._network, gain=_nothing(self._network.asked.places)).flow
        return arcs.seats - int(held[arcs.needed].sum() + held[arcs.surplus].sum())

    def way(self) -> Way:
        """The cheapest way out, tried."""
        prices = self._prices()
        found = flow.optimum(self._network, first=[prices])
        if wrong := flow.faults(self._network, found, first=[prices]):
            raise AssertionError("; ".join(wrong))
        way = Way(
            raised=self._raised(found), recruited=self._recruited(found), relaxed=self._relaxed(found),
            price=int((prices * found.flow).sum()), empty=found.empty,
        )  # fmt: skip
        tried = applied(self._asked, self._offered, way)
        again = flow.best(Network(tried), gain=_nothing(tried.places)).empty
        if again != way.empty:
            raise AssertionError(f"a way out leaves {again} seats empty when tried, not {way.empty}")
        return way

    def _prices(self) -> Ints:
        """What does each arc ask for?"""
        arcs, offered, supply = self._network.arcs, self._offered, self._asked.supply
        relaxed = np.maximum(offered.relaxing[offered.rule], 0)
        prices = self._network.on_places(np.concatenate([_nothing(self._asked.places), relaxed]))
        who = arcs.head[arcs.visits]
        prices[arcs.visits] = np.where(arcs.nth - supply.load[who] > supply.left[who], offered.raising[who], 0)
        role = (arcs.head[arcs.beside] - supply.reviewers) % self._asked.demand.roles
        prices[arcs.beside] = offered.recruiting[role]
        return prices

    def _raised(self, found: flow.Optimum) -> tuple[Raised, ...]:
        """Who makes more visits than they have left?"""
        who, supply = self._network.asked.places.reviewer[found.filling.place], self._asked.supply
        beyond = np.bincount(who, minlength=supply.reviewers) - np.maximum(supply.left, 0)
        return tuple(Raised(reviewer=one, by=int(beyond[one])) for one in np.flatnonzero(beyond > 0).tolist())

    def _recruited(self, found: flow.Optimum) -> tuple[Recruited, ...]:
        """Who is recruited, for what? As few people as can sit in these seats, nobody twice in a team."""
        arcs, demand, told = self._network.arcs, self._asked.demand, []
        held = np.zeros(demand.visits * demand.roles, dtype=np.int64)
        held[arcs.head[arcs.beside] - self._asked.supply.reviewers] = found.flow[arcs.beside]
        for role, number in enumerate(held.reshape(demand.visits, demand.roles).T):
            if not number.any():
                continue
            seats = [Seats(visit=one, role=role, number=int(number[one])) for one in np.flatnonzero(number).tolist()]
            people = max(-(-int(number.sum()) // self._offered.each), int(number.max()))
            told.append(Recruited(role=role, people=people, seats=tuple(seats)))
        return tuple(told)

    def _relaxed(self, found: flow.Optimum) -> tuple[Relaxed, ...]:
        """For whom is which rule relaxed?"""
        rows = found.filling.place - len(self._asked.places)
        return tuple(Relaxed(rule=int(self._offered.rule[row]), barred=row) for row in rows[rows >= 0].tolist())


def _nothing(places: Places) -> Ints:
    """No gain for any place: then only the number of seats counts, and that is quick."""
    return np.zeros(len(places), dtype=np.int64)


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
