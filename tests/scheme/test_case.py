"""Worked cases: what an author writes for a rating, and what answer it stands for."""

import pytest
from pydantic import ValidationError

from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.scheme.case import Case, CaseRating, Expected, problems_of_case
from tests.building import small


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
