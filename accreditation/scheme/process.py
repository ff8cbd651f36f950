"""How a cycle runs, as the scheme wants it: who reviews, who decides, how long all may take, which edition judges."""

from datetime import date
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.facts import AppliesWhen
from accreditation.scheme.values import Day, Part, Period, Word


class Seat(Part):
    """A place in the review team: which role, and how many of it."""

    role: Word
    title: str
    minimum: int = Field(ge=0, le=20)
    maximum: int = Field(ge=1, le=20)


class Consensus(Part):
    """Who settles a criterion on which the reviewers' ratings differ, and when they differ.

    With `same`, ratings agree where they are the same. With `same_verdict` they agree as well where they count the
    same for every rule of the scheme: then the lowest stands.
    """

    settled_by: Word
    agree: Literal["same", "same_verdict"] = "same"


class Timetable(Part):
    """How long each stage may last before it is late."""

    self_assessment: Period
    evidence: Period
    assignment: Period
    review: Period
    consensus: Period
    decision: Period


class Holiday(Part):
    """A day that is no business day, for every service or for those whose profile says so."""

    day: Day
    title: str
    applies_when: AppliesWhen = Field(default_factory=dict)


class FactualAccuracy(Part):
    """How long a service has to say what is factually wrong in the report, and what its silence means."""

    within: Period
    silence: Literal["agreed", "waits"]


class Appeal(Part):
    """Until when a service may appeal, counted from the day it was told, and whether the decision stands meanwhile."""

    within: Period
    decision_stands_meanwhile: bool


class DecidedBy(Part):
    """Who decides, as the public reads it, and whether another body confirms it."""

    title: str
    confirmed_by: str | None = None


Event = Literal["enrolled", "submitted", "visited"]
"""What can fix which edition judges a cycle."""


class Cut(Part):
    """The older edition still judges a cycle whose events all lie on or before these days."""

    submitted: Day | None = None
    visited: Day | None = None

    @model_validator(mode="after")
    def _some_day(self) -> "Cut":
        if self.submitted is None and self.visited is None:
            raise PydanticCustomError("no_day", "no day; write one or both of submitted, visited")
        return self

    def days(self) -> dict[str, date]:
        """The events that are written, each with its day."""
        return {name: day for name, day in self if day is not None}


class Transition(Part):
    """How this edition takes over from the one before it.

    `fixed_by` is the event whose day says which edition judges a cycle: the newest one in force on that day.
    `older_until` lets the older edition judge where every day named is kept. `grace` is how long a service that
    holds an award has before what is new in this edition counts against it.
    """

    fixed_by: Event = "enrolled"
    older_until: Cut | None = None
    grace: Period | None = None
