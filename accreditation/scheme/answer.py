"""An answer to a criterion. Not applicable, not answered and too few cases are three things, none of them zero."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from accreditation.scheme.values import Number, Part

State = Literal["rated", "not_applicable", "too_few_cases", "not_answered"]


class Point(Part):
    """One value of a series: where it stands (ward: A, quarter: 2026-1), and the benchmark it is compared with."""

    at: dict[str, str] = Field(min_length=1)
    value: Number
    benchmark: Number | None = None


class Answer(Part):
    """What somebody says about one criterion.

    A rated answer carries exactly one of `rating` (an id of the criterion's scale), `measured` (a number in
    the unit of the criterion), `series` (many such numbers) or `level` (of the audit the criterion is measured
    by). `note` is the reason where something does not apply, and a remark everywhere else.
    """

    state: State = "rated"
    rating: str | None = None
    measured: Number | None = None
    level: str | None = None
    series: tuple[Point, ...] = ()
    note: str = ""


Answers = Mapping[str, Answer]
"""Criterion id -> answer. A criterion that is missing is not answered."""

NOT_ANSWERED = Answer(state="not_answered")
