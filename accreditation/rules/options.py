"""What a criterion could become: every better way in which it could be rated or measured."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from accreditation.rules.answering import most_measured
from accreditation.rules.judging import limits
from accreditation.rules.program import CannotSay
from accreditation.rules.scoring import Score, Scored, Standing, score_one
from accreditation.scheme.answer import Answer
from accreditation.scheme.ends import Fixed, fixed
from accreditation.scheme.model import AuditLevel, Criterion, Threshold
from accreditation.scheme.rule import MeasuredIs
from accreditation.scheme.walk import nodes

_HAIR = Decimal("0.000000001")
"""Just beyond an end that is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One better standing of a criterion. `steps` says how far up it is, `to` what it is in words."""

    scored: Scored
    steps: int
    to: str


Compared = Mapping[str, tuple[Fixed, ...]]
"""Criterion id -> the ends with which rules compare its measured value itself, for the service at hand."""


def compared_values(score: Score) -> Compared:
    """Which criteria have rules about the value itself, and what is it compared with, for this service?"""
    known: dict[str, tuple[Fixed, ...]] = {}
    for found in nodes(score.scheme):
        if isinstance(found.node, MeasuredIs):
            ends, _ = limits(found.node, score)
            if ends is not None:
                known[found.node.measured] = (*known.get(found.node.measured, ()), ends)
    return known


def options(name: str, score: Score, compared: Compared) -> tuple[Option, ...]:
    """Every better way this criterion could stand, the smallest step first; none where it does not count.

    Raises CannotSay where there is no best: points by a formula without a cap.
    """
    now = score.by_id[name]
    if now.standing in score.leaves_out or (score.at_best(name) and name not in compared):
        return ()
    if score.span(name).best is None:
        raise CannotSay(f"{name} earns points without a cap")
    found: dict[tuple[object, ...], tuple[Scored, str]] = {}
    for scored, words in _standings(name, score, compared.get(name, ())):
        other_value = name in compared and scored.value != now.value and not is_better(now, scored, score)
        if is_better(scored, now, score) or other_value:
            found.setdefault(_kind(scored, compared), (scored, words))
    ranked = sorted(found.values(), key=lambda one: _rank(one[0], score))
    return tuple(Option(scored=one, steps=step, to=words) for step, (one, words) in enumerate(ranked, start=1))


def ways(name: str, score: Score, compared: Compared) -> tuple[Scored, ...]:
    """Every way in which this criterion could be rated or measured, the worst first."""
    found: dict[tuple[object, ...], Scored] = {}
    for scored, _ in _standings(name, score, compared.get(name, ())):
        found.setdefault(_kind(scored, compared), scored)
    return tuple(sorted(found.values(), key=lambda one: _rank(one, score)))


def _kind(one: Scored, compared: Compared) -> tuple[object, ...]:
    """What tells two standings apart: the value itself only where a rule looks at it."""
    return (one.standing, one.points, one.rating, one.value if one.criterion in compared else None)


def _rank(one: Scored, score: Score) -> tuple[bool, Fraction, int]:
    """The better, the higher: met before not met, then by points (merits or penalties), then by the scale's order."""
    criterion = score.scheme.by_id[one.criterion]
    points = one.points if score.span(one.criterion).better(Fraction(1), Fraction(0)) else -one.points
    order = list(score.scheme.scale_of(criterion, score.by))
    place = order.index(one.rating) if criterion.measure is None and one.rating in order else len(order)
    return one.standing is Standing.MET, points, -place


def is_better(one: Scored, now: Scored, score: Score) -> bool:
    """Is this better, in being met, in points or on the scale, and worse in none of them?"""
    mine, was = _rank(one, score), _rank(now, score)
    return mine != was and all((mine[0] >= was[0], mine[1] >= was[1], mine[2] >= was[2]))


def _standings(name: str, score: Score, compared: tuple[Fixed, ...]) -> Iterator[tuple[Scored, str]]:
    """Every way this criterion could be answered, scored, and in words what it would be."""
    criterion, now = score.scheme.by_id[name], score.by_id[name]
    measure = criterion.measure
    if isinstance(measure, Threshold) and measure.series:
        for met, words in ((True, "enough of the series does well"), (False, "too little of the series does well")):
            reach = score.span(name)
            points = reach.worst if reach.best is None or not met else reach.best
            yield (
                Scored(criterion=name, standing=Standing.MET if met else Standing.NOT_MET, why=words, points=points),
                words,
            )
        return
    for answer, words in _answers(criterion, now, score, compared):
        yield score_one(criterion=criterion, answer=answer, scheme=score.scheme, by=score.by), words


def _answers(
    criterion: Criterion, now: Scored, score: Score, compared: tuple[Fixed, ...]
) -> Iterator[tuple[Answer, str]]:
    measure = criterion.measure
    rated = now.standing in (Standing.MET, Standing.NOT_MET)
    if isinstance(measure, AuditLevel) and not (rated and now.rating is not None):
        for level in (measure.level, *score.scheme.audits[measure.audit].levels):
            yield Answer(level=level), f"level {level}"
    elif isinstance(measure, Threshold) and not (rated and now.value is None):
        near = now.value or Fraction(0)
        values = {value for value in _values(measure, score, compared) if 0 <= value <= most_measured(measure.unit)}
        for value in sorted(values, key=lambda one: (abs(Fraction(one) - near), one)):
            yield Answer(measured=value), f"{value.normalize():f} {measure.unit}"
    else:
        for rating, about in score.scheme.scale_of(criterion, score.by).items():
            yield Answer(rating=rating), about.title


def _values(measure: Threshold, score: Score, compared: tuple[Fixed, ...]) -> Iterator[Decimal]:
    """The numbers at which something changes: the threshold, the ends of every band, the caps of the formula.

    And the least and the most that can be measured.
    """
    yield from (Decimal(0), most_measured(measure.unit))
    if measure.bound is not None:
        name, limit = measure.bound
        yield from _around(name, Fraction(limit))
    for ends in (*map(fixed, score.scheme.bands_of(measure.bands or ())), *compared):
        for name, number in ends.items():
            yield from _around(name, number)
    line = measure.formula
    for cap in () if line is None or not line.times else (line.at_most, line.at_least):
        if line is not None and cap is not None:
            yield from _around("cap", (Fraction(cap) - Fraction(line.plus)) / Fraction(line.times))


def _around(name: str, number: Fraction) -> Iterator[Decimal]:
    """The number itself, and just beside it where the end is open or lies between two decimals."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    yield exact
    if name in ("above", "below") or Fraction(exact) != number:
        yield from (exact + _HAIR, exact - _HAIR)
