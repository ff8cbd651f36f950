"""What a rule or a figure rests on, as `support` has it: the criteria that it looks at, as bits."""

from collections.abc import Callable, Iterable, Mapping

from accreditation.rules.figures import parts_of
from accreditation.rules.many_ready import Ready
from accreditation.rules.many_standings import Standings
from accreditation.scheme.classes import Level, class_in
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
from accreditation.scheme.rule import AllOf, AnyOf, EachHolds, Every, FactIs, FigureIs, LevelIs, Not, Rule, ShareOf

Groups = Mapping[str, str]
"""Kind of group -> the group that is being looked at."""

Support = Callable[[Standings, int, Groups], int]
"""The criteria that a rule or a figure looks at: of these standings, among these criteria, in these groups."""


def either(found: Iterable[int]) -> int:
    """All that is in any of these."""
    bits = 0
    for one in found:
        bits |= one
    return bits


def support(rule: Rule, ready: Ready) -> Support:
    """The criteria that this rule looks at, ready to be found for many."""
    match rule:
        case Every():
            members = ready.of_class(rule.every)
            return lambda _, among, __: members & among
        case ShareOf():
            members = ready.of_class(rule.share)
            return lambda _, among, __: members & among
        case FigureIs():
            return support_of_figure(rule.figure, ready)
        case LevelIs():
            return support_of_score(rule.level, rule.of, ready)
        case EachHolds():
            only = ready.full if rule.among is None else ready.of_class(rule.among)
            return _of_groups(support(rule.holds, ready), rule.each, only, ready)
        case AllOf() | AnyOf():
            return _together([support(inner, ready) for inner in (rule.all if isinstance(rule, AllOf) else rule.any)])
        case Not():
            return support(rule.not_, ready)
        case FactIs():
            return lambda _, __, ___: 0
        case _:
            return support_of_figure(rule, ready)


def support_of_figure(figure: Figure, ready: Ready) -> Support:
    """The criteria that this figure is made of, ready to be found for many."""
    match figure:
        case Mean() | Points() | PercentOfPoints() | Lowest() | Highest() | NumberFigure() | ShareFigure():
            members = ready.of_class(class_in(figure))
            return lambda _, among, __: members & among
        case MeasuredFigure():
            bit = 1 << ready.place[figure.measured]
            return lambda _, __, ___: bit
        case ScoreFigure():
            return support_of_score(figure.score, figure.of, ready)
        case LevelPoints():
            return support_of_score(figure.level_points, figure.of, ready)
        case EachFigure():
            return _of_groups(support_of_figure(figure.figure, ready), figure.each, ready.full, ready)
        case _:
            return _together([support_of_figure(part, ready) for part in parts_of(figure)])


def _together(parts: list[Support]) -> Support:
    return lambda one, among, groups: either([part(one, among, groups) for part in parts])


def _of_groups(part: Support, kind: Level, only: int, ready: Ready) -> Support:
    held = ready.groups(kind)
    return lambda one, among, groups: either(
        [part(one, bits & among, {**groups, kind: name}) for name, bits in held.items() if bits & among & only]
    )


def support_of_score(name: str, of: str | None, ready: Ready) -> Support:
    """The criteria that this score is made of, ready to be found for many."""
    rule = ready.scheme.scores[name]
    parts = [support(step.when, ready) for step in (*(rule.ladder or ()), *(rule.levels or ()))]
    if rule.figure is not None:
        parts.append(support_of_figure(rule.figure, ready))
    rests_on, held = _together(parts), {} if rule.per is None else ready.groups(rule.per)

    def of_score(one: Standings, _: int, groups: Groups) -> int:
        if rule.per is None:
            return rests_on(one, one.applies, {})
        group = of or groups[rule.per]
        return rests_on(one, held[group] & one.applies, {rule.per: group})

    return of_score
