"""Rules over bits: whether they hold, and which criteria stand in their way where they do not, as `judging` has it."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from accreditation.rules import many_figures  # as a module: figures of scores have rules
from accreditation.rules.judging import figure_in, limits
from accreditation.rules.many_ready import Exact, Ready
from accreditation.rules.many_standings import Standings
from accreditation.rules.many_support import Groups, either, support, support_of_figure, support_of_score
from accreditation.scheme.ends import Ends, Fixed, inside
from accreditation.scheme.facts import is_so
from accreditation.scheme.figure import MeasuredFigure
from accreditation.scheme.rule import (
    AllOf,
    AnyOf,
    Compared,
    EachHolds,
    Every,
    FactIs,
    LevelIs,
    Not,
    NumberOf,
    Rule,
    ShareOf,
    Valued,
)

Way = Callable[[Standings, int, Groups], int | None]
"""A rule: None where it holds, else the criteria that stand in its way (as bits; none of them, where none does)."""

_NOTHING_IN_THE_WAY = 0


def way(rule: Rule, ready: Ready) -> Way:
    """This rule, ready to be tried for many."""
    match rule:
        case Every():
            return _every(rule, ready)
        case ShareOf() | NumberOf():
            return _counted(rule, ready)
        case LevelIs():
            return _level(rule, ready)
        case FactIs():
            fact, wanted = rule.fact, rule.is_
            return lambda one, _, __: None if is_so(wanted, one.profile.get(fact)) else _NOTHING_IN_THE_WAY
        case EachHolds():
            return _each(rule, ready)
        case AllOf():
            return _joined([way(inner, ready) for inner in rule.all], len(rule.all))
        case AnyOf():
            return _joined([way(inner, ready) for inner in rule.any], rule.at_least)
        case Not():
            holds, rests_on = way(rule.not_, ready), support(rule.not_, ready)
            return lambda one, among, groups: (
                one.open & rests_on(one, among, groups) if holds(one, among, groups) is None else None
            )
        case _:
            return _compared(rule, ready)


def _joined(ways: list[Way], needed: int) -> Way:
    def joined(one: Standings, among: int, groups: Groups) -> int | None:
        found = [in_the_way for each in ways if (in_the_way := each(one, among, groups)) is not None]
        return None if len(ways) - len(found) >= needed else either(found)

    return joined


def _ends(ends: Ends) -> Callable[[Standings], Fixed | None]:
    """The ends as numbers: worked out now where they are fixed, for each service where they depend on it."""
    known = {name: Fraction(limit) for name, limit in ends.given().items() if isinstance(limit, Decimal | Fraction)}
    if len(known) == len(ends.given()):
        return lambda _: known
    return lambda one: limits(ends, one.as_score)[0]


def _every(rule: Every, ready: Ready) -> Way:
    tallied = many_figures.tally(rule, rule.every, ready)
    nothing = None if rule.if_none_apply == "satisfied" else _NOTHING_IN_THE_WAY

    def every(one: Standings, among: int, _: Groups) -> int | None:
        counted, fulfil = tallied(one, among)
        return nothing if not counted else counted & ~fulfil or None

    return every


def _counted(rule: ShareOf | NumberOf, ready: Ready) -> Way:
    wanted = rule.share if isinstance(rule, ShareOf) else rule.number
    tallied, ends = many_figures.tally(rule, wanted, ready), _ends(rule)
    weighted, of_all = isinstance(rule, ShareOf) and rule.weighted, isinstance(rule, ShareOf)
    nothing = None if isinstance(rule, ShareOf) and rule.if_none_apply == "satisfied" else _NOTHING_IN_THE_WAY

    def counted(one: Standings, among: int, _: Groups) -> int | None:
        (count, fulfil), known = tallied(one, among), ends(one)
        if known is None:
            return _NOTHING_IN_THE_WAY
        if of_all and not count:
            return nothing
        part, whole = (ready.weight(fulfil), ready.weight(count)) if weighted else _numbers(fulfil, count)
        if _within(part, whole if of_all else 1, known):
            return None
        low = {name: end for name, end in known.items() if name in ("at_least", "above")}
        return count & ~fulfil if low and not _within(part, whole if of_all else 1, low) else fulfil

    return counted


def _numbers(fulfil: int, count: int) -> tuple[Exact, Exact]:
    return fulfil.bit_count(), count.bit_count()


def _within(part: Exact, whole: Exact, ends: Fixed) -> bool:
    """Does part / whole lie within these ends? Multiplied out, which is exact as well and faster than dividing."""
    for name, end in ends.items():
        found, limit = part * end.denominator, whole * end.numerator
        if name == "at_least":
            holds = found >= limit
        elif name == "above":
            holds = found > limit
        else:
            holds = found <= limit if name == "at_most" else found < limit
        if not holds:
            return False
    return True


def _compared(rule: Compared, ready: Ready) -> Way:
    figure = figure_in(rule)
    value_of, rests_on, ends = many_figures.number(figure, ready), support_of_figure(figure, ready), _ends(rule)
    if_none = rule.if_no_value if isinstance(rule, Valued) else "not_satisfied"

    of_value = isinstance(figure, MeasuredFigure)

    def compared(one: Standings, among: int, groups: Groups) -> int | None:
        value, known = value_of(one, among, groups), ends(one)
        if known is None:
            return _NOTHING_IN_THE_WAY
        if inside(value, known) if value is not None else if_none == "satisfied":
            return None
        could_be = one.applies & ~one.out if of_value else one.open
        return could_be & rests_on(one, among, groups)

    return compared


def _level(rule: LevelIs, ready: Ready) -> Way:
    graded, rests_on = many_figures.grade(rule.level, rule.of, ready), support_of_score(rule.level, rule.of, ready)
    order = ready.scheme.levels_of(rule.level)
    allowed = rule.is_ or () if rule.at_least is None else order[: order.index(rule.at_least) + 1]

    def level(one: Standings, among: int, groups: Groups) -> int | None:
        found = graded(one, groups)[1]
        holds = rule.if_no_value == "satisfied" if found is None else found in allowed
        return None if holds else one.open & rests_on(one, among, groups)

    return level


def _each(rule: EachHolds, ready: Ready) -> Way:
    holds, held, kind = way(rule.holds, ready), ready.groups(rule.each), rule.each
    only = ready.full if rule.among is None else ready.of_class(rule.among)

    def each(one: Standings, among: int, groups: Groups) -> int | None:
        here = [(name, bits & among) for name, bits in held.items() if bits & among & only]
        if not here:
            return None if rule.if_none_apply == "satisfied" else _NOTHING_IN_THE_WAY
        tried = [holds(one, bits, {**groups, kind: name}) for name, bits in here]
        found = [in_the_way for in_the_way in tried if in_the_way is not None]
        return None if len(here) - len(found) >= rule.needed(len(here)) else either(found)

    return each
