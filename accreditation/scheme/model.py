"""The standards language: what a scheme is made of. Frozen values; `read` makes them from files."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import Field

from accreditation.scheme.award import Limiter, Outcome
from accreditation.scheme.bands import Bands, NamedBands
from accreditation.scheme.classes import Class, Level
from accreditation.scheme.criterion import AuditLevel, Criterion, Domain, EvidenceAsked, Threshold
from accreditation.scheme.facts import Fact, Profile, all_so
from accreditation.scheme.process import (
    Appeal,
    AssignmentRules,
    Consensus,
    DecidedBy,
    EvidenceRequests,
    EvidenceRules,
    FactualAccuracy,
    Holiday,
    ImmediateRisk,
    Seat,
    Timetable,
    Transition,
    raters_of,
    size_of_team,
)
from accreditation.scheme.scale import Scale
from accreditation.scheme.score import Score
from accreditation.scheme.values import Day, Id, Part, Word

__all__ = ["Audit", "AuditLevel", "Criterion", "Domain", "EvidenceAsked", "Profile", "Scheme", "Threshold", "Timetable"]

By = Literal["team", "reviewer"]
"""Whose answers: a team's about itself, or a reviewer's, which are also what is settled between reviewers."""


class Source(Part):
    """A publication that criteria rest on."""

    title: str
    published: int | None = Field(default=None, ge=1900, le=2200)
    note: str = ""


class CriterionType(Part):
    """A class of criteria, such as essential, and what belonging to it means."""

    title: str
    meaning: str


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


class Extends(Part):
    """The scheme, and its edition, that this one takes over whole before it adds its own."""

    scheme: Word
    edition: Id


WhenMissing = Literal["leaves_out", "counts_as_not_met"]
"""What a criterion without a rating does: it leaves the count, or stays in it, not met and with its lowest points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Criteria that belong together: those of a domain, a standard, a section, a type or a tag."""

    id: str
    title: str
    criteria: frozenset[str]


class Scheme(Part):
    """One edition of a college's accreditation programme for one service line.

    `extends` names the scheme and edition that this one was built on; all of that edition is in this one.
    """

    id: Word
    title: str
    edition: Id
    effective: Day
    language: Literal[1]
    about: str
    extends: Extends | None = None
    sources: dict[Id, Source] = Field(default_factory=dict)
    profile: dict[Word, Fact] = Field(default_factory=dict)
    types: dict[Word, CriterionType] = Field(min_length=1)
    scale: Scale = Field(min_length=2)
    scales: dict[Word, Scale] = Field(default_factory=dict)
    self_scale: Word | None = None
    not_applicable: NotApplicable
    too_few_cases: WhenMissing
    not_answered: WhenMissing = "counts_as_not_met"
    audits: dict[Word, Audit] = Field(default_factory=dict)
    bands: dict[Word, Bands] = Field(default_factory=dict)
    domains: tuple[Domain, ...] = Field(min_length=1)
    scores: dict[Word, Score] = Field(default_factory=dict)
    award: tuple[Outcome, ...] = Field(min_length=2)
    limits: tuple[Limiter, ...] = ()
    better_never_lowers: bool = False
    review_team: tuple[Seat, ...] = Field(min_length=1)
    assignment: AssignmentRules = AssignmentRules()
    evidence_requests: EvidenceRequests | None = None
    evidence_rules: EvidenceRules = EvidenceRules()
    immediate_risk: ImmediateRisk | None = None
    consensus: Consensus
    timetable: Timetable
    holidays: tuple[Holiday, ...] = ()
    factual_accuracy: FactualAccuracy | None = None
    decided_by: DecidedBy | None = None
    appeal: Appeal | None = None
    transition: Transition = Transition()

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
    def raters(self) -> tuple[Seat, ...]:
        """The seats whose holders rate; those who only observe hold the others."""
        return raters_of(self.review_team)

    @cached_property
    def team_size(self) -> int:
        """How many people a review team has, observers apart: as written, or else the sum of the minimums."""
        return size_of_team(self.review_team, self.assignment)

    @cached_property
    def digest(self) -> str:
        """The name of this edition: SHA-256 (hex) of its canonical JSON."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    def canonical(self) -> str:
        """This edition as canonical JSON: no spaces, exact numbers as text, everything in the author's order.

        Keys are not sorted: the order of a scale is part of its meaning (best first). What an author leaves out is
        left out here too, so that a key the language gains later changes no edition's name.
        """
        told = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps(told, separators=(",", ":"), ensure_ascii=False)

    def applicable(self, profile: Profile) -> tuple[Criterion, ...]:
        """Which criteria apply to a service with this profile? A fact it does not state counts as no."""
        return tuple(criterion for criterion in self.criteria if all_so(criterion.applies_when, profile))

    def of_class(self, wanted: Class, criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
        """Which of these criteria belong to the class?"""
        members = self.members(wanted)
        return tuple(criterion for criterion in criteria if criterion.id in members)

    def members(self, wanted: Class) -> frozenset[str]:
        """The ids of all criteria that belong to the class."""
        known = self._members.get(wanted)
        if known is None:
            known = self._members[wanted] = frozenset(one.id for one in self.criteria if self._belongs(one, wanted))
        return known

    def _belongs(self, criterion: Criterion, wanted: Class) -> bool:
        return (
            (wanted.type is None or criterion.type in wanted.type)
            and (wanted.domain is None or self.domain_of[criterion.id] in wanted.domain)
            and (wanted.standard is None or not self._standards_of(criterion).isdisjoint(wanted.standard))
            and (wanted.tag is None or not set(criterion.tags).isdisjoint(wanted.tag))
            and wanted.critical in (None, criterion.critical)
            and (wanted.criteria is None or criterion.id in wanted.criteria)
        )

    def _standards_of(self, criterion: Criterion) -> set[str]:
        """The standard a criterion stands in and, where that is a section, the standard around it."""
        here = criterion.standard
        return set() if here is None else {here, self.standard_of_section.get(here, here)}

    @cached_property
    def _members(self) -> dict[Class, frozenset[str]]:
        return {}

    @cached_property
    def standard_of_section(self) -> Mapping[str, str]:
        """Section id -> id of its standard."""
        return {
            section.id: standard.id
            for domain in self.domains
            for standard in domain.standards
            for section in standard.sections
        }

    def groups(self, level: Level) -> Mapping[str, Group]:
        """All groups of this kind: id -> its title and criteria, in the order of the standard."""
        return self._groups[level]

    @cached_property
    def _groups(self) -> Mapping[Level, Mapping[str, Group]]:
        standards = [(standard.id, standard.title) for domain in self.domains for standard in domain.standards]
        sections = [
            (section.id, section.title)
            for domain in self.domains
            for standard in domain.standards
            for section in standard.sections
        ]
        tags = dict.fromkeys(tag for criterion in self.criteria for tag in criterion.tags)
        named: dict[Level, list[tuple[str, str, Class]]] = {
            "domain": [(one.id, one.title, Class(domain=(one.id,))) for one in self.domains],
            "standard": [(name, title, Class(standard=(name,))) for name, title in standards],
            "section": [(name, title, Class(standard=(name,))) for name, title in sections],
            "type": [(name, kind.title, Class(type=(name,))) for name, kind in self.types.items()],
            "tag": [(tag, tag.replace("_", " "), Class(tag=(tag,))) for tag in tags],
        }
        return {
            level: {name: Group(id=name, title=title, criteria=self.members(wanted)) for name, title, wanted in of}
            for level, of in named.items()
        }

    def scale_of(self, criterion: Criterion, by: By) -> Scale:
        """On which scale is this criterion rated, by the team or by a reviewer? A measured one has only one scale."""
        mine = criterion.scale
        if criterion.measure is not None:
            by = "reviewer"
        name = criterion.self_scale or mine or self.self_scale if by == "team" else mine
        return self.scale if name is None else self.scales[name]

    def bands_of(self, bands: NamedBands) -> Bands:
        """The table itself, where a name may be written."""
        return self.bands[bands] if isinstance(bands, str) else bands

    def levels_of(self, score: str) -> tuple[str, ...]:
        """The levels that this score can have, the best first."""
        about = self.scores[score]
        if about.ladder is not None:
            named = [step.level for step in reversed(about.ladder)]
        elif about.levels is not None:
            named = [step.level for step in about.levels]
        else:
            named = [band.level for band in self.bands_of(about.bands or ()) if band.level is not None]
        return tuple(dict.fromkeys([*named, *([about.otherwise] if about.otherwise is not None else [])]))

    def outcome(self, outcome: str) -> Outcome:
        """The outcome with this id. Raises KeyError where the scheme has none."""
        found = next((known for known in self.award if known.outcome == outcome), None)
        if found is None:
            raise KeyError(outcome)
        return found

    def observes(self, role: str) -> bool:
        """Does whoever sits in this role of the review team watch, and rate nothing?"""
        return any(seat.role == role and seat.observes for seat in self.review_team)

    def title_of(self, role: str) -> str:
        """What is this role of the review team called? A role of another edition is called by its name."""
        return next((seat.title for seat in self.review_team if seat.role == role), role)
