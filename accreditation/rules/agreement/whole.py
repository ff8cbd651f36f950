"""Agreement over all visits that are handed in: per domain and in all, and criterion by criterion."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from accreditation.rules.agreement.alpha import Alpha, alpha
from accreditation.rules.agreement.comparing import VERDICT, Comparable, Scaling, comparable, verdict
from accreditation.rules.agreement.dividing import Divided, dividing
from accreditation.rules.agreement.values import Unit, Visit
from accreditation.rules.consensus import same_answer
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Criterion, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """How far reviewers agree in one domain (None: in all of them), on one scale."""

    domain: str | None
    title: str
    scale: str
    alpha: Alpha


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRow:
    """How far one criterion divides reviewers. `edition` is the newest one that words it so."""

    criterion: str
    title: str
    domain: str
    edition: str
    divided: Divided


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement over these visits: `rows` in the order of the standard, `criteria` the most dividing first."""

    visits: int
    reviewers: int
    ratings: int
    rows: tuple[Row, ...]
    criteria: tuple[CriterionRow, ...]


Said = dict[Scaling, dict[Unit, list[float]]]


def agreement(visits: Sequence[Visit]) -> Agreement:
    """How far do the reviewers of these visits agree? In whatever order the visits are handed in.

    Answers are compared within one scale; where a domain uses several, or has answers that only their verdict compares,
    it has a row "met or not met" of all of them besides. A criterion that another edition words differently is another
    criterion.
    """
    visits = sorted((one for one in visits if one.ratings), key=lambda one: one.id)
    by_domain = _by_domain(visits)
    titles = {domain.id: domain.title for visit in visits for domain in visit.scheme.domains}
    rows = [row for domain, title in titles.items() for row in _rows(domain, title, by_domain.get(domain, {}))]
    everything: Said = {}
    for said in by_domain.values():
        for scaling, units in said.items():
            if not scaling.criterion:
                everything.setdefault(scaling, {}).update(units)
    people = {reviewer for visit in visits for reviewer in visit.ratings}
    return Agreement(
        visits=len(visits),
        reviewers=len(people),
        ratings=sum(len(answers) for visit in visits for answers in visit.ratings.values()),
        rows=(*_rows(None, "All domains", everything), *rows),
        criteria=tuple(_criteria(visits)),
    )


def _by_domain(visits: Sequence[Visit]) -> dict[str, Said]:
    reading = Reading()
    found: dict[str, Said] = {}
    for visit in visits:
        for answers in visit.ratings.values():
            for name, answer in answers.items():
                domain = found.setdefault(visit.scheme.domain_of[name], {})
                for one in reading.both(visit.scheme, name, answer):
                    if one is not None:
                        domain.setdefault(one.on, {}).setdefault((visit.id, name), []).append(one.value)
    return found


class Reading:
    """Answers as numbers; what was read once is known, as many reviewers say the same.

    Known are the objects themselves: they must outlive the reading, as those of the visits at hand do.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, str, int], tuple[Comparable | None, Comparable | None]] = {}

    def both(self, scheme: Scheme, name: str, answer: Answer) -> tuple[Comparable | None, Comparable | None]:
        """The answer on its scale, and its verdict; None where there is none."""
        key = (id(scheme), name, id(answer))
        known = self._known.get(key)
        if known is None:
            about: Criterion = scheme.by_id[name]
            known = self._known[key] = (
                comparable(scheme=scheme, criterion=about, answer=answer),
                verdict(scheme=scheme, criterion=about, answer=answer),
            )
        return known

    def on_its_scale(self, scheme: Scheme, name: str, answer: Answer) -> Comparable | None:
        """The answer on its scale alone."""
        return self.both(scheme, name, answer)[0]


def _rows(domain: str | None, title: str, said: Said) -> Iterator[Row]:
    """A row for each scale on which at least two compared, and one of verdicts where that says more."""
    paired = {scaling: units for scaling, units in said.items() if any(len(one) > 1 for one in units.values())}
    scales = sorted((one for one in paired if one is not VERDICT), key=lambda one: (one.criterion, one.words))
    compared = sum(len(values) > 1 for scaling in scales for values in paired[scaling].values())
    verdicts = sum(len(values) > 1 for values in paired.get(VERDICT, {}).values())
    if len(scales) != 1 or verdicts > compared:
        scales.append(VERDICT)
    for scaling in scales:
        words = f"{scaling.criterion}, {scaling.words}" if scaling.criterion else scaling.words
        found = alpha(paired.get(scaling, {}), level=scaling.level)
        yield Row(domain=domain, title=title, scale=words, alpha=found)


def _criteria(visits: Sequence[Visit]) -> Iterator[CriterionRow]:
    pairs: dict[str, list[tuple[int, int]]] = {}
    about: dict[str, tuple[Criterion, Scheme]] = {}
    for visit in visits:
        for name, answers in _by_criterion(visit).items():
            criterion = visit.scheme.by_id[name]
            key = f"{name}\n{criterion.statement}"
            pairs.setdefault(key, []).append(_pairs(answers))
            known = about.get(key)
            if known is None or visit.scheme.effective >= known[1].effective:
                about[key] = criterion, visit.scheme
    yield from (_row(one, *about[one.criterion]) for one in dividing(pairs))


def _row(one: Divided, criterion: Criterion, scheme: Scheme) -> CriterionRow:
    return CriterionRow(
        criterion=criterion.id, title=criterion.title, domain=scheme.domain_of[criterion.id], edition=scheme.edition,
        divided=replace(one, criterion=criterion.id),
    )  # fmt: skip


def _by_criterion(visit: Visit) -> dict[str, list[Answer]]:
    """What was answered to each criterion, by whomever."""
    found: dict[str, list[Answer]] = {}
    for answers in visit.ratings.values():
        for name, answer in answers.items():
            if answer.state != "not_answered":
                found.setdefault(name, []).append(answer)
    return found


def _pairs(answers: Sequence[Answer]) -> tuple[int, int]:
    """How many pairs answered, and how many of them differ?"""
    pairs = list(combinations(answers, 2))
    return len(pairs), sum(not same_answer(*pair) for pair in pairs)
