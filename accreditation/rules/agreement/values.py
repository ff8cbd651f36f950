"""What agreement is worked out from: visits, with what each reviewer rated alone and what was settled."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accreditation.scheme.answer import Answers
from accreditation.scheme.model import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit whose review is over: reviewer -> criterion -> answer, and criterion -> the settled answer.

    Answers carry no notes: nothing here reads them. `scheme` is the edition that the visit is judged by.
    """

    id: int
    scheme: Scheme
    ratings: Mapping[int, Answers]
    settled: Answers = field(default_factory=dict)


Unit = tuple[int, str]
"""What was rated: a visit's id, and a criterion's."""
