"""One edition made ready to decide many cycles: the outcome and what stands in its way, in bits and without words.

`result` explains one cycle with a tree for every rule. Where ten thousand cycles are looked at, and most of them
stay what they are, the trees would be made to be thrown away. Here every criterion has a place in a whole number:
a class is a number with the bits of its criteria set, a standing another one, and "how many of the class are met"
is one `&` and a count of bits. The answers are those of `result`: a law in the tests holds the two together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from accreditation.rules.many_marks import Given, Marks
from accreditation.rules.many_ready import Ready
from accreditation.rules.many_rules import Way, way
from accreditation.rules.many_standings import Standings
from accreditation.rules.many_support import support
from accreditation.scheme.model import By, Profile, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What the rules make of one cycle.

    `lacks` has, for every higher outcome that was tried, the criteria that keep it away (as bits); `limited` has
    the criteria that the limits rest on which took the outcome down.
    """

    outcome: str
    lacks: Mapping[str, int]
    limited: int


class Board:
    """One edition, ready to decide many cycles by the answers of teams, or of reviewers."""

    def __init__(self, scheme: Scheme, *, by: By, carries: Callable[[Given], bool] = lambda _: True) -> None:
        """`carries` says of an answer to a criterion of this edition whether it counts; else it is not answered."""
        self.scheme = scheme
        self.ready = Ready(scheme, by=by)
        rules = {one.outcome: one.when for one in scheme.award if one.when is not None}
        self._award: tuple[tuple[str, Way | None], ...] = tuple(
            (one.outcome, way(rules[one.outcome], self.ready) if one.outcome in rules else None)
            for one in scheme.award
            if not one.follows_conditions
        )
        self._limits = tuple(
            (one.at_best, way(one.when, self.ready), support(one.when, self.ready)) for one in scheme.limits
        )
        self._rank = {one.outcome: position for position, one in enumerate(scheme.award)}
        self._silent = frozenset(one.outcome for one in scheme.award if one.judgement)
        self.marks = Marks(self.ready, carries)

    def standings(self, *, profile: Profile, given: Sequence[Given]) -> Standings:
        """How do all criteria stand for a service with this profile? At most one answer to a criterion is given."""
        self.marks.forget()
        return Standings(self.marks, profile=profile, given=given)

    def decide(self, standings: Standings) -> Decided:
        """Which outcome follows? As `result` decides. Raises KeyError where an answer does not fit the edition."""
        lacks: dict[str, int] = {}
        taken = self._award[-1][0]
        for outcome, rule in self._award:
            missing = None if rule is None else rule(standings, standings.applies, {})
            if missing is None:
                taken = outcome
                break
            lacks[outcome] = missing
        limited = 0
        for at_best, holds, rests_on in () if taken in self._silent else self._limits:
            if self._rank[at_best] > self._rank[taken] and holds(standings, standings.applies, {}) is None:
                limited |= standings.open & rests_on(standings, standings.applies, {})
                taken = at_best
        return Decided(outcome=taken, lacks=lacks, limited=limited)

    def names(self, bits: int) -> tuple[str, ...]:
        """The criteria that these bits stand for, in the order of the standard."""
        return tuple(self.scheme.criteria[position].id for position in self.ready.positions(bits))
