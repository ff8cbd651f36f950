"""What is proposed around what stands and what the office wishes, and what a change would do."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.conflicts import Declared, Reviewer, Visit
from accreditation.rules.hindering import hindrances, seeing
from accreditation.rules.lasting import sound
from accreditation.rules.matching import Ban, Question, Seated
from accreditation.rules.proposing import Content, effect, propose
from accreditation.rules.reviewer_facts import Preference
from accreditation.rules.wishes import Change, KeepOut, Lock, Release, Swap, Wish, Wishes, wished
from accreditation.scheme.process import AssignmentRules, Seat

SEATS = (
    Seat(role="lay", title="Lay", minimum=1, maximum=1),
    Seat(role="lead", title="Lead", minimum=1, maximum=1),
)
POOL = tuple(
    Reviewer(id=number, name=f"Reviewer {number}", roles=frozenset({role}), organisation=None, capacity=1)
    for number, role in enumerate(["lead", "lead", "lead", "lay", "lay", "lay"], start=1)
)
VISITS = tuple(Visit(cycle=cycle, team_name=f"Team {cycle}", organisation=cycle) for cycle in (1, 2))
ASKED = Question(visits=VISITS, reviewers=POOL, seats=SEATS)


def seat(cycle: int, reviewer: int) -> Seated:
    return Seated(cycle=cycle, role="lead" if reviewer <= 3 else "lay", reviewer=reviewer)


def people(content: Content) -> dict[tuple[int, str], tuple[int, str]]:
    """(cycle, role) -> who, and how they come to it."""
    return {(one.cycle, one.role): (one.reviewer, one.how) for one in content.seats}


def lock(cycle: int, reviewer: int) -> Wish:
    return Wish(cycle=cycle, role=seat(cycle, reviewer).role, reviewer=reviewer, how="locked")


def test_what_stands_is_kept_and_the_rest_is_proposed() -> None:
    found = propose(questions=[replace(ASKED, already=(seat(1, 1),), stays=(seat(2, 5),))], wishes=Wishes())
    told = people(found)
    assert (told[1, "lead"], told[2, "lay"]) == ((1, "kept"), (5, "kept"))
    assert {how for (cycle, role), (_, how) in told.items() if (cycle, role) not in {(1, "lead"), (2, "lay")}} == {
        "proposed"
    }
    assert (found.empty, found.left) == ((), ())


def test_a_confirmed_seat_that_breaks_a_rule_is_given_up_and_filled_anew() -> None:
    declared = (Declared(reviewer=5, organisation=2, reason="private"),)
    found = propose(questions=[replace(ASKED, stays=(seat(2, 5),), declared=declared)], wishes=Wishes())
    assert found.left == (seat(2, 5),)
    assert people(found)[2, "lay"][0] in (4, 6)
    assert "private" not in str(found)


def test_whoever_said_no_is_not_proposed_again_unless_the_office_locks_them() -> None:
    asked = replace(ASKED, bans=(Ban(cycle=1, reviewer=1), Ban(cycle=1, reviewer=2)))
    assert people(propose(questions=[asked], wishes=Wishes()))[1, "lead"] == (3, "proposed")
    locked = propose(questions=[asked], wishes=Wishes(seats=(lock(1, 1),)))
    assert people(locked)[1, "lead"] == (1, "locked")


def test_where_nobody_is_there_every_seat_is_empty_with_its_reason() -> None:
    found = propose(questions=[replace(ASKED, reviewers=())], wishes=Wishes())
    assert found.seats == ()
    assert [(one.cycle, one.role, one.missing) for one in found.empty] == [
        (cycle, role, 1) for cycle in (1, 2) for role in ("lay", "lead")
    ]
    assert all(one.why for one in found.empty)


def test_two_editions_do_not_share_one_visit_of_a_reviewer() -> None:
    first, second = (replace(ASKED, visits=(visit,), elsewhere=(other,)) for visit, other in (VISITS, VISITS[::-1]))
    found = propose(questions=[first, second], wishes=Wishes())
    assert len({one.reviewer for one in found.seats}) == len(found.seats) == 4


@pytest.mark.parametrize(("needed", "bound"), [(2, 400_000), (3, None)])
def test_a_round_of_two_editions_has_no_bound_on_its_worst_off_team_where_one_of_them_lacks_people(
    needed: int, bound: int | None
) -> None:
    rules = AssignmentRules.model_validate({"fit": {"experience": 1}})
    pool = tuple(replace(one, visits_done=1) for one in POOL)
    first, second = (
        replace(ASKED, visits=(visit,), elsewhere=(other,), reviewers=pool, rules=rules)
        for visit, other in (VISITS, VISITS[::-1])
    )
    lead = SEATS[1]
    second = replace(second, seats=(Seat(role="lay", title="Lay", minimum=needed, maximum=needed), lead))
    found = propose(questions=[first, second], wishes=Wishes()).figures
    assert (found.filled, found.worst, found.worst_bound) == (5, 400_000, bound)


CHANGES: Mapping[str, tuple[Change, Wishes]] = {
    "lock": (Lock(cycle=1, reviewer=2, role="lead"), Wishes(seats=(lock(1, 2),))),
    "swap": (
        Swap(cycle=1, out=1, into=2),
        Wishes(seats=(Wish(cycle=1, role="lead", reviewer=2, how="swapped"),), out=((1, 1),)),
    ),
    "keep out": (KeepOut(cycle=1, reviewer=1), Wishes(out=((1, 1),))),
    "release": (Release(cycle=1, reviewer=1), Wishes()),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_the_office_wishes_after_a_change(name: str) -> None:
    change, after = CHANGES[name]
    stands = propose(questions=[replace(ASKED, already=(seat(1, 1),))], wishes=Wishes()).seats
    assert wished(wishes=Wishes(), change=change, seats=stands) == after
    taken_back = wished(wishes=after, change=Release(cycle=1, reviewer=2), seats=stands)
    taken_back = wished(wishes=taken_back, change=Release(cycle=1, reviewer=1), seats=stands)
    assert taken_back == Wishes()


def test_wishes_that_break_a_rule_by_now_fall_and_the_others_hold() -> None:
    wishes = Wishes(seats=(lock(1, 1), lock(2, 2)), out=((1, 3),))
    declared = (Declared(reviewer=1, organisation=1, reason=""),)
    kept = sound(questions=[replace(ASKED, declared=declared)], wishes=wishes, seen=())
    assert kept == Wishes(seats=(lock(2, 2),), out=((1, 3),))
    said = replace(ASKED, declared=(Declared(reviewer=2, organisation=2, reason="", by="service", cycle=2),))
    assert sound(questions=[said], wishes=wishes, seen=()).seats == (lock(1, 1),)
    twice = Wishes(seats=(lock(1, 1), lock(2, 1)))
    assert sound(questions=[ASKED], wishes=twice, seen=()).seats == (lock(1, 1),), "one visit, one lock"


def test_whoever_handed_in_there_before_rates_there_no_more_but_may_observe() -> None:
    observer = Seat(role="observer", title="Observer", minimum=0, maximum=1, observes=True)
    asked = replace(ASKED, seats=(*SEATS, observer))
    words = (
        "Reviewer 1 handed in a review of Team 1 before and could see the others' ratings, "
        "so cannot rate it alone again",
    )
    assert seeing(asked=asked, added=[seat(1, 1), seat(2, 1), seat(1, 2)], seen={(1, 1)}) == words
    assert seeing(asked=asked, added=[Seated(cycle=1, role="observer", reviewer=1)], seen={(1, 1)}) == ()
    before = propose(questions=[asked], wishes=Wishes(seats=(lock(1, 2),)))
    for change in (Lock(cycle=1, reviewer=1, role="lead"), Swap(cycle=1, out=2, into=1)):
        wishes = wished(wishes=Wishes(), change=change, seats=before.seats)
        assert (
            hindrances(asked=asked, before=Wishes(), wishes=wishes, change=change, seats=before.seats, seen={(1, 1)})
            == words
        )
    wishes = Wishes(seats=(lock(1, 1), lock(2, 2)))
    assert sound(questions=[asked], wishes=wishes, seen={(1, 1)}).seats == (lock(2, 2),)


def test_a_swap_among_equals_moves_the_two_who_are_named_and_nobody_else() -> None:
    """Of answers that are equally good the one is taken that changes least in what the office has before it."""
    pool = tuple(
        Reviewer(
            id=number, name=f"Reviewer {number}", roles=frozenset({"lead" if number % 2 else "lay"}),
            organisation=100 + number, capacity=1, visits_done=number % 3,
        )
        for number in range(1, 25)
    )  # fmt: skip
    visits = tuple(Visit(cycle=cycle, team_name=f"Team {cycle}", organisation=cycle) for cycle in range(1, 9))
    crossing = AssignmentRules.model_validate(
        {"colleagues": "barred", "experienced": {"at_least": 1, "after_visits": 1}, "fit": {"preference": 1}}
    )
    for rules in (AssignmentRules(), crossing):
        asked = Question(visits=visits, reviewers=pool, seats=SEATS, rules=rules)
        stands = propose(questions=[asked], wishes=Wishes())
        (out,) = [one.reviewer for one in stands.seats if (one.cycle, one.role) == (3, "lead")]
        sits = {one.reviewer for one in stands.seats}
        into = min(one.id for one in pool if "lead" in one.roles and one.id not in sits and one.visits_done)
        wishes = wished(wishes=Wishes(), change=Swap(cycle=3, out=out, into=into), seats=stands.seats)
        now = replace(asked, before=tuple(one.seated for one in stands.seats))
        after = propose(questions=[now], wishes=wishes)
        told = effect(before=stands, after=after)
        assert [(one.cycle, one.reviewer) for one in told.coming] == [(3, into)]
        assert [(one.cycle, one.reviewer) for one in told.leaving] == [(3, out)]
        again = propose(questions=[replace(now, before=tuple(one.seated for one in after.seats))], wishes=wishes)
        assert again.says_the_same(after), "and looked at again it stays as it is"


def test_what_was_proposed_before_never_stands_against_a_better_answer() -> None:
    near, far = (Preference(organisation=1, how=how) for how in ("prefers", "rather_not"))
    pool = tuple(replace(one, preferences=(near if one.id in (2, 5) else far,)) for one in POOL)
    rules = AssignmentRules.model_validate({"fit": {"preference": 1}})
    asked = Question(visits=VISITS[:1], reviewers=pool, seats=SEATS, rules=rules, before=(seat(1, 1), seat(1, 4)))
    assert people(propose(questions=[asked], wishes=Wishes())) == {
        (1, "lead"): (2, "proposed"), (1, "lay"): (5, "proposed"),
    }  # fmt: skip


def test_whoever_sits_in_teams_of_two_editions_is_one_reviewer() -> None:
    pool = tuple(replace(one, capacity=2) for one in (POOL[0], POOL[3]))
    first, second = (
        Question(visits=(visit,), elsewhere=(other,), reviewers=pool, seats=SEATS)
        for visit, other in (VISITS, VISITS[::-1])
    )
    figures = propose(questions=[first, second], wishes=Wishes()).figures
    assert (figures.filled, figures.reviewers, figures.busiest, figures.teams) == (4, 2, 2, 2)


@settings(max_examples=15)
@given(cycle=st.sampled_from((1, 2)), who=st.integers(1, 6), stays=st.sets(st.integers(1, 6), max_size=2))
def test_a_lock_that_nothing_hinders_is_in_what_is_proposed_and_its_effect_adds_up(
    cycle: int, who: int, stays: set[int]
) -> None:
    asked = replace(ASKED, stays=tuple(seat(1, one) for one in sorted(stays)[:1]))
    before = propose(questions=[asked], wishes=Wishes())
    change: Change = Lock(cycle=cycle, reviewer=who, role=seat(cycle, who).role)
    wishes = wished(wishes=Wishes(), change=change, seats=before.seats)
    assert hindrances(asked=asked, before=Wishes(), wishes=wishes, change=change, seats=before.seats, seen=()) == ()
    after = propose(questions=[asked], wishes=wishes)
    told = effect(before=before, after=after)
    assert people(after)[cycle, seat(cycle, who).role] == (who, "locked")
    had, has = {one.seated for one in before.seats}, {one.seated for one in after.seats}
    assert has == (had - {one.seated for one in told.leaving}) | {one.seated for one in told.coming}
    assert after.empty == (), "there are enough people for every seat whoever is locked"
