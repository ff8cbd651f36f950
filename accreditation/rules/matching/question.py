"""What the matching is asked: everything that the review teams of a round depend on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from accreditation.rules.conflicts import Declared, Reviewer, Visit
from accreditation.rules.matching.travel import NOWHERE, Travel
from accreditation.scheme.process import AssignmentRules


class Seat(Protocol):
    """A role in the review team and how many people may hold it; the scheme's edition says which there are."""

    @property
    def role(self) -> str: ...  # noqa: D102  the protocol's docstring says it
    @property
    def minimum(self) -> int: ...  # noqa: D102
    @property
    def maximum(self) -> int: ...  # noqa: D102
    @property
    def specialties(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def observes(self) -> bool: ...  # noqa: D102


NO_RULES = AssignmentRules()
"""What holds where a scheme says nothing of how its review teams are put together."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Seated:
    """A reviewer in a seat of a cycle's team: it stands, or it should."""

    cycle: int
    role: str
    reviewer: int


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Ban:
    """A reviewer who must not sit in a cycle's team, whatever the rules say. `why` is fit to be shown to anybody."""

    cycle: int
    reviewer: int
    why: str = "left out by the college office"


SET_ASIDE: Mapping[str, str] = {
    "same_network": "although both are of one network",
    "repeat": "although they reviewed this team last time",
    "region": "whatever their region",
    "travel": "whatever the way",
}
"""The rules that may be set aside for one reviewer and one visit, and how that is said. Conflicts never are."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Waiver:
    """A rule of SET_ASIDE that does not keep this reviewer from a seat that is locked in this cycle's team."""

    cycle: int
    reviewer: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Everything that a match depends on. Two equal questions have the same answer, in whatever order their rows are.

    `visits` are to be filled; `elsewhere` are the round's others, on which somebody of `already` sits. `already` stands
    and stays: it uses capacity, keeps its seat and counts for every rule. `locks` must stand in the answer, `waived`
    are the rules set aside for them; `bans` must not stand. `stays` sit now and may be changed where need be, but as
    few of them as possible are. `before` were proposed last and bind nobody: of answers that are equal in all that is
    asked for, one is taken that keeps most of them. `rules` are the scheme's, `travel` a table of minutes; `at` is the
    day of asking, for visits whose days are not known. `at_once` lets one person be at two visits on the same day,
    which nobody can: it is asked to see what the days cost.
    """

    visits: tuple[Visit, ...] = ()
    elsewhere: tuple[Visit, ...] = ()
    reviewers: tuple[Reviewer, ...] = ()
    seats: tuple[Seat, ...] = ()
    rules: AssignmentRules = NO_RULES
    travel: Travel = NOWHERE
    at: date | None = None
    declared: tuple[Declared, ...] = ()
    already: tuple[Seated, ...] = ()
    locks: tuple[Seated, ...] = ()
    bans: tuple[Ban, ...] = ()
    waived: tuple[Waiver, ...] = ()
    stays: tuple[Seated, ...] = ()
    before: tuple[Seated, ...] = ()
    at_once: bool = False
