"""Every standard that ships is read without fault, and every one of its worked cases gives what its author expects."""

from functools import cache
from pathlib import Path

import pytest

from accreditation.rules.cases import run_case
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import Standard, read_standard

STANDARDS = Path(__file__).parents[2] / "standards"
FOLDERS = sorted(path.parent.name for path in STANDARDS.glob("*/scheme.yaml"))


@cache
def standard(folder: str) -> Standard:
    root = STANDARDS / folder
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.yaml")}
    return read_standard(files, name=f"standards/{folder}/")


def cases() -> list[tuple[str, int]]:
    """Folder and number of each worked case; the files are read here only to be counted."""
    return [(folder, number) for folder in FOLDERS for number in range(len(standard(folder).cases))]


def named(value: object) -> str:
    return str(value)


def test_the_stroke_standard_is_among_those_that_ship() -> None:
    assert "stroke" in FOLDERS


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_standard_has_cases_for_every_one_of_its_outcomes(folder: str) -> None:
    found = standard(folder)
    assert {case.expect.outcome for case in found.cases} == {outcome.outcome for outcome in found.scheme.award}


@pytest.mark.parametrize(("folder", "number"), cases(), ids=named)
def test_a_worked_case_gives_what_its_author_expects(folder: str, number: int) -> None:
    found = standard(folder)
    case = found.cases[number]
    assert run_case(scheme=found.scheme, case=case).differences == (), case.case


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_standard_kept_as_canonical_json_keeps_its_name(folder: str) -> None:
    scheme = standard(folder).scheme
    assert Scheme.model_validate_json(scheme.canonical()).digest == scheme.digest
