"""Intervals: of a share, and of a mean of few."""

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, stdev

from scipy.special import ndtri, stdtrit

LEVEL = 0.95
"""How sure an interval is, where nothing else is said."""


def wilson(share: float, of: float, *, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's score interval (1927) of a share that was seen in `of` independent looks.

    Unlike the one by the normal curve it stays between 0 and 1 and holds for few looks and for shares near the ends.
    """
    z = float(ndtri((1 + level) / 2))
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def student(values: Sequence[float], *, least_spread: float = 0.0) -> tuple[float, float, float]:
    """The mean of two or more values, and Student's 95 % interval of it: (mean, lower, upper).

    `least_spread` is the standard deviation that is taken at least: a few values that happen to be equal are not
    certain for that.
    """
    mean = fmean(values)
    spread = max(stdev(values), least_spread)
    half = float(stdtrit(len(values) - 1, (1 + LEVEL) / 2)) * spread / sqrt(len(values))
    return mean, mean - half, mean + half
