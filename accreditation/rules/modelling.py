"""Figures and rules as parts of an integer program: what each would be if criteria improved.

Unknown 1-or-0 numbers say which criteria take which better standing. As long as no criterion leaves or enters a
count, every figure is a straight line in them: shares, means and points have denominators that stay. Levels of
scores add unknowns of their own, one for each band; products of figures are broken into such pieces.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction

from accreditation.rules import requiring  # as a module: the levels of scores have rules
from accreditation.rules.counting import fulfilling, looked_at
from accreditation.rules.figures import parts_of, weight
from accreditation.rules.options import Option
from accreditation.rules.program import CannotSay, Linear, Program, total
from accreditation.rules.scoring import Score, Scored
from accreditation.scheme.classes import Class, Counted, Level, class_in
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


class Model:
    """The program of one score: its unknowns by criterion, and what every figure would be."""

    def __init__(self, score: Score, options_of: Callable[[str], Sequence[Option]]) -> None:
        self.program = Program()
        self.choices: dict[str, list[tuple[int, Option]]] = {}
        self._one_hot: dict[tuple[str, str], list[tuple[str | None, Fraction | None, Linear]]] = {}
        for name in score.by_id:
            taken = [(self.program.unknown(), option) for option in options_of(name)]
            if taken:
                self.choices[name] = taken
                if len(taken) > 1:
                    self.program.at_most(total(self.program.one(one) for one, _ in taken), Fraction(1))

    def changed(self, names: Sequence[str], score: Score, value: Callable[[Scored], Fraction]) -> Linear:
        """The sum of something over criteria, as it is now and as every better standing would change it."""
        constant, terms = Fraction(0), {}
        for name in names:
            now = value(score.by_id[name])
            constant += now
            for unknown, option in self.choices.get(name, ()):
                if gain := value(option.scored) - now:
                    terms[unknown] = gain
        return Linear(constant, terms)

    def counts(self, how: Counted, wanted: Class, score: Score, *, weighted: bool = False) -> tuple[Linear, Fraction]:
        """How many of the class fulfil, and how many are looked at; or their weights."""
        names, fulfils = looked_at(how, wanted, score), fulfilling(how, score)

        def of(one: Scored) -> Fraction:
            return (weight(one.criterion, score) if weighted else Fraction(1)) * fulfils(one)

        whole = sum((weight(name, score) if weighted else Fraction(1) for name in names), Fraction(0))
        return self.changed(names, score, of), whole

    def figure(self, figure: Figure, score: Score) -> Linear | None:
        """The figure as a straight line; None where it has no value. Raises CannotSay where it is none."""
        match figure:
            case Mean():
                return self._mean(figure.mean, figure.groups, score)
            case Points():
                return self._points(score.counted(figure.points), score)
            case PercentOfPoints():
                counted = score.counted(figure.percent_of_points)
                possible = sum(((score.span(n).most or 0) * weight(n, score) for n in counted), Fraction(0))
                return self._points(counted, score).times(100 / possible) if possible else None
            case Lowest() | Highest():
                each = [self.changed([name], score, _own_points) for name in score.counted(class_in(figure))]
                return self._taken("lowest" if isinstance(figure, Lowest) else "highest", each)
            case NumberFigure():
                return self.counts(figure, figure.number, score)[0]
            case ShareFigure():
                met, of = self.counts(figure, figure.share, score, weighted=figure.weighted)
                return met.times(100 / of) if of else None
            case ScoreFigure() | LevelPoints():
                return self._of_score(figure, score)
            case MeasuredFigure():
                return self._measured(figure.measured, score)
            case FactFigure():
                return _fixed(number_of(score.profile.get(figure.fact)))
            case Constant():
                return _fixed(Fraction(figure.constant))
            case EachFigure():
                groups = score.groups(figure.each)
                parts = [self.figure(figure.figure, score.of_group(figure.each, name)) for name in groups]
                return self._taken(figure.take, parts)
            case _:
                return self._combined(figure, [self.figure(inner, score) for inner in parts_of(figure)])

    def _points(self, names: Sequence[str], score: Score) -> Linear:
        return self.changed(names, score, lambda one: one.points * weight(one.criterion, score))

    def _mean(self, wanted: Class, over: tuple[Level, ...], score: Score) -> Linear | None:
        if not over:
            counted = score.counted(wanted)
            weights = sum((weight(name, score) for name in counted), Fraction(0))
            return self._points(counted, score).times(1 / weights) if weights else None
        *inner, outer = over
        within = [score.of_group(outer, name) for name in score.groups(outer, wanted)]
        return self._taken("mean", [self._mean(wanted, tuple(inner), group) for group in within])

    def _measured(self, name: str, score: Score) -> Linear | None:
        """What was measured; where it could be another value, a figure made of it is not followed."""
        if name in self.choices:
            raise CannotSay(f"a figure is made of what is measured for {name}")
        now = score.by_id.get(name)
        return None if now is None or now.value is None else Linear(now.value)

    def _of_score(self, figure: ScoreFigure | LevelPoints, score: Score) -> Linear | None:
        name = figure.score if isinstance(figure, ScoreFigure) else figure.level_points
        rule = score.scheme.scores[name]
        group, narrowed = score.of_score(name, figure.of)
        if isinstance(figure, ScoreFigure) and rule.figure is not None:
            return self.figure(rule.figure, narrowed)
        key = (name, group)
        if key not in self._one_hot:
            self._one_hot[key] = requiring.levels(self, name, narrowed)
        ways = self._one_hot[key]
        if all(points is None for _, points, _ in ways):
            return None
        if any(points is None for _, points, _ in ways):
            raise CannotSay(f"'{name}' may have no points")
        return total(chosen.times(points) for _, points, chosen in ways if points is not None)

    def _taken(self, how: str, parts: Sequence[Linear | None]) -> Linear | None:
        known = [part for part in parts if part is not None]
        if not known:
            return None
        if how == "mean":
            return total(known).times(Fraction(1, len(known)))
        if how == "sum":
            return total(known)
        if all(not part.terms for part in known):
            return (min if how == "lowest" else max)(known, key=lambda part: part.constant)
        if how == "lowest":
            return self.program.lowest_of(known)
        return self.program.lowest_of([part.times(Fraction(-1)) for part in known]).times(Fraction(-1))

    def _combined(self, figure: Figure, parts: Sequence[Linear | None]) -> Linear | None:
        known = [part for part in parts if part is not None]
        match figure:
            case MeanOf() if figure.weights is not None:
                pairs = [(part, Fraction(w)) for part, w in zip(parts, figure.weights, strict=True) if part is not None]
                weights = sum((w for _, w in pairs), Fraction(0))
                return total(part.times(w / weights) for part, w in pairs) if pairs else None
            case MeanOf() | SumOf() | LowestOf() | HighestOf():
                how = {"MeanOf": "mean", "SumOf": "sum", "LowestOf": "lowest", "HighestOf": "highest"}
                return self._taken(how[type(figure).__name__], known)
            case FirstOf():
                return next(iter(known), None)
        if len(known) < len(parts):
            return None
        match figure:
            case ProductOf():
                product = known[0]
                for part in known[1:]:
                    product = self.program.product(product, part)
                return product
            case Difference():
                return known[0] + known[1].times(Fraction(-1))
            case Quotient() if not known[1].terms:
                return known[0].times(1 / known[1].constant) if known[1].constant else None
        raise CannotSay("a divisor depends on what could improve")


def _own_points(one: Scored) -> Fraction:
    return one.points


def _fixed(number: Fraction | None) -> Linear | None:
    return None if number is None else Linear(number)
