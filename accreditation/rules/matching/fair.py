"""The worst-off visit first: floors under every visit's fit, raised as far as they can be.

The first floor is the lowest of the best teams that visits could have alone: nothing can be fairer to the worst-off,
and it is nearly always reached. Where it is not, the worst-off visit's fit is made all that anything is worth
(`search`). Then the floors are raised in a few steps towards the highest that the answer in fractions still keeps
(capped leximin): each visit is to have that much, or its own best where that is less.
"""

from dataclasses import dataclass, replace

import numpy as np

from accreditation.rules.matching.arrays import Flags, Instance, Ints
from accreditation.rules.matching.bounds import Priced, priced
from accreditation.rules.matching.core import Effort, Whole, best_whole
from accreditation.rules.matching.floors import Alone
from accreditation.rules.matching.program import Extra, Program
from accreditation.rules.matching.relaxed import Relaxation
from accreditation.rules.matching.stated import FLOOR, MISSED, WEIGHT, floored

DEARER = 16
"""A floor that is missed in fractions is made so much dearer, again and again, until it is kept or at its dearest."""

DEAREST = WEIGHT * DEARER**2
"""What a millionth below a floor costs, in millionths, at its dearest; and where the answer must be whole."""

_NOTHING = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """Floors asked of all visits: what is priced, which columns are hopeless, and whether fractions keep them all."""

    floors: Ints
    priced: Priced
    shut: Flags
    kept: bool


class Floors:
    """A program under floors that can be raised; asked again, it goes on from where it was."""

    def __init__(self, program: Program, asked: Instance, alone: Alone, *, start: Flags) -> None:
        """No floors yet. `start` are columns to begin with; see `Relaxation`."""
        self.asked, self.alone, self.program = asked, alone, program
        floored(program, asked.places.fit, 0 * asked.demand.fit, most=alone.best - asked.demand.fit)
        self._start, self._relaxation = start, Relaxation(program, start=start)

    def at(self, level: int, *, dearest: int = DEAREST) -> Under:
        """What is the best answer in fractions with the floors at this level, a missed one at this price at last?"""
        floors, relaxation = self.alone.floors(level), self._relaxation
        self._limit(floors)
        relaxation.close(self._hopeless(floors))
        self._weigh(np.full(len(floors), WEIGHT))
        while True:
            found = relaxation.best()
            weight = self._weight
            missed = found.values.extra[MISSED] > _NOTHING
            if not (dearer := missed & (weight < dearest)).any():
                return Under(floors=floors, priced=found.priced, shut=relaxation.shut, kept=not missed.any())
            self._weigh(np.where(dearer, weight * DEARER, weight))

    def whole(self, level: Under, *, effort: Effort, start: Whole | None = None) -> tuple[Whole | None, Priced]:
        """What is the best whole answer under the floors that were asked last, and at what prices was it looked for?

        Here no floor may be missed at any price: one that is dear can still be worth a millionth. `start` must keep
        them all.
        """
        dear = self._dear(level)
        return best_whole(self._strict(), dear, shut=level.shut, effort=effort, start=start), dear

    def near(self, level: Under, *, effort: Effort) -> Whole | None:
        """What is the best whole answer near the floors that were asked last, a missed one at its dearest?

        Its bound holds for answers that keep them all. The largest rounds have an answer so, where the solver finds
        none that keeps every floor.
        """
        return best_whole(self.program, self._dear(level), shut=level.shut, effort=effort)

    def lowered(self, level: Under, to: int) -> Under:
        """The floors at a lower level, at the prices that were found at a higher: its bound holds, if not the best."""
        floors = self.alone.floors(to)
        self._limit(floors)
        shut = self._hopeless(floors)
        return Under(floors=floors, priced=priced(self._strict(), level.priced.prices, shut=shut), shut=shut, kept=True)

    def _limit(self, floors: Ints) -> None:
        self._relaxation.told.limits(replace(self.program.families[FLOOR], most=self.asked.demand.fit - floors))

    def _hopeless(self, floors: Ints) -> Flags:
        hopeless = self.alone.hopeless(floors, self.asked.places.visit)[self.program.place]
        return hopeless & ~self._start  # what keeps the rows is never taken from the solver

    def _dear(self, level: Under) -> Priced:
        """The same prices where every missed floor costs the most."""
        self._weigh(np.maximum(self._weight, DEAREST))
        return priced(self.program, level.priced.prices, shut=level.shut)

    def _strict(self) -> Program:
        """The program in which no floor may be missed."""
        strict = self.program.copy()
        strict.extras[MISSED] = replace(self._missed, upper=0 * self._missed.upper)
        return strict

    @property
    def _missed(self) -> Extra:
        return self.program.extras[MISSED]

    @property
    def _weight(self) -> Ints:
        return -self._missed.worth // self.program.families[FLOOR].scale

    def _weigh(self, weight: Ints) -> None:
        self._relaxation.told.worths(replace(self._missed, worth=-weight * self.program.families[FLOOR].scale))
