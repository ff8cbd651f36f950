"""One criterion: what a team must show, how it is rated or measured, what evidence it asks for, whom it concerns."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from accreditation.scheme.facts import AppliesWhen
from accreditation.scheme.measure import AuditLevel, Measure, Threshold
from accreditation.scheme.values import Id, Number, Part, Period, Word, Words

__all__ = ["AuditLevel", "Criterion", "Domain", "EvidenceAsked", "MapsTo", "Section", "Standard", "Threshold"]


class EvidenceAsked(Part):
    """A piece of evidence that a criterion asks for. Where it is required, nothing can be submitted without it.

    `not_older_than` is counted back from the day of submission to the day from which a document holds. Files belong to
    the criterion and not to one piece: the newest of them suffices for every piece that it is young enough for.
    """

    title: str
    required: bool
    not_older_than: Period | None = None


class MapsTo(Part):
    """How a criterion relates to one of another scheme, and why: what it asks is equal to, a part of, more than, or
    overlaps with what the other asks."""

    scheme: Word
    criterion: Id
    relation: Literal["equal", "subset", "superset", "intersects"]
    why: str


class Criterion(Part):
    """One criterion: what a team must show, how to judge it, and what it rests on."""

    id: Id
    title: str
    statement: str
    type: Word
    guidance: str = ""
    standard: Id | None = None
    scale: Word | None = None
    self_scale: Word | None = None
    weight: Number = Decimal(1)
    tags: Words = ()
    critical: bool = False
    can_be_not_applicable: bool = True
    evidence: tuple[EvidenceAsked, ...] = ()
    sources: tuple[str, ...] = ()
    applies_when: AppliesWhen = Field(default_factory=dict)
    measure: Measure | None = None
    maps_to: tuple[MapsTo, ...] = ()

    @property
    def requires_evidence(self) -> bool:
        """Must evidence be attached before this criterion can be submitted?"""
        return any(asked.required for asked in self.evidence)


class Section(Part):
    """A part of a standard, where the tree has four levels: domain, standard, section, criterion."""

    id: Id
    title: str


class Standard(Part):
    """A standard: criteria of a domain that belong together."""

    id: Id
    title: str
    sections: tuple[Section, ...] = ()


class Domain(Part):
    """A group of criteria that belong together, itself divided into standards where the scheme wants it."""

    id: Id
    title: str
    file: str
    standards: tuple[Standard, ...] = ()
    criteria: tuple[Criterion, ...] = ()
