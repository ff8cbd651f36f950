"""How numbers about one criterion move when it is rated or measured better: its points, its value, its ratings."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal

from accreditation.rules.worth import points_of, span
from accreditation.scheme.bands import Bands, rising
from accreditation.scheme.ends import fixed
from accreditation.scheme.measure import Formula
from accreditation.scheme.model import Criterion, Scheme, Threshold

Way = Literal["up", "down", "stays", "either"]
"""How a number moves when a criterion improves."""

FLIPPED: dict[Way, Way] = {"up": "down", "down": "up", "stays": "stays", "either": "either"}


def together(ways: Iterable[Way]) -> Way:
    """How does a number move that rises with every one of these?"""
    moving = set(ways) - {"stays"}
    return "stays" if not moving else moving.pop() if len(moving) == 1 else "either"


def rated(ratings: Sequence[str], criterion: Criterion, scheme: Scheme) -> Way:
    """How does it move whether this criterion has one of these ratings?"""
    order = list(scheme.scale_of(criterion, "reviewer"))
    places = sorted(order.index(name) for name in ratings if name in order)
    if not places:
        return "stays"
    if _rated_by_points(criterion, scheme):
        return "either"
    if places == list(range(len(places))):
        return "up"
    return "down" if places == list(range(len(order) - len(places), len(order))) else "either"


def _rated_by_points(criterion: Criterion, scheme: Scheme) -> bool:
    """Is it the points that say which of two bands is better, so that the rating beside them could be a worse one?"""
    measure = criterion.measure
    if not isinstance(measure, Threshold) or measure.bands is None:
        return False
    points = [points_of(rating) for rating in scheme.scale_of(criterion, "reviewer").values()]
    return len(set(points)) < len(points) or any(band.points is not None for band in scheme.bands_of(measure.bands))


def earned(criterion: Criterion, scheme: Scheme) -> Way:
    """How do the points of this criterion move when its rating improves?"""
    measure = criterion.measure
    if isinstance(measure, Threshold) and (measure.bands is not None or measure.formula is not None):
        return _better(criterion, scheme)
    points = [points_of(rating) for rating in scheme.scale_of(criterion, "reviewer").values()]
    if points == sorted(points, reverse=True):
        return "up"
    return "down" if points == sorted(points) else "either"


def _better(criterion: Criterion, scheme: Scheme) -> Way:
    """Are more points better, or fewer?"""
    reach = span(criterion=criterion, scheme=scheme, by="reviewer")
    return "up" if reach.better(Fraction(1), Fraction(0)) else "down"


def measured(criterion: Criterion, scheme: Scheme) -> Way:
    """Is it better to measure more of this, or less?"""
    measure = criterion.measure
    if not isinstance(measure, Threshold):
        return "stays"
    ways: set[Way] = set()
    if measure.bound is not None:
        ways.add("up" if measure.bound[0] in ("at_least", "above") else "down")
    if measure.formula is not None and measure.formula.times:
        ways.add("up" if (measure.formula.times > 0) == (_better(criterion, scheme) == "up") else "down")
    if measure.bands is not None:
        ways.add(_of_bands(scheme.bands_of(measure.bands), criterion, scheme, by_level=measure.bound is None))
    return together(ways)


def _of_bands(bands: Bands, criterion: Criterion, scheme: Scheme, *, by_level: bool) -> Way:
    """Is it better to lie in a higher band? What lies in none is worth the least, and that may be above them all."""
    scale = scheme.scale_of(criterion, "reviewer")
    reach = span(criterion=criterion, scheme=scheme, by="reviewer")
    order = rising(bands)
    places = []
    for band in order:
        rating = None if band.level is None else scale[band.level]
        points = points_of(scale[str(band.level)]) if band.points is None else Fraction(band.points)
        met = reach.is_best(points) if rating is None else rating.counts_as_met
        places.append((met and by_level, points if reach.better(Fraction(1), Fraction(0)) else -points))
    outside = (False, min(points for _, points in places))
    if not lower_open(bands) and any(fixed(order[0]).get(key, 0) > 0 for key in ("at_least", "above")):
        places.insert(0, outside)
    if not upper_open(bands):
        places.append(outside)
    sides = [list(side) for side in zip(*places, strict=True)]
    if all(side == sorted(side) for side in sides):
        return "up"
    return "down" if all(side == sorted(side, reverse=True) for side in sides) else "either"


def lower_open(bands: Bands) -> bool:
    """Is the lowest of these bands open downwards?"""
    return any(not {"at_least", "above"} & set(fixed(band)) for band in bands)


def upper_open(bands: Bands) -> bool:
    """Is the highest of these bands open upwards?"""
    return any(not {"at_most", "below"} & set(fixed(band)) for band in bands)


def never_negative(criterion: Criterion, scheme: Scheme) -> bool:
    """Can this criterion never have points below 0, however it is rated or measured? Values are never below 0."""
    measure = criterion.measure
    points = [points_of(rating) for rating in scheme.scale_of(criterion, "reviewer").values()]
    if isinstance(measure, Threshold) and measure.bands is not None:
        points += [Fraction(band.points) for band in scheme.bands_of(measure.bands) if band.points is not None]
    line = measure.formula if isinstance(measure, Threshold) else None
    return min(points) >= 0 and (line is None or _line_never_negative(line))


def _line_never_negative(line: Formula) -> bool:
    if line.at_least is not None:
        return line.at_least >= 0
    return line.times >= 0 and line.plus >= 0 and (line.at_most is None or line.at_most >= 0)
