"""Independent ratings side by side."""

from decimal import Decimal

import pytest

from accreditation.rules.consensus import Compared, compare_reviews
from accreditation.scheme.answer import Answer
from tests.building import small

TWO = small().criteria[:2]
MET, NOT_MET, NA = Answer(rating="met"), Answer(rating="not_met"), Answer(state="not_applicable", note="no beds")


def said(*pairs: tuple[Answer, Answer]) -> Compared:
    return compare_reviews(scheme=small(), criteria=TWO, reviews=[{"1.01": one, "1.10": two} for one, two in pairs])


def test_what_all_say_is_agreed_and_what_one_sees_differently_is_not() -> None:
    assert said((MET, MET), (MET, NOT_MET), (MET, MET)) == Compared(agreed={"1.01": MET}, differing=("1.10",))


def test_not_applicable_differs_from_not_met() -> None:
    assert said((NA, NOT_MET), (NOT_MET, NOT_MET)) == Compared(agreed={"1.10": NOT_MET}, differing=("1.01",))


def test_comments_may_differ_and_are_joined_the_same_whoever_comes_first() -> None:
    first, second = Answer(rating="met", note="seen"), Answer(rating="met", note="good")
    pairs = [(first, MET), (second, MET), (MET, MET)]
    joined = Answer(rating="met", note="good / seen")
    assert [said(*order).agreed["1.01"] for order in (pairs, pairs[::-1])] == [joined, joined]


def both(first: dict[str, object], second: dict[str, object]) -> bool:
    """Do two reviewers who say this of the second criterion agree?"""
    return not said((MET, Answer.model_validate(first)), (MET, Answer.model_validate(second))).differing


def test_reviewers_agree_on_whole_answers_and_not_on_ratings_alone() -> None:
    a, b = {"at": {"ward": "A"}, "value": 1, "benchmark": 2}, {"at": {"ward": "B"}, "value": 1}
    assert both({"measured": "90"}, {"measured": "90.0"})
    assert both({"series": [a, b]}, {"series": [b, a]})
    assert both({"level": "A"}, {"level": "A"})
    assert not both({"measured": 90}, {"measured": 91})
    assert not both({"measured": 90}, {"rating": "met"})
    assert not both({"level": "A"}, {"level": "B"})
    assert not both({"series": [a, b]}, {"series": [a]})
    assert not both({"series": [a]}, {"series": [{**a, "benchmark": 3}]})


def test_what_is_agreed_is_the_whole_answer() -> None:
    measured = Answer(measured=Decimal(90), note="seen")
    assert said((MET, measured), (MET, measured)).agreed["1.10"] == measured


def test_a_review_with_a_gap_is_not_compared() -> None:
    with pytest.raises(KeyError, match=r"1\.10"):
        compare_reviews(scheme=small(), criteria=TWO, reviews=[{"1.01": MET}])
