"""A program of whole numbers, solved exactly by HiGHS; no clock is asked, so the answer is the same anywhere."""

# ruff: noqa: PLC0415 - importing the solver costs two seconds and sixty mebibytes: only a match pays

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np
    from scipy.optimize import OptimizeResult
    from scipy.sparse import csr_array

_PROVEN, _IMPOSSIBLE, _ENDLESS = 0, 2, 3  # how the solver ends; anything else is a search that was cut short
_NODES = 200  # a count of branches and not a time; most rounds need one
_ROUNDING = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """The answer found last, what it costs goal by goal, and what no answer can be below, goal by goal."""

    values: tuple[int, ...]
    bounds: tuple[int, ...]
    chosen: frozenset[int]  # the columns that are not 0

    @property
    def proven(self) -> bool:
        """Is no answer better?"""
        return self.values == self.bounds


class Program:
    """Columns from 0 upwards, and rows that hold sums of them between bounds. All rows must allow all zeros.

    `nodes` is after how many branches a search is cut short.
    """

    def __init__(self, *, nodes: int = _NODES) -> None:
        self._nodes = nodes
        self._most: list[int] = []
        self._whole: list[bool] = []
        self._rows: list[tuple[Mapping[int, int], float, float]] = []

    def columns(self, count: int, *, most: int = 1, whole: bool = True) -> range:
        """Add this many columns, each from 0 to most, in whole numbers or not; which are they?"""
        self._most += [most] * count
        self._whole += [whole] * count
        return range(len(self._most) - count, len(self._most))

    def most(self, columns: Iterable[int]) -> int:
        """How much can these columns come to together?"""
        return sum(self._most[column] for column in columns)

    def row(self, terms: Mapping[int, int], *, low: float = -math.inf, high: float = math.inf) -> None:
        """Hold the sum of terms (a factor by column) between two bounds, both allowed."""
        self._rows.append((terms, low, high))

    def solve(
        self, goals: Collection[Mapping[int, int]], *, whole: bool = True, start: frozenset[int] = frozenset()
    ) -> Solved:
        """What is cheapest, goal after goal (a cost by column), none giving up what came before?

        Without `whole` no column need be whole: that is quick, and the bounds hold good. Where a search is cut short,
        the best found so far stands (`start`, where there is none), and its bound says that it is not proven.
        """
        values: list[int] = []
        bounds: list[int] = []
        chosen = start
        for costs in goals:
            answer = self._solved(costs, whole=whole)
            if answer.x is None:  # cut short before any answer: the one before it stands
                values.append(sum(costs.get(column, 0) for column in chosen))
                bounds.append(-1 - sum(map(abs, costs.values())))
            else:
                chosen = frozenset(column for column, held in enumerate(answer.x) if round(held) != 0)
                values.append(_upwards(answer.fun))
                bounds.append(_upwards(answer.fun if answer.status == _PROVEN else answer.mip_dual_bound))
            self.row(costs, high=values[-1])
        return Solved(values=tuple(values), bounds=tuple(bounds), chosen=chosen)

    def _solved(self, costs: Mapping[int, int], *, whole: bool) -> "OptimizeResult":
        """What does the solver say of one goal? Raises AssertionError where it has no answer at all."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        whole_columns: list[Literal[0, 1, 2, 3] | np.integer[Any]] = [1 if one and whole else 0 for one in self._whole]
        low, high = [row[1] for row in self._rows], [row[2] for row in self._rows]
        answer = milp(
            [float(costs.get(column, 0)) for column in range(len(self._most))],
            integrality=whole_columns,
            bounds=Bounds(0, self._most),
            constraints=LinearConstraint(self._matrix(), low, high),
            options={"mip_rel_gap": 0, "node_limit": self._nodes},
        )
        if answer.status in (_IMPOSSIBLE, _ENDLESS):
            raise AssertionError(f"the solver gave no answer: {answer.message}")
        return answer

    def _matrix(self) -> "csr_array":
        """What are the factors of all rows?"""
        from scipy.sparse import csr_array

        terms = [row[0] for row in self._rows]
        factors = [float(factor) for one in terms for factor in one.values()]
        columns = [column for one in terms for column in one]
        ends = list(accumulate((len(one) for one in terms), initial=0))
        return csr_array((factors, columns, ends), shape=(len(terms), len(self._most)))


def _upwards(cost: float) -> int:
    """Which whole cost is meant, or is the next above?"""
    return math.ceil(float(cost) - _ROUNDING)
