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
    """On which criteria do all reviewers say the same? Comments may differ; state and rating may not.

    Different comments are joined in an order that does not tell whose is whose. Every review must have an
    answer to every criterion, else KeyError: a hand-in is refused without.
    """
    agreed: dict[str, Answer] = {}
    differing = []
    for criterion in criteria:
        said = {(answers[criterion.id].state, answers[criterion.id].rating) for answers in reviews}
        if len(said) == 1:
            notes = sorted({answers[criterion.id].note for answers in reviews} - {""})
            agreed[criterion.id] = reviews[0][criterion.id].model_copy(update={"note": " / ".join(notes)})
        else:
            differing.append(criterion.id)
    return Compared(agreed=agreed, differing=tuple(differing))
