"""Review teams as values: the words, the rules one by one, what is refused, and the laws of the whole."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from accreditation.errors import Fault, Invalid
from accreditation.rules.conflicts import Declared, Reviewer, Visit
from accreditation.rules.matching import (
    Assigned,
    Ban,
    Figures,
    Match,
    Question,
    Seated,
    Unfilled,
    explain,
    match,
    violations,
)
from accreditation.rules.matching.arrays import FULL_FIT
from accreditation.rules.matching.fit import fit
from accreditation.rules.matching.obstacles import ORDER
from accreditation.rules.matching.refused import faults
from accreditation.rules.matching.worded import ANY_ROLE, COUNTED
from accreditation.scheme.process import AssignmentRules, Experienced, Seat
from tests.rules.matching.asking import questions


def seat(role: str, minimum: int = 1, maximum: int = 1) -> Seat:
    return Seat.model_construct(role=role, title=role, minimum=minimum, maximum=maximum, specialties=(), observes=False)


def stands(reviewer: int, cycle: int, role: str) -> Seated:
    return Seated(cycle=cycle, role=role, reviewer=reviewer)


def person(number: int, *roles: str, organisation: int | None = None, capacity: int = 1) -> Reviewer:
    name = f"Reviewer {number} ({roles[0]})"
    return Reviewer(id=number, name=name, roles=frozenset(roles), organisation=organisation, capacity=capacity)


def visit(cycle: int, organisation: int) -> Visit:
    return Visit(cycle=cycle, team_name=f"Team {cycle}", organisation=organisation)


def asked(**parts: Any) -> Question:
    """A question about these parts, and one lay seat where no others are given."""
    told: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in parts.items()}
    told.setdefault("seats", (seat("lay"),))
    return Question(**told)


def declared(reviewer: int, organisation: int) -> Declared:
    return Declared(reviewer=reviewer, organisation=organisation, reason="a private matter")


# The words.


def test_an_assigned_reviewer_is_given_the_reason_in_words() -> None:
    found = match(asked(visits=[visit(7, 10)], reviewers=[person(1, "lay", capacity=3)]))
    why = "holds the role lay, no conflict with Team 7, 1 of 3 visits this round"
    sits = Assigned(cycle=7, reviewer=1, role="lay", why=why, fit=FULL_FIT)
    figures = Figures(
        seats=1, filled=1, teams=1, complete=1, worst=None, worst_bound=None, total=FULL_FIT,
        total_bound=FULL_FIT, reviewers=1, busiest=1,
    )  # fmt: skip
    assert found == Match(assigned=(sits,), figures=figures)
    assert (found.complete, found.teams) == (True, {7: (sits,)})


def test_a_seat_nobody_can_hold_says_so_and_what_would_help() -> None:
    found = match(asked(visits=[visit(7, 10)], seats=[seat("lead_clinician", 2, 2)]))
    why = (
        "no reviewer holds the role lead clinician; to fill a place, register another reviewer who holds the role "
        "lead clinician and has no conflict with Team 7"
    )
    unfilled = Unfilled(cycle=7, team_name="Team 7", role="lead_clinician", missing=2, why=why)
    assert (found.unfilled, found.complete, found.teams) == ((unfilled,), False, {})
    assert found.blocks == ("1 visit (Team 7) needs 2 lead clinician; nobody holds the role: short by 2",)
    assert found.ways_out == (
        "the least that would help: recruit 2 lead clinician (for Team 7) (tried: then every seat is filled)",
    )


def test_an_unfilled_seat_counts_what_keeps_each_holder_of_the_role_from_it() -> None:
    found = match(
        asked(
            visits=[visit(7, 10)],
            elsewhere=[visit(8, 20), visit(9, 40)],
            seats=[seat("nurse", 2, 2)],
            reviewers=[
                person(1, "nurse", organisation=10, capacity=2),
                person(2, "nurse", organisation=30),
                person(3, "nurse", organisation=20),
                person(4, "nurse", organisation=30),
                person(5, "nurse", organisation=30),
                person(6, "nurse", organisation=30, capacity=0),
            ],
            declared=[declared(2, 10)],
            already=[stands(1, 8, "nurse"), stands(4, 7, "nurse"), stands(5, 9, "nurse")],
        )
    )
    assert [one.why for one in found.unfilled] == [
        "6 reviewers hold the role nurse: 1 employed by its organisation, 1 with a declared conflict of interest, "
        "1 barred by reciprocity, as somebody from this team's organisation visits theirs in this round, "
        "1 already in this team, 2 with no capacity left; to fill a place, register another reviewer who holds the "
        "role nurse and has no conflict with Team 7, or raise the capacity of Reviewer 5 (nurse) or Reviewer 6 (nurse)"
    ]
    assert [one.why for one in found.kept] == [
        "keeps the seat nurse, no conflict with Team 7, 1 of 1 visits this round"
    ]
    assert found.ways_out == (
        "the least that would help: one more visit by Reviewer 5 (nurse) (tried: then every seat is filled)",
        "by itself would do: recruit 1 nurse (for Team 7) (tried: then every seat is filled)",
    )


def test_many_whose_capacity_could_be_raised_are_not_all_named() -> None:
    people = [person(number, "lay", capacity=0) for number in range(1, 6)]
    assert [one.why for one in match(asked(visits=[visit(7, 10)], reviewers=people)).unfilled] == [
        "5 reviewers hold the role lay: 5 with no capacity left; to fill a place, register another reviewer who holds "
        "the role lay and has no conflict with Team 7, or raise the capacity of Reviewer 1 (lay), Reviewer 2 (lay), "
        "Reviewer 3 (lay) or 2 more"
    ]


def test_a_way_out_by_many_names_some_of_them_and_all_of_them() -> None:
    people = [person(number, "lay", capacity=1) for number in range(1, 7)]
    found = match(asked(visits=[visit(cycle, cycle) for cycle in range(20, 32)], reviewers=people))
    short = [line for line in found.ways_out if "one more by 2 others each" in line]
    names = "; ".join(f"one more visit by Reviewer {number} (lay)" for number in range(1, 7))
    assert len(short) == 1
    assert found.ways_out_named[found.ways_out.index(short[0])] == (
        f"the least that would help: {names} (tried: then every seat is filled)"
    )


def test_who_could_as_well_sit_there_is_told_so() -> None:
    question = asked(visits=[visit(7, 10)], reviewers=[person(1, "lay"), person(2, "lay")])
    found = match(question)
    assert [one.reviewer for one in found.assigned] == [2]
    told = explain(question, found, reviewer=1, cycle=7)
    assert (told.sits, told.obstacles) == (None, ())
    assert told.words == (
        "Reviewer 1 (lay) could as well sit in the team of Team 7 as lay: both choices are equally good for the "
        "round, and an even load or a draw decided",
        "with them there:",
        "as many seats are filled (1 of 1)",
        "Reviewer 1 (lay) comes to Team 7 (lay)",
        "Reviewer 2 (lay) leaves Team 7 (lay)",
    )


def test_teams_that_lack_people_together_say_by_how_many_they_are_short() -> None:
    visits = [replace(visit(cycle, cycle), region="Wales") for cycle in (7, 8, 9)]
    found = match(asked(visits=visits, reviewers=[person(1, "lay"), person(2, "lay")]))
    (short,) = found.unfilled
    group = "3 visits in Wales need 3 lay; 2 reviewers could go there, with 2 visits left between them: short by 1"
    assert found.blocks == (group,)
    assert short.why == (
        f"2 reviewers hold the role lay: 2 with no capacity left; {group}; to fill a place, register another reviewer "
        f"who holds the role lay and has no conflict with {short.team_name}, or raise the capacity of Reviewer 1 (lay) "
        "or Reviewer 2 (lay)"
    )


def test_a_rule_that_could_be_set_aside_is_named_with_for_whom() -> None:
    there = replace(visit(7, 10), network="Hills")
    one = replace(person(1, "lay", organisation=20), network="Hills")
    rules = AssignmentRules(same_network="barred")
    found = match(asked(visits=[there], reviewers=[one], rules=rules))
    assert found.ways_out == (
        "the least that would help: let Reviewer 1 (lay) visit Team 7 although both are of one network (lock them "
        "there with whatever: same_network) (tried: then every seat is filled)",
        "by itself would do: recruit 1 lay (for Team 7) (tried: then every seat is filled)",
    )


def test_where_rules_on_whole_teams_block_it_is_said_which_and_what_would_come_of_each() -> None:
    found = match(
        asked(
            visits=[visit(7, 10)],
            seats=[seat("lay"), seat("nurse")],
            reviewers=[person(1, "nurse", organisation=20), person(2, "lay", organisation=20)],
            rules=AssignmentRules(colleagues="barred"),
        )
    )
    assert len(found.assigned) == 1
    assert found.blocks == (
        "1 seat of 1 could be filled, were it not for the rule that no two of one employer sit in a team",
    )
    assert found.ways_out == (
        "without the rule that no two of one employer sit in a team: 0 seats would stay empty (tried)",
    )


def test_visits_that_lack_the_same_people_for_the_same_cause_are_told_once() -> None:
    visits = [replace(visit(cycle, cycle), region="Wales") for cycle in (7, 8, 9)]
    lay = [replace(person(number, "lay", organisation=20), region="Wales") for number in (1, 2)]
    found = match(asked(visits=visits, reviewers=lay, rules=AssignmentRules(region="other")))
    assert found.blocks == (
        "3 visits in Wales need 3 lay; nobody is left of the 2 who hold the role (kept out by the rule on regions): "
        "short by 3",
    )
    nobody = match(asked(visits=visits, seats=[seat("lay"), seat("nurse")]))
    assert nobody.blocks == (
        "3 visits in Wales need 3 lay; nobody holds the role: short by 3",
        "3 visits in Wales need 3 nurse; nobody holds the role: short by 3",
    )


def test_who_has_no_visit_left_is_counted_among_those_who_keep_a_seat_empty() -> None:
    """Six of eight without a visit are the cause, and the other two are not all that is said."""
    lay = [person(number, "lay", organisation=20, capacity=0) for number in range(1, 7)]
    lay += [person(7, "lay", organisation=10), person(8, "lay", organisation=20)]
    there = replace(visit(7, 10), last_reviewers=frozenset({8}))
    found = match(asked(visits=[there], reviewers=lay, rules=AssignmentRules(repeat="barred")))
    assert found.blocks == (
        "1 visit (Team 7) needs 1 lay; nobody is left of the 8 who hold the role (6 with no capacity left, 1 employed "
        "by its organisation, 1 who reviewed this team last time): short by 1",
    )
    none = match(asked(visits=[visit(7, 10), visit(8, 30)], reviewers=lay[:6]))
    assert none.blocks == (
        "2 visits (Team 7, Team 8) need 2 lay; nobody is left of the 6 who hold the role (with no capacity left): "
        "short by 2",
    )


EXPERIENCE = AssignmentRules(experienced=Experienced(at_least=1, after_visits=3), reciprocal="allowed")


def test_where_nobody_is_experienced_that_is_said_and_somebody_experienced_is_recruited() -> None:
    people = [person(number, role, organisation=30) for number, role in ((1, "lay"), (2, "lay"), (3, "nurse"))]
    people.append(person(4, "nurse", organisation=30))
    found = match(
        asked(
            visits=[visit(7, 10), visit(8, 20)], seats=[seat("lay"), seat("nurse")], reviewers=people, rules=EXPERIENCE
        )
    )
    assert found.blocks == (
        "4 seats of 4 could be filled, were it not for the rule on experienced reviewers (1 in each team with 3 visits "
        "or more before; 0 of 4 who could go have made as many)",
    )
    assert found.ways_out == (
        "would help: recruit 2 lay with 3 visits or more before (for Team 7 and Team 8) (tried: then every seat is "
        "filled)",
        "would help: recruit 2 nurse with 3 visits or more before (for Team 7 and Team 8) (tried: then every seat is "
        "filled)",
        "without the rule on experienced reviewers: 0 seats would stay empty (tried)",
    )
    assert found.unfilled[0].why == (
        "2 reviewers hold the role lay: 2 who would need somebody beside them with 3 visits or more before; to fill a "
        "place, register another reviewer who holds the role lay, comes with 3 visits or more before and has no "
        "conflict with Team 7"
    )


def test_where_there_is_nobody_at_all_one_of_those_recruited_is_to_be_experienced() -> None:
    found = match(asked(visits=[visit(7, 10)], seats=[seat("lay"), seat("nurse")], rules=EXPERIENCE))
    assert found.ways_out == (
        "would help: recruit 1 lay with 3 visits or more before (for Team 7); recruit 1 nurse (for Team 7) (tried: "
        "then every seat is filled)",
    )


def test_a_way_out_that_fills_no_seat_is_not_told() -> None:
    there = replace(visit(7, 10), region="Wales")
    lay = replace(person(1, "lay", organisation=20), region="Wales")
    rules = EXPERIENCE.model_copy(update={"region": "other"})
    found = match(asked(visits=[there], reviewers=[lay], rules=rules))
    assert found.ways_out == (
        "by itself would do: recruit 1 lay with 3 visits or more before (for Team 7) (tried: then every seat is "
        "filled)",
    )


def test_a_surplus_that_stays_empty_is_told_as_a_seat_of_any_role() -> None:
    found = match(
        asked(visits=[visit(7, 10)], seats=[seat("lay", 1, 2)], reviewers=[person(1, "lay")],
              rules=AssignmentRules(team_size=2))
    )  # fmt: skip
    assert [(one.role, one.missing) for one in found.unfilled] == [(ANY_ROLE, 1)]
    assert found.teams == {}


def test_every_obstacle_is_counted_in_words_of_its_own() -> None:
    assert set(ORDER) - {"role", "no_seat"} == set(COUNTED) - {""}


def test_how_well_somebody_fits_is_part_of_why() -> None:
    one = replace(person(1, "lay", capacity=2), specialties=frozenset({"stroke"}), visits_done=4)
    there = replace(visit(7, 10), specialties=frozenset({"stroke"}))
    rules = AssignmentRules.model_validate({"fit": {"expertise": 1, "experience": 1}})
    (sits,) = match(asked(visits=[there], reviewers=[one], rules=rules)).assigned
    assert sits.why == (
        "holds the role lay, holds stroke, 4 visits before, no conflict with Team 7, 1 of 2 visits this round"
    )
    assert sits.fit == (FULL_FIT + FULL_FIT * 4 // 5) // 2


def test_where_a_seat_stays_empty_the_worst_off_visit_is_not_looked_for_and_has_no_bound() -> None:
    people = [replace(person(one, "lay"), visits_done=5 if one == 1 else 1) for one in (1, 2, 3)]
    rules = AssignmentRules.model_validate({"fit": {"experience": 1}})
    short = asked(visits=[visit(7, 10), visit(8, 20)], seats=[seat("lay", 2, 2)], reviewers=people, rules=rules)
    figures = Figures(
        seats=4, filled=3, teams=2, complete=1, worst=200_000, worst_bound=None, total=1_400_000,
        total_bound=1_400_000, reviewers=3, busiest=1,
    )  # fmt: skip
    better = replace(short, locks=(stands(2, 7, "lay"), stands(3, 7, "lay")))
    full = match(replace(short, reviewers=(*people, person(4, "lay"))))
    assert [(one.proven, one.figures) for one in (match(short), match(better), full)] == [
        (True, figures),
        (True, replace(figures, worst=400_000)),
        (True, replace(figures, filled=4, complete=2, worst=400_000, worst_bound=400_000, reviewers=4)),
    ]


# The rules, one by one.


@pytest.mark.parametrize(
    ("reviewers", "conflicts"),
    [
        ([person(1, "nurse")], []),
        ([person(1, "lay", organisation=10)], []),
        ([person(1, "lay")], [declared(1, 10)]),
        ([person(1, "lay", capacity=0)], []),
    ],
    ids=["another role", "own organisation", "declared", "no capacity"],
)
def test_whom_a_rule_keeps_away_does_not_sit(reviewers: list[Reviewer], conflicts: list[Declared]) -> None:
    found = match(asked(visits=[visit(7, 10)], reviewers=reviewers, declared=conflicts))
    assert (found.assigned, [one.missing for one in found.unfilled]) == ((), [1])


def test_no_visits_need_nobody_and_no_reviewers_leave_every_seat_empty() -> None:
    assert match(asked(reviewers=[person(1, "lay")])) == Match()
    found = match(asked(visits=[visit(7, 10), visit(8, 20)]))
    assert (found.assigned, len(found.unfilled), found.figures.seats) == ((), 2, 2)


def test_somebody_who_holds_two_roles_sits_once_in_a_team() -> None:
    found = match(
        asked(visits=[visit(7, 10)], seats=[seat("lay"), seat("nurse")],
              reviewers=[person(1, "nurse", "lay", capacity=2)])
    )  # fmt: skip
    assert (len(found.assigned), len(found.unfilled), found.teams) == (1, 1, {})


def test_two_organisations_do_not_visit_each_other_in_one_round_unless_the_scheme_allows_it() -> None:
    both = asked(
        visits=[visit(7, 10), visit(8, 20)],
        seats=[seat("nurse")],
        reviewers=[person(1, "nurse", organisation=10), person(2, "nurse", organisation=20)],
    )
    assert len(match(both).assigned) == 1
    assert len(match(replace(both, rules=AssignmentRules(reciprocal="allowed"))).assigned) == 2


def test_an_assignment_elsewhere_uses_capacity() -> None:
    found = match(
        asked(visits=[visit(7, 10)], elsewhere=[visit(8, 20)], already=[stands(1, 8, "lay")],
              reviewers=[person(1, "lay"), person(2, "lay")])
    )  # fmt: skip
    assert [(one.cycle, one.reviewer) for one in found.assigned] == [(7, 2)]


def test_a_kept_seat_stays_and_only_the_rest_of_the_team_is_sought() -> None:
    found = match(
        asked(visits=[visit(7, 10)], seats=[seat("lay"), seat("nurse")], already=[stands(2, 7, "lay")],
              reviewers=[person(1, "lay"), person(2, "lay"), person(3, "nurse")])
    )  # fmt: skip
    assert [one.reviewer for one in found.kept] == [2]
    assert [one.reviewer for one in found.assigned] == [3]
    assert [one.reviewer for one in found.teams[7]] == [2, 3]


def test_a_locked_seat_stands_and_a_ban_keeps_away() -> None:
    three = asked(visits=[visit(7, 10)], reviewers=[person(number, "lay") for number in (1, 2, 3)])
    for number in (1, 2, 3):
        assert [one.reviewer for one in match(replace(three, locks=(stands(number, 7, "lay"),))).assigned] == [number]
    banned = tuple(Ban(cycle=7, reviewer=number) for number in (1, 3))
    assert [one.reviewer for one in match(replace(three, bans=banned)).assigned] == [2]


def test_seats_that_stand_are_given_up_only_where_more_could_be_filled_otherwise() -> None:
    rules = AssignmentRules.model_validate({"fit": {"experience": 1}})
    skilled = replace(person(2, "lay"), visits_done=9)
    one = asked(visits=[visit(7, 10)], reviewers=[person(1, "lay"), skilled], rules=rules, stays=[stands(1, 7, "lay")])
    found = match(one)
    assert ([seat.reviewer for seat in found.kept], found.assigned, found.given_up) == ([1], (), ())
    two = asked(
        visits=[visit(7, 10), visit(8, 20)], reviewers=[person(1, "lay", organisation=20), person(2, "lay")],
        declared=[declared(2, 10)], stays=[stands(1, 7, "lay")],
    )  # fmt: skip
    assert match(two).given_up == ()
    three = replace(two, declared=(declared(1, 20), declared(2, 20)), stays=(stands(2, 7, "lay"),))
    three = replace(three, declared=(declared(1, 20),), reviewers=(person(1, "lay"), person(2, "lay")))
    found = match(three)
    assert (found.given_up, {(seat.cycle, seat.reviewer) for seat in found.assigned}) == (
        (stands(2, 7, "lay"),), {(7, 1), (8, 2)},
    )  # fmt: skip


def test_a_whole_team_is_preferred_to_two_halves() -> None:
    found = match(
        asked(visits=[visit(7, 10), visit(8, 20)], seats=[seat("lay"), seat("nurse")],
              reviewers=[person(1, "lay"), person(2, "nurse")])
    )  # fmt: skip
    assert len(found.teams) == 1


def test_work_is_shared_evenly() -> None:
    found = match(
        asked(visits=[visit(cycle, 10) for cycle in range(6)],
              reviewers=[person(number, "lay", capacity=6) for number in (1, 2, 3)])
    )  # fmt: skip
    assert Counter(one.reviewer for one in found.assigned) == {1: 2, 2: 2, 3: 2}


def test_what_stands_and_has_come_to_break_a_rule_is_left_alone() -> None:
    found = match(
        asked(
            visits=[visit(7, 10)],
            elsewhere=[visit(8, 20)],
            seats=[seat("lay"), seat("nurse")],
            reviewers=[
                person(1, "nurse", organisation=20, capacity=2), person(2, "lay", capacity=0), person(3, "nurse")
            ],
            declared=[declared(2, 10)],
            already=[stands(1, 8, "nurse"), stands(2, 7, "lay")],
        )
    )  # fmt: skip
    assert [one.why for one in found.kept] == ["keeps the seat lay, no conflict with Team 7, 1 of 0 visits this round"]
    assert (found.complete, len(found.assigned)) == (True, 1)


def test_an_observer_joins_a_team_beside_somebody_experienced_and_no_team_waits_for_one() -> None:
    rules = AssignmentRules.model_validate({"experienced": {"at_least": 1, "after_visits": 3}})
    trainee = Seat(role="trainee", title="Trainee", minimum=0, maximum=1, observes=True)
    skilled = replace(person(1, "lay"), visits_done=3)
    one = asked(visits=[visit(7, 10)], seats=[seat("lay"), trainee], rules=rules, reviewers=[skilled])
    alone = match(one)
    assert (alone.complete, [each.role for each in alone.assigned]) == (True, ["lay"])
    both = match(replace(one, reviewers=(skilled, person(2, "trainee"))))
    assert [(each.role, each.reviewer) for each in both.teams[7]] == [("lay", 1), ("trainee", 2)]
    assert (both.figures.seats, both.figures.filled) == (1, 1)
    fresh = match(replace(one, reviewers=(person(1, "lay"), person(2, "trainee"))))
    assert (fresh.assigned, fresh.unfilled[0].role) == ((), "lay")


# What is refused.


def test_a_lock_that_breaks_a_rule_is_refused_and_says_what_to_do() -> None:
    locks = [stands(1, 7, "lay"), stands(2, 8, "lay"), stands(3, 8, "lay")]
    refused = asked(
        visits=[visit(7, 10), visit(8, 20)],
        reviewers=[person(1, "lay"), person(2, "nurse"), person(3, "lay", capacity=0)],
        declared=[declared(1, 10)],
        locks=locks,
    )
    with pytest.raises(Invalid) as said:
        match(refused)
    allowed = "take this lock back, or choose somebody whom nothing bars"
    assert said.value.faults == (
        Fault(
            where="Reviewer 1 (lay) as lay of Team 7",
            found="declared a conflict of interest with this organisation", allowed=allowed,
        ),
        Fault(where="Reviewer 2 (nurse) as lay of Team 8", found="holds none of the roles lay", allowed=allowed),
        Fault(
            where="Reviewer 3 (lay) as lay of Team 8", found="every seat that they could hold is taken", allowed=allowed
        ),
        Fault(where="Reviewer 3 (lay) as lay of Team 8", found="offers no visit in this round", allowed=allowed),
    )  # fmt: skip


def test_input_that_contradicts_itself_is_refused_with_every_fault() -> None:
    wrong = asked(
        visits=[visit(7, 10), visit(7, 20)],
        reviewers=[person(1, "lay", capacity=-1), person(1, "lay", capacity=-1)],
        seats=[seat("lay", 0, 0), seat("lay", 0, -1)],
        already=[stands(5, 9, "lay")],
        locks=[stands(1, 7, "nurse")],
    )
    with pytest.raises(Invalid) as refused:
        match(wrong)
    range_ = "a minimum is 0 or more and a maximum no less than its minimum"
    assert [str(fault) for fault in refused.value.faults] == [
        "cycle 7: given 2 times; name each once",
        "reviewer 1: given 2 times; name each once",
        "seat lay: given 2 times; name each once",
        "Reviewer 1 (lay): capacity -1; a whole number from 0 upwards",
        "Reviewer 1 (lay): capacity -1; a whole number from 0 upwards",
        f"seat lay: minimum 0, maximum -1; {range_}",
        "seats: nobody is needed in the review team; give at least one seat a minimum of 1 or more",
        "already, cycle 9: reviewer 5 is not in this round; give the reviewer too, with capacity 0 if need be",
        "already, cycle 9: cycle 9 is not in this round; give its visit too, among the visits or elsewhere",
        "locks, cycle 7: the review team has no role nurse; one of lay",
    ]


def test_a_team_that_no_pool_can_make_is_refused() -> None:
    with pytest.raises(Invalid, match="a team of 3 where the seats take 1"):
        match(asked(visits=[visit(7, 10)], rules=AssignmentRules(team_size=3)))


# The independent check.


def test_the_checker_names_every_broken_rule() -> None:
    pool = [person(1, "nurse", organisation=10), person(2, "lay", organisation=20, capacity=2)]
    one = asked(
        visits=[visit(7, 10), visit(8, 20)],
        seats=[seat("lay"), seat("nurse")],
        reviewers=pool,
        declared=[declared(2, 10)],
    )
    wrong = [stands(1, 7, "nurse"), stands(1, 8, "lay"), stands(2, 7, "nurse"), stands(3, 7, "lay")]
    assert violations(one, [*wrong, stands(2, 7, "nurse")]) == (
        "Reviewer 1 (nurse) does not hold the role lay in Team 8",
        "Reviewer 1 (nurse) has 2 visits and capacity for 1",
        "Reviewer 1 (nurse) is employed by the organisation of Team 7",
        *["Reviewer 1 (nurse) reviews Team 8 and Reviewer 2 (lay) reviews Team 7 in the same round, and each is "
          "employed by the organisation that the other visits"] * 2,
        "Reviewer 2 (lay) does not hold the role nurse in Team 7",
        "Reviewer 2 (lay) does not hold the role nurse in Team 7",
        "Reviewer 2 (lay) has a declared conflict of interest with Team 7",
        "Reviewer 2 (lay) has a declared conflict of interest with Team 7",
        "Reviewer 2 (lay) sits 2 times in Team 7",
        "Team 7 has 3 in the seat nurse and room for 1",
        "reviewer 3 or cycle 7 is not in this round",
    )  # fmt: skip


# The laws.


def sound(one: Question) -> Question:
    """The same without locks that are refused, and without the rule of which arrays say more than whole teams."""
    plain = replace(one, rules=one.rules.model_copy(update={"experienced": None}))
    return replace(plain, locks=()) if faults(plain) else plain


def sits(found: Match) -> list[Seated]:
    return [one.seated for one in (*found.kept, *found.assigned)]


def value(one: Question, seated: Sequence[Seated]) -> tuple[int, ...]:
    """How good is an answer, lowest first: seats empty, teams short, seats given up, worst fit, total fit, load?

    The worst fit counts where no seat is empty.
    """
    rules, people = one.rules, {each.id: each for each in one.reviewers}
    raters = [each for each in one.seats if not each.observes]
    size = rules.team_size or sum(each.minimum for each in raters)
    held = Counter((each.cycle, each.role) for each in seated)
    fits, empty, short = [], 0, 0
    for there in one.visits:
        team = [people[each.reviewer] for each in seated if each.cycle == there.cycle]
        lacking = sum(max(each.minimum - held[there.cycle, each.role], 0) for each in raters)
        lacking = max(size - sum(held[there.cycle, each.role] for each in raters), lacking)
        empty, short = empty + lacking, short + (lacking > 0)
        minutes = [one.travel.between(each, there) for each in team]
        fits.append(
            sum(
                fit(reviewer=who, visit=there, rules=rules, minutes=far).whole
                for who, far in zip(team, minutes, strict=True)
            )
        )
    everything = {*seated, *one.already}
    load = Counter(each.reviewer for each in everything)
    lost = len({*one.stays} - {*seated})
    worst = -min(fits, default=0) if rules.fit is not None and not empty else 0
    return empty, short, lost, worst, -sum(fits), sum(times * times for times in load.values())


def every_answer(
    one: Question, seated: tuple[Seated, ...], pairs: Sequence[tuple[int, int]]
) -> Iterator[tuple[Seated, ...]]:
    """Every way to seat people in these pairs of cycle and reviewer that breaks no rule that was not broken before."""
    if not pairs:
        yield seated
        return
    (cycle, reviewer), *rest = pairs
    yield from every_answer(one, seated, rest)
    before = Counter(violations(one, seated))
    for role in ("lead", "lay"):
        more = (*seated, stands(reviewer, cycle, role))
        if not Counter(violations(one, more)) - before:
            yield from every_answer(one, more, rest)


@settings(max_examples=25, deadline=None)
@given(one=questions(most_visits=2, most_reviewers=3).map(sound))
def test_no_answer_is_better_than_the_one_given(one: Question) -> None:
    """Every answer of a small round is tried."""
    assume(one.visits)
    here = {there.cycle for there in one.visits}
    standing = tuple({*one.already, *one.locks})
    taken = {(each.cycle, each.reviewer) for each in standing}
    pairs = [(cycle, who.id) for cycle in sorted(here) for who in one.reviewers if (cycle, who.id) not in taken]
    tried = (
        value(
            one, [each for each in seated if each.cycle in here] + [each for each in seated if each.cycle not in here]
        )
        for seated in every_answer(one, standing, pairs)
    )
    found = match(one)
    given_ = value(one, [*sits(found), *(each for each in one.already if each.cycle not in here)])
    assert given_ == min(tried)


@settings(max_examples=40, deadline=None)
@given(one=questions())
def test_no_rule_is_broken_and_every_place_is_accounted_for(one: Question) -> None:
    one = replace(one, locks=()) if faults(one) else one
    found = match(one)
    here = {there.cycle for there in one.visits}
    standing = {*one.already, *one.locks}
    new = Counter(violations(one, [*standing, *(each for each in sits(found) if each not in standing)]))
    assert not new - Counter(violations(one, standing))
    assert {*one.locks} | {each for each in one.already if each.cycle in here} <= {*sits(found)}
    assert {*found.given_up} == {*one.stays} - {*sits(found)}
    assert found.figures.seats - found.figures.filled == sum(lack.missing for lack in found.unfilled)
    looked_for = bool(here) and one.rules.fit is not None and not found.unfilled
    assert (found.figures.worst_bound is not None) == looked_for


@settings(max_examples=25, deadline=None)
@given(one=questions(), data=st.data())
def test_the_same_round_in_any_order_of_rows_has_the_same_answer(one: Question, data: st.DataObject) -> None:
    one = replace(one, locks=()) if faults(one) else one
    names = ("visits", "elsewhere", "reviewers", "declared", "already", "locks", "bans", "stays")
    rows: dict[str, Any] = {name: tuple(data.draw(st.permutations(getattr(one, name)))) for name in names}
    shuffled = replace(one, **rows)
    assert match(shuffled) == match(one)


def test_two_teams_of_one_name_are_two_teams() -> None:
    there = [replace(visit(1, 10), team_name="Endoscopy Unit"), replace(visit(2, 20), team_name="Endoscopy Unit")]
    one = asked(visits=there, reviewers=[person(1, "lay", capacity=2)], seats=[seat("lay")])

    assert match(one).unfilled == ()
