"""Hands an integer program to the solver: HiGHS, one thread, deterministic, to proven optimality."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import highspy
import numpy as np

from accreditation.rules.program import CannotSay, Row, Unknown

_MOST_NODES = 20_000
_SECONDS = 5.0
"""Programs from schemes take milliseconds; a hostile scheme is given up on, and then nothing is claimed."""

_NO_WAY = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)


def minimal(unknowns: Sequence[Unknown], rows: Sequence[Row], cost: Mapping[int, int]) -> tuple[Fraction, ...] | None:
    """The cheapest values that keep all rows; None where there are none. Raises CannotSay where neither was found."""
    if any(not row.what.terms and row.what.constant < row.least for row in rows):
        return None
    if not unknowns:
        return ()
    # Not Highs: to let Python follow a run, that one writes its makers' words on our standard output.
    solver = highspy._Highs()  # type: ignore[attr-defined]  # exported, and forgotten in the types
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("mip_rel_gap", 0.0),
        ("time_limit", _SECONDS),
        ("mip_max_nodes", _MOST_NODES),
    ):
        solver.setOptionValue(option, value)
    solver.passModel(_model(unknowns, [row for row in rows if row.what.terms], cost))
    solver.run()
    if solver.getModelStatus() in _NO_WAY:
        return None
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise CannotSay("no answer was found in time")
    return tuple(
        Fraction(round(value)) if unknown.whole else Fraction(float(value)).limit_denominator(10**9)
        for value, unknown in zip(solver.getSolution().col_value, unknowns, strict=True)
    )


def _model(unknowns: Sequence[Unknown], rows: Sequence[Row], cost: Mapping[int, int]) -> highspy.HighsLp:
    """The program as the solver takes it, every row scaled so that its largest coefficient is 1."""
    values: list[float] = []
    columns: list[int] = []
    starts, least = [0], []
    for row in rows:
        scale = max(abs(times) for times in row.what.terms.values())
        values += [float(times / scale) for times in row.what.terms.values()]
        columns += row.what.terms
        starts.append(len(values))
        least.append(float((row.least - row.what.constant) / scale))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(unknowns), len(rows)
    lp.col_cost_ = np.array([cost.get(name, 0) for name in range(len(unknowns))], dtype=float)
    lp.col_lower_ = np.array([float(unknown.low) for unknown in unknowns])
    lp.col_upper_ = np.array([float(unknown.high) for unknown in unknowns])
    lp.row_lower_ = np.array(least)
    lp.row_upper_ = np.full(len(rows), highspy.kHighsInf)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = np.array(starts), np.array(columns, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(values)
    whole, any_number = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    lp.integrality_ = [whole if unknown.whole else any_number for unknown in unknowns]
    return lp
