"""Worked cases: what an author writes for a rating, and what answer it stands for."""

import pytest
from pydantic import ValidationError

from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.scheme.case import Case, CaseRating, Expected, problems_of_case
from tests.building import small
from tests.wide import FALLS, PROFILE, wide


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("met", Answer(rating="met")),
        ("too_few_cases", Answer(state="too_few_cases")),
        ("not_answered", NOT_ANSWERED),
        ({"not_applicable": "no beds"}, Answer(state="not_applicable", note="no beds")),
        ({"level": "B"}, Answer(level="B")),
        ({"measured": 90}, Answer.model_validate({"measured": 90})),
    ],
)
def test_a_rating_in_a_case_stands_for_an_answer(written: object, answer: Answer) -> None:
    assert CaseRating.model_validate(written).answer() == answer


@pytest.mark.parametrize("wrong", [{}, {"measured": 1, "level": "A"}, {"rating": "met", "state": "not_answered"}])
def test_a_rating_in_a_case_says_one_thing(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="not a rating; write a rating of the scale"):
        CaseRating.model_validate(wrong)


def case(**ratings: object) -> Case:
    return Case.model_validate({"case": "c", "profile": {}, "ratings": ratings, "expect": {"outcome": "deferred"}})


def test_the_default_fills_what_applies_and_is_not_named() -> None:
    answers = case(**{"default": "met", "2.01": "not_met", "1.10": "not_met"}).answers(small())
    assert answers == {"1.01": Answer(rating="met"), "2.01": Answer(rating="not_met"), "2.02": Answer(rating="met")}


def test_without_a_default_the_rest_is_not_answered() -> None:
    assert case(**{"1.01": "met"}).answers(small()) == {
        "1.01": Answer(rating="met"), "2.01": NOT_ANSWERED, "2.02": NOT_ANSWERED,
    }  # fmt: skip


def test_a_rating_for_a_criterion_that_does_not_apply_is_no_problem() -> None:
    assert problems_of_case(case(**{"1.10": "met"}), small()) == ()


def test_what_is_expected_may_be_the_outcome_alone() -> None:
    assert Expected(outcome="deferred") == Expected(outcome="deferred", stands_in_the_way=None, improvements={}, why="")


SHAPE = "a series in falls, each value with its ward and quarter and the benchmark beside it"
ONE = FALLS[0].model_dump(mode="json")


def said(series: list[object]) -> list[tuple[object, str, str]]:
    """What is wrong with a case in which criterion 1.03 has this series."""
    told = {
        "case": "c",
        "profile": PROFILE,
        "ratings": {"default": "best", "1.03": {"series": series}},
        "expect": {"outcome": wide().award[0].outcome},
    }
    return [(one.path, one.found, one.allowed) for one in problems_of_case(Case.model_validate(told), wide())]


def test_a_series_that_answers_its_measure_is_no_problem() -> None:
    assert said(list(FALLS)) == []


def test_a_series_without_a_value_is_a_problem() -> None:
    assert said([]) == [(("ratings", "1.03", "series"), "a series without a value", SHAPE)]


@pytest.mark.parametrize(
    ("value", "found", "allowed"),
    [
        ({**ONE, "at": {"ward": "A", "qarter": "1"}}, "it stands at ward, qarter (did you mean quarter?)", SHAPE),
        ({**ONE, "at": {"ward": "A"}}, "it stands at ward", SHAPE),
        ({**ONE, "at": {"ward": "A", "quarter": "2", "day": "1"}}, "it stands at ward, quarter, day", SHAPE),
        ({**ONE, "at": {"ward": "A", "quarter": " "}}, "nothing is written at quarter", SHAPE),
        ({**ONE, "value": 9}, "a second value for A, 1", "one value for each"),
        ({"at": {"ward": "A", "quarter": "2"}, "value": 1}, "no benchmark", SHAPE),
    ],
)
def test_every_value_of_a_series_stands_at_its_own_place_with_its_benchmark(
    value: object, found: str, allowed: str
) -> None:
    assert said([ONE, value]) == [(("ratings", "1.03", "series", 1), found, allowed)]


def test_a_series_where_none_is_asked_for_is_a_problem() -> None:
    told = case(**{"default": "met", "1.01": {"series": [ONE]}})
    assert [(one.path, one.found) for one in problems_of_case(told, small())] == [
        (("ratings", "1.01"), "a series where none is asked for"),
    ]
