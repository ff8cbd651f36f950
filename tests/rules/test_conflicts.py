from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.rules.conflicts import (
    CAN_ARISE,
    Conflict,
    Declared,
    Kind,
    Reciprocal,
    Reviewer,
    Visit,
    conflicts_between,
    reciprocal,
    since_words,
)
from accreditation.scheme.process import AssignmentRules

NO_RULES = AssignmentRules()
NORTH, SOUTH, EAST = 10, 20, 30


def reviewer(number: int, organisation: int | None) -> Reviewer:
    return Reviewer(
        id=number,
        name=f"Reviewer {number} (nurse)",
        roles=frozenset({"nurse"}),
        organisation=organisation,
        capacity=2,
    )


def visit(cycle: int, organisation: int) -> Visit:
    return Visit(cycle=cycle, team_name=f"Team {cycle}", organisation=organisation)


def declared(number: int, organisation: int, reason: str = "worked there in 2022") -> Declared:
    return Declared(reviewer=number, organisation=organisation, reason=reason)


def between(one: Reviewer, there: Visit, declarations: Sequence[Declared] = ()) -> tuple[Conflict, ...]:
    return conflicts_between(reviewer=one, visit=there, rules=NO_RULES, declared=declarations)


def test_staff_may_not_review_their_own_organisation() -> None:
    assert between(reviewer(1, NORTH), visit(7, NORTH)) == (
        Conflict(reviewer=1, cycle=7, kind="own_organisation", reason="is employed by this organisation"),
    )
    assert between(reviewer(2, SOUTH), visit(7, NORTH)) == ()


def test_a_declaration_is_said_without_its_private_reason() -> None:
    assert between(reviewer(1, SOUTH), visit(7, NORTH), [declared(1, NORTH, "a private matter")]) == (
        Conflict(reviewer=1, cycle=7, kind="declared", reason="declared a conflict of interest with this organisation"),
    )


def test_a_lay_reviewer_without_an_employer_has_no_own_organisation() -> None:
    assert between(reviewer(1, None), visit(7, NORTH)) == ()


REASONS: Mapping[Kind, str] = {
    "own_organisation": "is employed by this organisation",
    "in_service": "has or had a role in this team or its organisation",
    "same_network": "is employed in the same network",
    "worked_there": "worked at this organisation within 3 years before the visit",
    "declared": "declared a conflict of interest with this organisation",
    "declared_by_service": "was declared by this service to be in conflict with it",
}


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (["own_organisation"], "is employed by this organisation by now"),
        (["in_service"], "is known by now to have, or to have had, a role in this team or its organisation"),
        (["same_network"], "is employed in the same network by now"),
        (
            ["worked_there"],
            "is known by now to have worked at this organisation within 3 years before the visit",
        ),
        (["declared"], "a conflict of interest with this service is declared by now"),
        (["declared_by_service"], "this service has declared a conflict of interest by now"),
        (["own_organisation", "same_network"], "is employed by this organisation by now"),
        (
            ["same_network", "declared"],
            "is employed in the same network by now; a conflict of interest with this service is declared by now",
        ),
    ],
)
def test_what_came_to_be_known_later_is_said_so(kinds: Sequence[Kind], said: str) -> None:
    found = [Conflict(reviewer=1, cycle=7, kind=kind, reason=REASONS[kind]) for kind in kinds]
    assert since_words(found) == said


def test_everything_that_can_arise_later_has_its_words() -> None:
    assert frozenset(REASONS) == CAN_ARISE


def test_two_organisations_that_visit_each_other_are_reciprocal() -> None:
    there, back = (reviewer(1, NORTH), visit(8, SOUTH)), (reviewer(2, SOUTH), visit(7, NORTH))
    assert reciprocal(pairs=[back, there]) == (
        Reciprocal(
            organisations=(NORTH, SOUTH),
            reviewers=(1, 2),
            cycles=(8, 7),
            reason=(
                "Reviewer 1 (nurse) reviews Team 8 and Reviewer 2 (nurse) reviews Team 7 in the same round, "
                "and each is employed by the organisation that the other visits"
            ),
        ),
    )


