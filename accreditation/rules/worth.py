"""What an answer to a criterion is worth: its rating, its points, and the least and the most it could earn."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from accreditation.scheme.answer import Answer
from accreditation.scheme.bands import Band, band_of
from accreditation.scheme.ends import inside
from accreditation.scheme.measure import Formula
from accreditation.scheme.model import AuditLevel, By, Criterion, Scheme, Threshold
from accreditation.scheme.scale import ScaleRating
from accreditation.scheme.values import written_number

_FULL, _NOTHING = Fraction(1), Fraction(0)

_NAMED = 12
"""So many groups of a series are named; who did not do well enough comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What one answer is worth, and in words why. `rating` is the rating of the scale that it amounts to, if any."""

    met: bool
    points: Fraction
    why: str
    rating: str | None = None
    value: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The points of the worst and of the best standing of a criterion; `best` is None where a formula has no cap.

    Points may be merits or penalties: where the best rating of a scale has fewer points than the worst, fewer are
    better, for everything that is rated on this scale.
    """

    worst: Fraction
    best: Fraction | None

    @property
    def most(self) -> Fraction | None:
        """The most points that can be earned."""
        return None if self.best is None else max(self.worst, self.best)

    def better(self, points: Fraction, than: Fraction) -> bool:
        """Are these points better than those?"""
        return points > than if self.best is None or self.best >= self.worst else points < than

    def is_best(self, points: Fraction) -> bool:
        """Is nothing better than these points?"""
        return self.best is None or not self.better(self.best, points)


def points_of(rating: ScaleRating) -> Fraction:
    """The points of a rating; where none are written, 1 if it counts as met and 0 if not."""
    if rating.points is not None:
        return Fraction(rating.points)
    return _FULL if rating.counts_as_met else _NOTHING


def span(*, criterion: Criterion, scheme: Scheme, by: By) -> Span:
    """Between what points can this criterion lie, and which are the best?"""
    rated = [points_of(rating) for rating in scheme.scale_of(criterion, by).values()]
    fewer_are_better = rated[0] < rated[-1]
    measure = criterion.measure
    if isinstance(measure, Threshold) and measure.formula is not None:
        low, high = measure.formula.at_least, measure.formula.at_most
        end, start = (low, high) if fewer_are_better else (high, low)
        return Span(worst=Fraction(start or 0), best=None if end is None else Fraction(end))
    if isinstance(measure, Threshold) and measure.bands is not None:
        points = [_points_of_band(band, criterion, scheme, by) for band in scheme.bands_of(measure.bands)]
    else:
        points = rated
    worst, best = (max(points), min(points)) if fewer_are_better else (min(points), max(points))
    return Span(worst=worst, best=best)


def worth(*, criterion: Criterion, answer: Answer, scheme: Scheme, by: By) -> Worth:
    """What is this rated answer worth?

    A rating is looked up in the scale. A measured number is compared exactly with the threshold and looked up in
    the bands; each value of a series is compared with its benchmark; a level is compared with the level asked for.
    Raises KeyError for a rating or a level that the scheme does not have; `answering` refuses such an answer before.
    """
    match criterion.measure:
        case Threshold() as asked if asked.series and answer.series:
            return _yes_or_no(*_series(answer, asked), criterion, scheme, by)
        case Threshold() as asked if answer.measured is not None:
            return _measured(Fraction(answer.measured), answer.measured, asked, criterion, scheme, by)
        case AuditLevel() as asked if answer.level is not None:
            rank = {level: position for position, level in enumerate(scheme.audits[asked.audit].levels)}
            met = rank[answer.level] <= rank[asked.level]
            relation = "reaches" if met else "is below"
            return _yes_or_no(met, f"level {answer.level} {relation} level {asked.level}", criterion, scheme, by)
    name = str(answer.rating)
    rating = scheme.scale_of(criterion, by)[name]
    points = points_of(rating)
    if isinstance(criterion.measure, Threshold) and (criterion.measure.bands or criterion.measure.formula):
        points = _all_or_least(rating.counts_as_met, criterion, scheme, by)
    return Worth(met=rating.counts_as_met, points=points, why=f"rated '{rating.title}'", rating=name)


def _all_or_least(met: bool, criterion: Criterion, scheme: Scheme, by: By) -> Fraction:
    reach = span(criterion=criterion, scheme=scheme, by=by)
    return (reach.worst if reach.best is None else reach.best) if met else reach.worst


