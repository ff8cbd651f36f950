"""Which criteria settle themselves, and which ratings of independent reviewers differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accreditation.rules.same_verdict import lowest_of_same, words_of_same
from accreditation.scheme.answer import Answer, Answers, Point
from accreditation.scheme.model import Criterion, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The reviewers' ratings of one review, criterion by criterion: agreed ones, and those that differ.

    `lowered` are those that differ but count the same for every rule, where the scheme lets these settle themselves:
    the lowest rating, its note beginning with the working.
    """

    agreed: Mapping[str, Answer]
    differing: tuple[str, ...]
    lowered: Mapping[str, Answer] = field(default_factory=dict)


def compare_reviews(*, scheme: Scheme, criteria: Sequence[Criterion], reviews: Sequence[Answers]) -> Compared:
    """On which criteria do all reviewers say the same? Comments may differ; nothing else may.

    Numbers are compared as numbers (90 is 90.0), and a series in whatever order its values were written. Different
    comments are joined in an order that does not tell whose is whose. Where the scheme's `consensus.agree` is
    `same_verdict`, ratings that count the same for every rule settle at the lowest; a verdict that one alone sees
    differently never does. Every review must have an answer to every criterion, else KeyError: a hand-in is refused
    without.
    """
    agreed: dict[str, Answer] = {}
    lowered: dict[str, Answer] = {}
    differing = []
    for criterion in criteria:
        said = [answers[criterion.id] for answers in reviews]
        if all(same_answer(answer, said[0]) for answer in said):
            agreed[criterion.id] = said[0].model_copy(update={"note": joined_notes(said)})
        elif (lowest := _lowest(scheme, criterion, said)) is not None:
            lowered[criterion.id] = lowest
        else:
            differing.append(criterion.id)
    return Compared(agreed=agreed, differing=tuple(differing), lowered=lowered)


def same_answer(one: Answer, other: Answer) -> bool:
    """Do two people say the same of a criterion, whatever they remark?"""
    return one is other or (_said(one) == _said(other) and _places(one) == _places(other))


def joined_notes(said: Sequence[Answer]) -> str:
    """All comments in an order that does not tell whose is whose."""
    return " / ".join(sorted({answer.note for answer in said} - {""}))


def _lowest(scheme: Scheme, criterion: Criterion, said: Sequence[Answer]) -> Answer | None:
    if scheme.consensus.agree != "same_verdict":
        return None
    lowest = lowest_of_same(scheme=scheme, criterion=criterion, said=said)
    if lowest is None:
        return None
    working = words_of_same(scheme=scheme, criterion=criterion, said=said, lowest=lowest)
    return lowest.model_copy(update={"note": " ".join(filter(None, (working, joined_notes(said))))})


def _said(answer: Answer) -> tuple[object, ...]:
    return answer.state, answer.rating, answer.measured, answer.level


def _places(answer: Answer) -> list[Point]:
    return sorted(answer.series, key=lambda point: sorted(point.at.items()))
