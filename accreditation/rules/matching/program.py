"""A round as a program of whole numbers: columns to be taken or not, and rows that hold sums of them below a limit.

A main column is a place in one of its roles. Rows come in families; a column stands in at most one row of a family, so
that a family is three arrays and any column can be priced without building a matrix. Beside the main columns there are
a few more (`Extra`): people beyond what a role needs, which of two organisations visits the other, whether a visit is
made at all, by how much a floor is missed. Every row reads: the sum of times x column is at most `most`.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from accreditation.rules.matching.arrays import Flags, Instance, Ints

NONE = -1
"""No row of this family, no pair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Rows of one kind.

    `row` and `times` have an entry a main column: the row it stands in (NONE: in none) and how often it counts. `scale`
    is what the solver divides a row by. A `late` row is told to the solver only once an answer breaks it. Where rows
    lie on the two sides of a choice, `pair` names the choice of each row and `side` its side.
    """

    name: str
    row: Ints
    times: Ints
    most: Ints
    scale: int = 1
    late: bool = True
    pair: Ints | None = None
    side: Flags | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """One kind of column beside the main ones: what each is worth and its upper limit; and where they stand.

    `entries` holds (family, which of these columns, row, times) as arrays of equal length.
    """

    name: str
    worth: Ints
    upper: Ints
    whole: bool
    entries: tuple[tuple[str, Ints, Ints, Ints], ...]

    def __len__(self) -> int:
        """How many columns are there?"""
        return len(self.upper)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """All columns, and all rows by the name of their family. `worth` is what taking a main column is worth."""

    place: Ints
    role: Ints
    visit: Ints
    reviewer: Ints
    worth: Ints
    families: dict[str, Family]
    extras: dict[str, Extra] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many main columns are there?"""
        return len(self.place)

    def copy(self) -> "Program":
        """The same, and it stays as it is when rows or extras of this one are replaced."""
        return replace(self, families=dict(self.families), extras=dict(self.extras))


def columns(asked: Instance, *, barred: Flags) -> tuple[Ints, Ints]:
    """Which (place, role) are there at all, but for barred places; in order of both."""
    holds = (asked.places.roles[:, None] >> np.arange(asked.demand.roles)) & 1 == 1
    holds &= (asked.demand.room[asked.places.visit] > 0) & ~barred[:, None]
    place, role = np.nonzero(holds)
    return place.astype(np.int64), role.astype(np.int64)
