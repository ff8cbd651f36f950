"""Agreement over all visits that are handed in: per domain and in all, and criterion by criterion."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from accreditation.rules.agreement.alpha import Alpha, alpha
from accreditation.rules.agreement.comparing import VERDICT, Scaling
from accreditation.rules.agreement.dividing import Divided, dividing
from accreditation.rules.agreement.reading import Reading, Together
from accreditation.rules.agreement.values import Unit, Values, Visit, together
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


Said = dict[Scaling, dict[Unit, Values]]


def agreement(visits: Sequence[Visit]) -> Agreement:
    """How far do the reviewers of these visits agree? In whatever order the visits are handed in.

    Answers are compared within one scale; where a domain uses several, or has answers that only their verdict compares,
    it has a row "met or not met" of all of them besides. A criterion that another edition words differently is another
    criterion.
    """
    visits = sorted((one for one in visits if one.ratings), key=lambda one: one.id)
    read = _read(visits)
    by_domain = _by_domain(read)
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
        criteria=tuple(_criteria(read)),
    )


def _read(visits: Sequence[Visit]) -> list[tuple[Visit, str, Together]]:
    """What was said together, of each criterion in each visit."""
    reading = Reading()
    return [
        (visit, name, reading.together(visit.scheme, name, said)) for visit in visits for name, said in together(visit)
    ]


def _by_domain(read: Sequence[tuple[Visit, str, Together]]) -> dict[str, Said]:
    found: dict[str, Said] = {}
    for visit, name, said in read:
        domain = found.setdefault(visit.scheme.domain_of[name], {})
        for scaling, values in said.values:
            domain.setdefault(scaling, {})[visit.id, name] = values
    return found


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


def _criteria(read: Sequence[tuple[Visit, str, Together]]) -> Iterator[CriterionRow]:
    by_edition: dict[tuple[int, str], tuple[Scheme, list[tuple[int, int]]]] = {}
    for visit, name, said in read:
        if said.pairs is not None:
            by_edition.setdefault((id(visit.scheme), name), (visit.scheme, []))[1].append(said.pairs)
    pairs: dict[str, list[tuple[int, int]]] = {}
    about: dict[str, tuple[Criterion, Scheme]] = {}
    for (_, name), (scheme, found) in by_edition.items():
        criterion = scheme.by_id[name]
        key = f"{name}\n{criterion.statement}"
        pairs.setdefault(key, []).extend(found)
        known = about.get(key)
        if known is None or scheme.effective >= known[1].effective:
            about[key] = criterion, scheme
    yield from (_row(one, *about[one.criterion]) for one in dividing(pairs))


def _row(one: Divided, criterion: Criterion, scheme: Scheme) -> CriterionRow:
    return CriterionRow(
        criterion=criterion.id, title=criterion.title, domain=scheme.domain_of[criterion.id], edition=scheme.edition,
        divided=replace(one, criterion=criterion.id),
    )  # fmt: skip
