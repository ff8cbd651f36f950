"""Outcomes and levels that nobody could ever be given, and promises about better ratings."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.monotone import doubts
from accreditation.rules.options import options
from accreditation.rules.reach import problems_of_reach
from accreditation.rules.result import outcome_of
from accreditation.rules.scoring import Standing, score
from accreditation.scheme.model import Scheme
from tests.building import built
from tests.rules.rich import ANSWERS, SCALE, schemes

CRITERIA = [("1", "a", "x"), ("2", "a", "x"), ("3", "b", "y"), ("4", "b", "y")]


def share(kind: str, at_least: str) -> dict[str, Any]:
    return {"share": {"type": kind}, "at_least": at_least, "if_none_apply": "not_satisfied"}


def found(*rules: dict[str, Any], **other: Any) -> list[tuple[tuple[str | int, ...], str]]:
    """What is wrong with a scheme whose outcomes, from the highest, have these rules."""
    award = [{"outcome": f"o{place}", "when": rule} for place, rule in enumerate(rules)]
    scheme = built(criteria=CRITERIA, award=award, **{"scale": SCALE, **other})
    return [(problem.path, problem.found) for problem in problems_of_reach(scheme)]


def test_a_scheme_whose_outcomes_all_can_be_reached_has_no_fault() -> None:
    assert found(share("a", "100 %"), share("a", "50 %")) == []


@pytest.mark.parametrize(
    "rule",
    [
        {"number": {"type": "a"}, "at_least": 3},
        {"all": [share("a", "100 %"), {"number": {"type": "a"}, "counting": "not_met", "at_least": 1}]},
        {"mean": {"type": "a"}, "over": "criteria", "above": 4, "if_no_value": "not_satisfied"},
        {"each": "domain", "holds": share("a", "50 %"), "if_none_apply": "not_satisfied"},
        {"all": [share("a", "50 %"), {"not": {"number": {"type": "a"}, "at_least": 1}}]},
    ],
)
def test_an_outcome_that_no_ratings_lead_to_is_told(rule: dict[str, Any]) -> None:
    said = "no team could ever be given 'o0', whatever its ratings"
    assert found(rule, share("b", "50 %")) == [(("award", 0, "when"), said)]


def test_an_outcome_that_a_higher_one_always_covers_is_told() -> None:
    said = "no team could ever be given 'o1', whatever its ratings"
    assert found(share("a", "50 %"), share("a", "100 %")) == [(("award", 1, "when"), said)]


def test_an_outcome_that_only_some_profiles_can_reach_is_no_fault() -> None:
    assert found({"all": [{"fact": "hasu", "is": True}, share("a", "50 %")]}) == []


def test_an_outcome_that_a_limit_leaves_is_no_fault_and_one_that_it_always_takes_is() -> None:
    limit = {"when": {"number": {"type": "b"}, "at_least": 0}, "at_best": "o1", "because": "always"}
    said = "no team could ever be given 'o0', whatever its ratings"
    never = {"all": [share("a", "100 %"), share("a", "50 %")]}
    assert found(share("a", "100 %"), never, limits=[limit]) == [(("award", 0, "when"), said)]


def test_a_level_that_can_never_be_is_told_at_its_band() -> None:
    bands = [
        {"level": "A", "above": 4},
        {"level": "B", "at_least": 2, "at_most": 4},
        {"level": "C", "below": 2},
    ]
    scores = {"mean": {"title": "Mean", "figure": {"mean": {"type": "a"}, "over": "criteria"}, "bands": bands}}
    said = "'mean' can never have the level 'A', whatever the ratings"
    assert found(share("a", "50 %"), scores=scores) == [(("scores", "mean", "bands", 0), said)]


def test_a_broken_promise_is_told_with_an_example() -> None:
    rule = {"number": {"type": "a"}, "at_most": 1}
    ((path, said),) = found(rule, better_never_lowers=True)
    assert path == ("award", 0, "when")
    assert said == (
        "the scheme says better_never_lowers, but what is compared here rises when a criterion improves; "
        "for example, with 2 rated 'Fair' a service would be 'none' instead of 'o0'"
    )


def test_a_kept_promise_is_no_fault() -> None:
    assert found(share("a", "100 %"), share("a", "50 %"), better_never_lowers=True) == []


@settings(max_examples=30)
@given(scheme=schemes(backwards=False), data=st.data())
def test_a_promise_that_is_proved_is_kept_by_every_service(scheme: Scheme, data: st.DataObject) -> None:
    if doubts(scheme):
        return
    order = [outcome.outcome for outcome in scheme.award]
    now = score(scheme=scheme, profile={}, answers={one.id: data.draw(ANSWERS) for one in scheme.criteria})
    for name in now.standing(Standing.MET, Standing.NOT_MET):
        for option in options(name, now, {}):
            after = outcome_of(now.with_scored([option.scored]))
            assert order.index(after.outcome) <= order.index(outcome_of(now).outcome)


@settings(max_examples=20)
@given(scheme=schemes(), data=st.data())
def test_what_is_said_to_be_out_of_reach_is_given_to_nobody(scheme: Scheme, data: st.DataObject) -> None:
    never = {problem.found.split("'")[1] for problem in problems_of_reach(scheme) if problem.path[0] == "award"}
    for _ in range(20):
        answers = {one.id: data.draw(ANSWERS) for one in scheme.criteria}
        assert outcome_of(score(scheme=scheme, profile={}, answers=answers)).outcome not in never
