"""Among answers that are equally good: an even load, then lots. Nothing that was reached before is given up."""

from dataclasses import dataclass, replace

import numpy as np

from accreditation.rules.matching.arrays import Filling, Flags, Instance, Ints
from accreditation.rules.matching.core import CLOSE, Effort, branched
from accreditation.rules.matching.goals import counted, filling, hold
from accreditation.rules.matching.program import NONE, Family, Program
from accreditation.rules.matching.stated import LOAD, SQUARE, evened, floored, kept, stated

TOTAL, EVEN, OTHER = "total", "even", "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The answer, and whether its load and its lots are proven the best among answers as good."""

    filling: Filling
    even: bool
    lots: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Equals:
    """Answers as good as the one found: they keep the visits' `floors` and may differ in the columns `open_` only.

    All of them take the columns `always`, which are among the open ones. `program` is what the one found is best of,
    and `worth` what it is worth there.
    """

    asked: Instance
    found: Filling
    program: Program
    worth: int
    floors: Ints
    open_: Flags
    always: Flags

    def settled(self, *, gap: int, effort: Effort) -> Settled:
        """Which of them has the most even load, and of these the lowest lots?

        Where there is a `gap` to the answer in fractions, there is often no other, and that is quicker to prove.
        """
        width = int((self.open_ & ~self.always).sum())
        if width <= effort.widest and gap > CLOSE and self._only(effort=effort):
            return Settled(filling=self.found, even=True, lots=True)
        if width > (effort.widest if gap <= CLOSE else effort.ties):
            return Settled(filling=self.found, even=False, lots=False)
        program = self._stated(0 * self.asked.places.lot, effort)
        evened(program, self.asked)
        found, even = self._best(program, self.found, worth=-SQUARE * self.squares(self.found), effort=effort)
        program = self._stated(-self.asked.places.lot, effort)
        evened(program, self.asked)
        self._hold(program, self.squares(found))
        worth = -int(self.asked.places.lot[found.place].sum())
        found, lots = self._best(program, found, worth=worth, effort=effort)
        return Settled(filling=found, even=even, lots=even and lots)

    def squares(self, found: Filling) -> int:
        """By how much does this filling raise the sum of squared loads?"""
        had = self.asked.supply.load
        load = had + np.bincount(self.asked.places.reviewer[found.place], minlength=len(had))
        return int((load**2 - had**2).sum())

    def _only(self, *, effort: Effort) -> bool:
        """Is it proven that nobody else could sit anywhere in an answer as good? Roles within a team may differ."""
        taken = np.isin(self.program.place, self.found.place)
        other = Family(
            name=OTHER, row=np.where(taken, 0, NONE), times=taken.astype(np.int64),
            most=np.array([len(self.found) - 1]), late=False,
        )  # fmt: skip
        program = replace(self.program, families={**self.program.families, OTHER: other})
        second = branched(program, main=self.open_, always=self.always, effort=effort)
        return second is not None and second.bound < self.worth

    def _stated(self, worth: Ints, effort: Effort) -> Program:
        """The program in which none of what was reached is given up."""
        asked, fit = self.asked, self.asked.places.fit
        program = stated(asked, worth)
        hold(program, asked, self.found, effort=effort)
        floored(program, fit, self.floors - asked.demand.fit, most=self.floors, at_a_price=False)
        kept(program, TOTAL, fit, least=int(fit[self.found.place].sum()))
        return program

    def _hold(self, program: Program, squares: int) -> None:
        """Adds that the load stays as even; it is worth nothing more."""
        nobody, load = np.full(len(program), NONE), program.extras[LOAD]
        program.families[EVEN] = Family(name=EVEN, row=nobody, times=nobody, most=np.array([squares]), late=False)
        more = (EVEN, np.arange(len(load)), 0 * load.worth, -load.worth // SQUARE)
        program.extras[LOAD] = replace(load, worth=0 * load.worth, entries=(*load.entries, more))

    def _best(self, program: Program, found: Filling, *, worth: int, effort: Effort) -> tuple[Filling, bool]:
        """Which is the best of them, and is that proven? What was found before stands where nothing better is."""
        better = branched(program, main=self.open_, always=self.always, effort=effort)
        if better is None:
            return found, False
        if better.worth < worth or not self._as_good(filling(program, better.taken)):
            return found, better.bound <= worth
        return filling(program, better.taken), better.proven

    def _as_good(self, other: Filling) -> bool:
        """Is it in truth as good as what was found? The solver counts in floating point, this does not."""
        fit = self.asked.places.fit
        return counted(self.asked, other).reaches(counted(self.asked, self.found)) and bool(
            fit[other.place].sum() >= fit[self.found.place].sum() and (fits(self.asked, other) >= self.floors).all()
        )


def fits(asked: Instance, found: Filling) -> Ints:
    """What is the fit of every visit, with those who sit there already?"""
    told = asked.demand.fit.copy()
    np.add.at(told, asked.places.visit[found.place], asked.places.fit[found.place])
    return told
