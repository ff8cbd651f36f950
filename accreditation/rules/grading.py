"""The scheme's own scores at work: numbers with their bands, ladders, and levels by rule."""

from dataclasses import replace
from fractions import Fraction

from accreditation.rules import figures, judging  # as modules: they know scores, and scores are made of them
from accreditation.rules.scoring import Score
from accreditation.rules.working import Graded, Working
from accreditation.scheme.bands import band_of
from accreditation.scheme.figure import Figure
from accreditation.scheme.score import Score as ScoreRule
from accreditation.scheme.score import Step
from accreditation.scheme.values import written_number

_SHORT = 10**100
"""What is larger is shown in short, and not with its decimals."""


def grades(score: Score) -> tuple[Graded, ...]:
    """All scores of the scheme, in its order; one for each group where a score is worked out per group."""
    return tuple(
        grade(name, score, of=group)
        for name, rule in score.scheme.scores.items()
        for group in (("",) if rule.per is None else score.groups(rule.per))
    )


def grade(name: str, score: Score, *, of: str | None = None) -> Graded:
    """This score, of the group named or else of the group that is being looked at. Worked out once."""
    group, narrowed = score.of_score(name, of)
    known: Graded | None = score.worked.get((name, group))
    if known is None:
        known = score.worked[name, group] = _graded(name, score.scheme.scores[name], group, narrowed)
    return known


def _graded(name: str, rule: ScoreRule, group: str, score: Score) -> Graded:
    title = rule.title
    if rule.per is not None:
        title = f"{title}: {score.scheme.groups(rule.per)[group].title}"
    if rule.figure is not None:
        return _numbered(name, title, rule, rule.figure, group, score)
    steps = rule.ladder or rule.levels or ()
    tried, reached = _climbed(steps, score) if rule.ladder is not None else _first(steps, score)
    level = rule.otherwise if reached is None else reached.level
    written = rule.otherwise_points if reached is None else reached.points
    points = None if written is None else Fraction(written)
    shown = level or "no level"
    return Graded(
        score=name,
        title=title,
        group=group,
        value=points,
        shown=shown,
        level=level,
        points=points,
        working=Working(rule=title, needed="", found=shown, value=points, parts=tuple(tried)),
    )


def _climbed(steps: tuple[Step, ...], score: Score) -> tuple[list[Working], Step | None]:
    """Every step up to the first whose rule does not hold, and the last that held."""
    tried, reached = [], None
    for step in steps:
        working = _step(step, score)
        tried.append(working)
        if not working.holds:
            break
        reached = step
    return tried, reached


def _first(steps: tuple[Step, ...], score: Score) -> tuple[list[Working], Step | None]:
    """Every level up to the first whose rule holds, and that one."""
    tried = []
    for step in steps:
        working = _step(step, score)
        tried.append(working)
        if working.holds:
            return tried, step
    return tried, None


def _step(step: Step, score: Score) -> Working:
    working = judging.work(step.when, score)
    return replace(working, rule=f"level {step.level.replace('_', ' ')}: {working.rule}")


def _numbered(name: str, title: str, rule: ScoreRule, figure: Figure, group: str, score: Score) -> Graded:
    working = figures.figure_of(figure, score)
    value = working.value
    looked_at = value if value is None or rule.rounded is None else rounded(value, rule.rounded)
    band = None if looked_at is None else band_of(looked_at, score.scheme.bands_of(rule.bands or ()))
    level, written = (rule.otherwise, rule.otherwise_points) if band is None else (band.level, band.points)
    if value is None:  # what has no value is in no band, and is not what lies outside them either
        level = written = None
    points = None if written is None else Fraction(written)
    shown = "no value" if looked_at is None else _published(looked_at, rule.rounded)
    found = shown if level is None else f"{shown}, level {level}" + ("" if band is None else f" ({band})")
    return Graded(
        score=name,
        title=title,
        group=group,
        value=value,
        shown=shown,
        level=level,
        points=points,
        working=Working(rule=title, needed="", found=found, value=value, parts=(working,)),
    )


def _published(value: Fraction, decimals: int | None) -> str:
    if decimals is None or abs(value) >= _SHORT:
        return written_number(value)
    whole = round(value * 10**decimals)
    sign, whole = ("-", -whole) if whole < 0 else ("", whole)
    digits = f"{whole:0{decimals + 1}}"
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


def rounded(value: Fraction, decimals: int) -> Fraction:
    """The number rounded to so many decimals, half away from zero, exactly."""
    scale = 10**decimals
    whole = (abs(value.numerator) * scale * 2 + value.denominator) // (value.denominator * 2)
    return Fraction(-whole if value < 0 else whole, scale)
