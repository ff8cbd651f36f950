"""One reviewer beside the others and beside what was settled; and an exercise beside its reference."""

from collections.abc import Sequence
from dataclasses import dataclass

from accreditation.rules.agreement.alpha import Alpha, alpha
from accreditation.rules.agreement.comparing import VERDICT, Scaling
from accreditation.rules.agreement.intervals import wilson
from accreditation.rules.agreement.reading import Reading
from accreditation.rules.agreement.severity import Severity, severity
from accreditation.rules.agreement.values import Unit, Values, Visit, together
from accreditation.rules.consensus import same_answer
from accreditation.scheme.answer import Answers
from accreditation.scheme.model import Scheme

EXERCISE_RATINGS = 10
"""So many criteria of an exercise must be rated on one scale before figures are given: with fewer an interval spans
most of the scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """How far one person's ratings agree with what was settled, beyond chance, on one scale."""

    scale: str
    alpha: Alpha


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerFigures:
    """One reviewer: how strict beside the others, and how consistent with what was settled."""

    reviewer: int
    severity: Severity
    consistency: tuple[Consistency, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """An exercise beside its reference: how many criteria were answered the same, with Wilson's interval of the share.

    `differing` are the criteria on which the person says something else, in the order of the standard.
    """

    criteria: int
    same: int
    lower: float
    upper: float
    differing: tuple[str, ...]
    severity: Severity
    consistency: tuple[Consistency, ...]


def of_reviewers(visits: Sequence[Visit], *, only: int | None = None) -> tuple[ReviewerFigures, ...]:
    """Each reviewer's severity and consistency over these visits (of one alone, where `only` names them), by id.

    What was settled contains each reviewer's own rating, so consistency is somewhat higher than it would be beside
    a judge from outside; it is the same for all.
    """
    visits = sorted(visits, key=lambda one: one.id)
    sat: dict[int, list[Visit]] = {}
    for visit in visits:
        for person in visit.ratings:
            sat.setdefault(person, []).append(visit)
    reading = Reading()
    apart = _beside_others(visits, reading)
    return tuple(
        ReviewerFigures(
            reviewer=person,
            severity=severity(apart.get(person, {})),
            consistency=_consistency(
                [(one.id, one.scheme, one.ratings[person], one.settled) for one in sat[person]], reading
            ),
        )
        for person in sorted(sat)
        if only in (None, person)
    )


def beside_reference(*, scheme: Scheme, answers: Answers, reference: Answers) -> Compared:
    """How does what one person answered in an exercise compare with its reference?"""
    names = [criterion.id for criterion in scheme.criteria if criterion.id in reference]
    differing = tuple(name for name in names if not same_answer(answers[name], reference[name]))
    reading = Reading()
    apart: dict[int, list[float]] = {}
    for number, name in enumerate(names):
        mine, theirs = (reading.on_its_scale(scheme, name, one[name]) for one in (answers, reference))
        if mine is not None and theirs is not None and mine.on == theirs.on and mine.on.places:
            apart[number] = [mine.value - theirs.value]
    same = len(names) - len(differing)
    lower, upper = wilson(same / len(names), len(names))
    return Compared(
        criteria=len(names), same=same, lower=lower, upper=upper, differing=differing,
        severity=severity(
            apart, beside="the reference", visits=EXERCISE_RATINGS, ratings=EXERCISE_RATINGS, each_alone=True
        ),
        consistency=_consistency([(0, scheme, answers, reference)], reading, each_alone=True),
    )  # fmt: skip


def _beside_others(visits: Sequence[Visit], reading: Reading) -> dict[int, dict[int, list[float]]]:
    """Reviewer -> visit -> on each criterion that others rated on the same scale: their place less the others' mean."""
    found: dict[int, dict[int, list[float]]] = {}
    for visit in visits:
        rows = [reading.apart(visit.scheme, name, said) for name, said in together(visit)]
        for person, column in zip(visit.ratings, zip(*rows, strict=True), strict=False):
            found.setdefault(person, {})[visit.id] = [apart for apart in column if apart is not None]
    return found


def _consistency(
    pairs: Sequence[tuple[int, Scheme, Answers, Answers]], reading: Reading, *, each_alone: bool = False
) -> tuple[Consistency, ...]:
    """Agreement beyond chance of these answers with those beside them, on each scale with places."""
    said: dict[Scaling, dict[Unit, Values]] = {}
    for visit, scheme, answers, settled in pairs:
        for name in answers.keys() & settled.keys():
            for on, values in reading.together(scheme, name, (answers[name], settled[name])).values:
                if len(values) > 1 and on.places and on is not VERDICT:
                    said.setdefault(on, {})[visit, name] = values
    beside = "the reference" if each_alone else "what was settled"
    few = {"visits": EXERCISE_RATINGS, "units": EXERCISE_RATINGS} if each_alone else {}
    return tuple(
        Consistency(
            scale=on.words,
            alpha=alpha(said[on], level=on.level, each_alone=each_alone, beside=beside, **few),
        )
        for on in sorted(said, key=lambda one: one.words)
    )
