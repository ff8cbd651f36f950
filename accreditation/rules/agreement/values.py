"""What agreement is worked out from: visits, with what each reviewer rated alone and what was settled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from accreditation.scheme.answer import Answer, Answers
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

Values = tuple[float, ...]
"""What was given to a unit, as numbers."""


def together(visit: Visit) -> Iterator[tuple[str, tuple[Answer | None, ...]]]:
    """Each criterion that anybody rated; and what each reviewer said of it, or None, in the order of `ratings`."""
    names = dict.fromkeys(chain.from_iterable(visit.ratings.values()))
    said = (map(answers.get, names) for answers in visit.ratings.values())
    return zip(names, zip(*said, strict=True), strict=True)


def visits_words(number: int) -> str:
    """So many visits, in words: '1 visit', '7 visits'."""
    return "1 visit" if number == 1 else f"{number} visits"
