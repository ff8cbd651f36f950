import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.errors import Fault, Invalid
from accreditation.rules.conflicts import Declared, Reviewer, Visit
from accreditation.rules.matching import Assigned, Match, Question, Seated, Unfilled, match, violations


@dataclass(frozen=True, slots=True)
class Seat:
    role: str
    minimum: int = 1
    maximum: int = 1
    specialties: tuple[str, ...] = ()
    observes: bool = False


def stands(reviewer: int, cycle: int, role: str) -> Seated:
    return Seated(cycle=cycle, role=role, reviewer=reviewer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything match() is asked with."""

    visits: Sequence[Visit] = ()
    reviewers: Sequence[Reviewer] = ()
    seats: Sequence[Seat] = (Seat("lay"),)
    declared: Sequence[Declared] = ()
    already: Sequence[Seated] = ()
    elsewhere: Sequence[Visit] = field(default=())

    def match(self, *, shortlist: int = 8) -> Match:
        asked = Question(
            visits=tuple(self.visits),
            reviewers=tuple(self.reviewers),
            seats=tuple(self.seats),
            declared=tuple(self.declared),
            already=tuple(self.already),
            elsewhere=tuple(self.elsewhere),
        )
        return match(asked, shortlist=shortlist)

    def violations(self, assigned: Sequence[Assigned | Seated]) -> tuple[str, ...]:
        return violations(
            visits=[*self.visits, *self.elsewhere],
            reviewers=self.reviewers,
            seats=self.seats,
            declared=self.declared,
            assigned=assigned,
        )


def person(number: int, *roles: str, organisation: int | None = None, capacity: int = 1) -> Reviewer:
    name = f"Reviewer {number} ({roles[0]})"
    return Reviewer(id=number, name=name, roles=frozenset(roles), organisation=organisation, capacity=capacity)


def visit(cycle: int, organisation: int) -> Visit:
    return Visit(cycle=cycle, team_name=f"Team {cycle}", organisation=organisation)


# The words.


def test_an_assigned_reviewer_is_given_the_reason_in_words() -> None:
    found = Case(visits=[visit(7, 10)], reviewers=[person(1, "lay", capacity=3)]).match()
    sits = Assigned(
        cycle=7, reviewer=1, role="lay", why="holds the role lay, no conflict with Team 7, 1 of 3 visits this round"
    )
    assert found == Match(assigned=(sits,), kept=(), unfilled=())
    assert (found.complete, found.teams) == (True, {7: (sits,)})


def test_a_seat_nobody_can_hold_says_so_and_what_would_help() -> None:
    found = Case(visits=[visit(7, 10)], seats=[Seat("lead_clinician", 2, 2)]).match()
    why = (
        "no reviewer holds the role lead clinician; to fill a place, register another reviewer who holds the role "
        "lead clinician and has no conflict with Team 7"
    )
    unfilled = Unfilled(cycle=7, team_name="Team 7", role="lead_clinician", missing=2, why=why)
    assert found == Match(assigned=(), kept=(), unfilled=(unfilled,))
    assert (found.complete, found.teams) == (False, {})


def test_an_unfilled_seat_counts_what_keeps_each_holder_of_the_role_from_it() -> None:
    case = Case(
        visits=[visit(7, 10)],
        elsewhere=[visit(8, 20), visit(9, 40)],
        seats=[Seat("nurse", 2, 2)],
        reviewers=[
            person(1, "nurse", organisation=10, capacity=2),
            person(2, "nurse", organisation=30),
            person(3, "nurse", organisation=20),
            person(4, "nurse", organisation=30),
            person(5, "nurse", organisation=30),
            person(6, "nurse", organisation=30, capacity=0),
        ],
        declared=[Declared(reviewer=2, organisation=10, reason="a private matter")],
        already=[stands(1, 8, "nurse"), stands(4, 7, "nurse"), stands(5, 9, "nurse")],
    )
    found = case.match()
    assert [seat.why for seat in found.unfilled] == [
        "6 reviewers hold the role nurse: 1 employed by its organisation, 1 with a declared conflict of interest, "
        "1 already in this team, 1 barred by reciprocity, as somebody from this team's organisation visits theirs in "
        "this round, 2 with no capacity left; to fill a place, register another reviewer who holds the role nurse and "
        "has no conflict with Team 7, or raise the capacity of Reviewer 5 (nurse) or Reviewer 6 (nurse)"
    ]
    assert [one.why for one in found.kept] == [
        "keeps the seat nurse, no conflict with Team 7, 1 of 1 visits this round"
    ]


def test_many_whose_capacity_could_be_raised_are_not_all_named() -> None:
    case = Case(visits=[visit(7, 10)], reviewers=[person(number, "lay", capacity=0) for number in range(1, 6)])
    assert [seat.why for seat in case.match().unfilled] == [
        "5 reviewers hold the role lay: 5 with no capacity left; to fill a place, register another reviewer who holds "
        "the role lay and has no conflict with Team 7, or raise the capacity of Reviewer 1 (lay), Reviewer 2 (lay), "
        "Reviewer 3 (lay) or 2 more"
    ]


def test_teams_that_lack_people_together_say_by_how_many_they_are_short() -> None:
    case = Case(visits=[visit(7, 10), visit(8, 20), visit(9, 30)], reviewers=[person(1, "lay"), person(2, "lay")])
    (short,) = case.match().unfilled
    assert short.why == (
        "2 reviewers hold the role lay: 2 with no capacity left; 3 teams together need 3 lay, 2 eligible with room for "
        f"2 visits, short by 1; to fill a place, register another reviewer who holds the role lay and has no conflict "
        f"with {short.team_name}, or raise the capacity of Reviewer 1 (lay) or Reviewer 2 (lay)"
    )


# The rules, one by one.


def test_people_whom_no_organisation_employs_never_count_for_reciprocity() -> None:
    case = Case(
        visits=[visit(7, 10), visit(8, 20)],
        reviewers=[person(1, "lay", organisation=10), person(2, "lay"), person(3, "lay")],
        elsewhere=[visit(9, 20)],
        already=[stands(1, 9, "lay")],
    )
    found = case.match()
    assert (found.complete, {one.reviewer for one in found.assigned}) == (True, {2, 3})


def test_no_visits_need_nobody() -> None:
    assert Case(reviewers=[person(1, "lay")]).match() == Match(assigned=(), kept=(), unfilled=())


def test_somebody_who_holds_two_roles_sits_once_in_a_team() -> None:
    case = Case(
        visits=[visit(7, 10)], seats=[Seat("lay"), Seat("nurse")], reviewers=[person(1, "nurse", "lay", capacity=2)]
    )
    found = case.match()
    assert (len(found.assigned), len(found.unfilled), found.teams) == (1, 1, {})


def test_two_organisations_do_not_visit_each_other_in_one_round() -> None:
    case = Case(
        visits=[visit(7, 10), visit(8, 20)],
        seats=[Seat("nurse")],
        reviewers=[person(1, "nurse", organisation=10), person(2, "nurse", organisation=20)],
    )
    found = case.match()
    assert (len(found.assigned), len(found.unfilled), len(found.teams)) == (1, 1, 1)


def test_an_assignment_elsewhere_uses_capacity() -> None:
    case = Case(
        visits=[visit(7, 10)],
        elsewhere=[visit(8, 20)],
        reviewers=[person(1, "lay", capacity=1), person(2, "lay", capacity=1)],
        already=[stands(1, 8, "lay")],
    )
    assert [(one.cycle, one.reviewer) for one in case.match().assigned] == [(7, 2)]


def test_a_kept_seat_stays_and_only_the_rest_of_the_team_is_sought() -> None:
    case = Case(
        visits=[visit(7, 10)],
        seats=[Seat("lay"), Seat("nurse")],
        reviewers=[person(1, "lay"), person(2, "lay"), person(3, "nurse")],
        already=[stands(2, 7, "lay")],
    )
    found = case.match()
    assert [one.reviewer for one in found.kept] == [2]
    assert [one.reviewer for one in found.assigned] == [3]
    assert [one.reviewer for one in found.teams[7]] == [2, 3]


def test_a_whole_team_is_preferred_to_two_halves() -> None:
    case = Case(
        visits=[visit(7, 10), visit(8, 20)],
        seats=[Seat("lay"), Seat("nurse")],
        reviewers=[person(1, "lay"), person(2, "nurse")],
    )
    assert len(case.match().teams) == 1


def test_work_is_shared_evenly() -> None:
    case = Case(
        visits=[visit(cycle, 10) for cycle in range(6)],
        reviewers=[person(number, "lay", capacity=6) for number in (1, 2, 3)],
    )
    assert Counter(one.reviewer for one in case.match().assigned) == {1: 2, 2: 2, 3: 2}


def test_a_capacity_lowered_after_the_fact_takes_nobody_out_of_a_team() -> None:
    case = Case(visits=[visit(7, 10)], reviewers=[person(1, "lay", capacity=0)], already=[stands(1, 7, "lay")])
    assert [one.why for one in case.match().teams[7]] == [
        "keeps the seat lay, no conflict with Team 7, 1 of 0 visits this round"
    ]


def test_an_assignment_elsewhere_that_has_come_to_break_a_rule_is_left_alone() -> None:
    case = Case(
        visits=[visit(7, 10)],
        elsewhere=[visit(8, 20)],
        reviewers=[person(1, "nurse", organisation=20, capacity=2), person(2, "lay")],
        already=[stands(1, 8, "nurse")],
    )
    assert [one.reviewer for one in case.match().assigned] == [2]


# What is refused.


def test_a_kept_seat_in_conflict_is_refused_and_says_what_to_do() -> None:
    case = Case(
        visits=[visit(7, 10)],
        reviewers=[person(1, "lay")],
        declared=[Declared(reviewer=1, organisation=10, reason="a private matter")],
        already=[stands(1, 7, "lay")],
    )
    with pytest.raises(Invalid) as refused:
        case.match()
    assert refused.value.faults == (
        Fault(
            where="already",
            found="Reviewer 1 (lay) has a declared conflict of interest with Team 7",
            allowed="take that assignment back first, then match again",
        ),
    )


def test_input_that_contradicts_itself_is_refused_with_every_fault() -> None:
    case = Case(
        visits=[visit(7, 10), visit(7, 20)],
        reviewers=[person(1, "lay", capacity=-1), person(1, "lay", capacity=-1)],
        seats=[Seat("lay", 0, 0), Seat("lay", 0, -1)],
        already=[stands(5, 9, "lay")],
    )
    with pytest.raises(Invalid) as refused:
        case.match()
    assert [str(fault) for fault in refused.value.faults] == [
        "cycle 7: given 2 times; name each once",
        "reviewer 1: given 2 times; name each once",
        "seat lay: given 2 times; name each once",
        "Reviewer 1 (lay): capacity -1; a capacity is 0 visits or more",
        "seat lay: minimum 0, maximum -1; a minimum is 0 or more and a maximum no less than its minimum",
        "seats: nobody is needed in the review team; give at least one seat a minimum of 1 or more",
        "already, cycle 9: reviewer 5 is not in this round; give the reviewer too, with capacity 0 if need be",
        "already, cycle 9: cycle 9 is not in this round; give its visit too, among the visits or elsewhere",
    ]


def test_the_checker_names_every_broken_rule() -> None:
    case = Case(
        visits=[visit(7, 10), visit(8, 20)],
        seats=[Seat("lay"), Seat("nurse")],
        reviewers=[person(1, "nurse", organisation=10, capacity=1), person(2, "lay", organisation=20, capacity=2)],
        declared=[Declared(reviewer=2, organisation=10, reason="a private matter")],
    )
    wrong = [
        stands(1, 7, "nurse"),
        stands(1, 8, "lay"),
        stands(2, 7, "nurse"),
        stands(2, 7, "nurse"),
        stands(3, 7, "lay"),
    ]
    assert case.violations(wrong) == (
        "Reviewer 1 (nurse) does not hold the role lay in Team 8",
        "Reviewer 1 (nurse) has 2 visits and capacity for 1",
        "Reviewer 1 (nurse) is employed by the organisation of Team 7",
        "Reviewer 2 (lay) does not hold the role nurse in Team 7",
        "Reviewer 2 (lay) does not hold the role nurse in Team 7",
        "Reviewer 2 (lay) has a declared conflict of interest with Team 7",
        "Reviewer 2 (lay) has a declared conflict of interest with Team 7",
        "Reviewer 2 (lay) sits 2 times in Team 7",
        "Team 7 has 3 in the seat nurse and room for 1",
        "reviewer 3 or cycle 7 is not in this round",
        *[
            "Reviewer 1 (nurse) reviews Team 8 and Reviewer 2 (lay) reviews Team 7 in the same round, "
            "and each is employed by the organisation that the other visits"
        ]
        * 2,
    )


# The laws.

ORGANISATIONS = st.sampled_from([10, 20, 30])
ROLES = st.sets(st.sampled_from(["lay", "nurse"]), min_size=1)
PEOPLE = st.lists(st.tuples(ROLES, st.none() | ORGANISATIONS, st.integers(0, 2)), min_size=2, max_size=5)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A small round, now and then with some of it standing already."""
    visits = [
        visit(100 + place, organisation)
        for place, organisation in enumerate(draw(st.lists(ORGANISATIONS, min_size=1, max_size=3)))
    ]
    nurses = draw(st.integers(0, 2)) if len(visits) < 3 else 1
    reviewers = [
        person(number, *sorted(roles), organisation=organisation, capacity=capacity)
        for number, (roles, organisation, capacity) in enumerate(draw(PEOPLE))
    ]
    said = draw(st.lists(st.tuples(st.integers(0, 4), ORGANISATIONS), max_size=3))
    declared = [Declared(reviewer=number, organisation=one, reason="a private matter") for number, one in said]
    case = Case(visits=visits, reviewers=reviewers, seats=[Seat("lay"), Seat("nurse", nurses, 2)], declared=declared)
    found = case.match().assigned
    standing = [stands(one.reviewer, one.cycle, one.role) for one in found if draw(st.integers(0, 3)) == 0]
    apart = {one.cycle for one in visits if draw(st.integers(0, 3)) == 0}
    return Case(
        visits=[one for one in visits if one.cycle not in apart],
        elsewhere=[one for one in visits if one.cycle in apart],
        reviewers=reviewers,
        seats=case.seats,
        declared=declared,
        already=standing,
    )


@st.composite
def exchanges(draw: st.DrawFn) -> Case:
    """A small round in which nearly everybody works where somebody else is to go."""
    places = st.sampled_from([10, 20, 30])
    visits = [visit(100, 10), visit(101, 20), visit(102, draw(places))]
    roles = st.sampled_from([("nurse",), ("lay",), ("lay", "nurse")])
    employers = [10, 20, *draw(st.lists(places, min_size=1, max_size=2))]
    reviewers = [
        person(number, *draw(roles), organisation=one, capacity=draw(st.integers(1, 3)))
        for number, one in enumerate(employers)
    ]
    seats = [Seat("lay", draw(st.integers(0, 1))), Seat("nurse")]
    declared = [Declared(reviewer=2, organisation=draw(places), reason="a private matter")]
    return Case(visits=visits, reviewers=reviewers, seats=seats, declared=declared)


def slots(case: Case) -> list[tuple[int, str]]:
    """The places still to be filled, one entry for each person missing."""
    held = Counter((one.cycle, one.role) for one in case.already)
    return [
        (one.cycle, seat.role)
        for one in case.visits
        for seat in case.seats
        for _ in range(seat.minimum - held[one.cycle, seat.role])
    ]


def drawn(*ids: object) -> int:
    """The lot that these ids draw."""
    return int(hashlib.sha256("/".join(str(one) for one in ids).encode()).hexdigest()[:4], 16)


def ways(case: Case, taken: Iterable[Seated]) -> set[tuple[int, int]]:
    """Whose staff visit whom?"""
    people, teams = {who.id: who for who in case.reviewers}, {at.cycle: at for at in (*case.visits, *case.elsewhere)}
    both = [(people[one.reviewer].organisation, teams[one.cycle].organisation) for one in taken]
    return {(employer, visited) for employer, visited in both if employer is not None}


def against(case: Case) -> set[tuple[int, int]]:
    """The ways that the lots bar: one of each two that staff could go."""
    places = [stands(who.id, cycle, role) for cycle, role in slots(case) for who in case.reviewers]
    could = ways(case, [one for one in places if allowed(case, case.already, one)])
    return {
        (one, other)
        for one, other in could
        if (other, one) in could and drawn(min(one, other), max(one, other)) % 2 == (one < other)
    }


def value(case: Case, new: Sequence[Seated]) -> tuple[int, int, int, int, int]:
    """How good is an answer, lowest first: seats empty, teams short, squared loads, lots of ways, lots of places?"""
    everything = [*case.already, *new]
    held = Counter((one.cycle, one.role) for one in everything)
    short = {one.cycle for one in case.visits for seat in case.seats if held[one.cycle, seat.role] < seat.minimum}
    load = Counter(one.reviewer for one in everything)
    barred = sum(drawn("way", *sorted(way)) for way in ways(case, new) & against(case))
    lots = sum(drawn(one.cycle, one.role, one.reviewer) for one in new)
    squares = sum(times * times for times in load.values())
    return len(slots(case)) - len(new), len(short), squares, barred, lots


def allowed(case: Case, taken: Sequence[Seated], one: Seated) -> bool:
    """May this place be taken beside those? Written from the rules again, to share nothing with the code."""
    people, teams = {who.id: who for who in case.reviewers}, {at.cycle: at for at in (*case.visits, *case.elsewhere)}
    employer, visited = people[one.reviewer].organisation, teams[one.cycle].organisation
    pairs = {(people[other.reviewer].organisation, teams[other.cycle].organisation) for other in taken}
    return (
        one.role in people[one.reviewer].roles
        and employer != visited
        and (one.reviewer, visited) not in {(said.reviewer, said.organisation) for said in case.declared}
        and (one.reviewer, one.cycle) not in {(other.reviewer, other.cycle) for other in taken}
        and sum(other.reviewer == one.reviewer for other in taken) < people[one.reviewer].capacity
        and (visited, employer) not in pairs
    )


def every_answer(
    case: Case, left: Sequence[tuple[int, str]], new: tuple[Seated, ...] = ()
) -> Iterator[tuple[Seated, ...]]:
    """Every allowed way to fill the places that are left, or to leave some of them empty."""
    if not left:
        yield new
        return
    cycle, role = left[0]
    yield from every_answer(case, left[1:], new)
    for who in case.reviewers:
        one = stands(who.id, cycle, role)
        if allowed(case, [*case.already, *new], one):
            yield from every_answer(case, left[1:], (*new, one))


def answer(found: Match) -> list[Seated]:
    return [stands(one.reviewer, one.cycle, one.role) for one in found.assigned]


@settings(max_examples=18, deadline=None)
@given(case=cases() | exchanges())
def test_no_answer_is_better_than_the_one_given(case: Case) -> None:
    """Every answer of a small round is tried: seats, then whole teams, then evenness, then the lots."""
    best = min(value(case, new) for new in every_answer(case, slots(case)))
    found = case.match(shortlist=5)
    assert (value(case, answer(found)), found.proven) == (best, True)
    assert value(case, answer(case.match(shortlist=1)))[:3] == best[:3]


@settings(max_examples=18, deadline=None)
@given(case=cases() | exchanges())
def test_no_rule_is_broken_and_every_place_is_accounted_for(case: Case) -> None:
    found = case.match()
    new = answer(found)
    assert case.violations([*case.already, *new]) == ()
    assert Counter(slots(case)) == Counter((one.cycle, one.role) for one in new) + Counter(
        {(seat.cycle, seat.role): seat.missing for seat in found.unfilled}
    )
    assert {(one.cycle, one.reviewer) for one in found.kept} == {
        (one.cycle, one.reviewer) for one in case.already if one.cycle in {at.cycle for at in case.visits}
    }


@settings(max_examples=15, deadline=None)
@given(case=cases() | exchanges(), data=st.data())
def test_the_same_round_in_any_order_of_rows_has_the_same_answer(case: Case, data: st.DataObject) -> None:
    shuffled = Case(
        visits=data.draw(st.permutations(case.visits)),
        elsewhere=data.draw(st.permutations(case.elsewhere)),
        reviewers=data.draw(st.permutations(case.reviewers)),
        seats=data.draw(st.permutations(case.seats)),
        declared=data.draw(st.permutations(case.declared)),
        already=data.draw(st.permutations(case.already)),
    )
    assert shuffled.match(shortlist=2) == case.match(shortlist=2)


def test_short_lists_give_as_good_an_answer_as_looking_at_everybody() -> None:
    roles = ("lead", "nurse", "lay")
    case = Case(
        visits=[visit(cycle, cycle % 13) for cycle in range(18)],
        reviewers=[
            person(
                number,
                roles[number % 3],
                organisation=None if number % 3 == 2 else number * 7 % 13,
                capacity=2 + number % 2,
            )
            for number in range(24)
        ],
        seats=[Seat(role) for role in roles],
        declared=[
            Declared(reviewer=number, organisation=number % 5, reason="a private matter") for number in range(24)
        ],
    )
    short, everybody = answer(case.match(shortlist=4)), answer(case.match(shortlist=24))
    assert value(case, short)[:3] == value(case, everybody)[:3]
    assert case.violations(short) == ()
