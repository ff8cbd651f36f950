"""Figures at work: every number that a rule compares, exact, with the working that led to it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from accreditation.rules import grading  # as a module: scores are made of figures, and figures of scores
from accreditation.rules.counting import tally
from accreditation.rules.scoring import Score
from accreditation.rules.words import figure_words
from accreditation.rules.working import Working
from accreditation.scheme.classes import Class, Level, class_in
from accreditation.scheme.facts import number_of
from accreditation.scheme.figure import (
    Constant,
    Difference,
    EachFigure,
    FactFigure,
    Figure,
    FirstOf,
    Highest,
    HighestOf,
    LevelPoints,
    Lowest,
    LowestOf,
    Mean,
    MeanOf,
    MeasuredFigure,
    NumberFigure,
    PercentOfPoints,
    Points,
    ProductOf,
    Quotient,
    ScoreFigure,
    ShareFigure,
    SumOf,
)
from accreditation.scheme.values import written_number


def figure_of(figure: Figure, score: Score) -> Working:
    """What number is this figure, and how was it come by? `value` is None where it has no value."""
    match figure:
        case Mean():
            return _mean(figure, score)
        case Points():
            counted = score.counted(figure.points)
            return _told(figure, score, earned(counted, score), _of_points(counted))
        case PercentOfPoints():
            return _percent(figure, score)
        case Lowest() | Highest():
            counted = score.counted(class_in(figure))
            how = "lowest" if isinstance(figure, Lowest) else "highest"
            return _told(figure, score, taken(how, [score.by_id[name].points for name in counted]), _of_points(counted))
        case NumberFigure():
            found = tally(figure, figure.number, score)
            return _told(figure, score, Fraction(len(found.fulfil)), f"{len(found.fulfil)} of {len(found.counted)}")
        case ShareFigure():
            found = tally(figure, figure.share, score, weighted=figure.weighted)
            value = None if found.share is None else found.share * 100
            return _told(figure, score, value, found.words)
        case ScoreFigure() | LevelPoints():
            return _of_score(figure, score)
        case MeasuredFigure():
            known = score.by_id.get(figure.measured)
            return _told(figure, score, None if known is None else known.value)
        case FactFigure():
            return _told(figure, score, number_of(score.profile.get(figure.fact)))
        case Constant():
            return _told(figure, score, Fraction(figure.constant))
        case EachFigure():
            return _each(figure, score)
        case _:
            return _combined(figure, score)


def _told(
    figure: Figure, score: Score, value: Fraction | None, more: str = "", parts: Sequence[Working] = ()
) -> Working:
    found = "no value" if value is None else written_number(value)
    return Working(
        rule=figure_words(figure, score.scheme),
        needed="",
        found=f"{found} ({more})" if more and more != found else found,
        value=value,
        parts=tuple(parts),
    )


def earned(names: Iterable[str], score: Score) -> Fraction:
    """The points of these criteria, each times its weight."""
    return sum((score.by_id[name].points * weight(name, score) for name in names), Fraction(0))


def weight(name: str, score: Score) -> Fraction:
    """How many times does this criterion count?"""
    return Fraction(score.scheme.by_id[name].weight)


def _of_points(counted: Sequence[str]) -> str:
    return f"{len(counted)} criteria count" if counted else "nothing of it counts here"


def _percent(figure: PercentOfPoints, score: Score) -> Working:
    counted = score.counted(figure.percent_of_points)
    possible = sum(((score.span(name).most or 0) * weight(name, score) for name in counted), Fraction(0))
    if not possible:
        return _told(figure, score, None, "no points can be earned here")
    got = earned(counted, score)
    return _told(figure, score, got / possible * 100, f"{written_number(got)} of {written_number(possible)} points")


def _mean(figure: Mean, score: Score) -> Working:
    if not figure.groups:
        value, number = pooled(figure.mean, score)
        return _told(figure, score, value, f"of {number} criteria" if number else "nothing of it counts here")
    parts = _means(figure.mean, figure.groups, score)
    values = [part.value for part in parts if part.value is not None]
    value = sum(values, Fraction(0)) / len(values) if values else None
    return _told(figure, score, value, f"of {len(values)} means", parts)


def pooled(wanted: Class, score: Score) -> tuple[Fraction | None, int]:
    """The mean points of a class, each criterion as often as its weight says; and of how many criteria."""
    counted = score.counted(wanted)
    weights = sum((weight(name, score) for name in counted), Fraction(0))
    return (earned(counted, score) / weights if weights else None), len(counted)


def _means(wanted: Class, over: tuple[Level, ...], score: Score) -> list[Working]:
    """The mean of every group of the outermost kind, itself the mean of the groups within it."""
    *inner, outer = over
    parts = []
    for name in score.groups(outer, wanted):
        group = score.of_group(outer, name)
        if inner:
            within = _means(wanted, tuple(inner), group)
            values = [part.value for part in within if part.value is not None]
            value, parts_of = (sum(values, Fraction(0)) / len(values) if values else None), tuple(within)
        else:
            (value, _), parts_of = pooled(wanted, group), ()
        title = score.scheme.groups(outer)[name].title
        found = "no value" if value is None else written_number(value)
        parts.append(Working(rule=f"{outer} {name} ({title})", needed="", found=found, value=value, parts=parts_of))
    return parts


def _of_score(figure: ScoreFigure | LevelPoints, score: Score) -> Working:
    name = figure.score if isinstance(figure, ScoreFigure) else figure.level_points
    graded = grading.grade(name, score, of=figure.of)
    value = graded.value if isinstance(figure, ScoreFigure) else graded.points
    return _told(figure, score, value, "" if graded.level is None else f"level {graded.level}", (graded.working,))


def _each(figure: EachFigure, score: Score) -> Working:
    parts = [figure_of(figure.figure, score.of_group(figure.each, name)) for name in score.groups(figure.each)]
    titles = [score.scheme.groups(figure.each)[name].title for name in score.groups(figure.each)]
    named = [replace(part, rule=title) for title, part in zip(titles, parts, strict=True)]
    return _told(figure, score, taken(figure.take, [part.value for part in parts]), f"of {len(parts)}", named)


def taken(how: str, values: Iterable[Fraction | None]) -> Fraction | None:
    """The mean, the sum, the lowest or the highest of those that have a value; None where none has."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    if how == "mean":
        return sum(known, Fraction(0)) / len(known)
    return sum(known, Fraction(0)) if how == "sum" else min(known) if how == "lowest" else max(known)


