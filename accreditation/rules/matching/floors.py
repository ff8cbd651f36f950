"""How good a team each visit could have if it were the only one, and the floors that follow.

No visit can be better off than with the best team it could have alone; so the worst-off visit can be no better off than
the lowest of these, and a floor of T can only be asked of visits whose own best is as high: the floor of a visit is
min(T, its own best).
"""

from dataclasses import dataclass

import numpy as np

from accreditation.rules.matching.arrays import FULL_FIT, Flags, Instance, Ints
from accreditation.rules.matching.bounds import FINE
from accreditation.rules.matching.core import Effort, Grain, Whole, best_whole
from accreditation.rules.matching.relaxed import Relaxation
from accreditation.rules.matching.stated import stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """What each visit could have alone, those who sit there already counted.

    `best` is the fit it could reach and `most` what it could never exceed; its fit is always a multiple of `step` below
    `best`. `reach` has an entry a place: with this place taken the visit's fit is never above it.
    """

    best: Ints
    most: Ints
    step: Ints
    reach: Ints

    def floors(self, level: int) -> Ints:
        """The floor of each visit at this level: the lowest fit from there on that it could have at all."""
        wanted = np.minimum(level, self.best)
        return self.best - (self.best - wanted) // self.step * self.step

    def level(self, told: Ints, *, most: int) -> int:
        """What is the highest level, up to `most`, whose floors are kept where visits have these fits?"""
        return int(told[told < self.best].min(initial=most))

    @property
    def grain(self) -> Grain:
        """Of which whole steps is the fit of any visit, whichever it is?"""
        return Grain(int(self.best[0]), int(np.gcd.reduce(np.concatenate([self.step, self.best - self.best[0]]))))

    def hopeless(self, floors: Ints, visit: Ints) -> Flags:
        """Which places (`visit` names the visit of each) are in no team that reaches the visit's floor?"""
        return self.reach < floors[visit]


def alone(asked: Instance, *, effort: Effort) -> Alone:
    """What is the best team that each visit could have alone?

    The visits share nothing then, so one program finds it for all; where its sum is proven, so is each visit's part.
    """
    places, demand = asked.places, asked.demand
    program = stated(asked, places.fit, alone=True)
    relaxation = Relaxation(program)
    priced = relaxation.best().priced
    found = best_whole(program, priced, shut=relaxation.shut, effort=effort)
    if found is None:
        found = Whole(taken=np.zeros(0, dtype=np.int64), worth=0, bound=priced.bound)
    best = demand.fit.copy()
    np.add.at(best, program.visit[found.taken], places.fit[program.place[found.taken]])
    loss = np.full(len(places), FULL_FIT * int(demand.size.max(initial=0)))
    np.minimum.at(loss, program.place, np.maximum(-priced.main >> FINE, 0))
    step = np.zeros(demand.visits, dtype=np.int64)
    np.gcd.at(step, places.visit, places.fit)
    return Alone(
        best=best,
        most=best + (found.bound - found.worth),
        step=np.maximum(step, 1),
        reach=best[places.visit] + (priced.bound - found.worth) - loss,
    )


def unasked(asked: Instance) -> Alone:
    """The same where nobody asks for fairness: no floor is above what each visit has already."""
    had, most = asked.demand.fit, FULL_FIT * int(asked.demand.size.max(initial=0))
    lowest = np.minimum(had, had.min(initial=0))
    return Alone(
        best=lowest,
        most=lowest,
        step=np.ones_like(had),
        reach=np.full(len(asked.places), most + int(had.max(initial=0))),
    )
