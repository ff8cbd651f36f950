"""Who could sit where: found for all pairs at once, it is what is said of each pair; and what each team still lacks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.errors import Invalid
from accreditation.rules.conflicts import Days, Engaged, Reviewer, Visit
from accreditation.rules.matching import together
from accreditation.rules.matching.arrays import FULL_FIT, Filling, Instance
from accreditation.rules.matching.composition import Lacking, lacking
from accreditation.rules.matching.eligible import Prepared, prepare
from accreditation.rules.matching.fit import fit
from accreditation.rules.matching.obstacles import ORDER, Obstacles, may_hold
from accreditation.rules.matching.question import Ban, Question, Seated
from accreditation.rules.matching.roles import kept_roles
from accreditation.scheme.process import AssignmentRules
from tests.rules.matching.asking import DAY, questions, seats


def placed(found: Prepared) -> dict[tuple[int, int], tuple[int, int, int]]:
    """Each place by reviewer and cycle: its roles, its fit and its minutes."""
    places = found.instance.places
    columns = (places.visit, places.reviewer, places.roles, places.fit, found.minutes)
    rows = zip(*(one.tolist() for one in columns), strict=True)
    return {(found.reviewers[who], found.cycles[visit]): (roles, fits, far) for visit, who, roles, fits, far in rows}


def told(asked: Question, *, observing: bool) -> dict[tuple[int, int], tuple[int, int, int]]:
    """The same, worked out pair by pair."""
    pool, found = Obstacles(asked, observing=observing), {}
    for visit in asked.visits:
        is_open = pool.lacking(visit.cycle).open
        for one in asked.reviewers:
            if not pool.between(reviewer=one.id, cycle=visit.cycle):
                mask = sum(1 << n for n, seat in enumerate(pool.seats) if is_open[n] and may_hold(seat, one))
                far = asked.travel.between(one, visit)
                how = fit(reviewer=one, visit=visit, rules=asked.rules, minutes=far)
                found[one.id, visit.cycle] = (mask, how.whole, -1 if far is None else far)
    return found


@settings(max_examples=100, deadline=None)
@given(asked=questions(), observing=st.booleans())
def test_the_places_are_the_pairs_without_an_obstacle_with_their_roles_and_fit(
    asked: Question, observing: bool
) -> None:
    assert placed(prepare(asked, observing=observing)) == told(asked, observing=observing)


def alike(one: Instance, other: Instance) -> bool:
    arrays = [
        (getattr(getattr(one, part), name), getattr(getattr(other, part), name))
        for part in ("demand", "supply", "places")
        for name in getattr(one, part).__slots__
    ]
    return one.crossing == other.crossing and all(np.array_equal(mine, theirs) for mine, theirs in arrays)


@settings(max_examples=40, deadline=None)
@given(asked=questions(), data=st.data())
def test_the_order_of_rows_never_matters(asked: Question, data: st.DataObject) -> None:
    other = replace(
        asked,
        visits=tuple(data.draw(st.permutations(asked.visits))),
        reviewers=tuple(data.draw(st.permutations(asked.reviewers))),
        declared=tuple(data.draw(st.permutations(asked.declared))) * 2,
    )
    one, two = prepare(asked), prepare(other)
    assert (one.cycles, one.reviewers, one.roles) == (two.cycles, two.reviewers, two.roles)
    assert alike(one.instance, two.instance)


@settings(max_examples=40, deadline=None)
@given(asked=questions())
def test_obstacles_are_said_in_the_stated_order_and_say_nothing_private(asked: Question) -> None:
    pool = Obstacles(asked)
    for visit in asked.visits:
        for one in asked.reviewers:
            found = pool.between(reviewer=one.id, cycle=visit.cycle)
            places = [ORDER.index(obstacle.kind) for obstacle in found]
            assert places == sorted(set(places))
            assert [obstacle for obstacle in found if "private" in obstacle.reason or not obstacle.reason] == []


LEAD = Reviewer(id=1, name="Reviewer 1", roles=frozenset({"lead"}), organisation=20, capacity=2)
LAY = Reviewer(id=2, name="Reviewer 2", roles=frozenset({"lay"}), organisation=None, capacity=1)
BOTH = Reviewer(id=3, name="Reviewer 3", roles=frozenset({"lead", "lay"}), organisation=30, capacity=3, visits_done=9)
VISIT = Visit(cycle=100, team_name="Team 100", organisation=10)
OTHER = Visit(cycle=101, team_name="Team 101", organisation=20)


def asked(**changes: object) -> Question:
    plain = Question(visits=(VISIT, OTHER), reviewers=(LEAD, LAY, BOTH), seats=seats(1, 1))
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("held", "size", "expected"),
    [
        ((0, 0), None, Lacking(need=(1, 1), room=(2, 2), size=2)),
        ((0, 0), 3, Lacking(need=(1, 1), room=(2, 2), size=3)),
        ((2, 0), 3, Lacking(need=(0, 1), room=(0, 2), size=1)),
        ((2, 1), 3, Lacking(need=(0, 0), room=(0, 1), size=0)),
        ((2, 0), 2, Lacking(need=(0, 1), room=(0, 2), size=1)),  # a lead too many leaves the lay seat to be filled
        ((5, 5), 3, Lacking(need=(0, 0), room=(0, 0), size=0)),
    ],
)
def test_what_a_team_lacks_beside_those_who_sit(held: tuple[int, int], size: int | None, expected: Lacking) -> None:
    rules = AssignmentRules(team_size=size)
    assert lacking(rules=rules, seats=seats(1, 1)[:2], held=held) == expected


def test_only_a_seat_that_is_lacking_or_has_room_in_the_surplus_is_open() -> None:
    assert Lacking(need=(1, 0), room=(2, 2), size=1).open == (True, False)
    assert Lacking(need=(1, 0), room=(2, 2), size=2).open == (True, True)
    assert Lacking(need=(0, 0), room=(2, 0), size=1).open == (True, False)


def test_seats_that_stand_or_are_locked_reduce_what_is_lacking_and_use_up_visits() -> None:
    rules = AssignmentRules.model_validate(
        {"team_size": 3, "experienced": {"at_least": 1, "after_visits": 5}, "colleagues": "barred"}
    )
    stands, locked = Seated(cycle=100, role="lead", reviewer=3), Seated(cycle=101, role="lay", reviewer=3)
    found = prepare(asked(rules=rules, already=(stands,), locks=(locked,)))
    demand, supply = found.instance.demand, found.instance.supply
    assert demand.need.tolist() == [[0, 1], [1, 0]]
    assert demand.room.tolist() == [[1, 2], [2, 1]]
    assert demand.size.tolist() == [2, 2]
    assert demand.experienced.tolist() == [0, 0]
    assert demand.fit.tolist() == [FULL_FIT, FULL_FIT]
    assert (supply.left.tolist(), supply.load.tolist()) == ([2, 1, 1], [0, 0, 2])
    assert found.instance.crossing.seated == {(0, 2), (1, 2)}
    assert found.instance.crossing.going == {(2, 0), (2, 1)}
    assert placed(found).keys() == {(1, 100), (2, 100), (2, 101)}


def test_who_sits_now_may_stay_and_who_is_banned_may_not() -> None:
    stays = (Seated(cycle=100, role="lead", reviewer=1), Seated(cycle=101, role="lead", reviewer=1))
    found = prepare(asked(stays=stays, bans=(Ban(cycle=100, reviewer=2),)))
    assert placed(found).keys() == {(1, 100), (3, 100), (2, 101), (3, 101)}  # their own organisation: gone from 101
    assert found.instance.places.stays.tolist() == [True, False, False, False]
    assert found.instance.demand.size.tolist() == [2, 2]


def test_lots_depend_on_the_two_ids_alone() -> None:
    few, more = prepare(asked(visits=(OTHER,))), prepare(asked())
    lots = dict(zip(placed(more), more.instance.places.lot.tolist(), strict=True))
    assert few.instance.places.lot.tolist() == [lots[pair] for pair in placed(few)]
    assert len(set(lots.values())) == len(lots)
    assert all(0 <= lot < 1 << 16 for lot in lots.values())


def test_a_filling_is_read_in_names() -> None:
    found = prepare(asked())
    rows = [list(placed(found)).index(pair) for pair in ((1, 100), (2, 100))]
    taken = Filling(place=np.array(rows), role=np.array([0, 1]))
    assert found.seated(taken) == (
        Seated(cycle=100, role="lay", reviewer=2), Seated(cycle=100, role="lead", reviewer=1),
    )  # fmt: skip


def test_who_stays_goes_on_in_the_role_they_held_where_somebody_else_can_have_the_other() -> None:
    both = {"roles": frozenset({"lead", "lay"})}
    pool = (replace(LEAD, **both), replace(BOTH, id=2), replace(LAY, id=4))  # type: ignore[arg-type]
    stays = (Seated(cycle=100, role="lay", reviewer=1), Seated(cycle=100, role="lead", reviewer=2))
    found = prepare(asked(visits=(VISIT,), reviewers=pool, stays=stays))
    rows = [list(placed(found)).index(pair) for pair in ((1, 100), (2, 100))]
    assert set(found.seated(Filling(place=np.array(rows), role=np.array([0, 1])))) == set(stays)
    with_lay = [rows[0], list(placed(found)).index((4, 100))]  # who is lay only leaves the other no choice
    assert found.seated(Filling(place=np.array(with_lay), role=np.array([0, 1]))) == (
        Seated(cycle=100, role="lay", reviewer=4), Seated(cycle=100, role="lead", reviewer=1),
    )  # fmt: skip


@given(masks=st.lists(st.integers(1, 7), min_size=1, max_size=4), data=st.data())
def test_roles_are_shared_out_among_those_who_can_hold_them_and_as_many_as_possible_keep_theirs(
    masks: list[int], data: st.DataObject
) -> None:
    given_ = [data.draw(st.sampled_from([role for role in range(3) if mask >> role & 1])) for mask in masks]
    people = list(range(len(masks)))
    held = {one: data.draw(st.integers(0, 2)) for one in data.draw(st.sets(st.sampled_from(people)))}
    found = kept_roles(people=people, masks=masks, roles=given_, held=held)
    fair = [
        roles
        for roles in permutations(given_)
        if all(mask >> role & 1 for mask, role in zip(masks, roles, strict=True))
    ]
    assert tuple(found) in fair

    def keep(roles: Sequence[int]) -> int:
        return sum(held.get(one) == role for one, role in enumerate(roles))

    assert keep(found) == max(keep(roles) for roles in fair)


@pytest.mark.parametrize("changes", [{"reviewers": ()}, {"visits": ()}, {"seats": ()}])
def test_nobody_nothing_and_no_seats_make_an_empty_round(changes: dict[str, object]) -> None:
    found = prepare(asked(**changes)).instance
    assert len(found.places) == 0
    assert found.demand.need.shape == (found.demand.visits, found.demand.roles)


def test_more_pairs_than_a_machine_holds_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "MOST", 3)
    with pytest.raises(
        Invalid, match=r"2 visits and 3 reviewers: more than 3 pairs of them could come together; a limit"
    ):
        prepare(asked())
    monkeypatch.setattr(together, "MOST", len(told(asked(), observing=False)))
    assert len(prepare(asked()).instance.places) == together.MOST


def test_only_the_visits_named_are_looked_at() -> None:
    assert prepare(asked(), cycles={101}).cycles == (101,)


def reasons(reviewer: Reviewer, **changes: object) -> list[str]:
    pool = Obstacles(asked(**{"reviewers": (LEAD, LAY, BOTH, reviewer), **changes}))
    return [one.reason for one in pool.between(reviewer=reviewer.id, cycle=100)]


def test_each_obstacle_is_said_in_words() -> None:
    new = replace(LEAD, id=9)
    stands = Seated(cycle=101, role="lead", reviewer=9)
    limit = AssignmentRules.model_validate({"most_visits": 1, "region": "same", "travel": {"at_most": 60}})
    assert reasons(replace(new, capacity=0)) == ["offers no visit in this round"]
    assert reasons(replace(new, capacity=1), already=(stands,)) == ["has 1 visit, as many as they offer"]
    assert reasons(new, already=(stands,), rules=limit) == [
        "their region or the visit's is not known, and the scheme looks at it",
        "the way there is not known, and the scheme limits it",
        "has 1 visit, the most for one reviewer",
    ]
    assert reasons(replace(new, roles=frozenset({"nurse"}))) == ["holds none of the roles lead or lay"]
    stroke = seats(1, 1, specialties=["stroke"])
    assert reasons(new, seats=stroke) == ["holds the role lead, but not the specialty stroke"]
    leads = (Seated(cycle=100, role="lead", reviewer=1), Seated(cycle=100, role="lead", reviewer=3))
    five = AssignmentRules.model_validate({"colleagues": "barred", "team_size": 5})
    assert reasons(new, already=leads) == ["every seat that they could hold is taken"]
    back = Seated(cycle=101, role="lay", reviewer=4)
    visitor = replace(LAY, id=4, organisation=10)
    assert reasons(new, already=(back,), reviewers=(LEAD, visitor, new)) == [
        "somebody from this organisation visits theirs in this round"
    ]
    assert reasons(new, already=leads[:1], rules=five) == ["somebody of the same employer sits in this team"]
    first, second = (Days(first=DAY, last=DAY + timedelta(days)) for days in (1, 2))
    both = (replace(VISIT, days=first), replace(OTHER, days=second))
    elsewhere = replace(new, engaged=(Engaged(team_name="Far", days=second),))
    assert reasons(new, visits=both, already=(stands,)) == ["already visits Team 101 on a day of this visit"]
    assert reasons(elsewhere, visits=both, already=(stands,)) == [
        "already visits Far and Team 101 on a day of this visit"
    ]
    assert reasons(elsewhere, visits=both, already=(stands,), at_once=True) == []
    assert reasons(new, bans=(Ban(cycle=100, reviewer=9),)) == ["left out by the college office"]
