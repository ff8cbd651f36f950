"""What may be sent of a service and of its answers."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, StrictInt, StringConstraints, TypeAdapter, WithJsonSchema
from pydantic_core import PydanticCustomError

from accreditation.actions.rate import Given
from accreditation.scheme.answer import Answer, Point
from api.inputs.bounds import (
    LARGEST_ID,
    ON_ONE_LINE,
    CriterionGiven,
    Line,
    MeasuredSent,
    Prose,
    Sent,
    Word,
)

LONGEST_CHOICE = 60
"""Characters of what is chosen for a fact."""

MOST_POINTS = 1000
"""Values of a series: ten years of months for eight wards."""


class PointSent(Sent):
    """One number of a series, where it stands, and the benchmark it is compared with, where there is one."""

    at: Annotated[dict[Word, Line], Field(min_length=1, max_length=4)] = Field(
        examples=[{"ward": "A", "quarter": "2026-1"}]
    )
    value: MeasuredSent
    benchmark: MeasuredSent | None = None

    def point(self) -> Point:
        """The number as a value."""
        return Point(**dict(self))


class AnswerSent(Sent):
    """What somebody says about one criterion: exactly one of rating, measured, series and level where it is rated."""

    state: Literal["rated", "not_applicable", "too_few_cases", "not_answered"] = "rated"
    rating: Annotated[str, StringConstraints(max_length=40, pattern=ON_ONE_LINE)] | None = Field(
        default=None, description="An id of the scheme's scale.", examples=["met"]
    )
    measured: MeasuredSent | None = Field(default=None, description="A number in the unit of the criterion.")
    level: Annotated[str, StringConstraints(max_length=40, pattern=ON_ONE_LINE)] | None = Field(
        default=None, description="A level of the audit that the criterion is measured by."
    )
    series: Annotated[tuple[PointSent, ...], Field(max_length=MOST_POINTS)] = Field(
        default=(), description="Many numbers, each with its place, where the criterion is measured over a series."
    )
    note: Prose = Field(default="", description="The reason where it does not apply; elsewhere a remark.")

    def answer(self) -> Answer:
        """The answer as a value."""
        return Answer(**{**dict(self), "series": tuple(point.point() for point in self.series)})


class GivenSent(Sent):
    """An answer, and the version that the person saw when giving it."""

    answer: AnswerSent
    seen_version: StrictInt = Field(
        ge=0, le=LARGEST_ID, description="The `version` of the answer that was on the screen; 0 where there was none."
    )

    def given(self) -> Given:
        """The answer and the version seen, as a value."""
        return Given(answer=self.answer.answer(), seen_version=self.seen_version)


class BulkSent(Sent):
    """Answers to many criteria: all are kept, or none."""

    answers: Annotated[dict[CriterionGiven, GivenSent], Field(min_length=1, max_length=1000)] = Field(
        examples=[{"1.01": {"answer": {"rating": "met"}, "seen_version": 0}}]
    )

    def given(self) -> Mapping[str, Given]:
        """Criterion -> answer and the version seen."""
        return {name: one.given() for name, one in self.answers.items()}


def _fact(value: Any) -> bool | str | Decimal:
    """True or false, a choice, or a number; which of them the question takes is the scheme's to say."""
    if isinstance(value, str) and not 1 <= len(value) <= LONGEST_CHOICE:
        raise PydanticCustomError("not_a_fact", f"a choice has 1 to {LONGEST_CHOICE} characters")
    if not isinstance(value, bool | str | int | float | Decimal):
        raise PydanticCustomError("not_a_fact", "true or false, a choice, or a number")
    return value if isinstance(value, bool | str) else _EXACT.validate_python(value)


_EXACT: TypeAdapter[Decimal] = TypeAdapter(MeasuredSent)


FactSent = Annotated[
    bool | str | Decimal,
    PlainValidator(_fact),
    WithJsonSchema(
        {"anyOf": [{"type": "boolean"}, {"type": "string", "maxLength": LONGEST_CHOICE}, {"type": "number"}]}
    ),
]
"""What is stated of a fact. A number may be sent as text, which keeps every digit."""


Facts = Annotated[dict[Word, FactSent], Field(max_length=100)]


class ProfileSent(Sent):
    """Facts about the service: true or false, a choice, or a number. Those left out stand as they were."""

    profile: Facts = Field(examples=[{"hasu": True}])


class SubmissionSent(Sent):
    """The stage whose work is submitted: the one that was on the screen, so that a second click does nothing more."""

    stage: Literal["self_assessment", "evidence"]
