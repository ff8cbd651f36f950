"""Every rule and every figure of a scheme, each with the path at which its author wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from accreditation.scheme.classes import Class, Level
from accreditation.scheme.document import Path
from accreditation.scheme.figure import FIGURES
from accreditation.scheme.model import Scheme
from accreditation.scheme.rule import RULES
from accreditation.scheme.values import Part

NODES: tuple[type[Part], ...] = (*RULES.values(), *FIGURES.values())
"""All kinds of nodes that rules and figures are made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One node, where it is written, and the groups that are being looked at there (domain, standard, ...)."""

    path: Path
    node: Any
    groups: frozenset[Level]


def nodes(scheme: Scheme) -> Iterator[Found]:
    """Every rule and figure of the scores, the award and the limits, outer nodes before those within them."""
    for name, score in scheme.scores.items():
        groups: frozenset[Level] = frozenset() if score.per is None else frozenset({score.per})
        yield from _within(score, ("scores", name), groups)
    for position, outcome in enumerate(scheme.award):
        yield from _within(outcome, ("award", position), frozenset())
    for position, limit in enumerate(scheme.limits):
        yield from _within(limit, ("limits", position), frozenset())


def nodes_in(part: Any, path: Path) -> Iterator[Found]:
    """Every rule and figure within this part, the part itself among them."""
    yield from _within(part, path, frozenset())


def _within(value: Any, path: Path, groups: frozenset[Level]) -> Iterator[Found]:
    if isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from _within(inner, (*path, position), groups)
    elif isinstance(value, Part) and not isinstance(value, Class):
        if isinstance(value, NODES):
            yield Found(path=path, node=value, groups=groups)
            groups = groups | {value.each} if hasattr(value, "each") else groups
        for field, about in type(value).model_fields.items():
            yield from _within(getattr(value, field), (*path, about.alias or field), groups)