def _yes_or_no(met: bool, why: str, criterion: Criterion, scheme: Scheme, by: By) -> Worth:
    return Worth(met=met, points=_all_or_least(met, criterion, scheme, by), why=why)


def _measured(
    value: Fraction, written: Decimal, asked: Threshold, criterion: Criterion, scheme: Scheme, by: By
) -> Worth:
    points, rating, why = _scored(value, asked, criterion, scheme, by)
    reach = span(criterion=criterion, scheme=scheme, by=by)
    bound = asked.bound
    if bound is not None:
        name, limit = bound
        met = inside(value, {name: Fraction(limit)})
        why = f"{written} {asked.unit}; {_asked(name, limit, asked.unit)} is asked for{why}"
        if asked.bands is None and asked.formula is None:
            points = _all_or_least(met, criterion, scheme, by)
    else:
        scale = scheme.scale_of(criterion, by)
        met = scale[rating].counts_as_met if rating is not None else reach.best is not None and reach.is_best(points)
        why = f"{written} {asked.unit}{why}"
    return Worth(met=met, points=points, why=why, rating=rating, value=value)


def _asked(name: str, limit: object, unit: str) -> str:
    words = {"at_least": "at least", "above": "more than", "at_most": "at most", "below": "less than"}
    return f"{words[name]} {limit} {unit}"


def _scored(
    value: Fraction, asked: Threshold, criterion: Criterion, scheme: Scheme, by: By
) -> tuple[Fraction, str | None, str]:
    if asked.formula is not None:
        points = on_the_line(value, asked.formula)
        return points, None, f", {written_number(points)} points"
    if asked.bands is None:
        return _NOTHING, None, ""
    band = band_of(value, scheme.bands_of(asked.bands))
    if band is None:
        worst = span(criterion=criterion, scheme=scheme, by=by).worst
        return worst, None, f", in no band, {written_number(worst)} points"
    points = _points_of_band(band, criterion, scheme, by)
    level = "" if band.level is None else f" level {band.level},"
    return points, band.level, f",{level} {written_number(points)} points ({band})"


def on_the_line(value: Fraction, formula: Formula) -> Fraction:
    """The points that this value earns by the formula."""
    points = value * Fraction(formula.times) + Fraction(formula.plus)
    if formula.at_most is not None:
        points = min(points, Fraction(formula.at_most))
    return points if formula.at_least is None else max(points, Fraction(formula.at_least))


def _points_of_band(band: Band, criterion: Criterion, scheme: Scheme, by: By) -> Fraction:
    if band.points is not None:
        return Fraction(band.points)
    return points_of(scheme.scale_of(criterion, by)[str(band.level)])


def _series(answer: Answer, asked: Threshold) -> tuple[bool, str]:
    """Do enough of the groups do well in enough of theirs, and so on down to the single values?"""
    name, limit = asked.bound or ("at_least", "benchmark")
    good: dict[tuple[str, ...], bool] = {}
    words: list[str] = []
    for point in answer.series:
        against = point.benchmark if limit == "benchmark" else Decimal(limit)
        key = tuple(point.at.get(step.each, "") for step in asked.series)
        good[key] = against is not None and inside(Fraction(point.value), {name: Fraction(against)})
    met = _enough(good, asked, 0, words)
    return met, "; ".join(words)


def _enough(good: dict[tuple[str, ...], bool], asked: Threshold, depth: int, words: list[str]) -> bool:
    if depth == len(asked.series):
        return all(good.values())
    step = asked.series[depth]
    names = list(dict.fromkeys(key[depth] for key in good))
    held = [
        name
        for name in names
        if _enough({key: is_good for key, is_good in good.items() if key[depth] == name}, asked, depth + 1, [])
    ]
    share = Fraction(len(held), len(names))
    needed = step.at_least if step.above is None else step.above
    enough = needed is not None and (share >= needed if step.above is None else share > needed)
    words.append(f"{len(held)} of {len(names)} {step.each.replace('_', ' ')}s do well enough{_which(names, held)}")
    return enough


def _which(names: Sequence[str], held: Collection[str]) -> str:
    """Which of the groups do well enough, and which do not?"""
    missed = [name for name in names if name not in held]
    room = max(_NAMED - len(missed), 0)
    told = [
        f"{word}{', '.join(some[:most])}{f' and {len(some) - most} more' if len(some) > most else ''}"
        for word, some, most in (("", list(held), room), ("not ", missed, _NAMED))
        if some and most
    ]
    return f": {'; '.join(told)}" if told else ""
