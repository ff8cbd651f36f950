"""The smallest set of improvements, held against trying every set there is."""

import sys
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, product
from types import FrameType
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from accreditation.rules.award import Award, award, higher
from accreditation.rules.improvement import Choice, Improvement, applied
from accreditation.rules.options import options
from accreditation.rules.result import outcome_of
from accreditation.rules.scoring import Score, score
from accreditation.scheme.model import Scheme
from tests.building import answered, built
from tests.rules.rich import ANSWERS, schemes

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


@settings(max_examples=80)
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
        Improvement(
            outcome="top",
            title="top",
            size=1,
            choices=(Choice(needed=1, of=("1",), to="Met"),),
            several=False,
            gives="top",
        ),
    )


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
    assert calls_of(lambda: found.append(award(scored))) < 200_000
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


def by_brute_force(scored: Score, target: str) -> tuple[int, int] | None:
    """The size of the smallest set that leads to the target or higher, and how many such sets there are."""
    order = [outcome.outcome for outcome in scored.scheme.award]
    ways = {name: [None, *options(name, scored, {})] for name in scored.by_id}
    found: dict[int, set[frozenset[str]]] = {}
    for chosen in product(*ways.values()):
        taken = {name: option for name, option in zip(ways, chosen, strict=True) if option is not None}
        given = outcome_of(scored.with_scored(option.scored for option in taken.values()))
        if order.index(given.outcome) <= order.index(target):
            found.setdefault(len(taken), set()).add(frozenset(taken))
    return (min(found), len(found[min(found)])) if found else None


@settings(max_examples=80)
@given(scheme=schemes(), data=st.data())
def test_every_kind_of_rule_is_improved_by_the_fewest_criteria(scheme: Scheme, data: st.DataObject) -> None:
    answers = {one.id: data.draw(ANSWERS) for one in scheme.criteria}
    scored = score(scheme=scheme, profile={}, answers=answers)
    given = award(scored)
    found = {one.outcome: one for one in given.improvements}
    for outcome in higher(scheme.outcome(given.outcome), scored):
        best = by_brute_force(scored, outcome.outcome)
        event(f"{'no way' if best is None else min(best[0], 3)}")
        improvement = found.get(outcome.outcome)
        if best is None or improvement is None:
            assert best is None
            assert improvement is None
            continue
        assert (improvement.size, improvement.several) == (best[0], best[1] > 1)
        assert outcome_of(applied(scored, improvement)).outcome == improvement.gives
