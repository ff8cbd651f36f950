"""Seats that the office fixes: refused only where no team could be completed around them, and never lost in silence."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.conflicts import Declared, Reviewer, Visit
from accreditation.rules.hindering import hindrances, may_be_set_aside
from accreditation.rules.lasting import Fallen, judged, sound
from accreditation.rules.matching import Question, Seated, violations
from accreditation.rules.proposing import Content, around, propose
from accreditation.rules.wishes import Lock, Release, Swap, Wish, Wishes, wished
from accreditation.scheme.process import AssignmentRules, Seat
from tests.rules.matching.asking import ROLES, questions

EXPERIENCED = AssignmentRules.model_validate({"experienced": {"at_least": 1, "after_visits": 3}})
SEATS = tuple(Seat(role=role, title=role, minimum=1, maximum=1) for role in ("lead", "nurse", "lay"))
VISITS = tuple(Visit(cycle=cycle, team_name=f"Team {cycle}", organisation=cycle) for cycle in (1, 2))


def person(number: int, role: str, done: int = 0, *, capacity: int = 1) -> Reviewer:
    return Reviewer(
        id=number, name=f"Reviewer {number}", roles=frozenset({role}), organisation=None, capacity=capacity,
        visits_done=done,
    )  # fmt: skip


NOTHING, NO_CONTENT = Wishes(), Content()
POOL = (person(1, "lead", 3), person(2, "nurse"), person(3, "lay"), person(4, "lay", 5))
ASKED = Question(visits=VISITS[:1], reviewers=POOL, seats=SEATS, rules=EXPERIENCED)


def lock(reviewer: int, role: str, *, cycle: int = 1) -> Wish:
    return Wish(cycle=cycle, role=role, reviewer=reviewer, how="locked")


def hindered(
    asked: Question, wanted: Lock | Swap | Release, *, before: Wishes = NOTHING, content: Content = NO_CONTENT
) -> tuple[str, ...]:
    after = wished(wishes=before, change=wanted, seats=content.seats)
    return hindrances(asked=asked, before=before, wishes=after, change=wanted, seats=content.seats, seen=())


def seats(content: Content) -> set[tuple[str, int, str]]:
    return {(one.role, one.reviewer, one.how) for one in content.seats}


NONE_LEFT = (
    "Team 1 needs 1 reviewer with 3 visits or more before and could have none with these seats, whoever else joins"
)


def test_whoever_is_not_experienced_may_be_locked_beside_somebody_who_is_found() -> None:
    assert [hindered(ASKED, Lock(cycle=1, reviewer=who, role=role)) for who, role in ((2, "nurse"), (3, "lay"))] == [
        (), (),
    ]  # fmt: skip
    found = propose(questions=[ASKED], wishes=Wishes(seats=(lock(3, "lay"),)))
    assert (seats(found), found.empty) == (
        {("lead", 1, "proposed"), ("nurse", 2, "proposed"), ("lay", 3, "locked")},
        (),
    )


def test_a_lock_is_refused_that_takes_the_last_seat_of_somebody_experienced() -> None:
    asked = replace(ASKED, reviewers=(*POOL[:1], *POOL[1:3], person(5, "lead")))
    both = Wishes(seats=(lock(2, "nurse"), lock(3, "lay")))
    wanted = Lock(cycle=1, reviewer=5, role="lead")
    assert hindered(asked, wanted, before=both) == (NONE_LEFT,)
    assert hindered(asked, wanted) == (NONE_LEFT,), "whoever else may sit there has made no visit"
    assert hindered(ASKED, Lock(cycle=1, reviewer=3, role="lay"), before=Wishes(seats=(lock(1, "lead"),))) == ()
    assert may_be_set_aside(asked=asked, change=wanted) == (), "and nothing that could be set aside would help"


def test_a_swap_is_refused_that_leaves_nobody_experienced() -> None:
    asked = replace(ASKED, reviewers=(*POOL[:3], person(5, "lead")))
    content = propose(questions=[asked], wishes=Wishes())
    assert hindered(asked, Swap(cycle=1, out=1, into=5), content=content) == (NONE_LEFT,)
    other = replace(ASKED, reviewers=(*POOL, person(5, "lead")))
    content = propose(questions=[other], wishes=Wishes())
    assert hindered(other, Swap(cycle=1, out=1, into=5), content=content) == (), "another one may sit beside"


def test_a_lock_elsewhere_is_refused_that_takes_from_a_team_whom_it_cannot_do_without() -> None:
    asked = replace(ASKED, visits=VISITS, reviewers=(*POOL[:3], person(6, "lay")))
    before = Wishes(seats=(lock(3, "lay"),))
    assert hindered(asked, Lock(cycle=2, reviewer=1, role="lead"), before=before) == (NONE_LEFT,)
    assert hindered(asked, Lock(cycle=2, reviewer=6, role="lay"), before=before) == ()


def test_where_a_team_lacks_experienced_people_anyway_its_seats_may_be_fixed_and_stay() -> None:
    asked = replace(ASKED, reviewers=POOL[1:3])
    before = Wishes(seats=(lock(2, "nurse"),))
    assert hindered(asked, Lock(cycle=1, reviewer=3, role="lay"), before=before) == ()
    assert judged(questions=[asked], wishes=before, seen=()).wishes == before
    found = propose(questions=[asked], wishes=before)
    assert seats(found) == {("nurse", 2, "locked")}
    assert [(one.role, one.missing) for one in found.empty] == [("lay", 1), ("lead", 1)]


def test_released_or_declined_the_others_keep_the_seats_that_were_fixed() -> None:
    wishes = Wishes(seats=(lock(1, "lead"), lock(3, "lay")))
    after = wished(wishes=wishes, change=Release(cycle=1, reviewer=1), seats=())
    assert sound(questions=[ASKED], wishes=after, seen=()) == Wishes(seats=(lock(3, "lay"),))
    left = replace(ASKED, reviewers=(*POOL[1:], person(6, "nurse", 4), person(7, "lead")))
    assert sound(questions=[left], wishes=after, seen=()) == after, "another may be experienced in another role"


def test_what_falls_is_said_with_why_and_what_the_team_cannot_do_without_stays() -> None:
    wishes = Wishes(seats=(lock(3, "lay"), lock(1, "lead"), lock(2, "nurse")), out=((1, 4),))
    declared = (Declared(reviewer=2, organisation=1, reason="private"),)
    said = judged(questions=[replace(ASKED, declared=declared)], wishes=wishes, seen=())
    why = "Reviewer 2 has a declared conflict of interest with Team 1"
    assert said.fallen == (Fallen(wish=lock(2, "nurse"), why=why),)
    assert said.wishes == replace(wishes, seats=(lock(3, "lay"), lock(1, "lead")))
    fewer = replace(ASKED, reviewers=(person(1, "lead"), *POOL[1:3], person(8, "lay", 3)))
    fell = judged(questions=[fewer], wishes=wishes, seen=())
    assert fell.wishes.seats == (lock(1, "lead"), lock(2, "nurse"))
    assert fell.fallen == (Fallen(wish=lock(3, "lay"), why=NONE_LEFT),)


def joined(asked: Question, cycle: int) -> Iterator[tuple[Seated, ...]]:
    """Every way in which others could join the team, whether they may or not."""
    fixed = {one.reviewer for one in (*asked.already, *asked.locks) if one.cycle == cycle}
    out = {one.reviewer for one in asked.bans if one.cycle == cycle}
    free = [one for one in asked.reviewers if one.id not in fixed | out]
    rating = [seat.role for seat in asked.seats if not seat.observes]
    for roles in product([None, *rating], repeat=len(free)):
        yield tuple(
            Seated(cycle=cycle, role=role, reviewer=one.id) for one, role in zip(free, roles, strict=True) if role
        )


def most_experienced(asked: Question, cycle: int) -> int:
    """How many experienced people could this team have beside what is fixed? Found by trying everything."""
    assert asked.rules.experienced is not None
    skilled = {one.id for one in asked.reviewers if one.visits_done >= asked.rules.experienced.after_visits}
    rating = {seat.role for seat in asked.seats if not seat.observes}
    free = replace(asked, rules=asked.rules.model_copy(update={"experienced": None}))
    fixed = (*asked.already, *asked.locks)
    before = Counter(violations(free, fixed))

    def number(several: Collection[Seated]) -> int:
        return len({one.reviewer for one in several if one.cycle == cycle and one.role in rating} & skilled)

    return max(
        number((*fixed, *others))
        for others in joined(asked, cycle)
        if not Counter(violations(free, (*fixed, *others))) - before
    )


@st.composite
def rounds(draw: st.DrawFn) -> Question:
    """A round that asks for one or two experienced people in a team, of which there are few."""
    asked = draw(questions(most_visits=2))
    enough = AssignmentRules.model_validate(
        {"experienced": {"at_least": draw(st.integers(1, 2)), "after_visits": draw(st.integers(1, 4))}}
    )
    open_ = tuple(replace(one, unavailable=(), engaged=(), worked_at=()) for one in asked.reviewers)
    rules = asked.rules if draw(st.booleans()) else asked.rules.model_copy(update={"region": "any", "travel": None})
    return replace(
        asked, reviewers=open_, stays=(), locks=(),
        rules=rules.model_copy(update={"experienced": enough.experienced}),
    )  # fmt: skip


@settings(max_examples=20)
@given(asked=rounds(), data=st.data())
def test_a_seat_is_refused_only_where_no_completion_exists_and_what_is_fixed_lasts(
    asked: Question, data: st.DataObject
) -> None:
    pairs = [(visit.cycle, one.id) for visit in asked.visits for one in asked.reviewers]
    wishes, free = Wishes(), replace(asked, rules=asked.rules.model_copy(update={"experienced": None}))
    for _ in range(3 if pairs else 0):
        cycle, who = data.draw(st.sampled_from(pairs))
        wanted = Lock(cycle=cycle, reviewer=who, role=data.draw(st.sampled_from(ROLES)))
        after = wished(wishes=wishes, change=wanted, seats=())
        refused = hindered(asked, wanted, before=wishes)
        plain = hindered(free, wanted, before=wishes)
        assert {*plain} <= {*refused}
        if not plain:
            had, has = (
                {visit.cycle: most_experienced(around(asked, some), visit.cycle) for visit in asked.visits}
                for some in (wishes, after)
            )
            least = asked.rules.experienced.at_least if asked.rules.experienced else 0
            touched = {one.cycle for one in after.seats} | {one.cycle for one in asked.already}
            worse = {cycle for cycle in touched & {*has} if has[cycle] < min(least, had[cycle])}
            assert len(refused) == len(worse), (refused, had, has)
        wishes = wishes if refused else after
        said = judged(questions=[asked], wishes=wishes, seen=())
        assert (said.wishes, said.fallen) == (wishes, ())
    content = propose(questions=[asked], wishes=wishes)
    assert {(one.cycle, one.role, one.reviewer) for one in wishes.seats} == {
        (one.cycle, one.role, one.reviewer) for one in content.seats if one.how == "locked"
    }
    again = replace(asked, before=tuple(one.seated for one in content.seats))
    assert sound(questions=[again], wishes=wishes, seen=()) == wishes
