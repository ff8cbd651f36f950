"""What is asked of the matching and what it answers: seats, standing assignments, new ones, and gaps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class Seat(Protocol):
    """A role in the review team and how many people may hold it; the scheme's edition says which there are."""

    @property
    def role(self) -> str: ...  # noqa: D102  the protocol's docstring says it
    @property
    def minimum(self) -> int: ...  # noqa: D102
    @property
    def maximum(self) -> int: ...  # noqa: D102


class Standing(Protocol):
    """An assignment of a reviewer to a seat of a cycle's team, wherever it is kept."""

    @property
    def reviewer(self) -> int: ...  # noqa: D102
    @property
    def cycle(self) -> int: ...  # noqa: D102
    @property
    def role(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A reviewer sits in a cycle's team in this role; `why` is fit to be shown to the team."""

    cycle: int
    reviewer: int
    role: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfilled:
    """A seat short of its minimum by `missing` people; `why` counts what blocks it and says what would help."""

    cycle: int
    team_name: str
    role: str
    missing: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The answer for the visits asked about: what is new, what stood before and stays, what could not be filled.

    Each in order of cycle, role and reviewer. `proven` says whether it was proven that no answer fills more seats,
    then completes more teams, then shares the load more evenly; where not, the answer keeps every rule all the same.
    """

    assigned: tuple[Assigned, ...]
    kept: tuple[Assigned, ...]
    unfilled: tuple[Unfilled, ...]
    proven: bool = True

    @property
    def complete(self) -> bool:
        """Is every seat of every visit filled?"""
        return not self.unfilled

    @property
    def teams(self) -> Mapping[int, tuple[Assigned, ...]]:
        """Who sits in each team whose every seat is filled, kept and new together, by cycle?"""
        short = {seat.cycle for seat in self.unfilled}
        teams: dict[int, tuple[Assigned, ...]] = {}
        for one in sorted((*self.kept, *self.assigned), key=lambda one: (one.cycle, one.role, one.reviewer)):
            if one.cycle not in short:
                teams[one.cycle] = (*teams.get(one.cycle, ()), one)
        return teams
