from collections import Counter
from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.matching import flow
from accreditation.rules.matching.arrays import Instance, Places
from accreditation.rules.matching.network import Network
from accreditation.rules.matching.shortage import Seats
from accreditation.rules.matching.waivers import (
    NEVER,
    Offered,
    Raised,
    Recruited,
    Relaxed,
    Way,
    Ways,
    applied,
    ways_out,
)
from tests.rules.matching.small import rounds, whole
from tests.rules.matching.test_teams import two_teams


def places(*pairs: tuple[int, int, int]) -> Places:
    """Places of (visit, reviewer, mask of roles)."""
    nothing = np.zeros(len(pairs), dtype=np.int64)
    visit, reviewer, roles = np.array(pairs, dtype=np.int64).reshape(-1, 3).T
    return Places(visit=visit, reviewer=reviewer, roles=roles, fit=nothing, lot=nothing, stays=nothing.astype(np.bool_))


@st.composite
def offers(draw: st.DrawFn) -> tuple[Instance, Offered]:
    """A small round, and something of everything that could be asked for."""
    asked = draw(rounds(visits=3, reviewers=3, places=5))
    visits, people = asked.demand.visits, asked.supply.reviewers
    there = set(zip(asked.places.visit.tolist(), asked.places.reviewer.tolist(), strict=True))
    out = [pair for pair in product(range(visits), range(people)) if pair not in there]
    barred = sorted(draw(st.lists(st.sampled_from(out), unique=True, max_size=2))) if out else []
    prices = st.sampled_from([NEVER, 1, 2, 5])

    def some(number: int) -> list[int]:
        return draw(st.lists(prices, min_size=number, max_size=number))

    rule = draw(st.lists(st.integers(0, 1), min_size=len(barred), max_size=len(barred)))
    offered = Offered(
        raising=whole(*some(people)), recruiting=whole(*some(2)), relaxing=whole(*some(2)), rule=whole(*rule),
        barred=places(*((visit, who, 3) for visit, who in barred)), more=2, each=2,
    )  # fmt: skip
    return asked, offered


def price(offered: Offered, way: Way) -> int:
    return (
        sum(one.by * int(offered.raising[one.reviewer]) for one in way.raised)
        + sum(seats.number * int(offered.recruiting[one.role]) for one in way.recruited for seats in one.seats)
        + sum(int(offered.relaxing[one.rule]) for one in way.relaxed)
    )


def cheapest(asked: Instance, offered: Offered) -> tuple[int, int]:
    """The fewest empty seats and the lowest price of visits more and rules relaxed, by trying everything there is."""
    tried = []
    more = [range(offered.more + 1) if one > NEVER else [0] for one in offered.raising.tolist()]
    relax = [[False, True] if offered.relaxing[one] > NEVER else [False] for one in offered.rule.tolist()]
    for by in product(*more):
        for granted in product(*relax):
            rows = [row for row, one in enumerate(granted) if one]
            way = Way(
                raised=tuple(Raised(reviewer=who, by=one) for who, one in enumerate(by) if one), recruited=(),
                relaxed=tuple(Relaxed(rule=int(offered.rule[row]), barred=row) for row in rows), price=0, empty=0,
            )  # fmt: skip
            tried.append((flow.best(Network(applied(asked, offered, way))).empty, price(offered, way)))
    return min(tried)


@settings(max_examples=40, deadline=None)
@given(case=offers())
def test_every_way_out_fills_what_it_says_and_costs_what_it_says(case: tuple[Instance, Offered]) -> None:
    asked, offered = case
    found = ways_out(asked, offered)
    for way in (found.cheapest, *found.alone):
        assert flow.best(Network(applied(asked, offered, way))).empty == way.empty == found.cheapest.empty
        assert way.price == price(offered, way) >= found.cheapest.price
    kinds = Counter(
        (bool(way.raised), *(one.role for one in way.recruited), *{f"rule {one.rule}" for one in way.relaxed})
        for way in found.alone
    )
    assert all(len(kind) == 1 + (not kind[0]) and times == 1 for kind, times in kinds.items())


@settings(max_examples=20, deadline=None)
@given(case=offers())
def test_no_way_out_is_cheaper(case: tuple[Instance, Offered]) -> None:
    asked, offered = case
    offered = replace(offered, recruiting=whole(NEVER, NEVER))
    found = ways_out(asked, offered).cheapest
    assert (found.empty, found.price) == cheapest(asked, offered)


def short_of_two() -> Instance:
    """Two visits of two seats each, two reviewers with one visit each; a third has visits left, and a conflict."""
    asked = two_teams(1, 1, 1, 1)
    more = {"left": 2, "load": 0, "employer": -1, "experienced": False}
    supply = {name: np.append(getattr(asked.supply, name), value) for name, value in more.items()}
    return replace(asked, supply=replace(asked.supply, **supply))


def test_the_cheapest_way_out_and_each_that_suffices_alone() -> None:
    offered = Offered(
        raising=whole(3, 3, NEVER), recruiting=whole(5), barred=places((0, 2, 1), (1, 2, 1)), rule=whole(0, 1),
        relaxing=whole(2, 9), each=2,
    )  # fmt: skip
    found = ways_out(short_of_two(), offered)
    raised = Way(
        raised=(Raised(reviewer=0, by=1), Raised(reviewer=1, by=1)), recruited=(), relaxed=(), price=6, empty=0
    )
    assert found.cheapest.price == 5
    assert [(len(found.cheapest.raised), found.cheapest.relaxed)] == [(1, (Relaxed(rule=0, barred=0),))]
    assert found.alone[0] == raised
    assert [(way.price, way.empty, [(one.role, one.people) for one in way.recruited]) for way in found.alone[1:]] == [
        (10, 0, [(0, 2)])
    ]


def test_people_are_recruited_for_seats_and_nobody_sits_twice_in_a_team() -> None:
    asked = two_teams(1, 1, 1, 1)
    asked = replace(asked, places=places((0, 0, 1), (0, 1, 1)))
    offered = Offered(
        raising=whole(NEVER, NEVER), recruiting=whole(1), barred=places(), rule=whole(), relaxing=whole(), each=9
    )
    recruited = Recruited(role=0, people=2, seats=(Seats(visit=1, role=0, number=2),))
    way = Way(raised=(), recruited=(recruited,), relaxed=(), price=2, empty=0)
    assert ways_out(asked, offered) == Ways(cheapest=way, alone=(way,))


def test_where_nothing_may_be_asked_for_nothing_is() -> None:
    offered = Offered(
        raising=whole(NEVER, NEVER), recruiting=whole(NEVER), barred=places(), rule=whole(), relaxing=whole()
    )
    nothing = Way(raised=(), recruited=(), relaxed=(), price=0, empty=2)
    assert ways_out(two_teams(1, 1, 1, 1), offered) == Ways(cheapest=nothing, alone=())
