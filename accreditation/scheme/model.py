"""The standards language, first cut: what a scheme is made of. Frozen values; `read` makes them from files."""

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field

from accreditation.scheme.award import Class, Outcome
from accreditation.scheme.criterion import AuditLevel, Criterion, Domain, EvidenceAsked, Threshold
from accreditation.scheme.values import Day, Id, Part, Period, Word

__all__ = ["Audit", "AuditLevel", "Criterion", "Domain", "EvidenceAsked", "Profile", "Scheme", "Threshold", "Timetable"]

Profile = Mapping[str, bool]
"""The facts a service states about itself: fact -> true or false."""


class Source(Part):
    """A publication that criteria rest on."""

    title: str
    published: int | None = Field(default=None, ge=1900, le=2200)
    note: str = ""


class Fact(Part):
    """One fact of a service's profile, asked as a question that is answered yes or no."""

    question: str


class CriterionType(Part):
    """A class of criteria, such as essential, and what belonging to it means."""

    title: str
    meaning: str


class ScaleRating(Part):
    """One rating of the scale."""

    title: str
    counts_as_met: bool
    meaning: str = ""


class NotApplicable(Part):
    """Whether 'not applicable' needs a written reason. It always leaves the denominator."""

    needs_reason: bool


class AuditColumns(Part):
    """Which columns of an audit's file name the team, its organisation, its network and the period."""

    team: str
    organisation: str
    period: str
    network: str | None = None


class Audit(Part):
    """A published audit whose levels are taken as measured ratings, and how its file is read."""

    title: str
    levels: tuple[str, ...] = Field(min_length=2)
    columns: AuditColumns
    too_few: tuple[str, ...] = ()
    not_entered: tuple[str, ...] = ("",)


class Seat(Part):
    """A place in the review team: which role, and how many of it."""

    role: Word
    title: str
    minimum: int = Field(ge=0, le=20)
    maximum: int = Field(ge=1, le=20)


class Consensus(Part):
    """Who settles a criterion on which the reviewers' ratings differ."""

    settled_by: Word


class Timetable(Part):
    """How long each stage may last before it is late."""

    self_assessment: Period
    evidence: Period
    assignment: Period
    review: Period
    consensus: Period
    decision: Period


class Scheme(Part):
    """One edition of a college's accreditation programme for one service line."""

    id: Word
    title: str
    edition: Id
    effective: Day
    language: Literal[1]
    about: str
    sources: dict[Id, Source]
    profile: dict[Word, Fact]
    types: dict[Word, CriterionType] = Field(min_length=1)
    scale: dict[Id, ScaleRating] = Field(min_length=2)
    not_applicable: NotApplicable
    too_few_cases: Literal["leaves_out", "counts_as_not_met"]
    audits: dict[Word, Audit] = Field(default_factory=dict)
    domains: tuple[Domain, ...] = Field(min_length=1)
    award: tuple[Outcome, ...] = Field(min_length=2)
    review_team: tuple[Seat, ...] = Field(min_length=1)
    consensus: Consensus
    timetable: Timetable

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria in the order of the standard."""
        return tuple(criterion for domain in self.domains for criterion in domain.criteria)

    @cached_property
    def by_id(self) -> Mapping[str, Criterion]:
        """Criterion id -> criterion."""
        return {criterion.id: criterion for criterion in self.criteria}

    @cached_property
    def domain_of(self) -> Mapping[str, str]:
        """Criterion id -> id of its domain."""
        return {criterion.id: domain.id for domain in self.domains for criterion in domain.criteria}

    @cached_property
    def digest(self) -> str:
        """The name of this edition: SHA-256 (hex) of its canonical JSON."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    def canonical(self) -> str:
        """This edition as canonical JSON: no spaces, exact numbers as text, everything in the author's order.

        Keys are not sorted: the order of a scale is part of its meaning (best first).
        """
        return json.dumps(self.model_dump(mode="json"), separators=(",", ":"), ensure_ascii=False)

    def applicable(self, profile: Profile) -> tuple[Criterion, ...]:
        """Which criteria apply to a service with this profile? A fact it does not state counts as false."""
        return tuple(
            criterion
            for criterion in self.criteria
            if all(profile.get(fact, False) == wanted for fact, wanted in criterion.applies_when.items())
        )

    def of_class(self, wanted: Class, criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        """Which of these criteria belong to the class?"""
        return tuple(
            criterion
            for criterion in criteria
            if wanted.type in (None, criterion.type) and wanted.domain in (None, self.domain_of[criterion.id])
        )

    def outcome(self, outcome: str) -> Outcome:
        """The outcome with this id. Raises KeyError where the scheme has none."""
        found = next((known for known in self.award if known.outcome == outcome), None)
        if found is None:
            raise KeyError(outcome)
        return found
