"""Runs a scheme's worked cases: does each give what its author wrote down?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from accreditation.rules.award import Award, award, in_the_way, smallest_improvements
from accreditation.rules.grading import rounded
from accreditation.rules.result import Result, result
from accreditation.rules.scoring import Score, score
from accreditation.rules.working import Graded
from accreditation.scheme.case import NO_LEVEL, Case, Expected
from accreditation.scheme.model import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What a case gave, and where that differs from what it expects (empty where it agrees)."""

    case: Case
    score: Score
    result: Result
    differences: tuple[str, ...]

    @property
    def award(self) -> Award:
        """The same with the smallest improvements and the conditions, worked out when asked for."""
        return award(self.score)


def run_case(*, scheme: Scheme, case: Case) -> CaseResult:
    """What does this case give, and does it give what is expected?"""
    scored = score(scheme=scheme, profile=case.profile, answers=case.answers(scheme), by=case.by)
    given = result(scored)
    differences = tuple(_differences(case.expect, scored, given))
    return CaseResult(case=case, score=scored, result=given, differences=differences)


def _differences(expected: Expected, scored: Score, given: Result) -> Iterator[str]:
    outcome = given.outcome.outcome
    if expected.outcome is not None and outcome != expected.outcome:
        meant = _outcome(scored.scheme, expected.outcome)
        yield f"the outcome is {_outcome(scored.scheme, outcome)}, expected {meant}"
    if expected.valid_for is not None and given.valid_for != expected.valid_for:
        yield f"it is valid for {given.valid_for or 'no time'}, expected {expected.valid_for}"
    blocking = in_the_way(given)
    if expected.stands_in_the_way is not None and set(blocking) != set(expected.stands_in_the_way):
        found, meant = _listed(blocking), _listed(expected.stands_in_the_way)
        yield f"the criteria in the way of the next outcome: {found}; expected: {meant}"
    improvements = smallest_improvements(given.outcome, scored) if expected.improvements else ()
    sizes = {found.outcome: found.size for found in improvements}
    for outcome, size in expected.improvements.items():
        if sizes.get(outcome) != size:
            fewest = sizes.get(outcome, "no")
            criteria = "criterion" if fewest == 1 else "criteria"
            named = _outcome(scored.scheme, outcome)
            yield f"the smallest improvement to {named} has {fewest} {criteria}, expected {size}"
    graded = {(one.score, one.group): one for one in given.scores}
    for name, levels in expected.levels.items():
        for group, level in (levels if isinstance(levels, dict) else {"": levels}).items():
            one = graded.get((name, group))
            got = NO_LEVEL if one is None or one.level is None else one.level
            if got != level:
                yield f"the level of {_of(name, group)} is {got}, expected {level}"
    for name, numbers in expected.scores.items():
        for group, number in (numbers if isinstance(numbers, Mapping) else {"": numbers}).items():
            one = graded.get((name, group))
            yield from _score_differs(one, _of(name, group), Fraction(number), scored.scheme)


def _outcome(scheme: Scheme, name: str) -> str:
    """The outcome by its title, and by its id where that is not the same word."""
    title = next((one.title for one in scheme.award if one.outcome == name), name)
    return f"'{title}'" if title.lower().replace(" ", "_") == name else f"'{title}' ({name})"


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
