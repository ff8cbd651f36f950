"""Every standard that ships is read without fault, and every one of its worked cases gives what its author expects."""

from functools import cache
from pathlib import Path

import pytest

from accreditation.library import load
from accreditation.rules.cases import CaseResult, run_case
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import Standard

STANDARDS = Path(__file__).parents[2] / "standards"
FOLDERS = sorted(path.parent.name for path in STANDARDS.glob("*/scheme.yaml"))


@cache
def standard(folder: str) -> Standard:
    return load(STANDARDS / folder)


@cache
def result(folder: str, number: int) -> CaseResult:
    found = standard(folder)
    return run_case(scheme=found.scheme, case=found.cases[number])


def cases() -> list[tuple[str, int]]:
    """Folder and number of each worked case; the files are read here only to be counted."""
    return [(folder, number) for folder in FOLDERS for number in range(len(standard(folder).cases))]


def named(value: object) -> str:
    return str(value)


def test_the_stroke_standard_is_among_those_that_ship() -> None:
    assert "stroke" in FOLDERS


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_standard_has_a_case_that_gives_each_of_its_outcomes(folder: str) -> None:
    found = standard(folder)
    given = {result(folder, number).result.outcome.outcome for number in range(len(found.cases))}
    assert given == {outcome.outcome for outcome in found.scheme.award if not outcome.follows_conditions}


@pytest.mark.parametrize(("folder", "number"), cases(), ids=named)
def test_a_worked_case_gives_what_its_author_expects(folder: str, number: int) -> None:
    assert result(folder, number).differences == (), (
        f"{standard(folder).places[number]}: {result(folder, number).case.case}"
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_standard_kept_as_canonical_json_keeps_its_name(folder: str) -> None:
    scheme = standard(folder).scheme
    assert Scheme.model_validate_json(scheme.canonical()).digest == scheme.digest
