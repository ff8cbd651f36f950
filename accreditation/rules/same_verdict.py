"""Do answers that differ count the same for every rule of the scheme, and which of them is the lowest?

"The same" is meant strictly: one standing, the same points, and no rule or figure anywhere in the scheme that tells
the answers apart by their ratings or by what was measured. Whatever is not surely the same goes to a person.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from accreditation.rules.scoring import Scored, score_one
from accreditation.scheme.answer import Answer
from accreditation.scheme.classes import Counted, class_in
from accreditation.scheme.figure import MeasuredFigure
from accreditation.scheme.measure import AuditLevel
from accreditation.scheme.model import Criterion, Scheme
from accreditation.scheme.values import written_number
from accreditation.scheme.walk import nodes


def lowest_of_same(*, scheme: Scheme, criterion: Criterion, said: Sequence[Answer]) -> Answer | None:
    """The lowest of these answers, where all of them count the same for every rule; None where they do not.

    Only ratings are set beside ratings, levels beside levels, and numbers beside numbers that are compared with one
    threshold: of anything else nobody can say which is the lower.
    """
    order = _order(scheme, criterion, said)
    if order is None:
        return None
    worths = {(one.standing, one.points) for one in (_scored(scheme, criterion, answer) for answer in said)}
    if len(worths) > 1 or _told_apart(scheme, criterion, said):
        return None
    return said[order.index(max(order))]


def words_of_same(*, scheme: Scheme, criterion: Criterion, said: Sequence[Answer], lowest: Answer) -> str:
    """The working: what was said, without a word on who, and why the lowest stands."""
    told = list(dict.fromkeys(_words(scheme, criterion, answer) for answer in said))
    standing = _scored(scheme, criterion, lowest).standing.words
    return (
        f"The reviewers' ratings differ ({', '.join(sorted(told))}) but count the same for every rule: {standing}. "
        f"The lowest stands: {_words(scheme, criterion, lowest)}."
    )


def _scored(scheme: Scheme, criterion: Criterion, answer: Answer) -> Scored:
    return score_one(criterion=criterion, answer=answer, scheme=scheme, by="reviewer")


def _order(scheme: Scheme, criterion: Criterion, said: Sequence[Answer]) -> list[Decimal] | None:
    """How far down each answer lies: the larger, the lower. None where they cannot be set beside each other."""
    if any(answer.state != "rated" or answer.series for answer in said):
        return None
    if all(answer.rating is not None for answer in said):
        ratings = list(scheme.scale_of(criterion, "reviewer"))
        return [Decimal(ratings.index(str(answer.rating))) for answer in said]
    measure = criterion.measure
    if isinstance(measure, AuditLevel):
        levels = scheme.audits[measure.audit].levels
        known = [levels.index(answer.level) for answer in said if answer.level is not None]
        return [Decimal(level) for level in known] if len(known) == len(said) else None
    numbers = [answer.measured for answer in said if answer.measured is not None]
    if measure is None or len(numbers) < len(said) or measure.bound is None or measure.bands or measure.formula:
        return None
    return [-number if measure.bound[0] in ("at_least", "above") else number for number in numbers]


def _told_apart(scheme: Scheme, criterion: Criterion, said: Sequence[Answer]) -> bool:
    """Does a rule or a figure speak of this criterion's rating, or its number, so that it could tell them apart?"""
    ratings = {answer.rating for answer in said}
    order = list(scheme.scale_of(criterion, "reviewer"))
    for node in _about(scheme, criterion):
        if isinstance(node, MeasuredFigure):
            if any(answer.measured is not None for answer in said):
                return True
        elif node.rated is not None:
            if len({rating in node.rated for rating in ratings}) > 1:
                return True
        elif node.rated_at_least in order:
            least = order.index(node.rated_at_least)
            if len({rating in order and order.index(str(rating)) <= least for rating in ratings}) > 1:
                return True
    return False


def _about(scheme: Scheme, criterion: Criterion) -> Iterator[Counted | MeasuredFigure]:
    """Every rule and figure that asks for this criterion's rating by name, or for its measured number."""
    for found in nodes(scheme):
        node = found.node
        if isinstance(node, MeasuredFigure) and node.measured == criterion.id:
            yield node
        asks = isinstance(node, Counted) and (node.rated is not None or node.rated_at_least is not None)
        if asks and criterion.id in scheme.members(class_in(node)):
            yield node


def _words(scheme: Scheme, criterion: Criterion, answer: Answer) -> str:
    if answer.rating is not None:
        return f"'{scheme.scale_of(criterion, 'reviewer')[answer.rating].title}'"
    if answer.level is not None:
        return f"level {answer.level}"
    unit = getattr(criterion.measure, "unit", "")
    return f"{written_number(answer.measured or Decimal(0))} {unit}".strip()
