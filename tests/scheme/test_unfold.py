"""Schemes that would never be worked out, refused before anybody tries."""

from typing import Any

import pytest

from accreditation.scheme.check import problems_of_scheme
from accreditation.scheme.model import Scheme
from tests.building import built

POINTS = {"points": {"all_criteria": True}}
CRITERIA = [("1", "a", "x"), ("2", "b", "y")]


def scheme(scores: dict[str, dict[str, Any]], rule: dict[str, Any]) -> Scheme:
    """A scheme with these scores, by id, and an outcome with this rule."""
    titled = {name: {"title": name, **way} for name, way in scores.items()}
    return built(criteria=CRITERIA, award=[{"outcome": "high", "when": rule}], scores=titled)


def told(scores: dict[str, dict[str, Any]], rule: dict[str, Any]) -> list[tuple[object, str]]:
    """Where what is wrong stands, and what it is."""
    return [(problem.path, problem.found) for problem in problems_of_scheme(scheme(scores, rule))]


def doubled(number: int, *, times: int = 2) -> dict[str, dict[str, Any]]:
    """So many scores, each but the first the sum of so many times the one before it."""
    first: dict[str, dict[str, Any]] = {"s0": {"figure": POINTS}}
    rest = {f"s{n}": {"figure": {"sum_of": [{"score": f"s{n - 1}"}] * times}} for n in range(1, number)}
    return first | rest


def at_least(name: str) -> dict[str, Any]:
    return {"score": name, "at_least": 1, "if_no_value": "not_satisfied"}


MANY = "parts, as every score it looks at is worked out each time"


def test_what_doubles_a_few_times_is_no_fault() -> None:
    assert told(doubled(12), at_least("s11")) == []


def test_the_first_score_that_unfolds_to_too_much_is_told() -> None:
    assert told(doubled(30), at_least("s29")) == [(("scores", "s12"), f"this score unfolds to 24,572 {MANY}")]


def test_what_could_never_be_worked_out_is_counted_and_told_in_short() -> None:
    rule: dict[str, Any] = {"every": {"all_criteria": True}, "if_none_apply": "satisfied"}
    for _ in range(60):
        rule = {"each": "domain", "holds": rule, "if_none_apply": "satisfied"}
    assert told({}, rule) == [(("award", 0), f"this outcome unfolds to more than 1,000,000,000,000,000 {MANY}")]


def test_groups_within_groups_are_counted_once_for_each() -> None:
    rule: dict[str, Any] = {"every": {"all_criteria": True}, "if_none_apply": "satisfied"}
    for _ in range(14):
        rule = {"each": "domain", "holds": rule, "if_none_apply": "satisfied"}
    assert told({}, rule) == [(("award", 0), f"this outcome unfolds to 32,767 {MANY}")]


def test_a_score_for_each_group_counts_once_for_each() -> None:
    of_many = {"per": "domain", "figure": {"sum_of": [POINTS] * 12_000}}
    assert told({"s": of_many}, {**at_least("s"), "of": "x"}) == [
        (("scores", "s"), f"this score unfolds to 24,004 {MANY}")
    ]


@pytest.mark.parametrize(("number", "faulty"), [(40, False), (41, True), (1_000, True)])
def test_a_long_chain_of_scores_is_told(number: int, faulty: bool) -> None:
    found = "'s40' is worked out from a chain of more than 40 scores, each from the next"
    expected = [(("scores", "s40"), found)] if faulty else []
    assert told(doubled(number, times=1), at_least(f"s{number - 1}")) == expected


def test_a_circle_is_told_as_one_and_unfolds_to_nothing() -> None:
    round_ = {"s0": {"figure": {"score": "s1"}}, "s1": {"figure": {"score": "s0"}}}
    assert [found for _, found in told(round_, at_least("s0"))] == ["a circle: s0 -> s1 -> s0"]
