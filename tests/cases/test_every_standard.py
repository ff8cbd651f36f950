"""Every standard that ships is read without fault, and every one of its worked cases gives what its author expects."""

from functools import cache

import pytest

from accreditation.rules.cases import CaseResult, run_case
from accreditation.scheme.model import Scheme
from tests.shipped import FOLDERS, STANDARDS, shipped

pytestmark = pytest.mark.xdist_group("standards that ship")


@cache
def result(folder: str, number: int) -> CaseResult:
    found = shipped(folder)
    return run_case(scheme=found.scheme, case=found.cases[number])


def number_of_cases(folder: str) -> int:
    """How many cases lie there? Counted by how they begin: every worker collects the tests, and one reads the files."""
    files = (STANDARDS / folder / "cases").glob("*.yaml")
    return sum(line.startswith("- case:") for file in files for line in file.read_text().splitlines())


def cases() -> list[tuple[str, int]]:
    """Folder and number of each worked case."""
    return [(folder, number) for folder in FOLDERS for number in range(number_of_cases(folder))]


def named(value: object) -> str:
    return str(value)


def test_the_stroke_standard_is_among_those_that_ship() -> None:
    assert "stroke" in FOLDERS


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_worked_case_is_left_out(folder: str) -> None:
    assert number_of_cases(folder) == len(shipped(folder).cases)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_standard_has_a_case_that_gives_each_of_its_outcomes(folder: str) -> None:
    found = shipped(folder)
    given = {result(folder, number).result.outcome.outcome for number in range(len(found.cases))}
    assert given == {outcome.outcome for outcome in found.scheme.award if not outcome.follows_conditions}


@pytest.mark.parametrize(("folder", "number"), cases(), ids=named)
def test_a_worked_case_gives_what_its_author_expects(folder: str, number: int) -> None:
    assert result(folder, number).differences == (), (
        f"{shipped(folder).places[number]}: {result(folder, number).case.case}"
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_standard_kept_as_canonical_json_keeps_its_name(folder: str) -> None:
    scheme = shipped(folder).scheme
    assert Scheme.model_validate_json(scheme.canonical()).digest == scheme.digest


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_mapping_leads_to_a_criterion_of_another_standard_that_ships_and_none_is_said_twice(folder: str) -> None:
    """Mappings are read both ways: what two standards both say of a pair could be told in two ways."""
    mapped = [
        (criterion.id, to.scheme, to.criterion)
        for criterion in shipped(folder).scheme.criteria
        for to in criterion.maps_to
    ]
    assert sorted(set(mapped)) == sorted(mapped)
    for criterion, scheme, there in mapped:
        assert scheme != folder
        back = [(one.scheme, one.criterion) for one in shipped(scheme).scheme.by_id[there].maps_to]
        assert (folder, criterion) not in back, f"{folder} {criterion} and {scheme} {there}"


def test_what_the_standards_for_stroke_and_endoscopy_say_of_evidence() -> None:
    """As their authors chose it, and nothing of it is what holds where a scheme says nothing."""
    told = {name: shipped(name).scheme.evidence_rules for name in FOLDERS}
    spoken = {name: (one.most_bytes, one.most_files, str(one.keep)) for name, one in told.items() if one.keep}
    assert spoken == {"jag": (50_000_000, 150, "6 years"), "stroke": (50_000_000, 200, "6 years")}
    assert {one.patient_identifiers for one in told.values()} == {"forbidden"}
