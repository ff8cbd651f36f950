"""Goals that come before fairness: seats filled, teams complete, places kept; and that none of it is given up later.

A round whose every seat is filled, with every place kept that the network alone could keep, needs none of this: nothing
can be better. Else each goal in turn is made all that anything is worth.
"""

from dataclasses import dataclass

import numpy as np

from accreditation.rules.matching.arrays import FULL_FIT, Filling, Flags, Instance, Ints
from accreditation.rules.matching.core import Effort, Whole, best_whole
from accreditation.rules.matching.program import Program
from accreditation.rules.matching.relaxed import Relaxation
from accreditation.rules.matching.stated import completed, kept, seated, stated

SEATS, STAYS = "seats", "stays"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """So many seats filled, teams complete and places kept."""

    seats: int
    complete: int
    stays: int

    def reaches(self, other: "Count") -> bool:
        """Is it as good as the other, goal after goal?"""
        return (self.seats, self.complete, self.stays) >= (other.seats, other.complete, other.stays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What was reached and by which filling; and what no answer can exceed where the goals before are as reached."""

    count: Count
    bound: Count
    filling: Filling


def hold(program: Program, asked: Instance, found: Filling, *, effort: Effort) -> None:
    """Adds to a program that nothing of what a filling reaches is given up.

    In a large round the teams that it completes are to be complete; in a small one, so many.
    """
    count = counted(asked, found)
    kept(program, SEATS, np.ones(len(asked.places), dtype=np.int64), least=count.seats)
    if free_choice(asked, count, effort=effort):
        completed(program, asked.demand.size, least=count.complete)
    else:
        seated(program, np.where(complete(asked, found), asked.demand.size, 0))
    kept(program, STAYS, asked.places.stays.astype(np.int64), least=count.stays)


def free_choice(asked: Instance, count: Count, *, effort: Effort) -> bool:
    """Is it left open which teams are complete, where not all are?"""
    return len(asked.places) <= effort.choices and count.complete < asked.demand.visits


def complete(asked: Instance, found: Filling) -> Flags:
    """Of which visits are all seats filled?"""
    full: Flags = np.bincount(asked.places.visit[found.place], minlength=asked.demand.visits) >= asked.demand.size
    return full


def counted(asked: Instance, found: Filling) -> Count:
    """How many seats does it fill, how many teams does it complete, how many places does it keep?"""
    return Count(
        seats=len(found),
        complete=int(complete(asked, found).sum()),
        stays=int(asked.places.stays[found.place].sum()),
    )


def reached(asked: Instance, start: Filling, *, effort: Effort) -> Reached:
    """How many seats can be filled; of such answers, how many teams be complete; of these, how many places be kept?

    `start` keeps every rule; it is what is improved upon.
    """
    found, bounds = start, []
    for goal in range(3):
        count = counted(asked, found)
        if goal == 1 and not free_choice(asked, count, effort=effort):
            bounds.append(_complete_at_most(asked, count.seats))
            continue
        program = _aimed(asked, found, goal, effort=effort)
        value = (count.seats, count.complete, count.stays)[goal]
        columns = columns_of(program, found, roles=asked.demand.roles)
        whole = _improved(program, columns, value=value, effort=effort)
        bounds.append(whole.bound // FULL_FIT)
        found = filling(program, whole.taken)
    return Reached(
        count=counted(asked, found),
        bound=Count(seats=bounds[0], complete=bounds[1], stays=bounds[2]),
        filling=found,
    )


def _complete_at_most(asked: Instance, seats: int) -> int:
    """How many teams could so many people complete, if each could sit anywhere?"""
    return int((np.cumsum(np.sort(asked.demand.size)) <= seats).sum())


def _aimed(asked: Instance, found: Filling, goal: int, *, effort: Effort) -> Program:
    """The program of a goal (0 seats, 1 teams, 2 places kept), in which what comes before it is not given up."""
    ones = np.ones(len(asked.places), dtype=np.int64)
    program = stated(asked, FULL_FIT * (ones, 0 * ones, asked.places.stays.astype(np.int64))[goal])
    if goal == 1:
        kept(program, SEATS, ones, least=len(found))
        completed(program, asked.demand.size, least=None)
    if goal == 2:
        hold(program, asked, found, effort=effort)
    return program


def _improved(program: Program, start: Flags, *, value: int, effort: Effort) -> Whole:
    """What is the best whole answer, starting from one of this value?"""
    relaxation = Relaxation(program, start=start)
    priced = relaxation.best().priced
    at_hand = Whole(taken=np.nonzero(start)[0], worth=value * FULL_FIT, bound=priced.bound)
    if priced.bound // FULL_FIT == value:
        return at_hand
    return best_whole(program, priced, shut=relaxation.shut, effort=effort, start=at_hand) or at_hand


def columns_of(program: Program, found: Filling, *, roles: int) -> Flags:
    """Which columns are the places of this filling, in their roles?"""
    return np.isin(program.place * roles + program.role, found.place * roles + found.role)


def filling(program: Program, taken: Ints) -> Filling:
    """Which filling are these columns?"""
    return Filling(place=program.place[taken], role=program.role[taken])
