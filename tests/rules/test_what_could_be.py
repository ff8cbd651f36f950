"""Improvements of criteria that are measured, audited or followed over time, and of figures that bend."""

from fractions import Fraction
from typing import Any

import pytest

from accreditation.rules.award import award
from accreditation.rules.options import compared_values, options
from accreditation.rules.scoring import Score, score
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from tests.building import built
from tests.rules.rich import SCALE

AUDIT = {"audit": "audit", "indicator": "t_scan", "level": "B"}
SERIES = {"unit": "falls", "below": 3, "series": [{"each": "ward", "above": "50 %"}]}


def scored(measure: dict[str, Any] | None, rule: dict[str, Any], answer: dict[str, Any], **other: Any) -> Score:
    """One criterion, measured so and answered so, and an award that asks for this rule."""
    scheme = built(criteria=[("1", "a", "x")], award=[{"outcome": "good", "when": rule}], **{"scale": SCALE, **other})
    told = scheme.model_dump(mode="json")
    told["domains"][0]["criteria"][0]["measure"] = measure
    return score(scheme=Scheme.model_validate(told), profile={}, answers={"1": Answer.model_validate(answer)})


def to_reach(found: Score) -> list[str] | str:
    """To what the criterion must be improved, or that it could not be worked out."""
    given = award(found)
    if given.not_worked_out:
        return "cannot say"
    return [choice.to for one in given.improvements for choice in one.choices]


FULL = {"points": {"type": "a"}, "at_least": 4}


@pytest.mark.parametrize(
    ("measure", "rule", "answer", "to"),
    [
        (AUDIT, FULL, {"level": "C"}, ["level B"]),
        (SERIES, FULL, {"series": [{"at": {"ward": "A"}, "value": 9}]}, ["enough of the series does well"]),
        ({"unit": "%", "at_least": 80}, FULL, {"measured": 10}, ["80 %"]),
        ({"unit": "%", "at_least": 80}, FULL, {"rating": "poor"}, ["Good"]),
        ({"unit": "misses", "at_most": 5}, FULL, {"measured": 9}, ["5 misses"]),
        (
            {"unit": "%", "at_least": 80},
            {"measured": "1", "at_least": 90, "if_no_value": "not_satisfied"},
            {"measured": 85},
            ["90 %"],
        ),
        (
            {"unit": "%", "at_least": 80},
            {"measured": "1", "above": 95, "if_no_value": "not_satisfied"},
            {"state": "not_answered"},
            ["95.000000001 %"],
        ),
        (
            {"unit": "%", "at_least": 80},
            {
                "figure": {"difference": [{"constant": 100}, {"measured": "1"}]},
                "at_most": 3,
                "if_no_value": "satisfied",
            },
            {"measured": 50},
            "cannot say",
        ),
        ({"unit": "%", "at_least": 1, "formula": {"times": 1}}, FULL, {"measured": 0}, "cannot say"),
        ({"unit": "%", "formula": {"times": "0.02", "at_most": 3}}, FULL, {"measured": 50}, []),
    ],
)
def test_a_measured_criterion_is_improved_to_what_can_be_measured(
    measure: dict[str, Any], rule: dict[str, Any], answer: dict[str, Any], to: list[str] | str
) -> None:
    assert to_reach(scored(measure, rule, answer)) == to


def test_nothing_is_promised_that_could_not_be_measured() -> None:
    found = scored({"unit": "%", "formula": {"times": "0.02", "at_most": 3}}, FULL, {"measured": 50})
    (option,) = options("1", found, compared_values(found))
    assert (option.to, option.scored.points) == ("100 %", Fraction(2))


def test_a_score_below_zero_is_rounded_away_from_zero() -> None:
    scores: dict[str, Any] = {
        "less": {
            "title": "Less",
            "figure": {"difference": [{"mean": {"type": "a"}, "over": "criteria"}, {"constant": "4.5"}]},
            "rounded": 0,
            "bands": [{"level": "A", "at_least": 0}, {"level": "B", "below": 0}],
        }
    }
    rule = {"level": "less", "at_least": "A", "if_no_value": "not_satisfied"}
    poor = {"rating": "poor"}
    assert to_reach(scored(None, rule, poor, scores=scores)) == []
    scores["less"]["figure"]["difference"][1]["constant"] = "4.4"
    assert to_reach(scored(None, rule, poor, scores=scores)) == ["Good"]


def test_a_product_with_the_lowest_of_figures_is_followed() -> None:
    lowest = {"lowest_of": [{"mean": {"type": "a"}, "over": "criteria"}, {"share": {"type": "a"}}]}
    rule = {"figure": {"product_of": [lowest, {"points": {"type": "a"}}]}, "at_least": 16, "if_no_value": "satisfied"}
    assert to_reach(scored(None, rule, {"rating": "poor"})) == ["Good"]
    by_degrees = {"figure": {"product_of": [lowest, lowest]}, "at_least": 16, "if_no_value": "satisfied"}
    assert to_reach(scored(None, by_degrees, {"rating": "poor"})) == "cannot say"


@pytest.mark.parametrize("answer", [{"measured": 85}, {"rating": "good"}, {"state": "not_answered"}])
def test_a_rule_about_the_value_itself_names_its_criterion_however_well_that_stands(answer: dict[str, Any]) -> None:
    rule = {"measured": "1", "at_least": 90, "if_no_value": "not_satisfied"}
    assert award(scored({"unit": "%", "at_least": 80}, rule, answer)).stands_in_the_way == ("1",)
