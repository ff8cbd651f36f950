"""A seat of a proposed review team, and how somebody came to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from accreditation.rules.matching import Seated

How = Literal["proposed", "locked", "swapped", "kept"]
"""How somebody comes to a seat: the engine found them, the office fixed them, or they stood there before."""


HOWS: Mapping[str, How] = {one: one for one in get_args(How)}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ProposedSeat:
    """A reviewer in a seat of a proposed team; `why` is fit to be shown to anybody."""

    cycle: int
    role: str
    reviewer: int
    why: str
    how: How

    @property
    def seated(self) -> Seated:
        """The same without why and how."""
        return Seated(cycle=self.cycle, role=self.role, reviewer=self.reviewer)
