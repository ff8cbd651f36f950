"""What the matching answers: who sits where and why, what stays empty and why, and how good it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.rules.matching.question import Seated


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A reviewer sits in a cycle's team in this role; `why` is fit to be shown to the team.

    `fit` is how well they fit the visit, from 0 to FULL_FIT; `minutes` how long they travel, None where nobody knows.
    """

    cycle: int
    reviewer: int
    role: str
    why: str
    fit: int = 0
    minutes: int | None = None

    @property
    def seated(self) -> Seated:
        """The same without its reason."""
        return Seated(cycle=self.cycle, role=self.role, reviewer=self.reviewer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfilled:
    """A seat short of its minimum by `missing` people; `why` counts what blocks it and says what would help."""

    cycle: int
    team_name: str
    role: str
    missing: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How good an answer is, over the visits asked about, with everybody who sits there.

    `seats` are all that the teams need (so many people, observers apart), `filled` those that somebody holds. Fits are
    whole numbers, a million for the best fit of one person; a visit's fit is the sum over its team, and `worst` that of
    the worst-off visit. `worst_bound` and `total_bound` are what no answer can exceed that fills as many: where a bound
    equals its figure, the figure is proven best. `travel` is the sum of minutes, one way, of the `known` who have a way
    that is known, `farthest` the longest of them. `reviewers` are so many people, the `busiest` with so many visits.
    `free`: bounds hold whichever teams are complete; else among answers that complete the same teams only. `worst` and
    its bound are None where the scheme asks for no fit. Where not every seat can be filled the worst-off visit is not
    looked for: `worst` is what it came to, others may be better with the same total, and `worst_bound` is None.
    """

    seats: int = 0
    filled: int = 0
    teams: int = 0
    complete: int = 0
    worst: int | None = None
    worst_bound: int | None = None
    total: int = 0
    total_bound: int = 0
    known: int = 0
    travel: int = 0
    farthest: int = 0
    reviewers: int = 0
    busiest: int = 0
    free: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The answer for the visits asked about: what is new, what stood before and stays, what could not be filled.

    Each in order of cycle, role and reviewer. `given_up` are those of the question's `stays` who lose their seat.
    `blocks` say which groups of seats lack people, and `ways_out` what would fill them, each tried by solving again;
    both are for the college office, as they name people. `ways_out_named` are the same ways with everybody named, where
    `ways_out` name some of many. `proven` says whether it was proven that no answer is
    better in the order that `match` states; where not, the answer keeps every rule all the same. Where not every seat
    can be filled the worst-off visit has no place in that order, and nothing is proven of it.
    """

    assigned: tuple[Assigned, ...] = ()
    kept: tuple[Assigned, ...] = ()
    unfilled: tuple[Unfilled, ...] = ()
    given_up: tuple[Seated, ...] = ()
    blocks: tuple[str, ...] = ()
    ways_out: tuple[str, ...] = ()
    ways_out_named: tuple[str, ...] = ()
    figures: Figures = Figures()
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
