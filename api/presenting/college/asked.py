"""What an edition asks: its criteria under the headings of a domain, each with what else it says."""

from collections.abc import Iterable
from dataclasses import dataclass

from accreditation.rules.indicators.asked import asked_words
from accreditation.scheme.criterion import Criterion, Domain
from accreditation.scheme.ends import Between, fixed, words_of_ends
from accreditation.scheme.model import AuditLevel, Scheme
from api.presenting.team.criterion import wanted
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One criterion as an edition asks it."""

    id: str
    title: str
    type: str
    critical: bool
    statement: tuple[str, ...]
    guidance: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Criteria under one heading: a standard or section of a domain, or the domain itself where it has none."""

    title: str
    criteria: tuple[Asked, ...]


def prose(text: str) -> tuple[str, ...]:
    """The text by its paragraphs: an author's folded text has one line break between two."""
    return tuple(part.strip() for part in text.split("\n") if part.strip())


def domain_parts(scheme: Scheme, domain: Domain, words: Words) -> tuple[Part, ...]:
    """The criteria of this domain under the headings of its standards and sections, in their order."""
    standards = [(one.id, one.title) for one in domain.standards]
    sections = [(one.id, one.title) for standard in domain.standards for one in standard.sections]
    titles = {
        name: f"{name} {title}" if name[:1].isdigit() else title for name, title in (*standards, *sections)
    }  # a number is read, a key is not
    parts: list[tuple[str, list[Asked]]] = []
    for criterion in domain.criteria:
        heading = titles.get(criterion.standard or "", "")
        if not parts or parts[-1][0] != heading:
            parts.append((heading, []))
        parts[-1][1].append(_asked(criterion, scheme, words))
    return tuple(Part(title=heading, criteria=tuple(several)) for heading, several in parts)


def _asked(one: Criterion, scheme: Scheme, words: Words) -> Asked:
    return Asked(
        id=one.id, title=one.title, type=scheme.types[one.type].title, critical=one.critical,
        statement=prose(one.statement), guidance=prose(one.guidance),
        facts=tuple(_more(one, scheme, words)),
    )  # fmt: skip


def _more(one: Criterion, scheme: Scheme, words: Words) -> Iterable[str]:
    """What else a criterion says: whom it concerns, how it is measured, and which evidence it asks for."""
    for name, want in one.applies_when.items():
        yield words("Asked only where the answer is “%(answer)s”: %(question)s", question=scheme.profile[name].question,
                    answer=_wanted(want))  # fmt: skip
    if isinstance(one.measure, AuditLevel):
        audit = scheme.audits[one.measure.audit].title
        yield words("Taken from %(audit)s: level %(level)s or better.", audit=audit, level=one.measure.level)
    elif one.measure is not None:
        yield words("Measured: %(asked)s.", asked=asked_words(one) or one.measure.unit)
    if not one.can_be_not_applicable:
        yield words("Cannot be “not applicable”.")
    yield from (words("Evidence: %(evidence)s", evidence=wanted(asked, words)) for asked in one.evidence)
    if one.sources:
        named = (scheme.sources[name].title if name in scheme.sources else name for name in one.sources)
        yield words("Rests on: %(sources)s.", sources="; ".join(named))


def _wanted(want: bool | tuple[str, ...] | Between) -> str:
    if isinstance(want, bool):
        return "yes" if want else "no"
    if isinstance(want, Between):
        return words_of_ends(fixed(want))
    return " or ".join(one.replace("_", " ") for one in want)
