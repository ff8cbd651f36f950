"""The best whole answer, looked for among the columns that can matter, with a proof where the search was completed.

With an answer in hand whose worth is within a gap of the bound, a column that is worth less than nothing by more than
the gap is in no better answer, and one that is worth more than the gap beyond the rows it uses is in every better one
(fixing by reduced costs). What is left is a small program, often a handful of columns, and the solver branches there.
"""

# ruff: noqa: PLC0415 - importing the solver costs a quarter of a second: only a match pays

import math
from dataclasses import dataclass

import numpy as np

from accreditation.rules.matching.arrays import FULL_FIT, Flags, Ints
from accreditation.rules.matching.bounds import FINE, Priced
from accreditation.rules.matching.program import NONE, Program
from accreditation.rules.matching.told import COSTS, Told

_WITHIN = 0.4
"""An answer this close to the bound, in millionths, is at the bound: worths are whole numbers."""

CLOSE = 200
"""So far from the bound, in millionths of fit, the first search looks; each next one _FARTHER, where need be."""

_FARTHER = 16

_FARTHEST = 1 << 40
"""Farther than this from the bound there is nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long to search, in counts and never in time, so that the answer is the same on any machine.

    `nodes` are the branches of one search, and `work` bounds what they cost: how often the solver stops to ask whether
    to go on (after a round of cuts, a dive, a branch), times its columns; but it may always stop `stops` times, as the
    largest rounds need that many for an answer at all. A search among more than `widest` columns is
    not made. Where the answer in fractions is better, one with a more even load or lower lots is looked for among no
    more than `ties` columns, unless it is proven that there is no other as good. `levels` is how often the floors are
    raised beyond the worst-off visit. In a round of more than `largest` places an answer that comes near the floors is
    taken as it is; in smaller ones the worst-off visit is looked for by itself. Which teams are to be complete, where
    not all can be, is decided together with all else in a round of no more than `choices` places, and before it in
    larger ones.
    """

    nodes: int = 500
    work: int = 1_200_000
    stops: int = 40
    widest: int = 30_000
    ties: int = 5_000
    largest: int = 150_000
    choices: int = 500
    levels: int = 4


