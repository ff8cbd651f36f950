"""Band tables: which level and how many points a number gives, every end written out."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Annotated

from pydantic import Discriminator, Tag, model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.ends import Between, fixed, inside, words_of_ends
from accreditation.scheme.values import Id, Number, Word


class Band(Between):
    """One band: its ends, and the level or the points, or both, that a number within them gives."""

    level: Id | None = None
    points: Number | None = None

    @model_validator(mode="after")
    def _gives_something(self) -> "Band":
        if self.level is None and self.points is None:
            raise PydanticCustomError("empty_band", "a band that gives nothing; write level, points or both")
        return self

    def __str__(self) -> str:
        """The band in words, as in 'at least 70 and less than 80'."""
        return words_of_ends(fixed(self))


Bands = tuple[Band, ...]

NamedBands = Annotated[
    Annotated[Word, Tag("Name")] | Annotated[Bands, Tag("Table")],
    Discriminator(lambda value: "Name" if isinstance(value, str) else "Table"),
]
"""A band table, or the name of one that the scheme has under `bands`."""


def band_of(value: Fraction, bands: Bands) -> Band | None:
    """In which band does this number lie? None where it lies in no band."""
    return next((band for band in bands if inside(value, fixed(band))), None)


Edge = tuple[Fraction, int]
"""A place on the line of numbers: (7, 0) is just before 7, (7, 1) just after it."""

_LOWEST: Edge = (Fraction(-(10**30)), 0)
_HIGHEST: Edge = (Fraction(10**30), 1)


def span(band: Between) -> tuple[Edge, Edge]:
    """Where does this band begin and end?"""
    ends = fixed(band)
    start, stop = _LOWEST, _HIGHEST
    if "at_least" in ends:
        start = (ends["at_least"], 0)
    if "above" in ends:
        start = (ends["above"], 1)
    if "at_most" in ends:
        stop = (ends["at_most"], 1)
    if "below" in ends:
        stop = (ends["below"], 0)
    return start, stop


def rising(bands: Bands) -> tuple[Band, ...]:
    """The bands from the lowest numbers to the highest."""
    return tuple(sorted(bands, key=span))


def faults_of_bands(bands: Sequence[Band]) -> tuple[tuple[int, str, str], ...]:
    """What is wrong between these bands? The position of a band, what was found and what is allowed.

    A band must hold a number; no two may hold the same one; and none may be missing between two bands.
    """
    faults = []
    order = sorted(range(len(bands)), key=lambda position: span(bands[position]))
    for position in order:
        if span(bands[position])[0] >= span(bands[position])[1]:
            faults.append((position, f"no number is {bands[position]}", "a band that begins below its end"))
    for lower, upper in pairwise(order):
        ends, begins = span(bands[lower])[1], span(bands[upper])[0]
        if begins < ends:
            found = f"this band ({bands[upper]}) overlaps the band '{bands[lower]}'"
            faults.append((upper, found, "bands that share no number: at_least beside below, or above beside at_most"))
        elif begins > ends:
            found = f"a gap: {_between(ends, begins)} is neither {bands[lower]} nor {bands[upper]}"
            faults.append((upper, found, "bands that leave no number out; at_least beside below, or round the score"))
    return tuple(faults)


def _between(ends: Edge, begins: Edge) -> str:
    low, high = (str(float(edge[0])).removesuffix(".0") for edge in (ends, begins))
    return low if low == high else f"what lies between {low} and {high}"
