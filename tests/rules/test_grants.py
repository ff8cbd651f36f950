"""What may be given to whom, and who somebody is on a page: whole tables, written out by hand."""

from collections.abc import Mapping
from itertools import combinations, product

import pytest

from accreditation.errors import NotFound, NotPermitted
from accreditation.rules.grants import (
    BOUNDS,
    ROLES_OF,
    WHOLE,
    Area,
    Grant,
    Reach,
    Thing,
    acting,
    faults_of,
    may_give,
    may_take_back,
    principals,
    reaches_anything,
    reaching,
)
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import ROLE_TABLE, Permission

NAMES = ("team", "organisation", "reviewer", "scheme", "round")
SETS = [names for size in range(3) for names in combinations(NAMES, size)]

MAY_BE: Mapping[Role, list[tuple[str, ...]]] = {
    Role.TEAM_LEAD: [("team",), ("organisation",)],
    Role.TEAM_MEMBER: [("team",), ("organisation",)],
    Role.REVIEWER: [("reviewer",)],
    Role.OFFICE: [(), ("scheme",), ("round",)],
    Role.COMMITTEE: [(), ("scheme",), ("round",)],
}


def grant(role: Role, *names: str, number: int = 1) -> Grant:
    bounds = {name: "small" if name == "scheme" else 1 for name in names}
    return Grant(role=role, id=number, **bounds)  # type: ignore[arg-type]  # by name, as a form does


@pytest.mark.parametrize("role", Role)
def test_a_role_is_bound_to_what_it_can_be_bound_to_and_to_nothing_else(role: Role) -> None:
    sound = [names for names in SETS if not faults_of(grant(role, *names))]
    assert sound == [names for names in SETS if names in MAY_BE.get(role, [])]


def test_what_is_wrong_with_a_grant_is_said() -> None:
    assert [str(one) for one in faults_of(grant(Role.TEAM_LEAD, "team", "reviewer"))] == [
        "what team_lead is bound to: team and reviewer; exactly one of: team, organisation"
    ]
    assert [str(one) for one in faults_of(Grant(role=Role.ENGINE))] == [
        "role: engine; one of team_lead, team_member, reviewer, office, committee"
    ]


MAY_GIVE = {
    Role.OFFICE: {(role, names) for role, sets in MAY_BE.items() for names in sets},
    Role.TEAM_LEAD: {(Role.TEAM_LEAD, ("team",)), (Role.TEAM_MEMBER, ("team",))},
}


@pytest.mark.parametrize("giver", Role)
def test_a_lead_gives_roles_in_the_own_team_and_the_office_all(giver: Role) -> None:
    by = Principal(name="somebody", role=giver, team=1)
    given = set()
    for role, sets in MAY_BE.items():
        for names in sets:
            try:
                may_give(by, grant(role, *names))
            except NotPermitted:
                continue
            given.add((role, names))
    assert given == MAY_GIVE.get(giver, set())


def test_a_lead_gives_no_role_in_the_team_of_others() -> None:
    with pytest.raises(NotFound, match="There is no such team, or it is not yours"):
        may_give(Principal(name="lead", role=Role.TEAM_LEAD, team=2), grant(Role.TEAM_MEMBER, "team"))


@pytest.mark.parametrize("role", BOUNDS)
def test_a_lead_takes_back_roles_in_the_own_team_alone(role: Role) -> None:
    lead = Principal(name="lead", role=Role.TEAM_LEAD, team=1)
    taken = set()
    for names in (*((one,) for one in BOUNDS[role]), ()):
        try:
            may_take_back(lead, grant(role, *names))
        except NotFound:
            continue
        taken.add(names)
    assert taken == ({("team",)} if role in ROLES_OF[Area.TEAM] else set())
    with pytest.raises(NotFound, match="no such role in your team"):
        may_take_back(Principal(name="lead", role=Role.TEAM_LEAD, team=2), grant(Role.TEAM_MEMBER, "team"))


HERE = Thing(team=1, organisation=1, scheme="small", round=1, reviewers=frozenset({1}))
ELSEWHERE = Thing(team=2, organisation=2, scheme="large", round=2)

FITS = {
    # area, what it is bound to: nothing in particular, the own cycle, the cycle of others
    (Area.TEAM, ("team",)): (True, True, False),
    (Area.TEAM, ("organisation",)): (False, True, False),
    (Area.REVIEW, ("reviewer",)): (True, True, True),  # who reviews a cycle is looked at by whoever shows it
    (Area.COLLEGE, ()): (True, True, True),
    (Area.COLLEGE, ("scheme",)): (False, True, False),
    (Area.COLLEGE, ("round",)): (False, True, False),
}


@pytest.mark.parametrize("area", Area)
def test_a_grant_reaches_what_it_is_bound_to_in_its_area_alone(area: Area) -> None:
    for role, names in ((role, names) for role, sets in MAY_BE.items() for names in sets):
        expected = FITS[(area, names)] if role in ROLES_OF[area] else (False, False, False)
        found = tuple(
            acting(name="x", grants=[grant(role, *names)], area=area, permission=Permission.CYCLE_READ, thing=thing)
            is not None
            for thing in (None, HERE, ELSEWHERE)
        )
        assert found == expected, (role, names)


