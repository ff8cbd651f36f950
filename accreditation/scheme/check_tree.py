"""Faults in the tree of domains, standards, sections and criteria, and in what each criterion names."""

from collections import Counter
from collections.abc import Iterator

from accreditation.scheme.check_scales import problems_of_measure
from accreditation.scheme.criterion import Criterion, Domain, Standard
from accreditation.scheme.document import Path
from accreditation.scheme.model import Scheme
from accreditation.scheme.problem import Problem, missing, repeated, unknown

MAX_CRITERIA = 5_000
"""More are refused: no team could answer them, and the largest published standard has a seventh of this."""


def problems_of_tree(scheme: Scheme) -> Iterator[Problem]:
    """Is every id used once, does every criterion stand somewhere, and does every part hold a criterion?"""
    yield from repeated(("domains",), [domain.id for domain in scheme.domains], "")
    yield from _criteria_ids(scheme)
    yield from _parts(scheme)
    for d, domain in enumerate(scheme.domains):
        standing = {name for standard in domain.standards for name in (standard.id, *_sections(standard))}
        for c, criterion in enumerate(domain.criteria):
            yield from _criterion(("domains", d, "criteria", c), criterion, domain, standing, scheme)


def _sections(standard: Standard) -> list[str]:
    return [section.id for section in standard.sections]


def _criteria_ids(scheme: Scheme) -> Iterator[Problem]:
    times = Counter(criterion.id for criterion in scheme.criteria)
    for d, domain in enumerate(scheme.domains):
        for c, criterion in enumerate(domain.criteria):
            path: Path = ("domains", d, "criteria", c, "id")
            if times[criterion.id] > 1:
                found = f"the id '{criterion.id}' is used {times[criterion.id]} times"
                yield Problem(path=path, found=found, allowed="each id once")
            if criterion.id == "default":
                found = "'default' is the word for all other criteria in a worked case"
                yield Problem(path=path, found=found, allowed="any other id")


def _parts(scheme: Scheme) -> Iterator[Problem]:
    """Standards and sections share their ids, and each of them holds a criterion."""
    filled = {criterion.standard for criterion in scheme.criteria}
    lost = lost_criteria(scheme)
    before: set[str] = set()
    for d, domain in enumerate(scheme.domains):
        at: Path = ("domains", d)
        if not domain.criteria:
            yield _empty(at, f"domain '{domain.id}'", f"in {domain.file}")
        for s, standard in enumerate(domain.standards):
            here = (*at, "standards", s)
            yield from _once((*here, "id"), standard.id, before)
            if not lost and not filled & {standard.id, *_sections(standard)}:
                yield _empty(here, f"standard '{standard.id}'", _naming(standard.id))
            for number, section in enumerate(standard.sections):
                yield from _once((*here, "sections", number, "id"), section.id, before)
                if not lost and section.id not in filled and filled & {standard.id, *_sections(standard)}:
                    yield _empty((*here, "sections", number), f"section '{section.id}'", _naming(section.id))


def lost_criteria(scheme: Scheme) -> bool:
    """Does a criterion name a standard that is nowhere? Then nothing can be said of what standards lack."""
    known = {*scheme.groups("standard"), *scheme.groups("section"), None}
    return any(criterion.standard not in known for criterion in scheme.criteria)


def _empty(path: Path, what: str, where: str) -> Problem:
    return Problem(path=path, found=f"no criterion is in {what}", allowed=f"write one {where}, or delete this")


def _naming(name: str) -> str:
    return f'that says standard: "{name}"'


def _once(path: Path, name: str, before: set[str]) -> Iterator[Problem]:
    if name in before:
        found = f"the id '{name}' is used for another standard or section"
        yield Problem(path=path, found=found, allowed="each id once")
    before.add(name)


def _criterion(
    path: Path, criterion: Criterion, domain: Domain, standing: set[str], scheme: Scheme
) -> Iterator[Problem]:
    yield from unknown((*path, "type"), [criterion.type], scheme.types, "type", at_key=False)
    yield from unknown((*path, "sources"), criterion.sources, scheme.sources, "source", at_key=False)
    if criterion.standard is not None and criterion.standard not in standing:
        where = f" in domain '{domain.id}'"
        yield missing((*path, "standard"), criterion.standard, sorted(standing), "standard or section", where=where)
    if criterion.weight <= 0:
        found = f"a weight of {criterion.weight}"
        yield Problem(path=(*path, "weight"), found=found, allowed="a number above 0; leave it out for 1")
    yield from repeated((*path, "evidence"), [asked.title for asked in criterion.evidence], "the evidence ")
    yield from repeated((*path, "tags"), criterion.tags, "the tag ")
    yield from problems_of_measure(path, criterion, scheme)
