"""How a criterion is measured: against a threshold, by bands or a formula, over a series, or by a published audit."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag, model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.bands import NamedBands
from accreditation.scheme.ends import ENDS
from accreditation.scheme.values import Number, Part, Share, Word

BENCHMARK = "benchmark"
"""The word for the number that stands beside each value of a series."""


Bound = Annotated[
    Annotated[Number, Tag("Number")] | Annotated[Literal["benchmark"], Tag("Benchmark")],
    Discriminator(lambda value: "Benchmark" if value == BENCHMARK else "Number"),
]
"""A number, or the word benchmark."""


class Formula(Part):
    """Points as a straight line of the measured value: value times `times` plus `plus`, capped at both ends."""

    times: Number
    plus: Number = Decimal(0)
    at_most: Number | None = None
    at_least: Number | None = None


class Each(Part):
    """One step of a series: of all these (units, quarters), how many must do well. One of the two is written."""

    each: Word
    at_least: Share | None = None
    above: Share | None = None

    @model_validator(mode="after")
    def _one_share(self) -> "Each":
        if (self.at_least is None) == (self.above is None):
            raise PydanticCustomError("no_share", "no share to reach, or two; write one of at_least, above, as in 50 %")
        return self


class Threshold(Part):
    """A measured value: its unit, the number to reach or to stay under, and what it is worth.

    `bands` (a table, or the name of one) or `formula` turn the value into points or a rating. Where neither
    at_least nor at_most is written, the criterion is met by a rating that counts as met, or by full points.
    With `series` the answer is a table of values, and at_least or at_most may be `benchmark`: then each value
    is compared with the benchmark beside it.
    """

    unit: str
    at_least: Bound | None = None
    above: Bound | None = None
    at_most: Bound | None = None
    below: Bound | None = None
    bands: NamedBands | None = None
    formula: Formula | None = None
    series: tuple[Each, ...] = ()
    period: str = ""

    @property
    def bound(self) -> tuple[str, Decimal | str] | None:
        """The one end that is written and its number or 'benchmark'; None where there is none."""
        return next(((name, getattr(self, name)) for name in ENDS if getattr(self, name) is not None), None)

    @model_validator(mode="after")
    def _one_bound(self) -> "Threshold":
        bounds = [name for name in ENDS if getattr(self, name) is not None]
        if len(bounds) > 1 or not (bounds or self.bands is not None or self.formula is not None):
            raise PydanticCustomError(
                "no_bound",
                "a threshold without a number, or with two; write one of at_least, above, at_most, below, or bands, or "
                "formula",
            )
        if self.bands is not None and self.formula is not None:
            raise PydanticCustomError("two_worths", "both bands and formula; write one of them")
        if self.series and (self.bands is not None or self.formula is not None or not bounds):
            raise PydanticCustomError(
                "series_worth", "a series is met or not met; write one of at_least, above, at_most, below beside it"
            )
        if not self.series and BENCHMARK in [getattr(self, name) for name in bounds]:
            raise PydanticCustomError("no_series", "a benchmark without a series; write a number, or series")
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
