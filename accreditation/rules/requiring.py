"""Demands of an integer program: a rule holds, or does not; a score has a level, or has not.

Every demand is bound to an unknown that is 0 or 1: where it is 1 the demand is kept, where it is 0 nothing is said.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from accreditation.rules.judging import figure_in, limits
from accreditation.rules.program import Linear, total
from accreditation.rules.scoring import Score
from accreditation.scheme.bands import Bands, Edge, span
from accreditation.scheme.ends import Fixed, inside
from accreditation.scheme.facts import is_so
from accreditation.scheme.rule import (
    AllOf,
    AnyOf,
    EachHolds,
    Every,
    FactIs,
    LevelIs,
    MeasuredIs,
    Not,
    Rule,
    ShareOf,
    Valued,
)
from accreditation.scheme.score import Step

if TYPE_CHECKING:
    from accreditation.rules.modelling import Model

Demand = tuple[Rule, Score, bool]
"""A rule, of what, and whether it shall hold or not."""


def require(model: "Model", rule: Rule, score: Score, taken: int, *, holds: bool = True) -> None:
    """Where `taken` is 1, the rule holds (or, with holds=False, does not). Raises CannotSay as figures do."""
    match rule:
        case Every():
            met, of = model.counts(rule, rule.every, score)
            _constant_or(model, met, {"at_least": of}, taken, holds, empty=None if of else rule.if_none_apply)
        case ShareOf():
            met, of = model.counts(rule, rule.share, score, weighted=rule.weighted)
            ends, _ = limits(rule, score)
            scaled = None if ends is None else {name: end * of for name, end in ends.items()}
            _constant_or(model, met, scaled, taken, holds, empty=None if of else rule.if_none_apply)
        case LevelIs():
            _level(model, rule, score, taken, holds=holds)
        case FactIs():
            _known(model, is_so(rule.is_, score.profile.get(rule.fact)) == holds, taken)
        case MeasuredIs():
            _measured(model, rule, score, taken, holds=holds)
        case Not():
            require(model, rule.not_, score, taken, holds=not holds)
        case AllOf() | AnyOf():
            inner = rule.all if isinstance(rule, AllOf) else rule.any
            needed = len(inner) if isinstance(rule, AllOf) else rule.at_least
            _so_many(model, [(one, score, holds) for one in inner], needed, taken, holds=holds)
        case EachHolds():
            names = score.groups(rule.each, rule.among)
            if not names:
                _known(model, (rule.if_none_apply == "satisfied") == holds, taken)
            else:
                within = [(rule.holds, score.of_group(rule.each, name), holds) for name in names]
                _so_many(model, within, rule.needed(len(names)), taken, holds=holds)
        case _:
            ends, _ = limits(rule, score)
            line = model.figure(figure_in(rule), score)
            empty = None if line is not None else rule.if_no_value if isinstance(rule, Valued) else "not_satisfied"
            _constant_or(model, line or Linear(Fraction(0)), ends, taken, holds, empty=empty)


def _measured(model: "Model", rule: MeasuredIs, score: Score, taken: int, *, holds: bool) -> None:
    """A rule about the value itself holds as it stands, or by one of the values it could become."""
    ends, _ = limits(rule, score)

    def so(value: Fraction | None) -> bool:
        if ends is None:
            return False
        return rule.if_no_value == "satisfied" if value is None else inside(value, ends)

    one = score.by_id.get(rule.measured)
    now = so(None if one is None else one.value)
    gains = {
        unknown: Fraction(so(option.scored.value) - now) for unknown, option in model.choices.get(rule.measured, ())
    }
    line = Linear(Fraction(now), {unknown: gain for unknown, gain in gains.items() if gain})
    if holds:
        model.program.at_least(line, Fraction(1), if_one=taken)
    else:
        model.program.at_most(line, Fraction(0), if_one=taken)


def _known(model: "Model", so: bool, taken: int) -> None:
    if not so:
        model.program.at_most(model.program.one(taken), Fraction(0))


def _so_many(model: "Model", demands: Sequence[Demand], needed: int, taken: int, *, holds: bool) -> None:
    """So many of these must hold; or, for it not to hold, so many must fail that too few are left."""
    needed = needed if holds else len(demands) - needed + 1
    if needed >= len(demands):
        for rule, score, asked in demands:
            require(model, rule, score, taken, holds=asked)
        _known(model, needed <= len(demands), taken)
    elif needed > 0:
        chosen = [model.program.unknown() for _ in demands]
        for one, (rule, score, asked) in zip(chosen, demands, strict=True):
            require(model, rule, score, one, holds=asked)
        some = total(model.program.one(one) for one in chosen)
        model.program.at_least(some, Fraction(needed), if_one=taken)


def _constant_or(
    model: "Model", line: Linear, ends: Fixed | None, taken: int, holds: bool, *, empty: str | None
) -> None:
    """The line lies within the ends, or outside them; what has no limit or no value is decided already."""
    if ends is None:
        _known(model, not holds, taken)
    elif empty is not None:
        _known(model, (empty == "satisfied") == holds, taken)
    else:
        within(model, line, edges(ends), taken, holds=holds)


def edges(ends: Fixed) -> tuple[Edge | None, Edge | None]:
    """Where these ends begin and stop on the line of numbers; None for no end on that side."""
    start = (ends["at_least"], 0) if "at_least" in ends else (ends["above"], 1) if "above" in ends else None
    stop = (ends["at_most"], 1) if "at_most" in ends else (ends["below"], 0) if "below" in ends else None
    return start, stop


def within(
    model: "Model", line: Linear, reach: tuple[Edge | None, Edge | None], taken: int, *, holds: bool = True
) -> None:
    """Where `taken` is 1, the line lies between these edges, or (holds=False) before or behind them."""
    program, (start, stop) = model.program, reach
    if holds:
        if start is not None:
            program.at_least(line, start[0], open_end=start[1] == 1, if_one=taken)
        if stop is not None:
            program.at_most(line, stop[0], open_end=stop[1] == 0, if_one=taken)
        return
    ways = []
    if start is not None and start > (program.lowest(line), 0):
        ways.append(program.unknown())
        program.at_most(line, start[0], open_end=start[1] == 0, if_one=ways[-1])
    if stop is not None and stop <= (program.highest(line), 0):
        ways.append(program.unknown())
        program.at_least(line, stop[0], open_end=stop[1] == 1, if_one=ways[-1])
    program.at_least(total(program.one(way) for way in ways), Fraction(1), if_one=taken)


def _level(model: "Model", rule: LevelIs, score: Score, taken: int, *, holds: bool) -> None:
    _, here = score.of_score(rule.level, rule.of)
    order = score.scheme.levels_of(rule.level)
    allowed = order[: order.index(rule.at_least) + 1] if rule.at_least is not None else rule.is_ or ()
    ways = levels(model, rule.level, here)
    wanted = [
        chosen
        for level, _, chosen in ways
        if ((rule.if_no_value == "satisfied") if level is None else level in allowed) == holds
    ]
    model.program.at_least(total(wanted), Fraction(1), if_one=taken)


def levels(model: "Model", name: str, score: Score) -> list[tuple[str | None, Fraction | None, Linear]]:
    """Every level this score can have, its points, and an expression that is 1 where it has it and 0 where not.

    None stands for no level. Exactly one of the expressions is 1.
    """
    rule = score.scheme.scores[name]
    if rule.figure is not None:
        return _of_bands(model, name, score)
    steps = tuple(reversed(rule.ladder)) if rule.ladder is not None else rule.levels or ()
    found: list[tuple[str | None, Fraction | None, Linear]] = []
    for position in range(len(steps) + 1):
        chosen = model.program.unknown()
        if rule.ladder is not None:
            _on_the_ladder(model, steps, position, score, chosen)
        else:
            _by_rule(model, steps, position, score, chosen)
        step = steps[position] if position < len(steps) else None
        level = rule.otherwise if step is None else step.level
        points = rule.otherwise_points if step is None else step.points
        found.append((level, None if points is None else Fraction(points), model.program.one(chosen)))
    _exactly_one(model, [chosen for _, _, chosen in found])
    return found


def _on_the_ladder(model: "Model", steps: tuple[Step, ...], position: int, score: Score, chosen: int) -> None:
    """All steps from this one down hold, and the next one up does not."""
    for step in steps[position:]:
        require(model, step.when, score, chosen)
    if position > 0:
        require(model, steps[position - 1].when, score, chosen, holds=False)


def _by_rule(model: "Model", steps: tuple[Step, ...], position: int, score: Score, chosen: int) -> None:
    """This level's rule holds, and no better one's does."""
    for better in steps[:position]:
        require(model, better.when, score, chosen, holds=False)
    if position < len(steps):
        require(model, steps[position].when, score, chosen)


def _of_bands(model: "Model", name: str, score: Score) -> list[tuple[str | None, Fraction | None, Linear]]:
    rule = score.scheme.scores[name]
    line = None if rule.figure is None else model.figure(rule.figure, score)
    if line is None:
        return [(None, None, Linear(Fraction(1)))]
    found: list[tuple[str | None, Fraction | None, Linear]] = []
    bands = score.scheme.bands_of(rule.bands or ())
    lowest, highest = model.program.lowest(line), model.program.highest(line)
    covered = Fraction(0)
    for band in bands:
        start, stop = (before_rounding(edge, rule.rounded) for edge in span(band))
        if (highest, 1) <= start or (lowest, 0) >= stop:
            continue
        chosen = model.program.unknown()
        within(model, line, (start, stop), chosen)
        found.append((band.level, None if band.points is None else Fraction(band.points), model.program.one(chosen)))
        covered += min(stop[0], highest) - max(start[0], lowest)
    if not found or covered < highest - lowest:
        none = model.program.one(_in_no_band(model, line, bands, rule.rounded))
        points = None if rule.otherwise_points is None else Fraction(rule.otherwise_points)
        found.append((rule.otherwise, points, none))
    _exactly_one(model, [chosen for _, _, chosen in found])
    return found


def _in_no_band(model: "Model", line: Linear, bands: Bands, decimals: int | None) -> int:
    chosen = model.program.unknown()
    for band in bands:
        start, stop = (before_rounding(edge, decimals) for edge in span(band))
        within(model, line, (start, stop), chosen, holds=False)
    return chosen


def _exactly_one(model: "Model", chosen: Sequence[Linear]) -> None:
    model.program.at_least(total(chosen), Fraction(1))
    model.program.at_most(total(chosen), Fraction(1))


def before_rounding(edge: Edge, decimals: int | None) -> Edge:
    """Where must the unrounded number lie so that the number rounded (half away from zero) is beyond this edge?"""
    if decimals is None:
        return edge
    scale = 10**decimals
    number, after = edge[0] * scale, edge[1]
    first = floor(number) + 1 if after else ceil(number)  # the first rounded number beyond the edge
    # From the half on a number is rounded up; below zero, away from it, only beyond the half.
    return (Fraction(first) - Fraction(1, 2)) / scale, int(first <= 0)
