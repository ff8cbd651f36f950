"""Figures over bits: the same numbers as `figures` and `grading` give, without the words."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from accreditation.rules import many_rules  # as a module: the levels of scores have rules
from accreditation.rules.figures import combined, parts_of, taken
from accreditation.rules.grading import rounded
from accreditation.rules.many_ready import Ready
from accreditation.rules.many_standings import Graded, Standings
from accreditation.rules.many_support import Groups
from accreditation.scheme.bands import band_of
from accreditation.scheme.classes import Class, Counted, Level, class_in
from accreditation.scheme.facts import number_of
from accreditation.scheme.figure import (
    Constant,
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
    ScoreFigure,
    ShareFigure,
)
from accreditation.scheme.score import Score as ScoreRule
from accreditation.scheme.score import Step

Number = Callable[[Standings, int, Groups], Fraction | None]
"""A figure: of these standings, among these criteria (as bits), in these groups."""

Tallied = Callable[[Standings, int], tuple[int, int]]
"""The criteria that count, and those of them that fulfil."""

Grade = Callable[[Standings, Groups], Graded]


def tally(how: Counted, wanted: Class, ready: Ready) -> Tallied:
    """Which criteria of the class count, and which of them are met, or stand or are rated as written?"""
    members, plane, all_of_them = ready.of_class(wanted), ready.plane(how), ready.counts_left_out(how)

    def tallied(one: Standings, among: int) -> tuple[int, int]:
        counted = members & among if all_of_them else members & among & ~one.out
        return counted, counted & one.plane(plane)

    return tallied


def share(found: tuple[int, int], ready: Ready, *, weighted: bool) -> Fraction | None:
    """Which share fulfils? None where nothing counts."""
    counted, fulfil = found
    if weighted:
        of = ready.weight(counted)
        return Fraction(ready.weight(fulfil)) / of if of else None
    return Fraction(fulfil.bit_count(), counted.bit_count()) if counted else None


def number(figure: Figure, ready: Ready) -> Number:
    """This figure, ready to be worked out for many."""
    match figure:
        case Mean():
            return _mean(figure.mean, figure.groups, ready)
        case Points():
            members = ready.of_class(figure.points)
            return lambda one, among, _: Fraction(one.earned(members & among))
        case PercentOfPoints():
            return _percent(ready.of_class(figure.percent_of_points), ready)
        case Lowest() | Highest():
            members, how = ready.of_class(class_in(figure)), "lowest" if isinstance(figure, Lowest) else "highest"
            return lambda one, among, _: taken(how, one.each(members & among & ~one.out))
        case NumberFigure():
            counted = tally(figure, figure.number, ready)
            return lambda one, among, _: Fraction(counted(one, among)[1].bit_count())
        case ShareFigure():
            return _share(figure, ready)
        case ScoreFigure() | LevelPoints():
            return _score(figure, ready)
        case MeasuredFigure():
            place = ready.place[figure.measured]
            return lambda one, _, __: one.measured.get(place) if one.applies >> place & 1 else None
        case FactFigure():
            fact = figure.fact
            return lambda one, _, __: number_of(one.profile.get(fact))
        case Constant():
            constant = Fraction(figure.constant)
            return lambda _, __, ___: constant
        case EachFigure():
            return _each(figure, ready)
        case _:
            inner = [number(part, ready) for part in parts_of(figure)]
            return lambda one, among, groups: combined(figure, [part(one, among, groups) for part in inner])


def _percent(members: int, ready: Ready) -> Number:
    def percent(one: Standings, among: int, _: Groups) -> Fraction | None:
        possible = ready.possible(members & among & ~one.out)
        return Fraction(one.earned(members & among)) / possible * 100 if possible else None

    return percent


def _share(figure: ShareFigure, ready: Ready) -> Number:
    tallied = tally(figure, figure.share, ready)

    def percent(one: Standings, among: int, _: Groups) -> Fraction | None:
        found = share(tallied(one, among), ready, weighted=figure.weighted)
        return None if found is None else found * 100

    return percent


def _mean(wanted: Class, over: Sequence[Level], ready: Ready) -> Number:
    members = ready.of_class(wanted)

    def pooled(one: Standings, among: int, _: Groups) -> Fraction | None:
        weight = ready.weight(members & among & ~one.out)
        return Fraction(one.earned(members & among)) / weight if weight else None

    if not over:
        return pooled
    *inner, outer = over
    of_group = _mean(wanted, inner, ready)
    held = ready.groups(outer)

    def mean(one: Standings, among: int, groups: Groups) -> Fraction | None:
        return taken("mean", (of_group(one, bits & among, groups) for bits in held.values() if bits & among & members))

    return mean


def _each(figure: EachFigure, ready: Ready) -> Number:
    part, held, kind = number(figure.figure, ready), ready.groups(figure.each), figure.each

    def each(one: Standings, among: int, groups: Groups) -> Fraction | None:
        values = (part(one, bits & among, {**groups, kind: name}) for name, bits in held.items() if bits & among)
        return taken(figure.take, values)

    return each


def _score(figure: ScoreFigure | LevelPoints, ready: Ready) -> Number:
    if isinstance(figure, ScoreFigure):
        graded = grade(figure.score, figure.of, ready)
        return lambda one, _, groups: graded(one, groups)[0]
    graded = grade(figure.level_points, figure.of, ready)
    return lambda one, _, groups: graded(one, groups)[2]


def grade(name: str, of: str | None, ready: Ready) -> Grade:
    """This score, of the group named or else of the group that is being looked at. Worked out once for each cycle."""
    rule = ready.scheme.scores[name]
    held = {} if rule.per is None else ready.groups(rule.per)
    if name not in ready.scores:
        ready.scores[name] = _graded(rule, ready)
    work = ready.scores[name]

    def graded(one: Standings, groups: Groups) -> Graded:
        group = "" if rule.per is None else of or groups[rule.per]
        known = one.worked.get((name, group))
        if known is None:
            within = one.applies if rule.per is None else held[group] & one.applies
            known = work(one, within, {} if rule.per is None else {rule.per: group})
            one.worked[name, group] = known
        return known

    return graded


def _graded(rule: ScoreRule, ready: Ready) -> Callable[[Standings, int, Groups], Graded]:
    if rule.figure is not None:
        return _numbered(rule, rule.figure, ready)
    return _stepped(rule.ladder or rule.levels or (), rule, ready)


def _numbered(rule: ScoreRule, of: Figure, ready: Ready) -> Callable[[Standings, int, Groups], Graded]:
    figure, decimals, bands = number(of, ready), rule.rounded, ready.scheme.bands_of(rule.bands or ())

    def numbered(one: Standings, among: int, groups: Groups) -> Graded:
        value = figure(one, among, groups)
        seen = value if value is None or decimals is None else rounded(value, decimals)
        band = None if seen is None else band_of(seen, bands)
        if value is None:
            return None, None, None
        level, points = (rule.otherwise, rule.otherwise_points) if band is None else (band.level, band.points)
        return value, level, None if points is None else Fraction(points)

    return numbered


def _stepped(steps: Sequence[Step], rule: ScoreRule, ready: Ready) -> Callable[[Standings, int, Groups], Graded]:
    ways = [(step, many_rules.way(step.when, ready)) for step in steps]
    climbs = rule.ladder is not None

    def stepped(one: Standings, among: int, groups: Groups) -> Graded:
        reached = None
        for step, holds in ways:
            if (holds(one, among, groups) is None) != climbs:
                reached = reached if climbs else step
                break
            reached = step if climbs else None
        level, written = (rule.otherwise, rule.otherwise_points) if reached is None else (reached.level, reached.points)
        points = None if written is None else Fraction(written)
        return points, level, points

    return stepped
