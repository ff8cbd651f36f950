"""The smallest set of improvements, held against trying every set there is."""

import sys
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.award import Award, award
from accreditation.rules.improvement import Choice, Improvement, Need, smallest
from accreditation.rules.scoring import score
from accreditation.rules.sharing import fewest
from accreditation.scheme.award import Class
from accreditation.scheme.model import Scheme
from tests.building import answered, built

CLASSES = st.sampled_from(
    [{"type": "a"}, {"type": "b"}, {"domain": "x"}, {"domain": "y"},
     {"type": "a", "domain": "x"}, {"type": "b", "domain": "y"}]
)  # fmt: skip
NONE = st.sampled_from(["satisfied", "not_satisfied"])
LEAVES = st.one_of(
    st.builds(lambda c, n: {"every": c, "if_none_apply": n}, CLASSES, NONE),
    st.builds(
        lambda c, p, n: {"share": c, "at_least": f"{p} %", "if_none_apply": n}, CLASSES, st.integers(1, 100), NONE
    ),
    st.builds(lambda c, k: {"number": c, "at_least": k}, CLASSES, st.integers(1, 3)),
)
RULES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda kind, parts: {kind: parts}, st.sampled_from(["all", "any"]), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)
CRITERIA = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xy")), min_size=1, max_size=8).map(
    lambda pairs: [(f"{n}", kind, domain) for n, (kind, domain) in enumerate(pairs)]
)


def awarded(scheme: Scheme, met: set[str]) -> Award:
    return award(score(scheme=scheme, profile={}, answers=answered(scheme, sorted(met))))


def holds(rule: dict[str, Any], met: set[str], criteria: list[tuple[str, str, str]]) -> bool:
    """Whether a written rule holds, worked out without the code under test."""
    if "all" in rule or "any" in rule:
        parts = [holds(part, met, criteria) for part in rule.get("all") or rule["any"]]
        return all(parts) if "all" in rule else any(parts)
    wanted = rule.get("every") or rule.get("share") or rule["number"]
    of = [
        name
        for name, kind, domain in criteria
        if wanted.get("type", kind) == kind and wanted.get("domain", domain) == domain
    ]
    count = len(met & set(of))
    if "number" in rule:
        return bool(count >= rule["at_least"])
    if not of:
        return bool(rule["if_none_apply"] == "satisfied")
    asked = Fraction(rule["at_least"].removesuffix(" %")) / 100 if "share" in rule else Fraction(1)
    return Fraction(count, len(of)) >= asked


@settings(max_examples=150)
@given(criteria=CRITERIA, rule=RULES, data=st.data())
def test_the_improvements_give_the_outcome_and_no_smaller_set_does(
    criteria: list[tuple[str, str, str]], rule: dict[str, Any], data: st.DataObject
) -> None:
    names = [name for name, _, _ in criteria]
    met = set(data.draw(st.lists(st.sampled_from(names), unique=True)))
    scheme = built(criteria=criteria, award=[{"outcome": "top", "when": rule}])
    given = awarded(scheme, met)
    assert (given.outcome == "top") == holds(rule, met, criteria) == given.working[0][1].holds
    if given.outcome == "top":
        assert given.improvements == ()
        return
    unmet = sorted(set(names) - met)
    sets = [set(more) for size in range(len(unmet) + 1) for more in combinations(unmet, size)]
    enough = [more for more in sets if holds(rule, met | more, criteria)]
    if not enough:
        assert given.improvements == ()
        return
    (found,) = given.improvements
    assert found.size == len(enough[0])
    assert found.several == (sum(len(more) == found.size for more in enough) > 1)
    assert sum(choice.needed for choice in found.choices) == found.size
    taken = {name for choice in found.choices for name in choice.of[: choice.needed]}
    other = {name for choice in found.choices for name in choice.of[-choice.needed :]}
    assert len(taken) == len(other) == found.size
    assert awarded(scheme, met | taken).outcome == awarded(scheme, met | other).outcome == "top"


