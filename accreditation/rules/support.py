"""What a rule or a figure rests on: the criteria that it looks at, and those of them that could be better."""

from collections.abc import Iterator

from accreditation.rules import figures  # as a module: figures know scores, and scores rest on rules
from accreditation.rules.scoring import Score
from accreditation.scheme.classes import class_in
from accreditation.scheme.figure import (
    EachFigure,
    Figure,
    Highest,
    LevelPoints,
    Lowest,
    Mean,
    MeasuredFigure,
    NumberFigure,
    PercentOfPoints,
    Points,
    ScoreFigure,
    ShareFigure,
)
from accreditation.scheme.rule import (
    AllOf,
    AnyOf,
    EachHolds,
    Every,
    FactIs,
    FigureIs,
    LevelIs,
    MeanIs,
    MeasuredIs,
    Not,
    NumberOf,
    PercentIs,
    PointsAre,
    Rule,
    ScoreIs,
    ShareOf,
)


def open_criteria(figure: Figure, score: Score) -> tuple[str, ...]:
    """Which criteria that this figure is made of could be better? In the order of the standard.

    Where a rule compares a measured value itself, its criterion is one, however well it stands by its own measure.
    """
    if isinstance(figure, MeasuredFigure):
        one = score.by_id.get(figure.measured)
        return () if one is None or one.standing in score.leaves_out else (figure.measured,)
    return _open(frozenset(_of_figure(figure, score)), score)


def open_in(rule: Rule, score: Score) -> tuple[str, ...]:
    """Which criteria that this rule looks at could be better? In the order of the standard."""
    return _open(frozenset(_of_rule(rule, score)), score)


def looked_at_by_rule(rule: Rule, score: Score) -> frozenset[str]:
    """All criteria that this rule looks at."""
    return frozenset(_of_rule(rule, score))


def looked_at_by_score(name: str, of: str | None, score: Score) -> frozenset[str]:
    """All criteria that this score of the scheme looks at."""
    return frozenset(_of_score(name, of, score))


def _open(names: frozenset[str], score: Score) -> tuple[str, ...]:
    out = score.leaves_out
    return tuple(
        name
        for name, one in score.by_id.items()
        if name in names and one.standing not in out and not score.at_best(name)
    )


def _of_figure(figure: Figure, score: Score) -> Iterator[str]:
    match figure:
        case Mean() | Points() | PercentOfPoints() | Lowest() | Highest() | NumberFigure() | ShareFigure():
            yield from score.members(class_in(figure))
        case MeasuredFigure():
            yield figure.measured
        case ScoreFigure():
            yield from _of_score(figure.score, figure.of, score)
        case LevelPoints():
            yield from _of_score(figure.level_points, figure.of, score)
        case EachFigure():
            for name in score.groups(figure.each):
                yield from _of_figure(figure.figure, score.of_group(figure.each, name))
        case _:
            for inner in figures.parts_of(figure):
                yield from _of_figure(inner, score)


def _of_score(name: str, of: str | None, score: Score) -> Iterator[str]:
    rule, (_, score) = score.scheme.scores[name], score.of_score(name, of)
    if rule.figure is not None:
        yield from _of_figure(rule.figure, score)
    for step in (*(rule.ladder or ()), *(rule.levels or ())):
        yield from _of_rule(step.when, score)


def _of_rule(rule: Rule, score: Score) -> Iterator[str]:
    match rule:
        case Every():
            yield from score.members(rule.every)
        case ShareOf():
            yield from score.members(rule.share)
        case NumberOf() | PointsAre() | MeanIs() | PercentIs() | ScoreIs() | MeasuredIs():
            yield from _of_figure(rule, score)
        case FigureIs():
            yield from _of_figure(rule.figure, score)
        case LevelIs():
            yield from _of_score(rule.level, rule.of, score)
        case EachHolds():
            for name in score.groups(rule.each, rule.among):
                yield from _of_rule(rule.holds, score.of_group(rule.each, name))
        case AllOf() | AnyOf():
            for inner in rule.all if isinstance(rule, AllOf) else rule.any:
                yield from _of_rule(inner, score)
        case Not():
            yield from _of_rule(rule.not_, score)
        case FactIs():
            return
