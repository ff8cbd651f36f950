"""Looks for the best answer of a round that is more than a network, goal after goal."""

from dataclasses import dataclass, replace

import numpy as np

from accreditation.rules.matching.arrays import Filling, Flags, Instance, Ints
from accreditation.rules.matching.bounds import FINE, Priced
from accreditation.rules.matching.core import Effort, Whole, best_whole
from accreditation.rules.matching.fair import DEARER, Floors, Under
from accreditation.rules.matching.floors import Alone, unasked
from accreditation.rules.matching.goals import (
    Count,
    Reached,
    columns_of,
    complete,
    counted,
    filling,
    free_choice,
    hold,
    reached,
)
from accreditation.rules.matching.program import Program
from accreditation.rules.matching.relaxed import Relaxation
from accreditation.rules.matching.settle import fits
from accreditation.rules.matching.stated import WEIGHT, levelled, stated
from accreditation.rules.matching.trim import trimmed

SEAT, STAY = 1 << 27, 1 << 24
"""What a filled seat and a kept place are worth beside their fit: more than any way to give them up could gain.

Nothing rests on it: where fewer are found than there could be, they are looked for by themselves (`goals`).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer under floors, what no total can exceed, and the columns in which answers as good may differ.

    It is worth so much in the program that it was found in; `gap` is how far it lies below the answer in fractions.
    """

    filling: Filling
    floors: Ints
    level: int
    total_bound: int
    proven: bool
    program: Program
    worth: int
    gap: int
    open_: Flags
    always: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """The best answer found, and what no answer can exceed in the goals that come first; were floors asked of it?

    `free`: bounds hold whichever teams are complete; else they hold among answers that complete the same teams.
    """

    answer: Answer
    bound: Count
    worst_bound: int
    floors: bool
    free: bool


