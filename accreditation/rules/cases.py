"""Runs a scheme's worked cases: does each give what its author wrote down?"""

from dataclasses import dataclass

from accreditation.rules.award import Award, award
from accreditation.rules.scoring import score
from accreditation.scheme.case import Case
from accreditation.scheme.model import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What a case gave, and where that differs from what it expects (empty where it agrees)."""

    case: Case
    award: Award
    differences: tuple[str, ...]


def run_case(*, scheme: Scheme, case: Case) -> CaseResult:
    """What does this case give, and does it give what is expected?"""
    given = award(score(scheme=scheme, profile=case.profile, answers=case.answers(scheme)))
    expected = case.expect
    differences = []
    if given.outcome != expected.outcome:
        differences.append(f"the outcome is '{given.outcome}', expected '{expected.outcome}'")
    if expected.stands_in_the_way is not None and set(given.stands_in_the_way) != set(expected.stands_in_the_way):
        found, meant = _listed(given.stands_in_the_way), _listed(expected.stands_in_the_way)
        differences.append(f"in the way of the next outcome: {found}, expected {meant}")
    sizes = {found.outcome: found.size for found in given.improvements}
    for outcome, size in expected.improvements.items():
        if sizes.get(outcome) != size:
            differences.append(
                f"the smallest improvement to '{outcome}' has {sizes.get(outcome, 'no')} criteria, expected {size}"
            )
    return CaseResult(case=case, award=given, differences=tuple(differences))


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(sorted(names)) or "nothing"
