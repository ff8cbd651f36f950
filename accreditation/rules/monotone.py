"""Whether a better rating can ever lower the outcome: proved from how the rules are built, or refuted by an example.

Ratings are compared with ratings; what a first answer changes is another question. Every node is followed from the
award down. A figure or a count can rise, fall, stay or go either way when a criterion is rated better; a rule that
lets an outcome through must only ever be helped by that, and a limit must not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from accreditation.rules.figures import parts_of
from accreditation.rules.judging import figure_in
from accreditation.rules.worth import points_of, span
from accreditation.scheme.bands import Bands, rising
from accreditation.scheme.document import Path
from accreditation.scheme.ends import Ends
from accreditation.scheme.figure import (
    Class,
    Constant,
    Counted,
    Difference,
    EachFigure,
    FactFigure,
    Figure,
    Highest,
    LevelPoints,
    Lowest,
    Mean,
    MeasuredFigure,
    NumberFigure,
    PercentOfPoints,
    Points,
    ProductOf,
    Quotient,
    ScoreFigure,
    ShareFigure,
    class_in,
)
from accreditation.scheme.model import Criterion, Scheme, Threshold
from accreditation.scheme.rule import AllOf, AnyOf, EachHolds, Every, FactIs, LevelIs, Not, Rule, ShareOf

Way = Literal["up", "down", "stays", "either"]
"""How a number moves when a criterion improves."""

_FLIPPED: dict[Way, Way] = {"up": "down", "down": "up", "stays": "stays", "either": "either"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A node by which a better rating could lower the outcome, and why."""

    path: Path
    why: str


def doubts(scheme: Scheme) -> tuple[Doubt, ...]:
    """Where could a better rating lower the outcome? Nothing means: it is proved that it never does."""
    found: list[Doubt] = []
    for position, outcome in enumerate(scheme.award):
        if outcome.when is not None:
            found += _rule(outcome.when, ("award", position, "when"), scheme, helped=True)
    for position, limit in enumerate(scheme.limits):
        found += _rule(limit.when, ("limits", position, "when"), scheme, helped=False)
    return tuple(dict.fromkeys(found))


def _rule(rule: Rule, path: Path, scheme: Scheme, *, helped: bool) -> Iterator[Doubt]:
    """Where could an improvement break this rule (or, with helped=False, fulfil it)?"""
    match rule:
        case AllOf() | AnyOf():
            key, inner = ("all", rule.all) if isinstance(rule, AllOf) else ("any", rule.any)
            for position, one in enumerate(inner):
                yield from _rule(one, (*path, key, position), scheme, helped=helped)
        case Not():
            yield from _rule(rule.not_, (*path, "not"), scheme, helped=not helped)
        case EachHolds():
            yield from _rule(rule.holds, (*path, "holds"), scheme, helped=helped)
        case FactIs():
            return
        case LevelIs():
            yield from _level(rule, path, scheme, helped=helped)
        case Every():
            yield from _moved(_counted(rule, rule.every, scheme), {"at_least"}, path, helped=helped)
        case ShareOf():
            yield from _moved(_counted(rule, rule.share, scheme), _ends(rule), path, helped=helped)
        case _:
            yield from _moved(_figure(figure_in(rule), scheme), _ends(rule), path, helped=helped)


def _ends(ends: Ends) -> set[str]:
    return set(ends.given())


def _moved(way: Way, ends: set[str], path: Path, *, helped: bool) -> Iterator[Doubt]:
    """Does a number that moves this way only ever move into these ends (or only out of them)?"""
    wanted: set[Way] = set()
    if ends & {"at_least", "above"}:
        wanted.add("up" if helped else "down")
    if ends & {"at_most", "below"}:
        wanted.add("down" if helped else "up")
    if way != "stays" and wanted != {way}:
        moves = {"up": "rises", "down": "falls", "either": "can rise or fall"}[way]
        yield Doubt(path=path, why=f"what is compared here {moves} when a criterion improves")


def _level(rule: LevelIs, path: Path, scheme: Scheme, *, helped: bool) -> Iterator[Doubt]:
    order = scheme.levels_of(rule.level)
    allowed = order[: order.index(rule.at_least) + 1] if rule.at_least is not None else rule.is_ or ()
    if set(order[: len(set(allowed))]) != set(allowed):
        yield Doubt(path=path, why="some levels are asked for and better ones are not")
    yield from _moved(_level_of(rule.level, scheme), {"at_least"}, path, helped=helped)


def _level_of(name: str, scheme: Scheme) -> Way:
    """How does the level of this score move: up means towards its best level?"""
    score = scheme.scores[name]
    if score.figure is None:
        steps = (*(score.ladder or ()), *(score.levels or ()))
        sure = all(not list(_rule(step.when, (), scheme, helped=True)) for step in steps)
        return "up" if sure else "either"
    bands = scheme.bands_of(score.bands or ())
    way = _figure(score.figure, scheme)
    if way in ("stays", "either"):
        return way
    if rising(bands) == tuple(reversed(bands)):
        return way
    return _FLIPPED[way] if rising(bands) == bands else "either"


def _counted(how: Counted, wanted: Class, scheme: Scheme) -> Way:
    """How does the number of those that fulfil move?"""
    if how.counting in ("not_applicable", "too_few_cases"):
        return "stays"
    if how.counting in ("not_met", "not_answered"):
        return "down"
    if how.rated is None:
        return "up"
    ways = {_rated(how.rated, scheme.by_id[name], scheme) for name in scheme.members(wanted)}
    return _together(ways)