def test_every_reciprocal_pair_is_named() -> None:
    pairs = [
        (reviewer(1, NORTH), visit(8, SOUTH)),
        (reviewer(3, NORTH), visit(8, SOUTH)),
        (reviewer(2, SOUTH), visit(7, NORTH)),
        (reviewer(2, SOUTH), visit(6, NORTH)),
    ]
    assert [(one.cycles, one.reviewers) for one in reciprocal(pairs=pairs)] == [
        ((8, 6), (1, 2)),
        ((8, 6), (3, 2)),
        ((8, 7), (1, 2)),
        ((8, 7), (3, 2)),
    ]


def test_a_ring_of_three_is_not_reciprocal() -> None:
    ring = [
        (reviewer(1, NORTH), visit(8, SOUTH)),
        (reviewer(2, SOUTH), visit(9, EAST)),
        (reviewer(3, EAST), visit(7, NORTH)),
    ]
    assert reciprocal(pairs=ring) == ()


def test_reviewing_ones_own_employer_is_a_conflict_and_not_reciprocity() -> None:
    assert reciprocal(pairs=[(reviewer(1, NORTH), visit(7, NORTH)), (reviewer(2, NORTH), visit(7, NORTH))]) == ()


def test_lay_reviewers_without_an_employer_are_never_reciprocal() -> None:
    assert reciprocal(pairs=[(reviewer(1, None), visit(8, SOUTH)), (reviewer(2, SOUTH), visit(7, NORTH))]) == ()


ORGANISATIONS = st.sampled_from([NORTH, SOUTH, EAST])


@given(
    employers=st.lists(st.none() | ORGANISATIONS, max_size=5),
    visited=st.lists(ORGANISATIONS, max_size=4),
    declarations=st.lists(st.tuples(st.integers(0, 5), ORGANISATIONS), max_size=5),
    data=st.data(),
)
def test_conflicts_are_exactly_those_of_the_definition_in_any_order_of_rows(
    employers: list[int | None], visited: list[int], declarations: list[tuple[int, int]], data: st.DataObject
) -> None:
    reviewers = [reviewer(number, employer) for number, employer in enumerate(employers)]
    visits = [visit(100 + number, organisation) for number, organisation in enumerate(visited)]
    said = [declared(number, organisation) for number, organisation in declarations]
    expected = [
        (one.cycle, person.id, kind)
        for one in visits
        for person in reviewers
        for kind, is_so in (
            ("own_organisation", person.organisation == one.organisation),
            ("declared", (person.id, one.organisation) in declarations),
        )
        if is_so
    ]
    mixed = data.draw(st.permutations(said))
    found = [conflict for one in visits for person in reviewers for conflict in between(person, one, mixed)]
    assert [(one.cycle, one.reviewer, one.kind) for one in found] == expected


@given(
    rows=st.lists(st.tuples(st.integers(0, 4), st.none() | ORGANISATIONS, ORGANISATIONS), max_size=7), data=st.data()
)
def test_reciprocal_pairs_are_exactly_those_of_the_definition_in_any_order_of_rows(
    rows: list[tuple[int, int | None, int]], data: st.DataObject
) -> None:
    pairs = [
        (reviewer(number, employer), visit(100 + place, organisation))
        for place, (number, employer, organisation) in enumerate(rows)
    ]
    expected = {
        frozenset({(one.id, there.cycle), (other.id, back.cycle)})
        for one, there in pairs
        for other, back in pairs
        if one.organisation == back.organisation
        and other.organisation == there.organisation
        and one.organisation != other.organisation
    }
    found = reciprocal(pairs=data.draw(st.permutations(pairs)))
    assert found == reciprocal(pairs=pairs)
    assert {frozenset(zip(one.reviewers, one.cycles, strict=True)) for one in found} == expected