def test_a_criterion_that_fills_two_needs_is_taken_once() -> None:
    criteria = [("1", "a", "x"), ("2", "a", "y"), ("3", "b", "x")]
    rule = {"all": [{"number": {"type": "a"}, "at_least": 1}, {"number": {"domain": "x"}, "at_least": 1}]}
    given = awarded(built(criteria=criteria, award=[{"outcome": "top", "when": rule}]), set())
    assert given.improvements == (
        Improvement(outcome="top", title="top", size=1, choices=(Choice(needed=1, of=("1",)),), several=False),
    )


def test_what_is_equally_small_by_another_way_is_said_to_be_one_of_several() -> None:
    needs = [[Need(wanted=Class(type=kind), lacking=1, among=(name,))] for kind, name in (("a", "1"), ("b", "2"))]
    found = smallest(outcome="o", title="O", alternatives=needs)
    choices = (Choice(needed=1, of=("1",)),)
    assert found == Improvement(outcome="o", title="O", size=1, choices=choices, several=True)
    once = smallest(outcome="o", title="O", alternatives=[needs[0], needs[0]])
    assert once == Improvement(outcome="o", title="O", size=1, choices=choices, several=False)


def test_without_an_alternative_there_is_no_improvement_and_with_an_empty_one_nothing_is_to_do() -> None:
    assert smallest(outcome="o", title="O", alternatives=[]) is None
    nothing = Improvement(outcome="o", title="O", size=0, choices=(), several=False)
    assert smallest(outcome="o", title="O", alternatives=[[]]) == nothing


@pytest.mark.parametrize(
    ("cells", "needs"),
    [({("a", "x"): 1}, {("a", "x"): 2}), ({("a", "x"): 1}, {("a", None): 2}),
     ({}, {("a", "x"): 1}), ({}, {(None, "x"): 1})],
)  # fmt: skip
def test_where_there_are_too_few_there_is_no_way(
    cells: dict[tuple[str | None, str | None], int], needs: dict[tuple[str | None, str | None], int]
) -> None:
    assert fewest(cells=cells, needs=needs) is None


def calls_of(work: Callable[[], object]) -> int:
    """How many Python calls this makes: a count of steps, the same on every machine."""
    count = 0

    def step(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def test_eight_overlapping_classes_over_157_criteria_take_few_steps() -> None:
    types, domains = "abcd", "wxyz"
    criteria = [(str(n), types[n % 4], domains[(n // 4 + n // 16) % 4]) for n in range(157)]
    rule = {
        "all": [
            *({"share": {"type": kind}, "at_least": "71 %", "if_none_apply": "satisfied"} for kind in types),
            *({"share": {"domain": domain}, "at_least": "67.5 %", "if_none_apply": "satisfied"} for domain in domains),
        ]
    }
    scheme = built(criteria=criteria, award=[{"outcome": "top", "when": rule}])
    scored = score(scheme=scheme, profile={}, answers=answered(scheme, []))
    found: list[Award] = []
    assert calls_of(lambda: found.append(award(scored))) < 20_000
    (improvement,) = found[0].improvements
    taken = {name for choice in improvement.choices for name in choice.of[: choice.needed]}
    assert (improvement.size, len(taken), awarded(scheme, taken).outcome) == (113, 113, "top")


def test_a_thousand_ways_to_an_award_take_a_bounded_number_of_steps() -> None:
    criteria = [(str(n), "abcdefghij"[n % 10], "vwxyz"[n // 10 % 5]) for n in range(157)]
    pairs = [
        {"any": [{"number": {"type": kind}, "at_least": 9}, {"number": {"domain": "vwxyz"[n % 5]}, "at_least": 9 + n}]}
        for n, kind in enumerate("abcdefghi")
    ]
    scheme = built(criteria=criteria, award=[{"outcome": "top", "when": {"all": pairs}}])
    scored = score(scheme=scheme, profile={}, answers=answered(scheme, []))
    assert calls_of(lambda: award(scored)) < 3_000_000
