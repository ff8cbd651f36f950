"""Ratings that differ but count the same for every rule, and all that may tell them apart."""

from typing import Any

import pytest

from accreditation.rules.consensus import Compared, compare_reviews
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from tests.building import built

SCALE = {
    "full": {"title": "Fully met", "counts_as_met": True},
    "most": {"title": "Mostly met", "counts_as_met": True},
    "part": {"title": "Partly met", "counts_as_met": False},
    "none": {"title": "Not met", "counts_as_met": False},
}
ALL: dict[str, Any] = {"every": {"type": "a"}, "if_none_apply": "satisfied"}
FULL, MOST, PART, NONE = (Answer(rating=name) for name in SCALE)


def scheme(*, when: dict[str, Any] = ALL, agree: str = "same_verdict", **other: Any) -> Scheme:
    """Criterion 1 on a scale of four ratings; the rule is asked of it."""
    consensus = {"settled_by": "lead", "agree": agree}
    award = [{"outcome": "top", "when": when}]
    return built(
        criteria=[("1", "a", "x")], award=award, consensus=consensus, **{"scale": SCALE, "scores": {}, **other}
    )


def said(*answers: Answer, of: Scheme) -> Compared:
    return compare_reviews(scheme=of, criteria=of.criteria[:1], reviews=[{"1": answer} for answer in answers])


def settled(*answers: Answer, of: Scheme) -> str | None:
    """The rating at which they settle themselves, if they do."""
    lowered = said(*answers, of=of).lowered
    return lowered["1"].rating or lowered["1"].level or str(lowered["1"].measured) if lowered else None


def test_what_counts_the_same_settles_at_the_lowest_and_the_working_says_so() -> None:
    found = said(MOST.model_copy(update={"note": "No rota."}), FULL, of=scheme())
    assert (found.agreed, found.differing) == ({}, ())
    assert found.lowered["1"] == Answer(
        rating="most",
        note="The reviewers' ratings differ ('Fully met', 'Mostly met') but count the same for every rule: met. "
        "The lowest stands: 'Mostly met'. No rota.",
    )
    assert settled(NONE, PART, NONE, of=scheme()) == "none"
    assert said(FULL, MOST, of=scheme()) == said(MOST, FULL, of=scheme())


def test_by_default_only_the_same_rating_agrees() -> None:
    assert said(FULL, MOST, of=scheme(agree="same")).differing == ("1",)


@pytest.mark.parametrize("answers", [(FULL, FULL, PART), (MOST, NONE), (FULL, Answer(state="not_applicable"))])
def test_a_verdict_that_one_alone_sees_differently_is_never_settled_away(answers: tuple[Answer, ...]) -> None:
    assert said(*answers, of=scheme()).differing == ("1",)


TELLING = {
    "by rating": {"every": {"type": "a"}, "rated": ["full"], "if_none_apply": "satisfied"},
    "at least so": {
        "share": {"domain": "x"}, "rated_at_least": "full", "at_least": "50 %", "if_none_apply": "satisfied",
    },
    "within another": {"any": [{"not": {"number": {"all_criteria": True}, "rated": ["most"], "at_least": 1}}, ALL]},
    "in a figure": {
        "figure": {"mean_of": [{"number": {"type": "a"}, "rated": ["full"]}]}, "at_least": 1,
        "if_no_value": "satisfied",
    },
}  # fmt: skip


@pytest.mark.parametrize("when", TELLING.values(), ids=TELLING)
def test_a_rule_anywhere_that_tells_them_apart_sends_them_to_the_lead(when: dict[str, Any]) -> None:
    assert said(FULL, MOST, of=scheme(when=when)).differing == ("1",)
    assert settled(PART, NONE, of=scheme(when=when)) == "none"


def test_a_rule_about_other_criteria_or_other_ratings_tells_nothing_apart() -> None:
    others = {"every": {"type": "b"}, "rated": ["full"], "if_none_apply": "satisfied"}
    assert settled(FULL, MOST, of=scheme(when=others)) == "most"
    below = {"every": {"type": "a"}, "rated_at_least": "part", "if_none_apply": "satisfied"}
    assert settled(FULL, MOST, of=scheme(when=below)) == "most"


def test_ratings_worth_other_points_do_not_count_the_same() -> None:
    worth = {
        name: {**rating, "points": points} for (name, rating), points in zip(SCALE.items(), (3, 2, 1, 1), strict=True)
    }
    assert said(FULL, MOST, of=scheme(scale=worth)).differing == ("1",)
    assert settled(PART, NONE, of=scheme(scale=worth)) == "none"


def measured(measure: dict[str, Any], **other: Any) -> Scheme:
    """The same with this measure."""
    told = scheme(**other).model_dump(mode="json", by_alias=True)
    told["domains"][0]["criteria"][0]["measure"] = measure
    return Scheme.model_validate(told)


def numbers(*values: float) -> tuple[Answer, ...]:
    return tuple(Answer(measured=str(value)) for value in values)


def test_of_numbers_the_one_nearer_to_missing_the_threshold_is_the_lowest() -> None:
    assert settled(*numbers(95, 91), of=measured({"unit": "%", "at_least": 90})) == "91"
    assert settled(*numbers(3, 4), of=measured({"unit": "hours", "at_most": 4})) == "4"
    assert said(*numbers(89, 91), of=measured({"unit": "%", "at_least": 90})).differing == ("1",)
    assert said(Answer(measured="95"), FULL, of=measured({"unit": "%", "at_least": 90})).differing == ("1",)
    by_points = {"unit": "%", "formula": {"times": "1", "at_most": "100"}}
    assert said(*numbers(95, 91), of=measured(by_points)).differing == ("1",)


def test_a_rule_about_the_number_itself_tells_numbers_apart() -> None:
    when = {"measured": "1", "at_least": 95, "if_no_value": "satisfied"}
    assert said(*numbers(95, 91), of=measured({"unit": "%", "at_least": 90}, when=when)).differing == ("1",)


def test_of_an_audits_levels_the_lowest_that_still_reaches_it_stands() -> None:
    asks = measured({"audit": "audit", "indicator": "t", "level": "B"})
    assert settled(Answer(level="A"), Answer(level="B"), of=asks) == "B"
    assert said(Answer(level="B"), Answer(level="C"), of=asks).differing == ("1",)
