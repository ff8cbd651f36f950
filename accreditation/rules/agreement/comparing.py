"""Which answers can be set beside each other: the scale they are on, and each as a number on it.

A rating is a place on its scale, an audit's level a place among the levels: both have an order, the best first, so they
are compared as ordinal values. A measured number is compared as it is: a share in percent by its differences (92 and 94
are as far apart as 2 and 4), a time, ratio or count in proportion (5 and 10 minutes are further apart than 95 and 100).
Not applicable, not answered and too few cases are missing values and no categories; a series is compared only by
whether it meets the criterion.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from accreditation.rules.answering import faults_of_answer
from accreditation.rules.scoring import Standing, score_one
from accreditation.scheme.answer import Answer
from accreditation.scheme.measure import AuditLevel, Threshold
from accreditation.scheme.model import Criterion, Scheme

Measurement = Literal["nominal", "ordinal", "interval", "ratio"]
"""What differences between values mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaling:
    """What answers are compared on, in words. `places` are the places of a scale, the lowest first; none for numbers.

    Two answers are comparable where their scalings are equal; so numbers of different criteria never are.
    """

    words: str
    level: Measurement
    places: tuple[str, ...] = ()
    criterion: str = ""


VERDICT = Scaling(words="met or not met", level="nominal", places=("not met", "met"))
"""What any rated answer comes down to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """An answer as a number on its scaling; higher is better where the scaling has places."""

    on: Scaling
    value: float


def comparable(*, scheme: Scheme, criterion: Criterion, answer: Answer) -> Comparable | None:
    """This answer of a reviewer on its scaling; None where it is missing, or a series.

    An answer that the edition does not know (given under the one before, to a criterion that does not apply any more)
    is missing too.
    """
    if answer.state != "rated" or not _known(scheme, criterion, answer):
        return None
    if answer.rating is not None:
        on = _scale(tuple(scheme.scale_of(criterion, "reviewer")), _name_of_scale(scheme, criterion))
        return Comparable(on=on, value=float(on.places.index(answer.rating)))
    measure = criterion.measure
    if answer.level is not None and isinstance(measure, AuditLevel):
        on = _scale(scheme.audits[measure.audit].levels, f"levels of {scheme.audits[measure.audit].title}")
        return Comparable(on=on, value=float(on.places.index(answer.level)))
    if answer.measured is not None and isinstance(measure, Threshold):
        return Comparable(on=_numbers(criterion.id, measure.unit), value=float(answer.measured))
    return None


def verdict(*, scheme: Scheme, criterion: Criterion, answer: Answer) -> Comparable | None:
    """Does this answer meet the criterion (1) or not (0)? None where it is missing."""
    if answer.state != "rated" or not _known(scheme, criterion, answer):
        return None
    standing = score_one(criterion=criterion, answer=answer, scheme=scheme, by="reviewer").standing
    return Comparable(on=VERDICT, value=float(standing is Standing.MET))


def _known(scheme: Scheme, criterion: Criterion, answer: Answer) -> bool:
    return not faults_of_answer(criterion=criterion, answer=answer, scheme=scheme, by="reviewer")


@cache
def _scale(best_first: tuple[str, ...], words: str) -> Scaling:
    return Scaling(words=words, level="ordinal", places=tuple(reversed(best_first)))


@cache
def _numbers(criterion: str, unit: str) -> Scaling:
    level: Measurement = "interval" if unit == "%" else "ratio"
    return Scaling(words=f"measured in {unit}", level=level, criterion=criterion)


def _name_of_scale(scheme: Scheme, criterion: Criterion) -> str:
    titles = [rating.title for rating in scheme.scale_of(criterion, "reviewer").values()]
    return f"the scale {', '.join(titles)}"