def _combined(
    figure: MeanOf | SumOf | ProductOf | LowestOf | HighestOf | FirstOf | Difference | Quotient, score: Score
) -> Working:
    parts = [figure_of(inner, score) for inner in parts_of(figure)]
    return _told(figure, score, combined(figure, [part.value for part in parts]), "", parts)


def parts_of(figure: Figure) -> tuple[Figure, ...]:
    """The figures that this one is made of."""
    match figure:
        case MeanOf():
            return figure.mean_of
        case SumOf():
            return figure.sum_of
        case ProductOf():
            return figure.product_of
        case LowestOf():
            return figure.lowest_of
        case HighestOf():
            return figure.highest_of
        case FirstOf():
            return figure.first_of
        case Difference():
            return figure.difference
        case Quotient():
            return (figure.divide, figure.by)
        case EachFigure():
            return (figure.figure,)
        case _:
            return ()


def combined(figure: Figure, values: Sequence[Fraction | None]) -> Fraction | None:
    """What these values of its parts make of the figure."""
    known = [value for value in values if value is not None]
    match figure:
        case MeanOf() if figure.weights is not None:
            pairs = [(value, Fraction(w)) for value, w in zip(values, figure.weights, strict=True) if value is not None]
            weights = sum((w for _, w in pairs), Fraction(0))
            return sum((value * w for value, w in pairs), Fraction(0)) / weights if pairs else None
        case MeanOf() | SumOf() | LowestOf() | HighestOf():
            how = {"MeanOf": "mean", "SumOf": "sum", "LowestOf": "lowest", "HighestOf": "highest"}
            return taken(how[type(figure).__name__], known)
        case FirstOf():
            return next(iter(known), None)
    if len(known) < len(values):
        return None
    match figure:
        case ProductOf():
            product = Fraction(1)
            for value in known:
                product *= value
            return product
        case Difference():
            return known[0] - known[1]
        case _:
            return known[0] / known[1] if known[1] else None
