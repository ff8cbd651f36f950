"""A small exact integer program: unknowns that are whole numbers, and inequalities between them.

It is the meeting place of two questions about a scheme's rules: what is the least that must improve for an
outcome, and can an outcome be reached at all? Every coefficient is an exact fraction; the solver (HiGHS) works in
floating point, so what it finds is given to the exact rules to confirm by whoever asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm


class CannotSay(Exception):
    """The question cannot be stated as such a program, or no answer was found in time: nothing is claimed."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A constant and so many times each unknown. Unknowns are named by their number in the program."""

    constant: Fraction
    terms: Mapping[int, Fraction] = field(default_factory=dict)

    def __add__(self, other: "Linear") -> "Linear":
        """The sum of both."""
        terms = dict(self.terms)
        for unknown, times in other.terms.items():
            terms[unknown] = terms.get(unknown, Fraction(0)) + times
        return Linear(self.constant + other.constant, {name: times for name, times in terms.items() if times})

    def times(self, factor: Fraction) -> "Linear":
        """So many times this."""
        if not factor:
            return Linear(Fraction(0))
        return Linear(self.constant * factor, {name: times * factor for name, times in self.terms.items()})


def total(parts: Iterable[Linear]) -> Linear:
    """The sum of all these."""
    whole = Linear(Fraction(0))
    for part in parts:
        whole = whole + part
    return whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A number to be found between `low` and `high`; a whole one, or a multiple of 1 divided by `grain`."""

    low: Fraction
    high: Fraction
    whole: bool
    grain: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """This must be at least so much."""

    what: Linear
    least: Fraction


class Program:
    """Unknowns and rows, gathered by whoever states a question."""

    def __init__(self) -> None:
        self.unknowns: list[Unknown] = []
        self.rows: list[Row] = []

    def unknown(
        self, *, low: Fraction = Fraction(0), high: Fraction = Fraction(1), whole: bool = True, grain: int = 1
    ) -> int:
        """A new unknown; by itself one that is 0 or 1."""
        self.unknowns.append(Unknown(low=low, high=high, whole=whole, grain=grain))
        return len(self.unknowns) - 1

    def one(self, unknown: int) -> Linear:
        """This unknown as an expression."""
        return Linear(Fraction(0), {unknown: Fraction(1)})

    def lowest(self, what: Linear) -> Fraction:
        """No lower than this can it be."""
        return what.constant + sum(
            (times * (self.unknowns[name].low if times > 0 else self.unknowns[name].high))
            for name, times in what.terms.items()
        )

    def highest(self, what: Linear) -> Fraction:
        """No higher than this can it be."""
        return -self.lowest(what.times(Fraction(-1)))

    def grain(self, what: Linear) -> int:
        """All its values are multiples of 1 divided by this."""
        parts = [times.denominator * self.unknowns[name].grain for name, times in what.terms.items()]
        return lcm(what.constant.denominator, *parts)

    def at_least(self, what: Linear, least: Fraction, *, open_end: bool = False, if_one: int | None = None) -> None:
        """It must be at least (or, with an open end, more than) so much; only where `if_one` is 1, if that is given."""
        step = Fraction(1, lcm(self.grain(what), least.denominator))
        if open_end:
            least += step
        low = self.lowest(what)
        if low >= least:
            return
        if if_one is not None and self.highest(what) < least:
            self.rows.append(Row(what=Linear(Fraction(0), {if_one: Fraction(-1)}), least=Fraction(0)))
            return
        # Half a step of slack keeps rounding in the solver away from the line; no value lies between.
        least -= step / 2
        if if_one is not None:
            what = what + Linear(Fraction(0), {if_one: low - least})
            least = low
        self.rows.append(Row(what=what, least=least))

    def at_most(self, what: Linear, most: Fraction, *, open_end: bool = False, if_one: int | None = None) -> None:
        """It must be at most (or, with an open end, less than) so much."""
        self.at_least(what.times(Fraction(-1)), -most, open_end=open_end, if_one=if_one)

    def product(self, one: Linear, other: Linear) -> Linear:
        """The product of two expressions, exact where all unknowns of one of them are 0 or 1; else CannotSay."""
        if not one.terms or not other.terms:
            return other.times(one.constant) if not one.terms else one.times(other.constant)
        yes_or_no = [part for part in (one, other) if all(self._yes_or_no(name) for name in part.terms)]
        if not yes_or_no:
            raise CannotSay("a product of two figures that both change by degrees")
        shorter = min(yes_or_no, key=lambda part: len(part.terms))
        one, other = (one, other) if shorter is one else (other, one)
        parts = [other.times(one.constant)]
        for unknown, times in one.terms.items():
            parts.append(self._if_taken(unknown, other).times(times))
        return total(parts)

    def _yes_or_no(self, unknown: int) -> bool:
        about = self.unknowns[unknown]
        return about.whole and about.low >= 0 and about.high <= 1

    def _if_taken(self, unknown: int, what: Linear) -> Linear:
        """`what` where the unknown is 1, and 0 where it is 0."""
        low, high = min(self.lowest(what), Fraction(0)), max(self.highest(what), Fraction(0))
        new = self.unknown(low=low, high=high, whole=False, grain=self.grain(what))
        value, taken = self.one(new), self.one(unknown)
        self._ordered(taken.times(high), value)
        self._ordered(value, taken.times(low))
        gap = Linear(Fraction(1)) + taken.times(Fraction(-1))
        self._ordered(what + gap.times(-low), value)
        self._ordered(value, what + gap.times(-high))
        return value

    def _ordered(self, larger: Linear, smaller: Linear) -> None:
        self.rows.append(Row(what=larger + smaller.times(Fraction(-1)), least=Fraction(0)))

    def lowest_of(self, parts: list[Linear]) -> Linear:
        """The lowest of these, as an expression of its own."""
        low = min(self.lowest(part) for part in parts)
        grain = lcm(*(self.grain(part) for part in parts))
        new = self.unknown(low=low, high=min(self.highest(part) for part in parts), whole=False, grain=grain)
        value, chosen = self.one(new), [self.unknown() for _ in parts]
        for part, choice in zip(parts, chosen, strict=True):
            self._ordered(part, value)
            reach = self.highest(part) - low
            gap = Linear(Fraction(1)) + self.one(choice).times(Fraction(-1))
            self._ordered(value + gap.times(reach), part)
        self.rows.append(Row(what=total(self.one(choice) for choice in chosen), least=Fraction(1)))
        return value

    def solve(self, *, cost: Mapping[int, int]) -> tuple[Fraction, ...] | None:
        """Values of all unknowns that keep every row at the lowest cost, or None where there are none.

        Raises CannotSay where the solver gave up. Unknowns that cost nothing are found like any others; whole ones
        are given as whole numbers.
        """
        from accreditation.rules.solving import minimal  # noqa: PLC0415 - imported when something is asked

        return minimal(self.unknowns, self.rows, cost)
