"""How long somebody travels to a visit: as a table of minutes says or, where it says nothing, by the distance.

By distance a journey takes a quarter of an hour and then five minutes for every six kilometres in a straight line. Over
the measured journeys of up to 100 km between 125 hospitals of one country half are within six and a half minutes of it.
Distances are compared as whole numbers, so every machine finds the same minutes.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from math import cos, isfinite, radians, sin
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from accreditation.errors import Fault
from accreditation.rules.conflicts import Point
from accreditation.rules.matching.arrays import Ints

UNKNOWN = -1
"""So many minutes where nobody knows how long it takes."""

FARTHEST = 100_000
"""More minutes than any journey takes."""

SETTING_OUT = 15
"""Minutes that a journey takes however short it is."""

KILOMETRES_A_MINUTE = 6 / 5

EARTH = 6371.0
"""The radius of the earth in kilometres."""

SCALE = 10**7
"""Places are whole numbers of this part of the earth's radius, so about 60 cm."""


class Placed(Protocol):
    """Whoever or whatever lies somewhere: by the name that the table uses, or by a point."""

    @property
    def place(self) -> str | None: ...  # noqa: D102  the protocol's docstring says it
    @property
    def point(self) -> Point | None: ...  # noqa: D102


@dataclass(frozen=True, kw_only=True)
class Travel:
    """A table of travel times in whole minutes: a row where one sets out, a column where one arrives.

    Both in the order of `places`; None where the time is not known.
    """

    places: tuple[str, ...] = ()
    minutes: tuple[tuple[int | None, ...], ...] = ()

    def between(self, start: Placed, end: Placed) -> int | None:
        """How many minutes are they apart? None where neither the table nor their points say."""
        row, column = self._row.get(start.place or ""), self._row.get(end.place or "")
        told = None if row is None or column is None else self.minutes[row][column]
        if told is None and start.point is not None and end.point is not None:
            one, other = (np.array([whole(point)], dtype=np.int64) for point in (start.point, end.point))
            return int(minutes_of(((one - other) ** 2).sum(axis=1))[0])
        return told

    def row(self, placed: Placed) -> int:
        """Which row and column is this place's? -1 where it has none."""
        return self._row.get(placed.place or "", -1)

    @cached_property
    def table(self) -> Ints:
        """The table as an array, UNKNOWN where nothing is told."""
        told = [[UNKNOWN if one is None else one for one in row] for row in self.minutes]
        return np.array(told, dtype=np.int64).reshape(len(self.places), len(self.places))

    @cached_property
    def _row(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.places)}

    def faults(self) -> list[Fault]:
        """What is wrong with the table? Every fault; nothing where it can be used."""
        where, size = "travel times", len(self.places)
        twice = sorted({name for name in self.places if self.places.count(name) > 1}) if size else []
        found = [Fault(where=where, found=f"the place '{name}' is there twice", allowed="each once") for name in twice]
        if len(self.minutes) != size or any(len(row) != size for row in self.minutes):
            allowed = f"a row and a column for each of the {size} places"
            return [*found, Fault(where=where, found="the table is not square", allowed=allowed)]
        return found + [
            Fault(
                where=f"{where}, from '{start}' to '{end}'",
                found=f"{told}",
                allowed=f"whole minutes from 0 to {FARTHEST}, or nothing where they are not known",
            )
            for start, row in zip(self.places, self.minutes, strict=True)
            for end, told in zip(self.places, row, strict=True)
            if told is not None and not (type(told) is int and 0 <= told <= FARTHEST)
        ]


NOWHERE = Travel()
"""No table: all travel is told by points."""


def lies_nowhere(point: Point) -> bool:
    """Is this no point on the earth?"""
    inside = abs(point.latitude) <= 90 and abs(point.longitude) <= 180
    return not (isfinite(point.latitude) and isfinite(point.longitude) and inside)


def whole(point: Point) -> tuple[int, int, int]:
    """Where does a point lie, seen from the middle of the earth, in whole parts of its radius?"""
    latitude, longitude = radians(point.latitude), radians(point.longitude)
    across = cos(latitude)
    seen = (across * cos(longitude), across * sin(longitude), sin(latitude))
    x, y, z = (round(SCALE * part) for part in seen)
    return x, y, z


def minutes_of(squares: NDArray[np.int64]) -> Ints:
    """How many minutes apart are points with these squared distances, straight through the earth, in whole parts?"""
    return SETTING_OUT + np.searchsorted(_within(), squares, side="left")


def farthest_square(minutes: int) -> int:
    """Up to which squared distance does a journey take at most so many minutes? -1 where none is so short."""
    within = _within()
    return -1 if minutes < SETTING_OUT else int(within[min(minutes - SETTING_OUT, len(within) - 1)])


@cache
def _within() -> Ints:
    """Up to which squared distance does a journey take 0, 1, 2 ... minutes beyond setting out?"""
    half_way_round = int(np.ceil(np.pi * EARTH / KILOMETRES_A_MINUTE)) + 1
    angles = [min(more * KILOMETRES_A_MINUTE / EARTH, np.pi) for more in range(half_way_round)]
    told = [int((2 * SCALE * sin(angle / 2)) ** 2) for angle in angles]
    told[-1] = 5 * SCALE**2  # farther than the other side of the earth, whatever was rounded
    return np.array(told, dtype=np.int64)
