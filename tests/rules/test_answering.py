# ruff: noqa: E501  (what a team reads stands here in one piece)
"""Which answers are refused, in words, and what is missing before a team can submit."""

from decimal import Decimal

import pytest

from accreditation.rules.answering import By, faults_of_answer, missing_answers, missing_evidence
from accreditation.scheme.answer import Answer
from tests.building import small

SCHEME = small()
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
        ("2.01", "reviewer", {"measured": 95}, [f"criterion 2.01: measured '95'; {SCALE}"]),
        ("2.02", "team", {"level": "C"}, []),
        ("2.02", "team", {"level": "F"}, [LEVEL.format("level 'F'")]),
        ("2.02", "team", {"rating": "met"}, [LEVEL.format("rating 'met'")]),
        ("2.02", "reviewer", {"rating": "not_met"}, []),
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
