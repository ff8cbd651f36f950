"""The solver (HiGHS), told of a program by and by: some of its columns first, and of its rows those that matter.

One thread, no clock: the same steps on any machine.
"""

# ruff: noqa: PLC0415 - importing the solver costs a quarter of a second: only a match pays

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from accreditation.rules.matching.arrays import FULL_FIT, Flags, Ints
from accreditation.rules.matching.program import NONE, Extra, Family, Program

Floats = NDArray[np.floating[Any]]

COSTS = 1000.0
"""What FULL_FIT is worth to the solver: large against its tolerances, small against what a double can tell apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What the solver answers: main columns (0 where it was not told of one), extras, and what a row's unit is worth.

    `prices` are in millionths of fit a unit of the row, 0 or more; rows it was not told of have none.
    """

    main: Floats
    extra: dict[str, Floats]
    prices: dict[str, Floats]


class Told:
    """A solver that knows these main columns, all extras, and of late rows none yet."""

    def __init__(self, program: Program, *, main: Flags, options: Iterable[tuple[str, float]] = ()) -> None:
        """Tell it."""
        import highspy

        # Not Highs: to let Python follow a run, that one writes its makers' words on our standard output.
        self.solver = highspy._Highs()  # type: ignore[attr-defined]  # exported, and forgotten in the types
        for name, value in (("output_flag", False), ("threads", 1), *options):
            self.solver.setOptionValue(name, value)
        self.program = program
        self.at = np.full(len(program), NONE)
        self.rows = {name: np.full(len(family.most), NONE) for name, family in program.families.items()}
        self.first: dict[str, int] = {}
        for extra in program.extras.values():
            self._extra(extra)
        self.add_rows({name: np.arange(len(one.most)) for name, one in program.families.items() if not one.late})
        self.add_columns(np.nonzero(main)[0])

    def _extra(self, extra: Extra) -> None:
        """Tell it of columns beside the main ones; no row knows them yet."""
        self.first[extra.name] = self.solver.getNumCol()
        self._columns(-extra.worth * (COSTS / FULL_FIT), extra.upper.astype(float), _NOTHING)

    def add_columns(self, main: Ints) -> None:
        """Tell it of more main columns, with their part in every row it knows."""
        families = [(family, self.rows[name]) for name, family in self.program.families.items()]
        row = np.stack([np.append(known, NONE)[one.row[main]] for one, known in families], axis=1)  # NONE: the last
        times = np.stack([one.times[main] / one.scale for one, _ in families], axis=1)
        said = row != NONE
        self.at[main] = self.solver.getNumCol() + np.arange(len(main))
        worth = -self.program.worth[main] * (COSTS / FULL_FIT)
        self._columns(worth, np.ones(len(main)), (said.sum(axis=1), row[said], times[said]))

    def _columns(self, cost: Floats, upper: Floats, entries: tuple[Ints, Ints, Floats]) -> None:
        number, index, value = entries
        start = (np.cumsum(number) - number).astype(np.int32) if len(number) else np.zeros(len(cost), dtype=np.int32)
        self.solver.addCols(
            len(cost), cost, np.zeros(len(cost)), upper, len(index), start, index.astype(np.int32), value
        )

    def add_rows(self, wanted: dict[str, Ints]) -> int:
        """Tell it of these rows, by the name of their family; how many were new to it?"""
        new = {name: rows[self.rows[name][rows] == NONE] for name, rows in wanted.items()}
        for name, rows in new.items():
            if len(rows):
                self._rows(self.program.families[name], rows)
        return sum(map(len, new.values()))

    def _rows(self, family: Family, rows: Ints) -> None:
        known = self.rows[family.name]
        known[rows] = np.arange(len(rows))  # their place among the new ones, for now
        mine = np.nonzero((self.at != NONE) & (family.row != NONE))[0]
        mine = mine[known[family.row[mine]] != NONE] if len(mine) else mine
        mine = mine[np.isin(family.row[mine], rows)]
        where, column, times = [known[family.row[mine]]], [self.at[mine]], [family.times[mine]]
        for extra in self.program.extras.values():
            for name, which, row, often in extra.entries:
                if name == family.name:
                    in_new = np.isin(row, rows)
                    where.append(known[row[in_new]])
                    column.append(self.first[extra.name] + which[in_new])
                    times.append(often[in_new])
        place, index = np.concatenate(where), np.concatenate(column)
        order = np.argsort(place, kind="stable")
        number = np.bincount(place, minlength=len(rows))
        start = (np.cumsum(number) - number).astype(np.int32)
        self.solver.addRows(
            len(rows), np.full(len(rows), -np.inf), family.most[rows] / family.scale,
            len(order), start, index[order].astype(np.int32), np.concatenate(times)[order] / family.scale,
        )  # fmt: skip
        known[rows] = self.solver.getNumRow() - len(rows) + np.arange(len(rows))

    def limits(self, family: Family) -> None:
        """The limits of this family's rows are others now; nothing else of it is."""
        self.program.families[family.name] = family
        known = self.rows[family.name]
        rows = np.nonzero(known != NONE)[0]
        self.solver.changeRowsBounds(
            len(rows), known[rows].astype(np.int32), np.full(len(rows), -np.inf), family.most[rows] / family.scale
        )

    def worths(self, extra: Extra) -> None:
        """These columns are worth something else now; nothing else of them is."""
        self.program.extras[extra.name] = extra
        index = (self.first[extra.name] + np.arange(len(extra))).astype(np.int32)
        self.solver.changeColsCost(len(extra), index, -extra.worth * (COSTS / FULL_FIT))

    def between(self, columns: Ints, low: Floats, high: Floats) -> None:
        """These columns, by the solver's numbers, are now to lie between."""
        self.solver.changeColsBounds(len(columns), columns.astype(np.int32), low, high)

    def solved(self) -> Values:
        """What is the best answer in fractions? Raises AssertionError where the solver has none."""
        import highspy

        done = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
        for again in (True, False):
            self.solver.run()
            status = self.solver.getModelStatus()
            if status in done:
                break
            if not again:
                raise AssertionError(f"the solver gave no answer: {status}")
            self.solver.clearSolver()  # where it went astray from where it was, it begins anew
        return self.answer()

    def run(self, *, work: int, stops: int) -> None:
        """Look for whole numbers, until the columns times the stops at which it asks whether to go on are so much work.

        So many stops are allowed in any case.

        It asks at the same points on any machine: after a round of cuts, a dive, a branch. Branches alone bound little,
        as one of them can cost a thousand times another.
        """
        import highspy

        asked, most = 0, max(work // max(self.solver.getNumCol(), 1), stops)

        def ask(_kind: object, _message: str, _told: object, answer: Any, _own: object) -> None:
            nonlocal asked
            asked += 1
            answer.user_interrupt = asked > most

        self.solver.setCallback(ask, None)
        self.solver.startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)
        self.solver.run()

    def answer(self) -> Values:
        """What did it find last? Whole answers have no prices."""
        found = self.solver.getSolution()
        values = np.append(np.array(found.col_value), 0.0)  # the last one is for columns it was not told of
        prices = -np.array(found.row_dual) if found.dual_valid else np.zeros(self.solver.getNumRow())
        return Values(
            main=values[self.at],
            extra={name: values[start : start + len(self.program.extras[name])] for name, start in self.first.items()},
            prices={name: self._prices(name, np.append(prices, 0.0)) for name in self.program.families},
        )

    def _prices(self, name: str, prices: Floats) -> Floats:
        told: Floats = np.maximum(prices[self.rows[name]], 0.0)
        return told * (FULL_FIT / COSTS / self.program.families[name].scale)


_NOTHING: tuple[Ints, Ints, Floats] = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