@dataclass(frozen=True, slots=True)
class Grain:
    """What answers can be worth at all: `base`, or any number of whole steps below or above it."""

    base: int
    step: int

    def down(self, bound: int) -> int:
        """What is the most that an answer can be worth, where none is worth more than this?"""
        return self.base - -(-(self.base - bound) // self.step) * self.step


ANY_GRAIN = Grain(0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The columns taken, what they are worth with all extras, and what nothing can exceed; in millionths of fit."""

    taken: Ints
    worth: int
    bound: int

    @property
    def proven(self) -> bool:
        """Is nothing better?"""
        return self.worth >= self.bound


def best_whole(
    program: Program, priced: Priced, *, shut: Flags, effort: Effort, start: Whole | None = None,
    grain: Grain = ANY_GRAIN,
) -> Whole | None:  # fmt: skip
    """What is the best whole answer that could be found? None where none was.

    `start` is an answer that is known already; what is found is no worse. Answers are worth multiples of `grain` only.
    """
    found, gap, wider, search = start, 0, CLOSE, _Search(program, priced, shut=shut, effort=effort, grain=grain)
    while gap < wider and not (found and found.proven) and _worth_while(priced, wider, shut, effort):
        gap, everything = wider, bool((priced.main[~shut] >= -(wider << FINE)).all())
        found = _better(found, search.within(gap))
        if found is None:
            wider = _FARTHER * gap if gap < _FARTHEST and not everything else gap
        elif gap < priced.bound - found.worth:
            wider = min(_FARTHER * gap, priced.bound - found.worth)
    return found


def _worth_while(priced: Priced, gap: int, shut: Flags, effort: Effort) -> bool:
    """Is it to be looked so far from the bound? The two nearest searches are quick whatever the size."""
    return gap <= CLOSE * _FARTHER or _width(priced, gap, shut) <= effort.widest


def _width(priced: Priced, gap: int, shut: Flags) -> int:
    """Among how many columns is something to be decided, so far from the bound?"""
    return int((~shut & (np.abs(priced.main) <= gap << FINE)).sum())


def _better(one: Whole | None, other: Whole | None) -> Whole | None:
    """The better answer, with the better bound."""
    if one is None or other is None:
        return one or other
    best = one if one.worth >= other.worth else other
    return Whole(taken=best.taken, worth=best.worth, bound=min(one.bound, other.bound))


class _Search:
    """Searches nearer and farther from the bound; one among the same columns as the last is not made again."""

    def __init__(self, program: Program, priced: Priced, *, shut: Flags, effort: Effort, grain: Grain) -> None:
        self.program, self.priced, self.shut, self.effort, self.grain = program, priced, shut, effort, grain
        self.main = self.always = np.zeros(0, dtype=np.bool_)
        self.found: Whole | None = None

    def within(self, gap: int) -> Whole | None:
        """What is the best whole answer within `gap` millionths of the bound? None where none was found.

        A bound below `priced.bound` is claimed only where what was left out could not matter.
        """
        priced, fine = self.priced, gap << FINE
        main, always = ~self.shut & (priced.main >= -fine), ~self.shut & (priced.main > fine)
        if not (np.array_equal(main, self.main) and np.array_equal(always, self.always)):
            self.main, self.always = main, always
            self.found = branched(self.program, main=main, always=always, effort=self.effort, grain=self.grain)
        if self.found is None:
            return None
        bound = self.grain.down(min(priced.bound, max(self.found.bound, priced.bound - gap)))
        return Whole(taken=self.found.taken, worth=self.found.worth, bound=max(bound, self.found.worth))


def branched(program: Program, *, main: Flags, always: Flags, effort: Effort, grain: Grain = ANY_GRAIN) -> Whole | None:
    """What is the best whole answer among these main columns, some of which are always taken? None: none was found.

    It may lie less than one step of the `grain` below the bound, and none can lie between.
    """
    import highspy

    told = Told(
        program, main=main,
        options=(
            ("mip_rel_gap", 0.0), ("mip_abs_gap", (grain.step - 1 + _WITHIN) * COSTS / FULL_FIT),
            ("mip_max_nodes", effort.nodes),
        ),
    )  # fmt: skip
    told.add_rows({name: _shared(program, name, main) for name, one in program.families.items() if one.late})
    if not told.solver.getNumCol():  # the solver calls that no answer; it is one where no row asks for anything
        nothing = all((one.most >= 0).all() for one in program.families.values())
        return Whole(taken=np.zeros(0, dtype=np.int64), worth=0, bound=0) if nothing else None
    taken = told.at[always]
    told.between(taken, np.ones(len(taken)), np.ones(len(taken)))
    _whole_numbers(told)
    told.run(work=effort.work, stops=effort.stops)
    info = told.solver.getInfo()
    if info.primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
        return None
    values = told.answer()
    chosen = np.nonzero(values.main > 0.5)[0]
    worth = int(program.worth[chosen].sum())
    for name, extra in program.extras.items():
        worth += round(float(extra.worth @ (np.round(values.extra[name]) if extra.whole else values.extra[name])))
    bound = -info.mip_dual_bound * FULL_FIT / COSTS + _WITHIN
    return Whole(taken=chosen, worth=worth, bound=math.floor(bound) if math.isfinite(bound) else _FARTHEST * FULL_FIT)


def _shared(program: Program, name: str, main: Flags) -> Ints:
    """Which rows of this family could these columns break?"""
    family = program.families[name]
    used = np.nonzero((family.row != NONE) & main)[0]
    held = np.bincount(family.row[used], np.maximum(family.times[used], 0), minlength=len(family.most))
    if family.pair is None or family.side is None:
        return np.nonzero((held > family.most) | (family.most < 0))[0]
    sides = np.zeros((2, int(family.pair.max(initial=NONE)) + 1))  # the most on each side of a choice
    np.maximum.at(sides, (family.side.astype(np.int64), family.pair), held)
    both: Flags = np.minimum(sides[0], sides[1]) > 0
    return np.nonzero((held > 0) & both[family.pair])[0]


def _whole_numbers(told: Told) -> None:
    """All columns but for some extras are whole numbers."""
    import highspy

    numbers = [told.at[told.at != NONE]]
    numbers += [told.first[one.name] + np.arange(len(one)) for one in told.program.extras.values() if one.whole]
    index = np.concatenate(numbers).astype(np.int32)
    told.solver.changeColsIntegrality(len(index), index, np.full(len(index), highspy.HighsVarType.kInteger))
