"""Nobody is at two visits on one day: which visits those are, who is told so, and that no other round costs more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.errors import Fault, Invalid
from accreditation.rules.conflicts import Days, Engaged, Reviewer, Visit
from accreditation.rules.matching import Question, Seated, explain, match, violations
from accreditation.rules.matching.arrays import Crossing
from accreditation.rules.matching.arrays_check import breaches
from accreditation.rules.matching.core import Effort
from accreditation.rules.matching.same_days import busy, crosses, groups, overlap
from accreditation.rules.matching.solve import solve
from accreditation.rules.matching.stated import SAME_DAYS, stated
from accreditation.scheme.process import AssignmentRules, Experienced, Seat
from tests.benchmarks.rounds import drawn_round

DAY = date(2026, 5, 4)
SPANS = st.none() | st.tuples(st.integers(0, 9), st.integers(0, 4)).map(lambda one: span(one[0], sum(one)))


def span(first: int, last: int) -> Days:
    return Days(first=DAY + timedelta(first), last=DAY + timedelta(last))


@given(days=st.lists(SPANS, max_size=7))
def test_two_visits_share_a_group_where_they_share_a_day_and_no_group_is_part_of_another(
    days: Sequence[Days | None],
) -> None:
    found = groups(days)

    together = {pair for one in found for pair in combinations(sorted(one), 2)}
    assert together == {
        (one, other) for one, other in combinations(range(len(days)), 2) if overlap(days[one], days[other])
    }
    assert [one for one, other in combinations(found, 2) if one <= other or other <= one] == []


def test_groups_are_told_by_day_and_visits_without_days_are_in_none() -> None:
    assert groups([span(5, 6), None, span(1, 3), span(3, 5), span(9, 9)]) == (frozenset({2, 3}), frozenset({0, 3}))
    assert groups([None, None]) == groups([span(1, 1), span(2, 2)]) == ()


def test_only_who_could_be_at_two_visits_of_a_day_makes_a_round_more_than_a_network() -> None:
    asked = drawn_round(6, 30)
    one_day = replace(asked, crossing=Crossing(same_days=(frozenset(range(6)),)))
    once = replace(one_day, supply=replace(asked.supply, left=np.minimum(asked.supply.left, 1)))

    assert [crosses(one) for one in (asked, one_day, once)] == [False, True, False]
    assert [name for name in stated(once, asked.places.fit).families if SAME_DAYS in name] == []
    (row,) = busy(one_day)
    theirs = np.bincount(asked.places.reviewer, minlength=30)
    able = (asked.supply.left > 1) & (theirs > 1)
    assert (row >= 0).tolist() == able[asked.places.reviewer].tolist()


def test_groups_that_share_a_visit_are_in_layers_of_their_own() -> None:
    asked = drawn_round(6, 12)
    several = (frozenset({0, 1}), frozenset({1, 2}), frozenset({3, 4}), frozenset({4, 5}))
    wanted = replace(asked, crossing=Crossing(same_days=several))

    assert len([name for name in stated(wanted, asked.places.fit).families if SAME_DAYS in name]) == 2
    assert breaches(asked=wanted, found=solve(wanted).filling) == []


def test_a_round_of_forty_visits_in_six_weeks_is_filled_fairly_and_proven() -> None:
    days = groups([span(number * 7 % 30, number * 7 % 30 + number % 3) for number in range(40)])
    crossing = Crossing(one_per_employer=True, one_way=True, same_days=days)
    asked = drawn_round(40, 80, crossing=crossing)
    found = solve(asked, effort=Effort(levels=0))

    assert breaches(asked=asked, found=found.filling) == []
    assert (found.count.seats, found.filled, found.fairest, found.total == found.total_bound) == (160, True, True, True)


# As a person is told.


def person(number: int, *, capacity: int = 2, **parts: Any) -> Reviewer:
    return Reviewer(
        id=number, name=f"Reviewer {number}", roles=frozenset({"lay"}), organisation=None, capacity=capacity, **parts
    )


def visit(cycle: int, days: Days | None = None) -> Visit:
    return Visit(cycle=cycle, team_name=f"Team {cycle}", organisation=cycle, days=days)


def lay(reviewer: int, cycle: int) -> Seated:
    return Seated(cycle=cycle, role="lay", reviewer=reviewer)


LAY = Seat(role="lay", title="Lay", minimum=1, maximum=1)


def asked(*days: Days | None, reviewers: Sequence[Reviewer], **parts: Any) -> Question:
    visits = tuple(visit(7 + number, one) for number, one in enumerate(days))
    return Question(visits=visits, reviewers=tuple(reviewers), seats=(LAY,), **parts)


@pytest.mark.parametrize(
    ("days", "filled"),
    [
        ((span(0, 1), span(1, 2)), 1),
        ((span(0, 1), span(0, 1)), 1),
        ((span(0, 1), span(2, 2)), 2),
        ((span(0, 1), None), 2),
        ((None, None), 2),
        ((span(0, 2), span(2, 4), span(4, 5)), 2),
    ],
)
def test_one_person_fills_as_many_visits_as_are_on_days_of_their_own(days: Sequence[Days | None], filled: int) -> None:
    found = match(asked(*days, reviewers=[person(1, capacity=3)]))

    assert (found.figures.filled, found.proven) == (filled, True)


def test_an_empty_seat_says_that_its_days_are_why_and_what_would_fill_it() -> None:
    found = match(asked(span(0, 1), span(1, 2), reviewers=[person(1)]))

    (empty,) = found.unfilled
    assert empty.why == (
        "1 reviewer holds the role lay: 1 at another visit on its days; to fill a place, register another reviewer who "
        f"holds the role lay and has no conflict with {empty.team_name}"
    )
    assert found.blocks == (
        "1 seat of 1 could be filled, were it not for the rule that nobody is at two visits on the same day",
    )
    assert found.ways_out == (
        f"would help: recruit 1 lay (for {empty.team_name}) (tried: then every seat is filled)",
        "with visits on days of their own: 0 seats would stay empty (tried)",
    )


def test_who_stands_or_is_locked_on_a_day_is_nowhere_else_on_it() -> None:
    both, pool = (span(0, 1), span(1, 2)), [person(1), person(2)]
    assert {one.seated for one in match(asked(*both, reviewers=pool, already=(lay(1, 8),))).assigned} == {lay(2, 7)}
    assert {one.seated for one in match(asked(*both, reviewers=pool, locks=(lay(2, 7),))).assigned} == {
        lay(2, 7), lay(1, 8),
    }  # fmt: skip
    far = replace(asked(both[0], reviewers=pool, already=(lay(1, 9),)), elsewhere=(visit(9, both[1]),))
    assert [one.seated for one in match(far).assigned] == [lay(2, 7)]
    engaged = [person(1, engaged=(Engaged(team_name="Far", days=both[1]),)), person(2)]
    assert [one.seated for one in match(asked(both[0], reviewers=engaged)).assigned] == [lay(2, 7)]


def test_of_two_seats_that_have_come_to_clash_one_is_given_up() -> None:
    found = match(asked(span(0, 1), span(1, 2), reviewers=[person(1), person(2)], stays=(lay(1, 7), lay(1, 8))))

    assert (len(found.given_up), len(found.kept), found.figures.filled) == (1, 1, 2)


def test_what_stands_and_has_come_to_clash_is_left_alone() -> None:
    seats = (lay(1, 7), lay(1, 8))
    found = match(asked(span(0, 1), span(1, 2), reviewers=[person(1), person(2)], already=seats))

    assert {one.seated for one in found.kept} == {*seats}


def test_a_lock_that_clashes_is_refused_and_says_with_what() -> None:
    with pytest.raises(Invalid) as said:
        match(asked(span(0, 1), span(1, 2), reviewers=[person(1)], locks=(lay(1, 7), lay(1, 8))))
    assert said.value.faults == (
        Fault(
            where="Reviewer 1 as lay of Team 8", found="already visits Team 7 on a day of this visit",
            allowed="take this lock back, or choose somebody whom nothing bars",
        ),
    )  # fmt: skip


def test_the_checker_names_both_visits() -> None:
    far = Engaged(team_name="Far", days=span(2, 3))
    one = asked(span(0, 1), span(1, 2), None, reviewers=[person(1, capacity=3, engaged=(far,))])
    assert violations(one, [lay(1, 7), lay(1, 8), lay(1, 9)]) == (
        "Reviewer 1 cannot be at Team 7 and at Team 8: their visits are on the same day",
        "Reviewer 1 cannot be at Team 8 and at Far in another round: their visits are on the same day",
    )


def test_whoever_goes_elsewhere_on_the_day_is_explained_so() -> None:
    one = asked(span(0, 1), span(1, 2), reviewers=[person(1), person(2)], locks=(lay(2, 8),))
    found = match(one)
    assert explain(one, found, reviewer=2, cycle=7).words == (
        "Reviewer 2 may not sit in the team of Team 7:",
        "already visits Team 8 on a day of this visit",
    )
    free = replace(one, locks=())
    found = match(free)
    first, second = (one.reviewer for one in found.assigned)
    assert explain(free, found, reviewer=second, cycle=7).words == (
        f"Reviewer {second} could as well sit in the team of Team 7 as lay: both choices are equally good for the "
        "round, and an even load or a draw decided",
        "they visit Team 8 on a day of this visit, and nobody is at two at once",
        "with them there:",
        "as many seats are filled (2 of 2)",
        *(
            f"Reviewer {number} {what}"
            for number, had, has in sorted([(first, 7, 8), (second, 8, 7)])
            for what in (f"leaves Team {had} (lay)", f"comes to Team {has} (lay)")
        ),
    )  # fmt: skip


def test_an_observer_is_at_one_visit_at_a_time_too() -> None:
    trainee = Seat(role="trainee", title="Trainee", minimum=0, maximum=1, observes=True)
    leads = [person(number, visits_done=4) for number in (1, 2)]
    observer = replace(person(3), roles=frozenset({"trainee"}))
    one = replace(
        asked(span(0, 1), span(1, 2), reviewers=[*leads, observer]),
        seats=(LAY, trainee), rules=AssignmentRules(experienced=Experienced(at_least=1, after_visits=3)),
    )  # fmt: skip
    assert [one.role for one in match(one).assigned].count("trainee") == 1
    free = replace(one, visits=tuple(replace(it, days=None) for it in one.visits))
    assert [one.role for one in match(free).assigned].count("trainee") == 2
