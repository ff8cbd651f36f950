"""One criterion: what a team must show, how it is measured, what evidence it asks for, and whom it concerns."""

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.values import Id, Number, Part, Word


class Threshold(Part):
    """A measured value that a criterion asks for: a unit, and a number to reach or to stay under."""

    unit: str
    at_least: Number | None = None
    at_most: Number | None = None
    period: str = ""

    @model_validator(mode="after")
    def _one_bound(self) -> "Threshold":
        if (self.at_least is None) == (self.at_most is None):
            raise PydanticCustomError(
                "no_bound", "a threshold without a number, or with two; write one of at_least, at_most"
            )
        return self


class AuditLevel(Part):
    """A level in a published audit that a criterion asks for: this one or a better one."""

    audit: Word
    indicator: str
    level: str


def _measure_kind(value: Any) -> str:
    if isinstance(value, dict):
        return "AuditLevel" if "audit" in value or "indicator" in value else "Threshold"
    return type(value).__name__


Measure = Annotated[
    Annotated[Threshold, Tag("Threshold")] | Annotated[AuditLevel, Tag("AuditLevel")],
    Discriminator(
        _measure_kind,
        custom_error_type="not_a_measure",
        custom_error_message="not a measure; write unit with at_least or at_most, or audit with indicator and level",
    ),
]


class EvidenceAsked(Part):
    """A piece of evidence that a criterion asks for. Where it is required, nothing can be submitted without it."""

    title: str
    required: bool


class Criterion(Part):
    """One criterion: what a team must show, how to judge it, and what it rests on."""

    id: Id
    title: str
    statement: str
    type: Word
    guidance: str
    evidence: tuple[EvidenceAsked, ...] = ()
    sources: tuple[str, ...] = ()
    applies_when: dict[str, bool] = Field(default_factory=dict)
    measure: Measure | None = None

    @property
    def requires_evidence(self) -> bool:
        """Must evidence be attached before this criterion can be submitted?"""
        return any(asked.required for asked in self.evidence)


class Domain(Part):
    """A group of criteria that belong together."""

    id: Id
    title: str
    file: str
    criteria: tuple[Criterion, ...] = ()
