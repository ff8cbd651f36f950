"""What a criterion could become: every better way in which it could be rated or measured."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from accreditation.rules.scoring import Score, Scored, Standing, score_one
from accreditation.scheme.answer import Answer
from accreditation.scheme.ends import Between, fixed
from accreditation.scheme.model import Criterion, Threshold

_HAIR = Decimal("0.000000001")
"""Just beyond an end that is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One better standing of a criterion. `steps` says how far up it is, `to` what it is in words."""

    scored: Scored
    steps: int
    to: str


Compared = Mapping[str, tuple[Between, ...]]
"""Criterion id -> the ends with which rules compare its measured value itself."""


def options(name: str, score: Score, compared: Compared) -> tuple[Option, ...]:
    """Every better way this criterion could stand, the smallest step first; none where it does not count."""
    now = score.by_id[name]
    if now.standing in score.leaves_out or score.at_best(name):
        return ()
    criterion = score.scheme.by_id[name]
    found: dict[tuple[object, ...], tuple[Scored, str]] = {}
    for answer, words in _answers(criterion, now, score, compared.get(name, ())):
        scored = score_one(criterion=criterion, answer=answer, scheme=score.scheme, by=score.by)
        if is_better(scored, now, score) or (name in compared and scored.value != now.value):
            found.setdefault((scored.standing, scored.points, scored.rating, scored.value), (scored, words))
    ranked = sorted(found.values(), key=lambda one: _rank(one[0], score))
    return tuple(Option(scored=one, steps=step, to=words) for step, (one, words) in enumerate(ranked, start=1))


def ways(name: str, score: Score, compared: Compared) -> tuple[Scored, ...]:
    """Every way in which this criterion could be rated or measured, the worst first."""
    criterion = score.scheme.by_id[name]
    found: dict[tuple[object, ...], Scored] = {}
    for answer, _ in _answers(criterion, score.by_id[name], score, compared.get(name, ())):
        scored = score_one(criterion=criterion, answer=answer, scheme=score.scheme, by=score.by)
        found.setdefault((scored.standing, scored.points, scored.rating, scored.value), scored)
    return tuple(sorted(found.values(), key=lambda one: _rank(one, score)))


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


def _answers(
    criterion: Criterion, now: Scored, score: Score, compared: tuple[Between, ...]
) -> Iterator[tuple[Answer, str]]:
    measure = criterion.measure
    scale = score.scheme.scale_of(criterion, score.by)
    if isinstance(measure, Threshold) and not measure.series and (now.value is not None or _unrated(now)):
        for value in _values(measure, score, compared):
            yield Answer(measured=value), f"{value.normalize():f} {measure.unit}"
        return
    met = [name for name, rating in scale.items() if rating.counts_as_met]
    for name in met[-1:] if measure is not None else scale:
        yield Answer(rating=name), scale[name].title


def _unrated(now: Scored) -> bool:
    return now.standing in (Standing.NOT_ANSWERED, Standing.TOO_FEW_CASES)


def _values(measure: Threshold, score: Score, compared: tuple[Between, ...]) -> Iterator[Decimal]:
    """The numbers at which something changes: the threshold, the ends of every band, the caps of the formula."""
    if measure.bound is not None:
        name, limit = measure.bound
        yield from _at(name, Decimal(limit))
    for band in score.scheme.bands_of(measure.bands or ()):
        yield from _ends_of(band)
    if measure.formula is not None and measure.formula.times and measure.formula.at_most is not None:
        line = measure.formula
        reached = (Fraction(measure.formula.at_most) - Fraction(line.plus)) / Fraction(line.times)
        near = Decimal(reached.numerator) / Decimal(reached.denominator)
        yield from (near, near + _HAIR, near - _HAIR)  # where the cap lies between two decimals
    for ends in compared:
        yield from _ends_of(ends)


def _ends_of(ends: Between) -> Iterator[Decimal]:
    for name, limit in fixed(ends).items():
        yield from _at(name, Decimal(limit.numerator) / Decimal(limit.denominator))


def _at(name: str, limit: Decimal) -> Iterator[Decimal]:
    """A number on this end, or just beyond it where it is open."""
    yield {"above": limit + _HAIR, "below": limit - _HAIR}.get(name, limit)