@pytest.mark.parametrize("permission", Permission)
def test_of_two_that_fit_the_one_that_may_do_it_counts(permission: Permission) -> None:
    every = [grant(role, *names, number=number) for number, (role, names) in enumerate(
        ((role, names) for role, sets in MAY_BE.items() for names in sets), start=1)]  # fmt: skip
    for area, (one, other) in product(Area, combinations(every, 2)):
        both = [acting(name="x", grants=two, area=area, permission=permission, thing=HERE)
                for two in ([one, other], [other, one])]  # fmt: skip
        assert both[0] == both[1]
        alone = [acting(name="x", grants=[each], area=area, permission=permission, thing=HERE) for each in (one, other)]
        could = any(each is not None and permission in ROLE_TABLE[each.principal.role] for each in alone)
        assert (both[0] is not None and permission in ROLE_TABLE[both[0].principal.role]) == could


def test_a_lead_here_and_a_reviewer_there_is_one_of_them_at_a_time_and_is_told_why() -> None:
    held = [
        Grant(id=1, role=Role.TEAM_MEMBER, organisation=1),
        Grant(id=2, role=Role.TEAM_LEAD, team=1),
        Grant(id=3, role=Role.REVIEWER, reviewer=7),
        Grant(id=4, role=Role.OFFICE),
        Grant(id=5, role=Role.OFFICE, scheme="small"),
    ]
    told = {}
    for area in Area:
        found = acting(name="x", grants=held, area=area, permission=Permission.CYCLE_READ, thing=HERE)
        assert found is not None
        told[area] = (found.principal, found.why)
    assert told == {
        Area.TEAM: (
            Principal(name="x", role=Role.TEAM_LEAD, team=1),
            "You act as 'Team lead, team 1': of your 2 roles here it may do the most, or is meant for just this.",
        ),
        Area.REVIEW: (
            Principal(name="x", role=Role.REVIEWER, reviewer=7),
            "You act as 'Reviewer, reviewer 7': no other role of yours is for this.",
        ),
        Area.COLLEGE: (
            Principal(name="x", role=Role.OFFICE),
            "You act as 'College office, scheme small': of your 2 roles here it may do the most, "
            "or is meant for just this.",
        ),
    }


def test_a_member_of_an_organisation_acts_for_the_team_that_the_page_is_about() -> None:
    found = acting(
        name="x", grants=[grant(Role.TEAM_MEMBER, "organisation")], area=Area.TEAM, permission=Permission.CYCLE_READ,
        thing=HERE,
    )  # fmt: skip
    assert found is not None
    assert found.principal == Principal(name="x", role=Role.TEAM_MEMBER, team=1)


def test_committee_and_office_each_do_what_is_theirs() -> None:
    both = [grant(Role.OFFICE), grant(Role.COMMITTEE, number=2)]
    for permission, role in ((Permission.AWARD_DECIDE, Role.COMMITTEE), (Permission.AWARD_PUBLISH, Role.OFFICE)):
        found = acting(name="x", grants=both, area=Area.COLLEGE, permission=permission, thing=HERE)
        assert found is not None
        assert (found.principal.role, found.why.endswith("it alone may do this.")) == (role, True)


def test_lists_are_of_everything_that_is_ones_own_each_once() -> None:
    held = [
        Grant(id=1, role=Role.TEAM_MEMBER, organisation=1),
        Grant(id=2, role=Role.TEAM_LEAD, team=2),
        Grant(id=3, role=Role.OFFICE, scheme="small"),
    ]
    teams = principals(name="x", grants=held, area=Area.TEAM, teams_of={1: [2, 3]})
    assert teams == (
        Principal(name="x", role=Role.TEAM_LEAD, team=2),
        Principal(name="x", role=Role.TEAM_MEMBER, team=3),
    )
    assert principals(name="x", grants=held, area=Area.COLLEGE, teams_of={}) == ()


def test_a_list_of_the_college_has_what_all_roles_that_hold_the_permission_reach() -> None:
    scheme, round_ = Grant(id=1, role=Role.OFFICE, scheme="small"), Grant(id=2, role=Role.COMMITTEE, round=7)
    both, lead = [scheme, round_], Grant(id=3, role=Role.TEAM_LEAD, team=1)

    def found(grants: list[Grant], permission: Permission) -> tuple[Role, Reach] | None:
        told = reaching(name="x", grants=grants, permission=permission)
        return None if told is None else (told[0].role, told[1])

    reach = Reach(schemes=frozenset({"small"}), rounds=frozenset({7}))
    assert found(both, Permission.ROUND_READ) == (Role.OFFICE, reach)
    assert found(both, Permission.AWARD_DECIDE) == (Role.COMMITTEE, Reach(rounds=frozenset({7})))
    assert found(both, Permission.REVIEW_RATE) == (Role.OFFICE, Reach())
    assert found([lead], Permission.ROUND_READ) is None
    assert found([*both, Grant(id=4, role=Role.COMMITTEE)], Permission.ROUND_READ) == (
        Role.OFFICE, Reach(whole=True, schemes=frozenset({"small"}), rounds=frozenset({7}))
    )  # fmt: skip
    assert [reach.has(scheme=name, round=number) for name, number in [("small", 1), ("other", 7), ("other", 1)]] == [
        True, True, False
    ]  # fmt: skip
    assert WHOLE.has(scheme="other", round=1)
    assert [reaches_anything(one, permission=Permission.ROUND_READ) for one in (both, [lead], [])] == [
        True, False, False
    ]  # fmt: skip


def test_every_role_that_is_given_has_its_bounds() -> None:
    assert set(BOUNDS) == set(MAY_BE) == {role for roles in ROLES_OF.values() for role in roles}
