"""Which criteria settle themselves, and which ratings of independent reviewers differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accreditation.scheme.answer import Answer, Answers
from accreditation.scheme.model import Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The reviewers' ratings of one review, criterion by criterion: agreed ones, and those that differ."""

    agreed: Mapping[str, Answer]
    differing: tuple[str, ...]


def compare_reviews(*, criteria: Sequence[Criterion], reviews: Sequence[Answers]) -> Compared:
    """On which criteria do all reviewers say the same? Comments may differ; nothing else may.

    Numbers are compared as numbers (90 is 90.0), and a series in whatever order its values were written. Different
    comments are joined in an order that does not tell whose is whose. Every review must have an answer to every
    criterion, else KeyError: a hand-in is refused without.
    """
    agreed: dict[str, Answer] = {}
    differing = []
    for criterion in criteria:
        said = [answers[criterion.id] for answers in reviews]
        first = _without_note(said[0])
        if all(_without_note(answer) == first for answer in said):
            notes = sorted({answer.note for answer in said} - {""})
            agreed[criterion.id] = said[0].model_copy(update={"note": " / ".join(notes)})
        else:
            differing.append(criterion.id)
    return Compared(agreed=agreed, differing=tuple(differing))


def _without_note(answer: Answer) -> Answer:
    series = tuple(sorted(answer.series, key=lambda point: sorted(point.at.items())))
    return answer.model_copy(update={"note": "", "series": series})
