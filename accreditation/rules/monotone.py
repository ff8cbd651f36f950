"""Whether a better rating can ever lower the outcome: proved from how the rules are built, or refuted by an example.

Ratings are compared with ratings; what a first answer changes is another question. Every node is followed from the
award down. A figure or a count can rise, fall, stay or go either way when a criterion is rated better; a rule that
lets an outcome through must only ever be helped by that, and a limit must not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from accreditation.rules import moving
from accreditation.rules.figures import parts_of
from accreditation.rules.judging import figure_in
from accreditation.rules.moving import FLIPPED, Way, together
from accreditation.rules.worth import span
from accreditation.scheme.bands import rising
from accreditation.scheme.classes import Class, Counted, class_in
from accreditation.scheme.document import Path
from accreditation.scheme.ends import Ends
from accreditation.scheme.figure import (
    Constant,
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
)
from accreditation.scheme.model import Criterion, Scheme
from accreditation.scheme.rule import AllOf, AnyOf, EachHolds, Every, FactIs, LevelIs, Not, Rule, ShareOf
from accreditation.scheme.score import Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A node by which a better rating could lower the outcome, and why."""

    path: Path
    why: str


def doubts(scheme: Scheme) -> tuple[Doubt, ...]:
    """Where could a better rating lower the outcome? Nothing means: it is proved that it never does."""
    proof = _Proof(scheme=scheme)
    found: list[Doubt] = []
    for position, outcome in enumerate(scheme.award):
        if outcome.when is not None:
            found += proof.rule(outcome.when, ("award", position, "when"), helped=True)
    for position, limit in enumerate(scheme.limits):
        found += proof.rule(limit.when, ("limits", position, "when"), helped=False)
    return tuple(dict.fromkeys([*found, *_left_for_a_limit(scheme)]))


def _left_for_a_limit(scheme: Scheme) -> Iterator[Doubt]:
    """Judgements above what a limit leaves: a judgement is never limited, and a higher outcome is."""
    order = [outcome.outcome for outcome in scheme.award]
    for position, limit in enumerate(scheme.limits):
        above = [one for one in scheme.award[: order.index(limit.at_best)] if not one.follows_conditions]
        limited = next((place for place, one in enumerate(above) if not one.judgement), len(above))
        judged = next((one.outcome for one in above[limited:] if one.judgement), None)
        if judged is not None:
            why = f"who leaves the judgement '{judged}' for a higher outcome is limited to '{limit.at_best}', below it"
            yield Doubt(path=("limits", position, "at_best"), why=why)


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


