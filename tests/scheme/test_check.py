"""Faults of meaning in schemes never written to a file. Those in files, with their places, are in test_read."""

import pytest

from accreditation.scheme.check import problems_of_scheme
from tests.building import built, small

CRITERIA = [("1", "a", "x"), ("2", "a", "y"), ("3", "b", "x"), ("4", "b", "y")]


def rule(kind: str, wanted: dict[str, str], at_least: object = None, none: str = "satisfied") -> dict[str, object]:
    bound = {} if at_least is None else {"at_least": at_least}
    return {kind: wanted, **bound, **({} if kind == "number" else {"if_none_apply": none})}


A, B, X, AX = {"type": "a"}, {"type": "b"}, {"domain": "x"}, {"type": "a", "domain": "x"}


def test_the_small_scheme_has_no_problem() -> None:
    assert problems_of_scheme(small()) == ()


@pytest.mark.parametrize(
    ("high", "low", "hidden"),
    [
        (rule("share", A, "80 %"), rule("share", A, "95 %"), True),
        (rule("share", A, "95 %"), rule("share", A, "80 %"), False),
        (rule("share", A, "80 %"), rule("every", A), True),
        (rule("every", AX), rule("every", A), True),
        (rule("every", A), rule("every", AX), False),
        (rule("every", AX, none="not_satisfied"), rule("every", A), False),
        (rule("share", A, "80 %", "not_satisfied"), rule("share", A, "95 %"), False),
        (rule("number", A, 1), rule("number", A, 2), True),
        (rule("number", A, 1), rule("number", AX, 1), True),
        (rule("number", AX, 1), rule("number", A, 1), False),
        (rule("number", A, 1), rule("every", A), False),
        ({"all": [rule("every", A), rule("every", B)]}, rule("every", A), False),
        (rule("every", A), {"all": [rule("every", A), rule("every", B)]}, True),
        ({"any": [rule("every", A), rule("every", B)]}, rule("every", B), True),
        (rule("every", B), {"any": [rule("every", A), rule("every", B)]}, False),
        (rule("share", A, "0 %"), rule("every", B), True),
        (rule("every", {"type": "c"}), rule("every", B), True),
    ],
)
def test_an_outcome_below_one_that_always_holds_too_can_never_be_given(
    high: dict[str, object], low: dict[str, object], hidden: bool
) -> None:
    scheme = built(criteria=CRITERIA, award=[{"outcome": "high", "when": high}, {"outcome": "low", "when": low}])
    found = [problem.path for problem in problems_of_scheme(scheme) if "'low': 'high' is higher" in problem.found]
    assert found == ([("award", 1, "when")] if hidden else [])


def test_a_class_that_only_some_profile_fills_can_be_reached() -> None:
    hasu = {"number": {"type": "essential"}, "at_least": 2}
    award = [{**small().award[0].model_dump(mode="json"), "when": hasu}, small().award[1].model_dump(mode="json")]
    assert problems_of_scheme(type(small()).model_validate({**small().model_dump(mode="json"), "award": award})) == ()
