from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.matching import flow, teams
from accreditation.rules.matching.arrays import Demand, Filling, Instance, Places, Supply
from accreditation.rules.matching.arrays_check import breaches
from accreditation.rules.matching.lopsided import lopsided
from accreditation.rules.matching.network import Network
from accreditation.rules.matching.teams import filled
from tests.benchmarks.rounds import drawn_round
from tests.rules.matching.small import fillings, rounds, shuffled, squares, whole


def complete(asked: Instance, found: Filling) -> int:
    people = np.bincount(asked.places.visit[found.place], minlength=asked.demand.visits)
    return int((people == asked.demand.size).sum())


def goals(asked: Instance, found: Filling) -> tuple[int, ...]:
    places = asked.places
    return (
        len(found),
        complete(asked, found),
        int(places.stays[found.place].sum()),
        int(places.fit[found.place].sum()),
        -squares(asked, found),
        -int(places.lot[found.place].sum()),
    )


@st.composite
def scarce(draw: st.DrawFn) -> Instance:
    """Three or four visits that each need two or three people, and people enough for half of them."""
    asked = draw(rounds(visits=4, reviewers=3, places=10))
    need = asked.demand.need + 1
    most = draw(st.lists(st.integers(1, 3), min_size=asked.supply.reviewers, max_size=asked.supply.reviewers))
    return replace(
        asked,
        demand=replace(asked.demand, need=need, room=need + 1, size=need.sum(axis=1)),
        supply=replace(asked.supply, left=whole(*most)),
    )


@settings(max_examples=40, deadline=None)
@given(asked=st.one_of(rounds(visits=4), scarce()))
def test_as_many_teams_are_complete_as_any_filling_of_as_many_seats_has(asked: Instance) -> None:
    network = Network(asked)
    found = filled(network)
    assert breaches(asked=asked, found=found.optimum.filling) == []
    assert goals(asked, found.optimum.filling) == max(goals(asked, one) for one in fillings(asked))
    assert (found.complete.sum(), found.proven) == (complete(asked, found.optimum.filling), True)
    assert flow.faults(network, found.optimum, whole=found.whole) == []


def two_teams(*fits: int) -> Instance:
    """Two visits of two seats each; two reviewers, who could each go once to either."""
    ones = np.ones((2, 1), dtype=np.int64)
    return Instance(
        demand=Demand(
            need=2 * ones, room=2 * ones, size=whole(2, 2), fit=whole(0, 0), experienced=whole(0, 0),
            organisation=whole(0, 1),
        ),
        supply=Supply(
            left=whole(1, 1), load=whole(0, 0), employer=whole(-1, -1), experienced=np.zeros(2, dtype=np.bool_)
        ),
        places=Places(
            visit=whole(0, 0, 1, 1), reviewer=whole(0, 1, 0, 1), roles=whole(1, 1, 1, 1), fit=whole(*fits),
            lot=whole(4, 3, 2, 1), stays=np.zeros(4, dtype=np.bool_),
        ),
    )  # fmt: skip


def test_a_complete_team_comes_before_a_better_fit() -> None:
    found = filled(Network(two_teams(9, 1, 1, 5)))
    assert (found.optimum.filling.place.tolist(), found.complete.tolist()) == ([0, 1], [True, False])


def test_of_teams_that_fit_equally_well_the_lots_decide() -> None:
    found = filled(Network(two_teams(5, 5, 5, 5)))
    assert found.optimum.filling.place.tolist() == [2, 3]


def test_the_order_of_rows_never_matters() -> None:
    asked = two_teams(5, 5, 5, 5)
    other, order = shuffled(asked, seed=3)
    assert sorted(order[filled(Network(other)).optimum.filling.place].tolist()) == [2, 3]


def test_a_search_that_was_not_made_claims_nothing() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(teams, "LARGEST", 3)
        found = filled(Network(two_teams(9, 1, 1, 5)))
    assert (found.optimum.fit, found.complete.tolist(), found.proven) == (10, [True, False], False)


def test_empty_seats_are_left_to_few_teams_without_a_search() -> None:
    asked = drawn_round(100, 200)
    asked = replace(asked, supply=replace(asked.supply, left=np.where(np.arange(200) % 5 < 3, 0, asked.supply.left)))
    network = Network(asked)
    found = flow.best(network)
    assert (found.empty, int((network.lacking(found.flow) == 0).sum())) == (80, 47)
    teams = lopsided(network, found.flow, capacity=found.capacity)
    assert teams.sum() == 79  # no more than 80 could be: no team has more than four seats to leave empty
