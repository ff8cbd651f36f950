"""The best review teams, held against every filling of small rounds, and against what is promised of larger ones."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.conflicts import Days
from accreditation.rules.matching.arrays import Crossing, Demand, Filling, Instance, Places, Supply
from accreditation.rules.matching.arrays_check import breaches
from accreditation.rules.matching.core import Effort
from accreditation.rules.matching.goals import Count, counted
from accreditation.rules.matching.same_days import groups
from accreditation.rules.matching.settle import fits
from accreditation.rules.matching.solve import solve
from tests.benchmarks.rounds import drawn_round
from tests.rules.matching.small import fillings, rounds, shuffled, squares, whole

EVERY_RULE = Crossing(one_per_employer=True, one_way=True, experienced=True)
DAYS = st.none() | st.tuples(st.integers(1, 4), st.integers(0, 2)).map(
    lambda one: Days(first=date(2026, 5, one[0]), last=date(2026, 5, sum(one)))
)
NO_LEVELS = Effort(levels=0)


@st.composite
def crossed(draw: st.DrawFn) -> Instance:
    """A small round with some of the rules that cross the roles, and people who sit already."""
    asked = draw(rounds())
    visits = asked.demand.visits
    pairs = st.frozensets(st.tuples(st.integers(0, visits - 1), st.integers(0, visits - 1)), max_size=2)
    crossing = Crossing(
        one_per_employer=draw(st.booleans()), one_way=draw(st.booleans()), experienced=draw(st.booleans()),
        seated=draw(pairs), going=draw(pairs), same_days=groups(draw(st.lists(DAYS, min_size=visits, max_size=visits))),
    )  # fmt: skip
    return replace(asked, crossing=crossing)


def standing(asked: Instance, found: Filling, *, fair: bool) -> tuple[int, ...]:
    """How good a filling is, goal after goal; a higher one is better."""
    count, told = counted(asked, found), fits(asked, found)
    worst = int(told.min()) if fair else 0
    total, lots = int(told.sum()), int(asked.places.lot[found.place].sum())
    return (count.seats, count.complete, count.stays, worst, total, -squares(asked, found), -lots)


def everybody(asked: Instance, found: Filling) -> bool:
    """Is every seat filled?"""
    return len(found) == int(asked.demand.size.sum())


@settings(max_examples=40)
@given(asked=crossed(), fair=st.booleans())
def test_no_filling_is_better_goal_after_goal(asked: Instance, fair: bool) -> None:
    found = solve(asked, fair=fair, effort=NO_LEVELS)

    fair = fair and everybody(asked, found.filling)  # where somebody lacks, there is nothing yet to be fair about
    assert standing(asked, found.filling, fair=fair) == max(standing(asked, one, fair=fair) for one in fillings(asked))
    assert (found.proven, found.fair) == (True, fair)


@settings(max_examples=25)
@given(asked=crossed())
def test_raised_floors_give_up_nothing_that_comes_before_them(asked: Instance) -> None:
    plain, raised = solve(asked, effort=NO_LEVELS), solve(asked)

    fair = everybody(asked, plain.filling)
    assert standing(asked, raised.filling, fair=fair)[:4] == standing(asked, plain.filling, fair=fair)[:4]
    assert raised.level >= plain.level


@settings(max_examples=25)
@given(asked=crossed(), seed=st.integers(0, 9))
def test_the_order_of_places_does_not_matter(asked: Instance, seed: int) -> None:
    asked = replace(asked, places=replace(asked.places, lot=1 << np.arange(len(asked.places))))  # no two sums are equal
    other, was = shuffled(asked, seed=seed)

    told, again = solve(asked), solve(other)

    assert sorted(zip(told.filling.place.tolist(), told.filling.role.tolist(), strict=True)) == sorted(
        zip(was[again.filling.place].tolist(), again.filling.role.tolist(), strict=True)
    )


def test_the_order_of_visits_and_reviewers_does_not_matter_even_where_a_search_is_cut_short() -> None:
    asked = drawn_round(30, 60, crossing=EVERY_RULE)
    short = Effort(nodes=0, widest=0, levels=2)
    chance = np.random.default_rng(5)
    visits, people = chance.permutation(30), chance.permutation(60)
    demand, supply, places = asked.demand, asked.supply, asked.places
    old_visit, old_person = np.argsort(visits), np.argsort(people)
    other = Instance(
        demand=Demand(
            need=demand.need[old_visit], room=demand.room[old_visit], size=demand.size[old_visit],
            fit=demand.fit[old_visit], experienced=demand.experienced[old_visit],
            organisation=demand.organisation[old_visit],
        ),
        supply=Supply(
            left=supply.left[old_person], load=supply.load[old_person], employer=supply.employer[old_person],
            experienced=supply.experienced[old_person],
        ),
        places=replace(places, visit=visits[places.visit], reviewer=people[places.reviewer]),
        crossing=asked.crossing,
    )  # fmt: skip

    told, again = solve(asked, effort=short), solve(other, effort=short)

    assert told.filling.place.tolist() == again.filling.place.tolist()
    assert told.filling.role.tolist() == again.filling.role.tolist()


@pytest.mark.parametrize(
    "crossing",
    [
        Crossing(),
        Crossing(one_per_employer=True),
        Crossing(one_way=True),
        Crossing(one_per_employer=True, one_way=True),
        Crossing(experienced=True),
        EVERY_RULE,
    ],
    ids=["none", "employer", "way", "both", "experienced", "all"],
)
def test_a_round_of_forty_visits_is_filled_fairly_under_every_rule(crossing: Crossing) -> None:
    asked = drawn_round(40, 80, crossing=crossing)

    plain, fair = solve(asked, fair=False), solve(asked, effort=NO_LEVELS)

    assert breaches(asked=asked, found=fair.filling) == []
    assert (plain.count.seats, fair.count.seats) == (160, 160)
    assert (plain.filled, fair.filled) == (True, True)
    assert plain.worst <= fair.worst == fair.worst_bound
    assert fair.total <= plain.total
    assert (fair.total, plain.total) == (fair.total_bound, plain.total_bound)


def test_what_was_cut_short_says_so_and_its_bounds_hold() -> None:
    asked = drawn_round(40, 80, crossing=EVERY_RULE)

    cut, best = solve(asked, effort=Effort(nodes=0, widest=0, levels=0)), solve(asked, effort=NO_LEVELS)

    assert not cut.proven
    assert cut.total_bound >= best.total
    assert cut.worst_bound >= best.worst
    assert cut.count_bound.seats >= best.count.seats
    assert cut.count.seats > 100
    assert 0 <= cut.gap < 1


def test_a_round_without_visits_or_reviewers_has_an_answer() -> None:
    asked, nobody, no = drawn_round(3, 6, crossing=EVERY_RULE), whole(), np.zeros(0, dtype=np.bool_)
    places = Places(visit=nobody, reviewer=nobody, roles=nobody, fit=nobody, lot=nobody, stays=no)
    supply = Supply(left=nobody, load=nobody, employer=nobody, experienced=no)
    none = whole().reshape(0, 3)
    demand = Demand(need=none, room=none, size=nobody, fit=nobody, experienced=nobody, organisation=nobody)

    without = solve(replace(asked, supply=supply, places=places))
    never = solve(Instance(demand=demand, supply=asked.supply, places=places, crossing=EVERY_RULE))

    assert (without.count, without.worst, without.proven) == (Count(seats=0, complete=0, stays=0), 0, True)
    assert (len(never.filling), never.proven) == (0, True)


def test_a_visit_that_lacks_nobody_is_answered_and_proven() -> None:
    none, nobody = whole(0).reshape(1, 1), whole()
    asked = Instance(
        demand=Demand(
            need=none, room=none, size=whole(0), fit=whole(0), experienced=whole(0), organisation=whole(0)
        ),
        supply=Supply(left=whole(0), load=whole(0), employer=whole(-1), experienced=np.zeros(1, dtype=np.bool_)),
        places=Places(
            visit=nobody, reviewer=nobody, roles=nobody, fit=nobody, lot=nobody, stays=np.zeros(0, dtype=np.bool_)
        ),
    )  # fmt: skip

    assert (solve(asked).proven, solve(asked).fair) == (True, True)


@pytest.mark.parametrize("seed", [1, 4])
def test_a_floor_is_never_missed_for_a_price_however_much_could_be_had_for_it(seed: int) -> None:
    """Fits of every size, few people, and all rules: floors that are only nearly kept are not kept."""
    asked = drawn_round(8, 20, seed=seed, crossing=EVERY_RULE)

    found = solve(asked)

    told = fits(asked, found.filling)
    assert (found.proven, int(told.min()), int(told.sum())) == (True, found.worst, found.total)


def test_a_large_round_that_cannot_be_filled_is_answered_and_proven_without_floors() -> None:
    asked = drawn_round(100, 200)
    lay = np.unique(asked.places.reviewer[asked.places.roles & 4 > 0])
    few = replace(asked, supply=replace(asked.supply, left=asked.supply.left.copy()))
    few.supply.left[lay[22:]] = 0  # 22 lay reviewers with 4 visits each for 100 teams

    found = solve(few)

    assert found.count.seats < 400
    assert (found.filled, found.fair, found.total == found.total_bound) == (True, False, True)


def test_where_half_the_people_are_missing_teams_are_chosen_first_and_no_more_is_claimed() -> None:
    asked = drawn_round(20, 40, crossing=Crossing(one_per_employer=True, one_way=True))
    short = replace(asked, supply=replace(asked.supply, left=np.minimum(asked.supply.left, 1)))

    found = solve(short)

    assert breaches(asked=short, found=found.filling) == []
    assert (found.count.seats, found.count_bound.seats, found.count.complete) == (40, 40, 10)
    assert (found.filled, found.free, found.proven) == (True, False, False)


def test_a_search_is_cut_short_by_what_it_costs_whatever_a_branch_costs() -> None:
    """Fits of a few sizes only, which are many to compare: branches alone bound nothing."""
    asked = drawn_round(15, 48, crossing=EVERY_RULE)
    coarse = replace(asked, places=replace(asked.places, fit=asked.places.fit // 142_857 * 142_857))

    cut, best = solve(coarse, effort=Effort(work=0, stops=0)), solve(coarse)

    assert breaches(asked=coarse, found=cut.filling) == []
    assert (best.count.seats, best.worst_bound - best.worst) == (60, 0)
    assert cut.worst_bound >= best.worst
    assert (cut.total_bound >= best.total) or cut.worst < best.worst


def test_a_search_among_very_many_columns_may_stop_as_often_as_an_answer_takes() -> None:
    """Work alone would leave a search of the largest rounds no time to find anything."""
    asked = drawn_round(40, 80, crossing=EVERY_RULE)

    found = solve(asked, fair=False, effort=Effort(work=0))

    assert (found.count.seats, found.filled, found.total) == (160, True, found.total_bound)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_round_too_large_for_hard_floors_says_what_it_truly_keeps_and_is_not_called_proven(seed: int) -> None:
    asked = drawn_round(8, 20, seed=seed, crossing=EVERY_RULE)

    near, best = solve(asked, effort=Effort(largest=0)), solve(asked, effort=NO_LEVELS)

    told = fits(asked, near.filling)
    assert (near.proven, near.worst, near.total) == (False, int(told.min()), int(told.sum()))
    assert near.level <= near.worst <= best.worst <= near.worst_bound
    assert near.total_bound >= near.total
    assert near.worst < best.worst or near.total <= best.total <= near.total_bound
