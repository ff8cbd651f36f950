"""An answer to a criterion. Not applicable, not answered and too few cases are three things, none of them zero."""

from collections.abc import Mapping
from typing import Literal

from accreditation.scheme.values import Number, Part

State = Literal["rated", "not_applicable", "too_few_cases", "not_answered"]


class Answer(Part):
    """What somebody says about one criterion.

    A rated answer carries exactly one of `rating` (an id of the scheme's scale), `measured` (a number in
    the unit of the criterion) or `level` (of the audit the criterion is measured by). `note` is the reason
    where something does not apply, and a remark everywhere else.
    """

    state: State = "rated"
    rating: str | None = None
    measured: Number | None = None
    level: str | None = None
    note: str = ""


Answers = Mapping[str, Answer]
"""Criterion id -> answer. A criterion that is missing is not answered."""

NOT_ANSWERED = Answer(state="not_answered")
