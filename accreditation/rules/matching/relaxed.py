"""The best answer in fractions, by telling the solver only of what matters, and what follows from it for whole ones.

It is told of a few columns first and of no late row. Then, again and again: of columns that would pay at the present
prices, and of late rows that the answer breaks, until there is neither. What it says in the end holds for the whole
program, because every column was priced and every row was looked at; the bound does not rest on its word.
"""

from dataclasses import dataclass

import numpy as np

from accreditation.rules.matching.arrays import Flags, Ints
from accreditation.rules.matching.bounds import FINE, Priced, priced, whole
from accreditation.rules.matching.program import NONE, Family, Program
from accreditation.rules.matching.told import Floats, Told, Values

FIRST = 8
"""How many of the best columns of each role of each visit the solver is told of to begin with."""

_ENOUGH = 1e-6
_PAYS = 1 << (FINE - 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """An answer in fractions, and the prices of the best bound."""

    values: Values
    priced: Priced


class Relaxation:
    """The program in fractions; asked again after a change, it goes on from where it was."""

    def __init__(self, program: Program, *, start: Flags | None = None, first: int = FIRST) -> None:
        """Tell the solver of a few columns: the best of each role of each visit, and those of `start`.

        Where rows cannot all be kept by taking nothing, `start` must hold an answer that keeps them.
        """
        self.program = program
        self.shut = np.zeros(len(program), dtype=np.bool_)
        self.told = Told(program, main=_best(program, first) if start is None else _best(program, first) | start)

    def close(self, shut: Flags) -> None:
        """These columns may no longer be taken, those before may again."""
        changed = np.nonzero((shut != self.shut) & (self.told.at != NONE))[0]
        self.shut = shut
        self.told.between(self.told.at[changed], np.zeros(len(changed)), np.where(shut[changed], 0.0, 1.0))

    def best(self) -> Relaxed:
        """What is the best answer in fractions?"""
        while True:
            values = self.told.solved()
            now = priced(self.program, whole(values.prices), shut=self.shut)
            pays = (now.main > _PAYS) & (self.told.at == NONE) & ~self.shut
            broken = {name: _broken(one, values.main, self.told) for name, one in self.program.families.items()}
            if not self.told.add_rows(broken) and not pays.any():
                return Relaxed(values=values, priced=now)
            self.told.add_columns(np.nonzero(pays)[0])


def _broken(family: Family, main: Floats, told: Told) -> Ints:
    """Which late rows of this family does the answer break that the solver does not know?"""
    known = told.rows[family.name] != NONE
    if known.all():
        return np.zeros(0, dtype=np.int64)
    used = np.nonzero((family.row != NONE) & (main > 0))[0]
    sums = np.bincount(family.row[used], family.times[used] * main[used], minlength=len(known))
    if family.pair is None or family.side is None:
        return np.nonzero(~known & (sums > family.most + _ENOUGH * family.scale))[0]
    held = np.zeros((2, int(family.pair.max(initial=NONE)) + 1))  # the most on each side of a choice
    np.maximum.at(held, (family.side.astype(np.int64), family.pair), sums)
    both = held.sum(axis=0) > 1 + _ENOUGH
    return np.nonzero(~known & both[family.pair] & (sums > 0))[0]


def _best(program: Program, first: int) -> Flags:
    """The so many best columns of each visit and role."""
    order = np.lexsort((-program.worth, program.role, program.visit))
    group = np.stack([program.visit[order], program.role[order]])
    new = np.append(True, (group[:, 1:] != group[:, :-1]).any(axis=0)) if len(order) else np.zeros(0, dtype=np.bool_)
    since = np.arange(len(order)) - np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
    chosen = np.zeros(len(program), dtype=np.bool_)
    chosen[order[since < first]] = True
    return chosen
