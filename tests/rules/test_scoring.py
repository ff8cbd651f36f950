"""How criteria stand, and why."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.rules.scoring import Scored, Standing, score, score_one
from accreditation.scheme.answer import Answer
from accreditation.scheme.classes import Class
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from tests.building import changed, small

SCHEME = small()


@pytest.mark.parametrize(
    ("criterion", "answer", "standing", "why", "worth"),
    [
        ("1.01", {"rating": "met"}, "met", "rated 'Met'", (1, "met", None)),
        ("1.01", {"rating": "not_met"}, "not_met", "rated 'Not met'", (0, "not_met", None)),
        (
            "1.01",
            {"state": "not_applicable", "note": "no beds"},
            "not_applicable",
            "does not apply: no beds",
            (0, None, None),
        ),
        ("1.01", {"state": "not_applicable"}, "not_applicable", "does not apply", (0, None, None)),
        ("1.01", {"state": "not_answered"}, "not_answered", "not answered", (0, None, None)),
        ("2.01", {"state": "too_few_cases"}, "too_few_cases", "too few cases to report", (0, None, None)),
        ("2.01", {"measured": "90"}, "met", "90 %; at least 90 % is asked for", (1, None, 90)),
        ("2.01", {"measured": "90.0"}, "met", "90.0 %; at least 90 % is asked for", (1, None, 90)),
        (
            "2.01",
            {"measured": "89.999999999"},
            "not_met",
            "89.999999999 %; at least 90 % is asked for",
            (0, None, Fraction("89.999999999")),
        ),
        ("2.01", {"rating": "met"}, "met", "rated 'Met'", (1, "met", None)),
        ("2.02", {"level": "A"}, "met", "level A reaches level B", (1, None, None)),
        ("2.02", {"level": "B"}, "met", "level B reaches level B", (1, None, None)),
        ("2.02", {"level": "C"}, "not_met", "level C is below level B", (0, None, None)),
        ("2.02", {"rating": "not_met"}, "not_met", "rated 'Not met'", (0, "not_met", None)),
    ],
)
def test_a_criterion_stands_as_its_answer_says(
    criterion: str,
    answer: dict[str, object],
    standing: str,
    why: str,
    worth: tuple[int, str | None, Fraction | None],
) -> None:
    scored = score_one(criterion=SCHEME.by_id[criterion], answer=Answer.model_validate(answer), scheme=SCHEME)
    points, rating, value = worth
    assert scored == Scored(
        criterion=criterion,
        standing=Standing(standing),
        why=why,
        points=Fraction(points),
        rating=rating,
        value=value,
    )


def test_a_number_to_stay_under_is_kept_at_the_number_itself() -> None:
    files = changed("criteria/second.yaml", 'unit: "%", at_least: 90', "unit: minutes, at_most: 60")
    scheme = read_standard(files).scheme
    given = ["60", "60.01"]
    scored = [
        score_one(criterion=scheme.by_id["2.01"], answer=Answer.model_validate({"measured": n}), scheme=scheme)
        for n in given
    ]
    assert [(one.standing.words, one.why) for one in scored] == [
        ("met", "60 minutes; at most 60 minutes is asked for"),
        ("not met", "60.01 minutes; at most 60 minutes is asked for"),
    ]


@pytest.mark.parametrize(
    ("criterion", "answer"), [("1.01", {"rating": "good"}), ("1.01", {"measured": 1}), ("2.02", {"level": "F"})]
)
def test_an_answer_that_the_scheme_does_not_know_is_never_scored(criterion: str, answer: dict[str, object]) -> None:
    with pytest.raises(KeyError):
        score_one(criterion=SCHEME.by_id[criterion], answer=Answer.model_validate(answer), scheme=SCHEME)


def test_only_what_applies_is_scored_and_a_gap_is_not_answered() -> None:
    scored = score(scheme=SCHEME, profile={}, answers={"1.01": Answer(rating="met"), "1.10": Answer(rating="met")})
    assert [(one.criterion, one.standing.value) for one in scored.scored] == [
        ("1.01", "met"),
        ("2.01", "not_answered"),
        ("2.02", "not_answered"),
    ]
    assert scored.standing(Standing.MET) == ("1.01",)
    assert scored.standing(Standing.NOT_ANSWERED, Standing.MET) == ("1.01", "2.01", "2.02")


@pytest.mark.parametrize(("rule", "counted"), [("leaves_out", []), ("counts_as_not_met", ["2.01"])])
def test_not_applicable_leaves_the_count_and_too_few_cases_as_the_scheme_says(rule: str, counted: list[str]) -> None:
    scheme = Scheme.model_validate({**SCHEME.model_dump(mode="json"), "too_few_cases": rule})
    answers = {"2.01": Answer(state="too_few_cases"), "2.02": Answer(state="not_applicable", note="n")}
    scored = score(scheme=scheme, profile={}, answers=answers)
    assert list(scored.counted(Class(type="expected"))) == counted


def test_taking_criteria_as_met_changes_only_those() -> None:
    before = score(scheme=SCHEME, profile={"hasu": True}, answers={"1.01": Answer(rating="not_met")})
    after = before.with_met(["1.01"])
    assert after.standing(Standing.MET) == ("1.01",)
    assert after.scored[1:] == before.scored[1:]
    assert before.standing(Standing.MET) == ()


@given(order=st.permutations(sorted(SCHEME.by_id)))
def test_the_order_of_answers_never_matters(order: list[str]) -> None:
    answers = {name: Answer(rating="met" if name > "1.05" else "not_met") for name in order}
    profile = {"hasu": True}
    assert score(scheme=SCHEME, profile=profile, answers=answers) == score(
        scheme=SCHEME, profile=profile, answers=dict(sorted(answers.items()))
    )