Place = tuple[str | None, Decimal | None]
"""What a score can give: a level, if it is one, and points, if there are any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proof:
    """What is known of one scheme. What is asked of a score is worked out once, however often it is referred to."""

    scheme: Scheme
    ways: dict[tuple[str, str], Way] = field(default_factory=dict)
    signs: dict[tuple[str, str], bool] = field(default_factory=dict)

    def rule(self, rule: Rule, path: Path, *, helped: bool) -> Iterator[Doubt]:
        """Where could an improvement break this rule (or, with helped=False, fulfil it)?"""
        match rule:
            case AllOf() | AnyOf():
                key, inner = ("all", rule.all) if isinstance(rule, AllOf) else ("any", rule.any)
                for position, one in enumerate(inner):
                    yield from self.rule(one, (*path, key, position), helped=helped)
            case Not():
                yield from self.rule(rule.not_, (*path, "not"), helped=not helped)
            case EachHolds():
                yield from self.rule(rule.holds, (*path, "holds"), helped=helped)
            case FactIs():
                return
            case LevelIs():
                yield from self._level(rule, path, helped=helped)
            case Every():
                yield from _moved(self._counted(rule, rule.every), {"at_least"}, path, helped=helped)
            case ShareOf():
                yield from _moved(self._counted(rule, rule.share), _ends(rule), path, helped=helped)
            case _:
                yield from _moved(self.figure(figure_in(rule)), _ends(rule), path, helped=helped)

    def _level(self, rule: LevelIs, path: Path, *, helped: bool) -> Iterator[Doubt]:
        order = self.scheme.levels_of(rule.level)
        allowed = order[: order.index(rule.at_least) + 1] if rule.at_least is not None else rule.is_ or ()
        if set(order[: len(set(allowed))]) != set(allowed):
            yield Doubt(path=path, why="some levels are asked for and better ones are not")
        if rule.if_no_value == "satisfied" and any(level is None for level, _ in self._places(rule.level)):
            yield Doubt(path=path, why="having no level at all satisfies this, and a better rating can give a level")
        yield from _moved(self._level_of(rule.level), {"at_least"}, path, helped=helped)

    def _places(self, name: str) -> tuple[Place, ...]:
        """What this score can give, from where its number is highest, or from its best step, downwards."""
        score = self.scheme.scores[name]
        outside: Place = (score.otherwise, score.otherwise_points)
        if score.figure is None:
            steps = tuple(reversed(score.ladder)) if score.ladder is not None else score.levels or ()
            return (*((step.level, step.points) for step in steps), outside)
        bands = self.scheme.bands_of(score.bands or ())
        inner = tuple((band.level, band.points) for band in reversed(rising(bands)))
        above = () if moving.upper_open(bands) else (outside,)
        return (*above, *inner, *(() if moving.lower_open(bands) else (outside,)))

    def _upwards(self, score: Score) -> Way:
        """How does a service move among the places of this score: up means towards the first?"""
        if score.figure is not None:
            return self.figure(score.figure)
        steps = (*(score.ladder or ()), *(score.levels or ()))
        return "up" if all(not list(self.rule(step.when, (), helped=True)) for step in steps) else "either"

    def _level_of(self, name: str) -> Way:
        """How does the level of this score move: up means towards its best level? No level is below them all."""
        if ("level", name) not in self.ways:
            order = self.scheme.levels_of(name)
            ranks = [len(order) if level is None else order.index(level) for level, _ in self._places(name)]
            self.ways["level", name] = self._falling([-rank for rank in ranks], name)
        return self.ways["level", name]

    def _points_of(self, name: str) -> Way:
        """How do the points of this score's level move?"""
        if ("points", name) not in self.ways:
            points = [points for _, points in self._places(name)]
            known = [one for one in points if one is not None]
            self.ways["points", name] = "either" if len(known) < len(points) else self._falling(known, name)
        return self.ways["points", name]

    def _falling(self, values: Sequence[Decimal | int], name: str) -> Way:
        """How does a value move that the places of this score have, from the first to the last?"""
        way = self._upwards(self.scheme.scores[name])
        if list(values) == sorted(values, reverse=True):
            return way
        return FLIPPED[way] if list(values) == sorted(values) else "either"

    def _number_of(self, name: str) -> Way:
        """How does the number of this score move?"""
        figure = self.scheme.scores[name].figure
        if figure is None:
            return self._points_of(name)
        if ("number", name) not in self.ways:
            self.ways["number", name] = self.figure(figure)
        return self.ways["number", name]

    def _counted(self, how: Counted, wanted: Class) -> Way:
        """How does the number of those that fulfil move?"""
        if how.counting in ("not_applicable", "too_few_cases"):
            return "stays"
        if how.counting in ("not_met", "not_answered"):
            return "down"
        if how.rated is None and how.rated_at_least is None:
            return "up"
        criteria = [self.scheme.by_id[name] for name in self.scheme.members(wanted)]
        return together(moving.rated(self._ratings(how, one), one, self.scheme) for one in criteria)

    def _ratings(self, how: Counted, criterion: Criterion) -> tuple[str, ...]:
        """Which ratings of this criterion are counted?"""
        if how.rated is not None:
            return how.rated
        order = list(self.scheme.scale_of(criterion, "reviewer"))
        return tuple(order[: order.index(how.rated_at_least) + 1]) if how.rated_at_least in order else ()

    def figure(self, figure: Figure) -> Way:
        """How does this figure move when a criterion improves?"""
        match figure:
            case PercentOfPoints() if not self._possible(figure.percent_of_points):
                return "either"
            case Mean() | Points() | PercentOfPoints() | Lowest() | Highest():
                criteria = [self.scheme.by_id[name] for name in self.scheme.members(class_in(figure))]
                return together(moving.earned(one, self.scheme) for one in criteria)
            case NumberFigure():
                return self._counted(figure, figure.number)
            case ShareFigure():
                return self._counted(figure, figure.share)
            case ScoreFigure():
                return self._number_of(figure.score)
            case LevelPoints():
                return self._points_of(figure.level_points)
            case MeasuredFigure():
                return moving.measured(self.scheme.by_id[figure.measured], self.scheme)
            case Constant() | FactFigure():
                return "stays"
            case _:
                return self._made_of(figure)

    def _made_of(self, figure: Figure) -> Way:
        match figure:
            case EachFigure():
                return self.figure(figure.figure)
            case Difference():
                first, second = (self.figure(part) for part in figure.difference)
                return together({first, FLIPPED[second]})
            case Quotient():
                way, by = self.figure(figure.divide), figure.by
                return way if isinstance(by, Constant) and by.constant > 0 else together({way, "either"})
            case _:
                ways = {self.figure(part) for part in parts_of(figure)}
                safe = not isinstance(figure, ProductOf) or all(map(self._never_negative, parts_of(figure)))
                return together(ways if safe else {*ways, "either"})

    def _possible(self, wanted: Class) -> bool:
        """Can none of these criteria have a most of points below 0, of which a percentage would be turned round?"""
        criteria = [self.scheme.by_id[name] for name in self.scheme.members(wanted)]
        most = (span(criterion=one, scheme=self.scheme, by="reviewer").most for one in criteria)
        return all(one is None or one >= 0 for one in most)

    def _never_negative(self, figure: Figure) -> bool:
        match figure:
            case Constant():
                return figure.constant >= 0
            case FactFigure() | Difference():
                return False
            case Mean() | Points() | PercentOfPoints() | Lowest() | Highest():
                criteria = [self.scheme.by_id[name] for name in self.scheme.members(class_in(figure))]
                return all(moving.never_negative(one, self.scheme) for one in criteria)
            case ScoreFigure():
                inner = self.scheme.scores[figure.score].figure
                if inner is None:
                    return self._points_never_negative(figure.score)
                if ("number", figure.score) not in self.signs:
                    self.signs["number", figure.score] = self._never_negative(inner)
                return self.signs["number", figure.score]
            case LevelPoints():
                return self._points_never_negative(figure.level_points)
            case _:
                return all(map(self._never_negative, parts_of(figure)))

    def _points_never_negative(self, name: str) -> bool:
        return all(points is None or points >= 0 for _, points in self._places(name))
