"""Observers join a team that is found, beside somebody experienced and nowhere else."""

from dataclasses import replace

from hypothesis import given, settings

from accreditation.rules.conflicts import Reviewer, Visit
from accreditation.rules.matching import flow
from accreditation.rules.matching.eligible import prepare
from accreditation.rules.matching.network import Network
from accreditation.rules.matching.observers import beside_experienced, prepare_observers
from accreditation.rules.matching.question import Question, Seated
from accreditation.scheme.process import AssignmentRules
from tests.rules.matching.asking import questions, seats

RULES = AssignmentRules.model_validate({"experienced": {"at_least": 1, "after_visits": 3}})


def person(number: int, *roles: str, employer: int | None = None, done: int = 0, capacity: int = 2) -> Reviewer:
    return Reviewer(
        id=number, name=f"Reviewer {number}", roles=frozenset(roles), organisation=employer, capacity=capacity,
        visits_done=done,
    )  # fmt: skip


ASKED = Question(
    visits=tuple(Visit(cycle=100 + n, team_name=f"Team {n}", organisation=10 + n) for n in range(3)),
    reviewers=(
        person(1, "lead", done=3),
        person(2, "lead", done=2),
        person(3, "trainee", done=9),
        person(4, "trainee", employer=10),
    ),
    seats=seats(1, 0),
    rules=RULES,
)
TEAMS = (
    Seated(cycle=100, role="lead", reviewer=1),
    Seated(cycle=101, role="lead", reviewer=2),
    Seated(cycle=102, role="lead", reviewer=1),
)


def joined(asked: Question, teams: tuple[Seated, ...]) -> tuple[Seated, ...]:
    found = prepare_observers(asked, teams=teams)
    return found.seated(flow.optimum(Network(found.instance)).filling)


def test_they_join_where_somebody_experienced_sits_and_nothing_sets_them_apart() -> None:
    assert joined(ASKED, TEAMS) == (
        Seated(cycle=100, role="trainee", reviewer=3), Seated(cycle=102, role="trainee", reviewer=4),
    )  # fmt: skip


def test_an_observer_is_nobody_experienced_whatever_they_have_done() -> None:
    alone = (*TEAMS[1:2], Seated(cycle=101, role="trainee", reviewer=3))
    assert beside_experienced(ASKED, teams=alone) == frozenset()


def test_nobody_observes_where_nothing_says_who_is_experienced() -> None:
    assert joined(replace(ASKED, rules=AssignmentRules()), TEAMS) == ()


def test_a_visit_that_is_observed_is_one_of_the_observers_visits() -> None:
    once = replace(ASKED, reviewers=(*ASKED.reviewers[:2], person(3, "trainee", capacity=1)))
    assert len(joined(once, TEAMS)) == 1
    sat = (*TEAMS, Seated(cycle=101, role="trainee", reviewer=3))
    assert joined(replace(once, already=sat[-1:]), TEAMS) == ()


@settings(max_examples=25, deadline=None)
@given(asked=questions())
def test_no_team_depends_on_an_observer(asked: Question) -> None:
    without = replace(asked, seats=asked.seats[:2])
    one, other = prepare(asked).instance, prepare(without).instance
    assert one.demand.size.tolist() == other.demand.size.tolist()
    assert one.places.roles.tolist() == other.places.roles.tolist()
    found = prepare_observers(asked, teams=()).instance
    assert found.demand.need.sum() == 0
