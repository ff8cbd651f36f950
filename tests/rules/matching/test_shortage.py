from dataclasses import replace

import numpy as np
from hypothesis import given, settings

from accreditation.rules.matching import flow
from accreditation.rules.matching.arrays import Instance
from accreditation.rules.matching.network import Network
from accreditation.rules.matching.shortage import ANY, Seats, Shortage, shortages
from tests.rules.matching.small import rounds, whole
from tests.rules.matching.test_teams import two_teams


def found(asked: Instance) -> tuple[Shortage, ...]:
    network = Network(asked)
    return shortages(network, flow.best(network).flow)


def only(asked: Instance, seats: list[Seats]) -> Instance:
    """The same round with these seats and no others; a role that helps out in ANY seat has no more room than before."""
    demand = asked.demand
    need, surplus = np.zeros_like(demand.need), np.zeros_like(demand.size)
    for one in seats:
        if one.role == ANY:
            surplus[one.visit] = one.number
        else:
            need[one.visit, one.role] = one.number
    room = need + demand.room - demand.need
    return replace(asked, demand=replace(demand, need=need, room=room, size=need.sum(axis=1) + surplus))


@settings(max_examples=60, deadline=None)
@given(asked=rounds(visits=4))
def test_a_group_is_short_whatever_is_done_and_no_smaller_one_is_short_by_as_many(asked: Instance) -> None:
    groups = found(asked)
    assert sum(group.short for group in groups) == flow.best(Network(asked)).empty
    for group in groups:
        assert group.short > 0
        assert flow.best(Network(only(asked, list(group.seats)))).empty == group.short
        for visit in group.visits:
            fewer = [one for one in group.seats if one.visit != visit]
            assert flow.best(Network(only(asked, fewer))).empty < group.short


@settings(max_examples=60, deadline=None)
@given(asked=rounds(visits=4))
def test_a_group_s_numbers_add_up_and_groups_share_nothing(asked: Instance) -> None:
    groups = found(asked)
    for group in groups:
        through = group.left + len(group.once) + sum(one.number for one in group.full)
        assert group.wanted == through + group.short
        assert group.left == asked.supply.left[group.reviewers].sum()
    people = [who for group in groups for who in group.reviewers.tolist()]
    seats = [(one.visit, one.role) for group in groups for one in group.seats]
    assert (len(people), len(seats)) == (len(set(people)), len(set(seats)))


def test_a_group_names_its_seats_and_its_people() -> None:
    (group,) = found(two_teams(1, 2, 3, 4))
    seats = (Seats(visit=0, role=0, number=2), Seats(visit=1, role=0, number=2))
    assert (group.seats, group.reviewers.tolist(), group.left, group.short) == (seats, [0, 1], 2, 2)
    assert (group.once.tolist(), group.full, group.visits, group.wanted) == ([], (), [0, 1], 4)


def test_people_who_have_visits_left_but_sit_there_already_are_named_by_their_places() -> None:
    asked = two_teams(1, 2, 3, 4)
    three = np.full_like(asked.demand.need, 3)
    demand = replace(asked.demand, need=three, room=three, size=whole(3, 3))
    groups = found(replace(asked, supply=replace(asked.supply, left=whole(2, 2)), demand=demand))
    assert [(group.reviewers.tolist(), group.once.tolist(), group.short) for group in groups] == [
        ([], [0, 1], 1),
        ([], [2, 3], 1),
    ]


def test_a_team_whose_roles_have_no_room_for_its_size_is_short_by_itself() -> None:
    asked = two_teams(1, 2, 3, 4)
    asked = replace(asked, supply=replace(asked.supply, left=whole(2, 2)))
    groups = found(replace(asked, demand=replace(asked.demand, size=whole(3, 2))))
    assert [(one.seats, one.reviewers.tolist(), one.full, one.short) for one in groups] == [
        ((Seats(visit=0, role=ANY, number=1),), [], (), 1)
    ]


def test_a_round_that_can_be_filled_has_no_shortage() -> None:
    asked = two_teams(1, 2, 3, 4)
    assert found(replace(asked, supply=replace(asked.supply, left=whole(2, 2)))) == ()