def _rated(rated: tuple[str, ...], criterion: Criterion, scheme: Scheme) -> Way:
    order = list(scheme.scale_of(criterion, "reviewer"))
    places = sorted(order.index(name) for name in rated if name in order)
    if not places:
        return "stays"
    if places == list(range(len(places))):
        return "up"
    return "down" if places == list(range(len(order) - len(places), len(order))) else "either"


def _together(ways: set[Way]) -> Way:
    moving = ways - {"stays"}
    return "stays" if not moving else moving.pop() if len(moving) == 1 else "either"


def _figure(figure: Figure, scheme: Scheme) -> Way:
    """How does this figure move when a criterion improves?"""
    match figure:
        case Mean() | Points() | PercentOfPoints() | Lowest() | Highest():
            wanted = class_in(figure)
            return _together({_earned(scheme.by_id[name], scheme) for name in scheme.members(wanted)})
        case NumberFigure():
            return _counted(figure, figure.number, scheme)
        case ShareFigure():
            return _counted(figure, figure.share, scheme)
        case ScoreFigure():
            return _number(figure.score, scheme)
        case LevelPoints():
            return _points(figure.level_points, scheme)
        case MeasuredFigure():
            return _measured(scheme.by_id[figure.measured], scheme)
        case Constant() | FactFigure():
            return "stays"
        case EachFigure():
            return _figure(figure.figure, scheme)
        case Difference():
            first, second = (_figure(part, scheme) for part in figure.difference)
            return _together({first, _FLIPPED[second]})
        case Quotient():
            way = _figure(figure.divide, scheme)
            return way if isinstance(figure.by, Constant) and figure.by.constant > 0 else _together({way, "either"})
        case _:
            ways = {_figure(part, scheme) for part in parts_of(figure)}
            safe = not isinstance(figure, ProductOf) or all(_never_negative(part, scheme) for part in parts_of(figure))
            return _together(ways) if safe else _together({*ways, "either"})


def _number(name: str, scheme: Scheme) -> Way:
    score = scheme.scores[name]
    return _points(name, scheme) if score.figure is None else _figure(score.figure, scheme)


def _points(name: str, scheme: Scheme) -> Way:
    """How do the points of this score's level move?"""
    score = scheme.scores[name]
    if score.figure is None:
        steps = tuple(reversed(score.ladder)) if score.ladder is not None else score.levels or ()
        points = [step.points for step in steps]
    else:
        points = [band.points for band in scheme.bands_of(score.bands or ())]
    if score.otherwise_points is not None:
        points.append(score.otherwise_points)
    known = [one for one in points if one is not None]
    if len(known) < len(points) or known != sorted(known, reverse=True):
        return "either"
    return _level_of(name, scheme)


def _earned(criterion: Criterion, scheme: Scheme) -> Way:
    """How do the points of this criterion move when its rating improves?"""
    points = [points_of(rating) for rating in scheme.scale_of(criterion, "reviewer").values()]
    if points == sorted(points, reverse=True):
        return "up"
    return "down" if points == sorted(points) else "either"


def _measured(criterion: Criterion, scheme: Scheme) -> Way:
    """Is it better to measure more of this, or less?"""
    measure = criterion.measure
    if not isinstance(measure, Threshold):
        return "stays"
    ways: set[Way] = set()
    if measure.bound is not None:
        ways.add("up" if measure.bound[0] in ("at_least", "above") else "down")
    if measure.formula is not None:
        reach = span(criterion=criterion, scheme=scheme, by="reviewer")
        ways.add("up" if (measure.formula.times > 0) == reach.better(Fraction(1), Fraction(0)) else "down")
    if measure.bands is not None:
        ways.add(_of_bands(scheme.bands_of(measure.bands), criterion, scheme))
    return _together(ways)


def _of_bands(bands: Bands, criterion: Criterion, scheme: Scheme) -> Way:
    scale = scheme.scale_of(criterion, "reviewer")
    reach = span(criterion=criterion, scheme=scheme, by="reviewer")
    points = [
        Fraction(band.points) if band.points is not None else points_of(scale[str(band.level)])
        for band in rising(bands)
    ]
    more_is_better: Way = "up" if reach.better(Fraction(1), Fraction(0)) else "down"
    if points == sorted(points):
        return more_is_better
    return _FLIPPED[more_is_better] if points == sorted(points, reverse=True) else "either"


def _never_negative(figure: Figure, scheme: Scheme) -> bool:
    match figure:
        case Constant():
            return figure.constant >= 0
        case FactFigure() | Difference():
            return False
        case Mean() | Points() | PercentOfPoints() | Lowest() | Highest():
            scales = (scheme.scale, *scheme.scales.values())
            return all(points_of(rating) >= 0 for scale in scales for rating in scale.values())
        case ScoreFigure():
            inner = scheme.scores[figure.score].figure
            return _points_never_negative(figure.score, scheme) if inner is None else _never_negative(inner, scheme)
        case LevelPoints():
            return _points_never_negative(figure.level_points, scheme)
        case _:
            return all(_never_negative(part, scheme) for part in parts_of(figure))


def _points_never_negative(name: str, scheme: Scheme) -> bool:
    score = scheme.scores[name]
    points = [step.points for step in (*(score.ladder or ()), *(score.levels or ()))]
    points += [band.points for band in scheme.bands_of(score.bands or ())]
    return all(one is None or one >= 0 for one in (*points, score.otherwise_points))
