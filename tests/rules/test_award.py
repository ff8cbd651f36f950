"""What the rules recommend, and why."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.rules.award import Award, Condition, award
from accreditation.rules.scoring import score
from accreditation.rules.words import class_words
from accreditation.rules.working import Working
from accreditation.scheme.answer import Answer
from accreditation.scheme.classes import Class
from accreditation.scheme.model import Scheme
from accreditation.scheme.values import Period
from tests.building import answered, built, small


def share(kind: str, at_least: str) -> dict[str, object]:
    return {"share": {"type": kind}, "at_least": at_least, "if_none_apply": "satisfied"}


EVERY_A = {"every": {"type": "a"}, "if_none_apply": "satisfied"}
TWO_LEVELS = [
    {"outcome": "high", "when": {"all": [EVERY_A, share("b", "95 %")]}},
    {"outcome": "low", "when": {"all": [EVERY_A, share("b", "80 %")]}},
]
CRITERIA = [("a1", "a", "x"), ("a2", "a", "y"), *((f"b{n}", "b", "xy"[n % 2]) for n in range(5))]
SCHEME = built(criteria=CRITERIA, award=TWO_LEVELS)
ORDER = ["none", "low", "high"]


def awarded(scheme: Scheme, met: list[str]) -> Award:
    return award(score(scheme=scheme, profile={}, answers=answered(scheme, met)))


@pytest.mark.parametrize(
    ("met", "of", "outcome", "found"),
    [(47, 59, "none", "47 of 59 (79.66 %)"), (48, 60, "low", "48 of 60 (80 %)"), (48, 59, "low", "48 of 59 (81.35 %)")],
)
def test_shares_are_compared_exactly(met: int, of: int, outcome: str, found: str) -> None:
    names = [f"b{n}" for n in range(of)]
    scheme = built(
        criteria=[(name, "b", "x") for name in names], award=[{"outcome": "low", "when": share("b", "80 %")}]
    )
    given = awarded(scheme, names[:met])
    needed = -(-of * 4 // 5)
    assert given.outcome == outcome
    assert given.working[0][1] == Working(
        rule="at least 80 % of the b criteria are met",
        needed=f"{needed} of {of} (80 %)",
        found=found,
        holds=outcome == "low",
        in_the_way=() if outcome == "low" else tuple(names[met:]),
    )


def test_an_award_carries_its_whole_working() -> None:
    given = awarded(SCHEME, ["a1", "b0", "b1", "b2"])
    every = Working(
        rule="every one of the a criteria is met", needed="2 of 2", found="1 of 2", holds=False, in_the_way=("a2",)
    )
    rest = Working(
        rule="at least 80 % of the b criteria are met",
        needed="4 of 5 (80 %)",
        found="3 of 5 (60 %)",
        holds=False,
        in_the_way=("b4", "b3"),
    )
    assert dict(given.working)["low"] == Working(
        rule="all of these hold",
        needed="all 2",
        found="0 of 2 hold",
        holds=False,
        in_the_way=("a2", "b4", "b3"),
        parts=(every, rest),
    )
    assert [outcome for outcome, _ in given.working] == ["high", "low", "none"]
    assert given.working[-1][1].holds
    assert given.stands_in_the_way == ("a2", "b4", "b3")
    assert [(one.outcome, one.size, one.several) for one in given.improvements] == [
        ("low", 2, True),
        ("high", 3, False),
    ]
    within = Period(months=6)
    assert given.conditions == (
        Condition(needed=1, criteria=("a2",), within=within),
        Condition(needed=1, criteria=("b4", "b3"), within=within),
    )


def test_the_highest_outcome_has_nothing_in_its_way_and_no_conditions() -> None:
    given = awarded(SCHEME, [name for name, _, _ in CRITERIA])
    assert (given.outcome, given.title, given.awarded, given.valid_for) == ("high", "high", True, Period(years=3))
    assert (given.stands_in_the_way, given.improvements, given.conditions) == ((), (), ())


def test_what_must_be_put_right_counts_for_what_the_award_lacks_besides() -> None:
    rule = {"all": [{"number": {"domain": "x"}, "at_least": 2}, {"number": {"domain": "y"}, "at_least": 1}]}
    scheme = built(criteria=[*CRITERIA[:2], ("b0", "b", "x")], award=[{"outcome": "low", "when": rule}])
    assert [(one.needed, one.criteria) for one in awarded(scheme, []).conditions] == [
        (1, ("a1",)),
        (1, ("a2",)),
        (1, ("b0",)),
    ]


@pytest.mark.parametrize(("none", "outcome"), [("satisfied", "low"), ("not_satisfied", "none")])
@pytest.mark.parametrize("kind", ["every", "share"])
def test_a_class_of_which_nothing_counts_is_what_the_scheme_calls_it(kind: str, none: str, outcome: str) -> None:
    rule = {kind: {"type": "a"}, "if_none_apply": none, **({"at_least": "80 %"} if kind == "share" else {})}
    scheme = built(criteria=[("a1", "a", "x")], award=[{"outcome": "low", "when": rule}])
    given = award(score(scheme=scheme, profile={}, answers={"a1": Answer(state="not_applicable", note="n")}))
    assert given.outcome == outcome
    assert given.working[0][1].found == (
        f"none of the a criteria count here; the scheme calls that {none.replace('_', ' ')}"
    )
    assert given.improvements == ()


def test_one_of_several_rules_is_enough() -> None:
    rule = {"any": [EVERY_A, {"number": {"type": "b", "domain": "x"}, "at_least": 3}]}
    scheme = built(criteria=CRITERIA, award=[{"outcome": "low", "when": rule}])
    assert [awarded(scheme, met).outcome for met in (["a1", "a2"], ["b0", "b2", "b4"], ["a1", "b0", "b2"])] == [
        "low",
        "low",
        "none",
    ]
    missed = awarded(scheme, ["a1", "b0", "b2"]).working[0][1]
    assert (missed.needed, missed.found, missed.in_the_way) == ("1", "0 of 2 hold", ("a2", "b4"))


def test_a_class_is_said_in_words() -> None:
    classes = [Class(type="essential"), Class(domain="2"), Class(type="expected", domain="1")]
    assert [class_words(wanted, small()) for wanted in classes] == [
        "essential criteria",
        "criteria of domain 2 (Second)",
        "expected criteria of domain 1 (First)",
    ]


NAMES = [name for name, _, _ in CRITERIA]


@given(met=st.sets(st.sampled_from(NAMES)), more=st.sampled_from(NAMES))
def test_a_better_rating_never_lowers_the_award(met: set[str], more: str) -> None:
    before, after = awarded(SCHEME, sorted(met)), awarded(SCHEME, sorted(met | {more}))
    assert ORDER.index(before.outcome) <= ORDER.index(after.outcome)


def agrees(working: Working) -> bool:
    """Does the explanation say what was found, all the way down?"""
    if working.parts:
        held = sum(part.holds is True for part in working.parts)
        needed = 1 if working.needed == "1" else len(working.parts)
        return working.holds == (held >= needed) and all(agrees(part) for part in working.parts)
    found, needed_count = (Fraction(text.split(" of ")[0]) for text in (working.found, working.needed))
    return working.holds == (found >= needed_count) and working.holds == (working.in_the_way == ())


@given(met=st.sets(st.sampled_from(NAMES)))
def test_explanation_and_result_agree(met: set[str]) -> None:
    given = awarded(SCHEME, sorted(met))
    assert [working.holds for _, working in given.working] == [False] * (len(given.working) - 1) + [True]
    assert given.working[-1][0] == given.outcome
    assert all(agrees(working) for outcome, working in given.working if outcome != "none")


@given(met=st.sets(st.sampled_from(NAMES)), order=st.permutations(NAMES))
def test_the_order_of_answers_never_matters(met: set[str], order: list[str]) -> None:
    answers = answered(SCHEME, sorted(met))
    shuffled = {name: answers[name] for name in order}
    assert award(score(scheme=SCHEME, profile={}, answers=shuffled)) == awarded(SCHEME, sorted(met))


@given(met=st.sets(st.sampled_from(NAMES)), last=st.booleans())
def test_who_fulfils_the_conditions_reaches_the_nearest_award(met: set[str], last: bool) -> None:
    given = awarded(SCHEME, sorted(met))
    if given.outcome == "none":
        chosen = {
            name
            for one in given.conditions
            for name in (one.criteria[-one.needed :] if last else one.criteria[: one.needed])
        }
        assert awarded(SCHEME, sorted(met | chosen)).outcome in ("low", "high")
