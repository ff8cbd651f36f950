from hypothesis import given
from hypothesis import strategies as st

from accreditation.rules.conflicts import (
    Conflict,
    Declared,
    Reciprocal,
    Reviewer,
    Visit,
    conflicts,
    reciprocal,
)

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


def test_staff_may_not_review_their_own_organisation() -> None:
    found = conflicts(reviewers=[reviewer(1, NORTH), reviewer(2, SOUTH)], visits=[visit(7, NORTH)], declared=[])
    assert found == (Conflict(reviewer=1, cycle=7, kind="own_organisation", reason="is employed by this organisation"),)


def test_a_declaration_is_said_without_its_private_reason() -> None:
    found = conflicts(
        reviewers=[reviewer(1, SOUTH)], visits=[visit(7, NORTH)], declared=[declared(1, NORTH, "a private matter")]
    )
    assert found == (
        Conflict(
            reviewer=1,
            cycle=7,
            kind="declared",
            reason="declared a conflict of interest with this organisation",
        ),
    )


def test_every_visit_to_the_organisation_is_in_conflict_and_each_is_named_once() -> None:
    found = conflicts(
        reviewers=[reviewer(2, None), reviewer(1, NORTH)],
        visits=[visit(8, NORTH), visit(7, NORTH), visit(9, EAST)],
        declared=[declared(2, NORTH), declared(2, NORTH, "said again"), declared(1, NORTH)],
    )
    assert [(one.cycle, one.reviewer, one.kind) for one in found] == [
        (7, 1, "own_organisation"),
        (7, 1, "declared"),
        (7, 2, "declared"),
        (8, 1, "own_organisation"),
        (8, 1, "declared"),
        (8, 2, "declared"),
    ]


def test_a_declaration_about_somebody_outside_the_round_says_nothing() -> None:
    assert conflicts(reviewers=[reviewer(1, SOUTH)], visits=[visit(7, NORTH)], declared=[declared(5, NORTH)]) == ()


def test_a_lay_reviewer_without_an_employer_has_no_own_organisation() -> None:
    assert conflicts(reviewers=[reviewer(1, None)], visits=[visit(7, NORTH)], declared=[]) == ()


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
    found = conflicts(
        reviewers=data.draw(st.permutations(reviewers)),
        visits=data.draw(st.permutations(visits)),
        declared=data.draw(st.permutations(said)),
    )
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
