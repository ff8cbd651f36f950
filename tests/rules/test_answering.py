# ruff: noqa: E501  (what a team reads stands here in one piece)
"""Which answers are refused, in words, and what is missing before a team can submit."""

from decimal import Decimal

import pytest

from accreditation.rules.answering import By, faults_of_answer, missing_answers, missing_evidence
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Criterion
from tests.building import small
from tests.wide import FALLS, wide

SCHEME, WIDE = small(), wide()
LEVEL = "criterion 2.02: {}; the level in The audit: A, B, C"
SCALE = "a rating of the scale: met, not_met"
NA_REASON = "say in the note why it does not apply to this service"


@pytest.mark.parametrize(
    ("criterion", "by", "answer", "said"),
    [
        ("1.01", "team", {"rating": "met"}, []),
        ("1.01", "team", {"rating": "good"}, [f"criterion 1.01: rating 'good'; {SCALE}"]),
        ("1.01", "team", {}, [f"criterion 1.01: nothing; {SCALE}"]),
        ("1.01", "team", {"rating": "met", "level": "A"}, [f"criterion 1.01: rating 'met', level 'A'; {SCALE}"]),
        ("1.01", "team", {"measured": 3}, [f"criterion 1.01: measured '3'; {SCALE}"]),
        ("1.01", "team", {"state": "not_answered"}, []),
        ("1.01", "team", {"state": "not_applicable", "note": "no beds"}, []),
        ("1.01", "team", {"state": "not_applicable", "note": " "}, [f"criterion 1.01: 'not applicable' without a reason; {NA_REASON}"]),
        ("1.01", "team", {"state": "too_few_cases"}, [f"criterion 1.01: 'too few cases' where nothing is counted; {SCALE}"]),
        ("2.01", "team", {"state": "too_few_cases"}, []),
        ("2.01", "reviewer", {"state": "too_few_cases"}, []),
        (
            "2.01", "team", {"state": "not_applicable", "rating": "met", "measured": 3},
            ["criterion 2.01: rating, measured beside 'not applicable'; 'not applicable' stands alone", f"criterion 2.01: 'not applicable' without a reason; {NA_REASON}"],
        ),
        ("2.01", "team", {"measured": "89.99"}, []),
        ("2.01", "team", {"measured": 0}, []),
        ("2.01", "team", {"measured": 100}, []),
        ("2.01", "team", {"measured": "100.1"}, ["criterion 2.01: 100.1 %; a number from 0 to 100"]),
        ("2.01", "team", {"measured": -1}, ["criterion 2.01: -1 %; a number from 0 to 100"]),
        ("2.01", "team", {"rating": "met"}, ["criterion 2.01: rating 'met'; the measured value in %"]),
        ("2.01", "reviewer", {"rating": "met"}, []),
        ("2.01", "reviewer", {"measured": 95}, []),
        ("2.01", "reviewer", {"measured": 101}, ["criterion 2.01: 101 %; a number from 0 to 100"]),
        ("2.01", "reviewer", {"rating": "met", "measured": 95}, ["criterion 2.01: rating 'met', measured '95'; the measured value in %"]),
        ("2.01", "reviewer", {}, [f"criterion 2.01: nothing; {SCALE}"]),
        ("1.01", "reviewer", {"measured": 95}, [f"criterion 1.01: measured '95'; {SCALE}"]),
        ("2.02", "team", {"level": "C"}, []),
        ("2.02", "team", {"level": "F"}, [LEVEL.format("level 'F'")]),
        ("2.02", "team", {"rating": "met"}, [LEVEL.format("rating 'met'")]),
        ("2.02", "reviewer", {"rating": "not_met"}, []),
        ("2.02", "reviewer", {"level": "C"}, []),
        ("2.02", "reviewer", {"level": "F"}, [LEVEL.format("level 'F'")]),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_fit_is_refused_with_what_is_allowed(
    criterion: str, by: By, answer: dict[str, object], said: list[str]
) -> None:
    given = Answer.model_validate(answer)
    found = faults_of_answer(criterion=SCHEME.by_id[criterion], answer=given, scheme=SCHEME, by=by)
    assert [str(fault) for fault in found] == said


def test_what_is_not_answered_is_named_in_the_order_of_the_standard() -> None:
    answers = {"2.02": Answer(level="A"), "2.01": Answer(state="not_answered"), "9.99": Answer(rating="met")}
    found = missing_answers(scheme=SCHEME, profile={"hasu": False}, answers=answers)
    assert [str(fault) for fault in found] == [
        "criterion 1.01: 'Named lead' is not answered; answer it, or say why it does not apply",
        "criterion 2.01: 'Scan within an hour' is not answered; answer it, or say why it does not apply",
    ]


def test_every_state_but_not_answered_is_an_answer() -> None:
    answers = {
        "1.01": Answer(rating="not_met"),
        "1.10": Answer(state="not_applicable", note="none"),
        "2.01": Answer(measured=Decimal(0)),
        "2.02": Answer(state="too_few_cases"),
    }
    assert missing_answers(scheme=SCHEME, profile={"hasu": True}, answers=answers) == ()


@pytest.mark.parametrize(
    ("answer", "attached", "missing"),
    [
        (Answer(rating="met"), [], True),
        (Answer(rating="met"), ["1.01"], False),
        (Answer(rating="not_met"), [], False),
        (Answer(state="not_applicable", note="n"), [], False),
        (Answer(state="not_answered"), [], False),
        (Answer(state="too_few_cases"), [], False),
        (Answer(measured=Decimal(3)), [], True),
    ],
)
def test_evidence_is_asked_only_for_what_a_team_says_it_meets(
    answer: Answer, attached: list[str], missing: bool
) -> None:
    found = missing_evidence(scheme=SCHEME, profile={}, answers={"1.01": answer}, attached=attached)
    said = "criterion 1.01: required evidence is not attached; attach: Job plan"
    assert [str(fault) for fault in found] == ([said] if missing else [])


SERIES = "a series in falls, each value with its ward and quarter and the benchmark beside it"
ONE = FALLS[0].model_dump(mode="json")


@pytest.mark.parametrize(
    ("criterion", "by", "answer", "said"),
    [
        ("1.01", "team", {"rating": "have"}, []),
        ("1.01", "team", {"rating": "good"}, ["criterion 1.01: rating 'good'; a rating of the scale: have, collating, lacking"]),
        ("1.01", "reviewer", {"rating": "good"}, []),
        ("1.01", "reviewer", {"rating": "have"}, ["criterion 1.01: rating 'have'; a rating of the scale: good, fair, poor"]),
        (
            "1.01", "team", {"state": "not_applicable", "note": "none"},
            ["criterion 1.01: 'not applicable'; this criterion applies to every service that is asked it: say how it stands"],
        ),
        ("1.02", "reviewer", {"measured": 92}, []),
        ("1.02", "reviewer", {"rating": "good"}, ["criterion 1.02: rating 'good'; the measured value in %"]),
        ("1.03", "team", {"series": list(FALLS)}, []),
        ("1.03", "reviewer", {"series": list(FALLS)}, []),
        ("1.03", "reviewer", {"rating": "poor"}, []),
        ("1.03", "team", {"measured": 3}, [f"criterion 1.03: measured '3'; {SERIES}"]),
        ("1.03", "team", {}, [f"criterion 1.03: nothing; {SERIES}"]),
        ("1.03", "team", {"series": [{**ONE, "benchmark": None}]}, [f"criterion 1.03, value 1: no benchmark; {SERIES}"]),
        (
            "1.03", "team", {"series": [ONE, ONE, {**ONE, "at": {"ward": "A"}}, {**ONE, "at": {"ward": "B", "quarter": " "}}]},
            [
                "criterion 1.03, value 2: a second value for A, 1; one value for each",
                f"criterion 1.03, value 3: it stands at ward; {SERIES}",
                f"criterion 1.03, value 4: nothing is written at quarter; {SERIES}",
            ],
        ),
        (
            "1.03", "team", {"series": [{**ONE, "at": {"ward": "A", "qarter": "1"}}]},
            [f"criterion 1.03, value 1: it stands at ward, qarter (did you mean quarter?); {SERIES}"],
        ),
        ("1.03", "team", {"series": [{**ONE, "value": -1}]}, ["criterion 1.03, value 1: -1 falls; a number from 0 to 1000000000"]),
        ("1.05", "team", {"series": list(FALLS)}, ["criterion 1.05: a series of 6; the measured value in %"]),
        ("1.05", "team", {"state": "too_few_cases", "series": list(FALLS)}, ["criterion 1.05: series beside 'too few cases'; 'too few cases' stands alone"]),
    ],
)  # fmt: skip
def test_every_scale_and_every_measure_has_answers_of_its_own(
    criterion: str, by: By, answer: dict[str, object], said: list[str]
) -> None:
    given = Answer.model_validate(answer)
    found = faults_of_answer(criterion=WIDE.by_id[criterion], answer=given, scheme=WIDE, by=by)
    assert [str(fault) for fault in found] == said


def test_a_benchmark_that_nothing_is_compared_with_is_refused() -> None:
    measure = {"unit": "falls", "at_most": 3, "series": [{"each": "ward", "at_least": "100 %"}]}
    told = {**WIDE.by_id["1.03"].model_dump(mode="json"), "measure": measure}
    given = Answer.model_validate({"series": [{"at": {"ward": "A"}, "value": 2, "benchmark": 2}]})
    found = faults_of_answer(criterion=Criterion.model_validate(told), answer=given, scheme=WIDE, by="team")
    shape = "a series in falls, each value with its ward"
    said = [f"criterion 1.03, value 1: a benchmark that nothing is compared with; {shape}"]
    assert [str(fault) for fault in found] == said


@pytest.mark.parametrize(("rating", "missing"), [("have", True), ("collating", True), ("lacking", False)])
def test_evidence_is_asked_for_what_counts_as_met_on_the_teams_own_scale(rating: str, missing: bool) -> None:
    found = missing_evidence(scheme=WIDE, profile={}, answers={"1.01": Answer(rating=rating)}, attached=[])
    assert [fault.where for fault in found] == (["criterion 1.01"] if missing else [])


def test_nobody_is_told_to_say_why_what_always_applies_does_not() -> None:
    found = missing_answers(scheme=WIDE, profile={}, answers={})
    assert str(found[0]) == "criterion 1.01: 'Named lead' is not answered; answer it"
