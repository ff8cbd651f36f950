"""The smallest set of criteria a team must improve to reach an outcome.

Every need says: at least so many of these unmet criteria must become met. A set that fills all needs of one
way is what is looked for, with as few criteria as possible. `sharing` finds how many criteria to take from
each group of interchangeable ones, exactly and in few steps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accreditation.rules.sharing import Cell, fewest
from accreditation.scheme.award import Class
from accreditation.scheme.values import Part


class Choice(Part):
    """`needed` of the criteria in `of` must be improved; all of them where the numbers are equal."""

    needed: int
    of: tuple[str, ...]


class Improvement(Part):
    """The smallest improvement to an outcome: its size, and the choices that make it up.

    `several` says that other sets of the same size would do as well.
    """

    outcome: str
    title: str
    size: int
    choices: tuple[Choice, ...]
    several: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """At least `lacking` of the criteria `among`, those of the class that are not met, must become met."""

    wanted: Class
    lacking: int
    among: tuple[str, ...]


def smallest(*, outcome: str, title: str, alternatives: Sequence[Sequence[Need]]) -> Improvement | None:
    """What is the smallest set of improvements that fills all needs of one of these alternatives?

    None where there is no alternative: then no improvement leads there. Of several smallest sets the one of
    the alternative that stands first is given.
    """
    if not alternatives:
        return None
    solved = [(_solution(needs), needs) for needs in alternatives]
    size = min(_size(choices) for choices, _ in solved)
    best = [(choices, needs) for choices, needs in solved if _size(choices) == size]
    sets = {frozenset(name for choice in choices for name in choice.of) for choices, _ in best}
    several = len(sets) > 1 or any(_has_another(choices, needs) for choices, needs in best)
    return Improvement(outcome=outcome, title=title, size=size, choices=best[0][0], several=several)


def _size(choices: Sequence[Choice]) -> int:
    return sum(choice.needed for choice in choices)


def _solution(needs: Sequence[Need]) -> tuple[Choice, ...]:
    groups = _groups(needs)
    taken = fewest(cells={cell: len(names) for cell, names in groups.items()}, needs=_lacking(needs))
    if taken is None:  # pragma: no cover
        raise AssertionError("a need never lacks more than the criteria it is among")
    return tuple(Choice(needed=taken[cell], of=names) for cell, names in groups.items() if taken[cell])


def _has_another(choices: Sequence[Choice], needs: Sequence[Need]) -> bool:
    """Is there another set of the same size? Then it takes fewer than this one from some group."""
    if any(choice.needed < len(choice.of) for choice in choices):
        return True
    groups = _groups(needs)
    full = {cell: len(names) for cell, names in groups.items()}
    for cell, names in groups.items():
        if any(choice.of == names for choice in choices):
            other = fewest(cells={**full, cell: full[cell] - 1}, needs=_lacking(needs))
            if other is not None and sum(other.values()) == _size(choices):
                return True
    return False


def _lacking(needs: Sequence[Need]) -> Mapping[Cell, int]:
    return {(need.wanted.type, need.wanted.domain): need.lacking for need in needs}


def _groups(needs: Sequence[Need]) -> dict[Cell, tuple[str, ...]]:
    """Criteria by the needs they fill, as the type and the domain that those needs name, in the order of the needs."""
    types: dict[str, str] = {}
    domains: dict[str, str] = {}
    for need in needs:
        for name in need.among:
            if need.wanted.type is not None:
                types[name] = need.wanted.type
            if need.wanted.domain is not None:
                domains[name] = need.wanted.domain
    groups: dict[Cell, list[str]] = {}
    for name in dict.fromkeys(name for need in needs for name in need.among):
        groups.setdefault((types.get(name), domains.get(name)), []).append(name)
    return {cell: tuple(names) for cell, names in groups.items()}
