"""What every answer carries: the rule or the figure in words, what it needed, what was found, and its parts."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """One rule or one figure at work.

    For a rule: what it needed, what was found, whether it holds, and the criteria that stand in its way. For a
    figure: what was found; `holds` is None, because a figure is no statement, and `value` is its exact number.
    """

    rule: str
    needed: str
    found: str
    holds: bool | None = None
    value: Fraction | None = None
    in_the_way: tuple[str, ...] = ()
    parts: tuple["Working", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """One score of the scheme as worked out: its exact value, as published, its level and that level's points.

    `group` is the domain, standard, type or tag it is for; empty for a score of the whole.
    """

    score: str
    title: str
    group: str
    value: Fraction | None
    shown: str
    level: str | None
    points: Fraction | None
    working: Working
