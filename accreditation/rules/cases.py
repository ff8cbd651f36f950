"""Runs a scheme's worked cases: does each give what its author wrote down?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from accreditation.rules.award import Award, award
from accreditation.rules.grading import rounded
from accreditation.rules.scoring import score
from accreditation.rules.working import Graded
from accreditation.scheme.case import NO_LEVEL, Case
from accreditation.scheme.model import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What a case gave, and where that differs from what it expects (empty where it agrees)."""

    case: Case
    award: Award
    differences: tuple[str, ...]


def run_case(*, scheme: Scheme, case: Case) -> CaseResult:
    """What does this case give, and does it give what is expected?"""
    given = award(score(scheme=scheme, profile=case.profile, answers=case.answers(scheme), by=case.by))
    return CaseResult(case=case, award=given, differences=tuple(_differences(case, given, scheme)))


def _differences(case: Case, given: Award, scheme: Scheme) -> Iterator[str]:
    expected = case.expect
    if expected.outcome is not None and given.outcome != expected.outcome:
        yield f"the outcome is '{given.outcome}', expected '{expected.outcome}'"
    if expected.valid_for is not None and given.valid_for != expected.valid_for:
        yield f"it is valid for {given.valid_for or 'no time'}, expected {expected.valid_for}"
    if expected.stands_in_the_way is not None and set(given.stands_in_the_way) != set(expected.stands_in_the_way):
        found, meant = _listed(given.stands_in_the_way), _listed(expected.stands_in_the_way)
        yield f"in the way of the next outcome: {found}, expected {meant}"
    sizes = {found.outcome: found.size for found in given.improvements}
    for outcome, size in expected.improvements.items():
        if sizes.get(outcome) != size:
            fewest = sizes.get(outcome, "no")
            yield f"the smallest improvement to '{outcome}' has {fewest} criteria, expected {size}"
    graded = {(one.score, one.group): one for one in given.scores}
    for name, levels in expected.levels.items():
        for group, level in (levels if isinstance(levels, dict) else {"": levels}).items():
            one = graded.get((name, group))
            got = NO_LEVEL if one is None or one.level is None else one.level
            if got != level:
                yield f"the level of {_of(name, group)} is {got}, expected {level}"
    for name, numbers in expected.scores.items():
        for group, number in (numbers if isinstance(numbers, Mapping) else {"": numbers}).items():
            yield from _score_differs(graded.get((name, group)), _of(name, group), Fraction(number), scheme)


def _score_differs(one: Graded | None, words: str, expected: Fraction, scheme: Scheme) -> Iterator[str]:
    if one is None or one.value is None:
        yield f"{words} has no value, expected {float(expected):g}"
        return
    decimals = scheme.scores[one.score].rounded
    value = one.value if decimals is None else rounded(one.value, decimals)
    if value != expected:
        yield f"{words} is {one.shown}, expected {float(expected):g}"


def _of(name: str, group: str) -> str:
    return f"'{name}' of {group}" if group else f"'{name}'"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(sorted(names)) or "nothing"