class Search:
    """One round; `free` is what the network alone could reach, and no answer can exceed."""

    def __init__(
        self, asked: Instance, *, alone: Alone, free: Filling, network: bool, known: Count | None, effort: Effort
    ) -> None:
        """`network`: no rule crosses the roles, so the free filling keeps every rule. There is a visit at least.

        `known` is how much can be had of the goals that come before fairness, where that is proven.
        """
        self.known = known
        self.asked, self.alone, self.free, self.network, self.effort = asked, alone, free, network, effort
        self.lowest, self.bound = int(alone.best.min()), int(alone.most.min())

    def best(self) -> Searched:
        """What is the best answer?"""
        could = counted(self.asked, self.free)
        if could.seats == int(self.asked.demand.size.sum()):
            floors = self._floors(self.free, held=False)
            dear = (self.alone.floors(self.lowest) > self.asked.demand.fit).any()
            near = dear and len(self.asked.places) > self.effort.largest
            quick = self._near(floors, self.lowest) if near else self._whole(floors, self.lowest)
            if quick is not None and counted(self.asked, quick.filling) == could:
                return Searched(
                    answer=self._raised(floors, quick), bound=could, worst_bound=self.bound, floors=True, free=True
                )
        return self._step_by_step()

    def _step_by_step(self) -> Searched:
        """The same where not all can be had: each goal by itself, and then it is held."""
        if self.known is None:
            first = reached(self.asked, self.free if self.network else self._any(), effort=self.effort)
        else:
            first = Reached(count=self.known, bound=self.known, filling=self.free)
        everybody = first.count.seats == int(self.asked.demand.size.sum())
        if not everybody:  # what teams that lack people are worth is nothing to be fair about
            self.alone = unasked(self.asked)
            self.lowest = int(self.alone.best.min())
        free = everybody or free_choice(self.asked, first.count, effort=self.effort)
        floors, bound = self._floors(first.filling, held=True), self.bound
        there = (fits(self.asked, first.filling) >= self.alone.floors(self.lowest)).all()
        answer = self._whole(floors, self.lowest, start=first.filling if there else None)
        if answer is None:
            lifted, bound = self._lifted(first)
            answer = self._whole(floors, int(fits(self.asked, lifted).min()), start=lifted)
        if answer is None:
            raise AssertionError("an answer that is known was not found again")
        if int(fits(self.asked, answer.filling).min()) >= bound:  # else it is not known that floors could be higher
            answer = self._raised(floors, answer)
        return Searched(answer=answer, bound=first.bound, worst_bound=bound, floors=everybody, free=free)

    def _program(self, held: Filling | None) -> Program:
        places = self.asked.places
        program = stated(self.asked, places.fit + SEAT + STAY * places.stays)
        if held is not None:
            hold(program, self.asked, held, effort=self.effort)
        return program

    def _columns(self, program: Program, found: Filling) -> Flags:
        return columns_of(program, found, roles=self.asked.demand.roles)

    def _floors(self, start: Filling, *, held: bool) -> Floors:
        """The round under floors, with what must not be given up."""
        program = self._program(start if held else None)
        return Floors(program, self.asked, self.alone, start=self._columns(program, start))

    def _less(self, times: int) -> Effort:
        return replace(self.effort, work=self.effort.work // times, stops=self.effort.stops // times)

    def _any(self) -> Filling:
        """An answer that keeps every rule, good in all goals but proven in none.

        People are worth more in the teams that would be complete without the rules that cross the roles.
        """
        places = self.asked.places
        full = complete(self.asked, self.free)[places.visit]
        program = stated(self.asked, places.fit + SEAT + STAY * (full + places.stays.astype(np.int64)))
        relaxation = Relaxation(program, start=self._columns(program, self.free))
        whole = best_whole(program, relaxation.best().priced, shut=relaxation.shut, effort=self._less(_SOME))
        return trimmed(self.asked, self.free) if whole is None else filling(program, whole.taken)

    def _near(self, floors: Floors, level: int) -> Answer | None:
        """What is a good answer near the floors at this level? None where none was found. It counts as not proven.

        Its own level is what it truly keeps, whatever the solver says, and its bound holds for all that keep as much.
        """
        under, program, told = floors.at(level), floors.program, self.asked.demand.fit
        whole: Whole | None = None
        for wide in (1, _WIDER):
            if not under.kept or (told >= under.floors).all():
                break
            whole = floors.near(under, effort=replace(self.effort, widest=wide * self.effort.widest))
            told = told if whole is None else fits(self.asked, filling(program, whole.taken))
        if whole is None:
            return None
        worth, kept = int(program.worth[whole.taken].sum()), self.alone.level(told, most=level)
        under = floors.lowered(under, kept)
        bound = under.priced.bound if kept < level else whole.bound
        near = Whole(taken=whole.taken, worth=worth, bound=max(bound, worth))
        answer = self._answer(program, near, level=kept, under=under, priced=under.priced)
        return replace(answer, proven=False)

    def _whole(self, floors: Floors, level: int, *, start: Filling | None = None) -> Answer | None:
        """What is the best answer that keeps all floors at this level? None where none was found.

        `start` keeps them, and all that must not be given up.
        """
        under, program = floors.at(level), floors.program
        if start is None and not under.kept:
            return None
        taken = _NOBODY if start is None else np.nonzero(self._columns(program, start))[0]
        worth = int(program.worth[taken].sum())
        known = None if start is None else Whole(taken=taken, worth=worth, bound=max(under.priced.bound, worth))
        whole, priced = floors.whole(under, effort=self.effort, start=known)
        if whole is None:
            return None
        if (fits(self.asked, filling(program, whole.taken)) >= under.floors).all():
            return self._answer(program, whole, level=level, under=under, priced=priced)
        if known is not None:  # within what the solver takes for nothing a floor can be missed: what is known keeps it
            return self._answer(program, known, level=level, under=under, priced=under.priced)
        return None

    def _answer(self, program: Program, whole: Whole, *, level: int, under: Under, priced: Priced) -> Answer:
        """What was found, with what follows from the prices at which it was looked for."""
        found = filling(program, whole.taken)
        count, gap = counted(self.asked, found), priced.bound - whole.worth
        fine = (gap + 1) << FINE
        return Answer(
            filling=found, floors=under.floors, level=level,
            total_bound=whole.bound - SEAT * count.seats - STAY * count.stays + int(self.asked.demand.fit.sum()),
            proven=whole.proven, program=program.copy(), worth=whole.worth, gap=gap,
            open_=~under.shut & (priced.main >= -fine), always=~under.shut & (priced.main > fine),
        )  # fmt: skip

    def _raised(self, floors: Floors, answer: Answer) -> Answer:
        """The same with floors raised, as far as a few steps find that they can be, and the answer can be proven."""
        if self.alone.most.max() <= answer.level or not answer.proven:
            return answer
        low, high, count = answer.level, int(self.alone.best.max()), counted(self.asked, answer.filling)
        for _ in range(self.effort.levels):
            middle = (low + high) // 2
            low, high = (middle, high) if floors.at(middle, dearest=WEIGHT * DEARER).kept else (low, middle)
        for part in range(1, self.effort.levels):
            level = answer.level + (low - answer.level >> part)
            higher = self._whole(floors, level) if level > answer.level else None
            if higher is not None and higher.proven and counted(self.asked, higher.filling).reaches(count):
                return higher
        return answer

    def _lifted(self, first: Reached) -> tuple[Filling, int]:
        """The answer with the best worst-off visit that could be found, and what its fit can never exceed."""
        asked, nothing = self.asked, 0 * self.asked.places.fit
        program = stated(asked, nothing)
        hold(program, asked, first.filling, effort=self.effort)
        levelled(program, asked.places.fit, asked.demand.fit, most=self.bound)
        start = self._columns(program, first.filling)
        relaxation = Relaxation(program, start=start)
        priced = relaxation.best().priced
        known = Whole(
            taken=np.nonzero(start)[0], worth=int(fits(asked, first.filling).min()), bound=min(priced.bound, self.bound)
        )
        whole = best_whole(
            program, priced, shut=relaxation.shut, effort=self._less(_LIFTING), start=known, grain=self.alone.grain
        )
        best = whole or known
        return filling(program, best.taken), min(best.bound, self.bound)


_WIDER = 2
"""Where the largest rounds come near the floors only, it is once looked among so many times as many columns."""

_SOME = 10
"""An answer to begin with is looked for with so much less work: what comes of it is improved upon."""

_LIFTING = 16
"""So much less work for the worst-off visit by itself: its bound in fractions is weak, more work rarely mends it."""

_NOBODY = np.zeros(0, dtype=np.int64)
