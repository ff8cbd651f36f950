from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.matching import cheapest, flow
from accreditation.rules.matching.arrays import Demand, Filling, Instance, Ints, Places, Supply
from accreditation.rules.matching.arrays_check import breaches
from accreditation.rules.matching.network import Network
from tests.benchmarks.rounds import drawn_round
from tests.rules.matching.small import fillings, rounds, shuffled, squares, whole

FEW = settings(max_examples=40, deadline=None)


def worth(asked: Instance, found: Filling, gain: Ints) -> tuple[int, int]:
    return len(found), int(gain[found.place].sum())


def goals(asked: Instance, found: Filling) -> tuple[int, ...]:
    """Everything that is wanted, in its order, as what is to be made large."""
    places = asked.places
    return (
        len(found),
        int(places.stays[found.place].sum()),
        int(places.fit[found.place].sum()),
        -squares(asked, found),
        -int(places.lot[found.place].sum()),
    )


@FEW
@given(asked=rounds(), data=st.data())
def test_no_filling_has_as_many_seats_filled_and_a_larger_gain(asked: Instance, data: st.DataObject) -> None:
    rows = len(asked.places)
    gain = whole(*data.draw(st.lists(st.integers(-3, 3), min_size=rows, max_size=rows)))
    closed = np.array(data.draw(st.lists(st.booleans(), min_size=rows, max_size=rows)), dtype=np.bool_)
    found = flow.best(Network(asked), gain=gain, closed=closed)
    assert breaches(asked=asked, found=found.filling) == []
    may = [one for one in fillings(asked) if not closed[one.place].any()]
    assert worth(asked, found.filling, gain) == max(worth(asked, one, gain) for one in may)
    assert found.gain == worth(asked, found.filling, gain)[1]


@FEW
@given(asked=rounds(places=6))
def test_a_loss_is_what_a_change_costs_at_least(asked: Instance) -> None:
    network = Network(asked)
    found = flow.best(network)
    losses = flow.losses(network, found)
    full = [one for one in fillings(asked) if len(one) == len(found.filling)]
    for place, loss in enumerate(losses.tolist()):
        taken = place in found.filling.place
        others = [one for one in full if (place in one.place) != taken]
        best = max((worth(asked, one, asked.places.fit)[1] for one in others), default=None)
        assert loss >= 0
        assert best is None or best <= found.gain - loss


@FEW
@given(asked=rounds())
def test_the_optimum_is_the_best_of_all_fillings_goal_after_goal(asked: Instance) -> None:
    network = Network(asked)
    found = flow.optimum(network)
    best = max(goals(asked, one) for one in fillings(asked))
    assert breaches(asked=asked, found=found.filling) == []
    assert goals(asked, found.filling) == best
    assert (found.fit, found.squares) == (best[2], -best[3])
    assert found.given_up == asked.places.stays.sum() - best[1]
    assert flow.faults(network, found) == []


@FEW
@given(asked=rounds(), seed=st.integers(0, 100))
def test_the_order_of_rows_never_matters(asked: Instance, seed: int) -> None:
    other, order = shuffled(asked, seed=seed)
    one, two = flow.optimum(Network(asked)), flow.optimum(Network(other))
    held = dict(zip(one.filling.place.tolist(), one.filling.role.tolist(), strict=True))
    assert held == dict(zip(order[two.filling.place].tolist(), two.filling.role.tolist(), strict=True))


def test_goals_that_do_not_fit_into_one_sum_are_solved_in_steps_to_the_same_answer() -> None:
    asked = drawn_round(30, 40)
    network = Network(asked)
    found = flow.optimum(network)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cheapest, "MOST", 1 << 30)
        steps = flow.optimum(network)
        assert flow.faults(network, steps) == []
    assert (len(found.steps), len(steps.steps)) == (1, 3)
    assert goals(asked, steps.filling) == goals(asked, found.filling)


def test_an_answer_that_was_tampered_with_is_not_proven() -> None:
    asked = drawn_round(30, 40)
    network = Network(asked)
    found = flow.optimum(network)
    taken = int(np.flatnonzero(found.flow[network.arcs.places])[0])
    less = found.flow.copy()
    less[taken] = 0
    assert "a node gives more or less than it gets" in flow.faults(network, replace(found, flow=less))
    more = found.flow * 2
    assert "an arc holds less than nothing or more than its capacity" in flow.faults(network, replace(found, flow=more))
    second = flow.best(network, closed=np.arange(len(asked.places)) == network.order[taken])
    cheaper = "an arc that could still be used would make the flow cheaper"
    assert flow.faults(network, replace(found, flow=second.flow)) == [cheaper]
    nothing = replace(found, flow=np.zeros_like(found.flow))
    assert "more seats could be filled" in flow.faults(network, nothing)
    easier = replace(found, steps=found.steps[:0])
    assert flow.faults(network, easier) == ["the steps are not those of the goals"]


def test_gains_too_large_for_whole_numbers_are_refused() -> None:
    asked = drawn_round(3, 8)
    with pytest.raises(AssertionError, match="are too large for"):
        flow.best(Network(asked), gain=asked.places.fit << 40)


def test_a_reviewer_with_two_places_in_one_visit_is_refused() -> None:
    asked = drawn_round(3, 8)
    places = replace(asked.places, visit=np.zeros_like(asked.places.visit))
    with pytest.raises(AssertionError, match="has two places in visit 0"):
        Network(replace(asked, places=places))


@pytest.mark.parametrize(("visits", "reviewers", "empty"), [(0, 0, 0), (0, 2, 0), (2, 0, 4), (2, 2, 4)])
def test_a_round_with_nobody_to_go_or_nowhere_to_go_has_an_answer(visits: int, reviewers: int, empty: int) -> None:
    none, each = whole(), np.ones(reviewers, dtype=np.int64)
    teams = np.ones((visits, 2), dtype=np.int64)
    network = Network(
        Instance(
            demand=Demand(
                need=teams, room=teams, size=teams.sum(axis=1), fit=teams[:, 0], experienced=teams[:, 0],
                organisation=teams[:, 0],
            ),
            supply=Supply(left=each, load=each, employer=each, experienced=each > 0),
            places=Places(visit=none, reviewer=none, roles=none, fit=none, lot=none, stays=none > 0),
        )
    )  # fmt: skip
    found = flow.optimum(network)
    assert (found.empty, len(found.filling), flow.faults(network, found)) == (empty, 0, [])
    assert flow.losses(network, flow.best(network)).tolist() == []
