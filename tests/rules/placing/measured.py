"""How often a document's criterion is among what is suggested for it, beside a baseline."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from accreditation.rules.placing import EMPTY, suggest
from accreditation.scheme.criterion import Criterion
from tests.rules.placing.documents import Labelled

Way = Callable[[Labelled, Sequence[Criterion]], Sequence[str]]
"""A way to place a document: the criteria that it suggests, the likeliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Counts: documents that answer a criterion, those placed first and among three; those that answer none."""

    documents: int
    first: int
    among_three: int
    unrelated: int
    left_alone: int
    missed: tuple[str, ...]

    @property
    def top_1(self) -> float:
        return self.first / self.documents

    @property
    def top_3(self) -> float:
        return self.among_three / self.documents


def measured(documents: Iterable[Labelled], *, criteria: Sequence[Criterion], way: Way) -> Measured:
    """Place all these documents in this way, and count."""
    placed = [(one, list(way(one, criteria))[:3]) for one in documents]
    about = [(one, found) for one, found in placed if one.criterion is not None]
    unrelated = [found for one, found in placed if one.criterion is None]
    return Measured(
        documents=len(about),
        first=sum(found[:1] == [one.criterion] for one, found in about),
        among_three=sum(one.criterion in found for one, found in about),
        unrelated=len(unrelated),
        left_alone=unrelated.count([]),
        missed=tuple(f"{one.criterion}, {one.title}: {found}" for one, found in about if one.criterion not in found),
    )


def by_suggestion(document: Labelled, criteria: Sequence[Criterion]) -> list[str]:
    """What the product suggests."""
    return [one.criterion for one in suggest(document.text, criteria=criteria)]


def by_text_alone(document: Labelled, criteria: Sequence[Criterion]) -> list[str]:
    """What the product suggests where the document lost its title."""
    return [one.criterion for one in suggest(document.text.removeprefix(document.title), criteria=criteria)]


def by_titles(document: Labelled, criteria: Sequence[Criterion]) -> list[str]:
    """The baseline: which criteria's titles share most words with the document's title?"""
    return _shared(document.title, criteria)


def by_title_in_text(document: Labelled, criteria: Sequence[Criterion]) -> list[str]:
    """Another baseline: which criteria's titles have most of their words in the document?"""
    return _shared(document.text, criteria)


def _shared(text: str, criteria: Sequence[Criterion]) -> list[str]:
    asked = [criterion for criterion in criteria if criterion.evidence]
    many = {criterion.id: len(_plain(text) & _plain(criterion.title)) for criterion in asked}
    return sorted((name for name in many if many[name]), key=lambda name: -many[name])


def _plain(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.casefold())) - EMPTY
