"""How much work a scheme asks for: a score that two rules look at is worked out in both, and a group at a time.

Everything is counted by memo and with whole numbers of any size, so that even what could never be worked out is
counted at once.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from accreditation.scheme.check_scores import score_named, uses
from accreditation.scheme.classes import Class
from accreditation.scheme.document import Path
from accreditation.scheme.model import Scheme
from accreditation.scheme.problem import Problem
from accreditation.scheme.values import Part
from accreditation.scheme.walk import NODES

MOST_PARTS = 20_000
"""A score, an outcome or a limit that unfolds to more is refused: it could not be worked out in time."""

MOST_DEEP = 40
"""A chain of so many scores, each worked out from the next, is still followed."""


def problems_of_unfolding(scheme: Scheme) -> Iterator[Problem]:
    """Which score, outcome or limit is too large to be worked out? Only the first, as others grow from it."""
    order = _inner_first(scheme)
    if order is None:  # a circle, or a score that is not there: told by those who look for it
        return
    too_deep = next((name for name, deep in _depths(scheme, order).items() if deep > MOST_DEEP), None)
    if too_deep is not None:
        found = f"'{too_deep}' is worked out from a chain of more than {MOST_DEEP} scores, each from the next"
        yield Problem(path=("scores", too_deep), found=found, allowed=f"at most {MOST_DEEP} scores in a chain")
        return
    for path, words, parts in _sizes(scheme, order):
        if parts > MOST_PARTS:
            found = f"{words} unfolds to {_shown(parts)} parts, as every score it looks at is worked out each time"
            allowed = f"at most {MOST_PARTS:,} parts; refer to each score once, and group within groups less often"
            yield Problem(path=path, found=found, allowed=allowed)
            return


def _sizes(scheme: Scheme, order: tuple[str, ...]) -> Iterator[tuple[Path, str, int]]:
    sizes = unfolded(scheme, order)
    for name in order:
        yield ("scores", name), "this score", sizes[name]
    for position, outcome in enumerate(scheme.award):
        yield ("award", position), "this outcome", parts_in(outcome, scheme, sizes)
    for position, limit in enumerate(scheme.limits):
        yield ("limits", position), "this limit", parts_in(limit, scheme, sizes)


def unfolded(scheme: Scheme, order: tuple[str, ...]) -> Mapping[str, int]:
    """How many parts does each score unfold to? `order` names the scores, each after those it looks at."""
    sizes: dict[str, int] = {}
    for name in order:
        score = scheme.scores[name]
        times = 1 if score.per is None else len(scheme.groups(score.per))
        sizes[name] = times * (1 + parts_in(score, scheme, sizes))
    return sizes


def parts_in(value: Any, scheme: Scheme, sizes: Mapping[str, int]) -> int:
    """How many rules and figures are in this, with the scores it looks at unfolded, once for every group?"""
    if isinstance(value, tuple):
        return sum(parts_in(inner, scheme, sizes) for inner in value)
    if not isinstance(value, Part) or isinstance(value, Class):
        return 0
    inner = sum(parts_in(one, scheme, sizes) for _, one in value)
    if not isinstance(value, NODES):
        return inner
    each = getattr(value, "each", None)
    times = 1 if each is None else len(scheme.groups(each))
    return 1 + sizes.get(score_named(value) or "", 0) + times * inner


def _inner_first(scheme: Scheme) -> tuple[str, ...] | None:
    """The scores, each after those it looks at; None where they go round in a circle."""
    waiting = {name: {other for _, other in others} for name, others in uses(scheme).items()}
    order: dict[str, None] = {}
    while waiting:
        ready = [name for name, others in waiting.items() if all(other in order for other in others)]
        if not ready:
            return None
        for name in ready:
            order[name] = None
            del waiting[name]
    return tuple(order)


def _depths(scheme: Scheme, order: tuple[str, ...]) -> Mapping[str, int]:
    """How long is the longest chain of scores from each one down?"""
    refers, deep = uses(scheme), dict[str, int]()
    for name in order:
        deep[name] = 1 + max((deep[other] for _, other in refers[name]), default=0)
    return deep


def _shown(number: int) -> str:
    return f"{number:,}" if number < 10**15 else "more than 1,000,000,000,000,000"
