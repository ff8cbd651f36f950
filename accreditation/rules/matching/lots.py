"""The lots that break ties: drawn from ids alone, and lowest for whoever was proposed before."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from accreditation.rules.matching.arrays import Flags, Ints

LOTS = 1 << 16
"""Lots are below this."""

NEW = LOTS - (1 << 12)
"""Where something was proposed before, the lots of all else begin here: a few of them never outweigh one seat kept."""


def lots(*, cycles: Sequence[int], people: Sequence[int], visit: Ints, reviewer: Ints) -> Ints:
    """Which lot from 0 to 65,535 is drawn for each pair of these rows? It depends on the two ids alone."""
    there, who = (np.array(ids, dtype=np.int64).astype(np.uint64) for ids in (cycles, people))
    drawn = _mixed(_mixed(there)[visit] ^ who[reviewer])
    return (drawn >> np.uint64(48)).astype(np.int64)


def lowest(drawn: Ints, before: Flags) -> Ints:
    """The same lots, where these pairs have the lowest of all."""
    return np.where(before, 0, NEW + drawn * (LOTS - NEW) // LOTS)


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Numbers that look drawn by chance and are the same on every machine: two rounds of multiplying and folding."""
    for factor in (0xBF58476D1CE4E5B9, 0x94D049BB133111EB):
        numbers = (numbers + np.uint64(0x9E3779B97F4A7C15)) * np.uint64(factor)
        numbers = numbers ^ (numbers >> np.uint64(29))
    return numbers
