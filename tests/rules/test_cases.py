"""Worked cases run, and where they differ from what their author expects."""

from accreditation.rules.cases import run_case
from accreditation.scheme.case import Case
from accreditation.scheme.read import read_standard
from tests.building import FILES, small

WRONG = {
    "case": "wrong in everything",
    "profile": {"hasu": True},
    "ratings": {"default": "met", "1.01": "not_met"},
    "expect": {
        "outcome": "accredited",
        "stands_in_the_way": ["1.10", "2.01"],
        "improvements": {"accredited": 2, "deferred": 1},
    },
}


def test_a_case_that_gives_what_is_expected_has_no_differences() -> None:
    standard = read_standard(FILES)
    results = [run_case(scheme=standard.scheme, case=case) for case in standard.cases]
    assert [(result.award.outcome, result.differences) for result in results] == [("accredited", ()), ("deferred", ())]


def test_every_difference_is_said_with_what_was_given_and_what_was_expected() -> None:
    result = run_case(scheme=small(), case=Case.model_validate(WRONG))
    assert result.differences == (
        "the outcome is 'Deferred', expected 'Accredited'",
        "the criteria in the way of the next outcome: 1.01; expected: 1.10, 2.01",
        "the smallest improvement to 'Accredited' has 1 criterion, expected 2",
        "the smallest improvement to 'Deferred' has no criteria, expected 1",
    )


def test_nothing_in_the_way_is_said_as_nothing() -> None:
    case = Case.model_validate(
        {**WRONG, "ratings": {"default": "met"}, "expect": {"outcome": "accredited", "stands_in_the_way": ["1.01"]}}
    )
    assert run_case(scheme=small(), case=case).differences == (
        "the criteria in the way of the next outcome: nothing; expected: 1.01",
    )
