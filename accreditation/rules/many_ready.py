"""What stays the same while many cycles are decided by one edition: criteria, classes and groups as bits."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from accreditation.rules.counting import fulfilling
from accreditation.rules.scoring import Score, Scored, Standing, leaves_out
from accreditation.rules.worth import span
from accreditation.scheme.classes import Class, Counted, Level
from accreditation.scheme.facts import AppliesWhen, FactValue, all_so
from accreditation.scheme.model import By, Profile, Scheme

_STANDS, LEFT_OUT, OPEN = range(3)
"""The first planes: which criteria stand in some way, which leave the count, which count and could be better."""

Exact = int | Fraction
"""An exact number; whole ones are kept as int because they are added much faster."""

Question = Callable[[Scored], bool]
_MOST_KNOWN = 100_000


def exact(number: Fraction) -> Exact:
    """The same number, as an int where it is whole."""
    return number.numerator if number.denominator == 1 else number


class Ready:
    """One edition in bits. The criterion at position n of the standard has the bit 1 << n.

    A plane is the answer of all criteria to one yes-or-no question, as many bits as there are criteria; the planes
    of a cycle lie one above the other in a single number.
    """

    def __init__(self, scheme: Scheme, *, by: By) -> None:
        self.scheme, self.by = scheme, by
        self.size = len(scheme.criteria)
        self.full = (1 << self.size) - 1
        self.place = {criterion.id: position for position, criterion in enumerate(scheme.criteria)}
        self.out = leaves_out(scheme)
        self._nobody = Score(scheme=scheme, profile={}, by=by, by_id={})
        spans = [span(criterion=criterion, scheme=scheme, by=by) for criterion in scheme.criteria]
        weights = [Fraction(criterion.weight) for criterion in scheme.criteria]
        self.weights = [exact(weight) for weight in weights]
        self._by_weight = _alike(weights)
        self._by_possible = _alike([(one.most or 0) * weight for one, weight in zip(spans, weights, strict=True)])
        self.questions: list[Question] = [lambda _: True, self._is_left_out, self._is_open]
        self.scores: dict[str, Any] = {}
        self._planes: dict[object, int] = {}
        self._applied: dict[frozenset[tuple[str, FactValue]], int] = {}
        self._positions: dict[int, tuple[int, ...]] = {}
        self._applies = [(wanted, self.bits(names)) for wanted, names in _by_condition(scheme)]

    def bits(self, names: Iterable[str]) -> int:
        """These criteria as bits."""
        return sum(1 << self.place[name] for name in names)

    def of_class(self, wanted: Class) -> int:
        """All criteria of the class as bits."""
        return self.bits(self.scheme.members(wanted))

    def groups(self, level: Level) -> Mapping[str, int]:
        """The groups of this kind: id -> its criteria as bits."""
        return {name: self.bits(group.criteria) for name, group in self.scheme.groups(level).items()}

    def applies(self, profile: Profile) -> int:
        """The criteria that apply to a service with this profile."""
        key = frozenset(profile.items())
        found = self._applied.get(key)
        if found is None:
            if len(self._applied) >= _MOST_KNOWN:
                self._applied.clear()
            found = 0
            for wanted, bits in self._applies:
                if all_so(wanted, profile):
                    found |= bits
            self._applied[key] = found
        return found

    def positions(self, bits: int) -> tuple[int, ...]:
        """At which positions of the standard are these bits?"""
        known = self._positions.get(bits)
        if known is None:
            if len(self._positions) >= _MOST_KNOWN:
                self._positions.clear()
            known = self._positions[bits] = tuple(_set_in(bits))
        return known

    def plane(self, how: Counted) -> int:
        """Which plane says of every criterion whether it is met, or stands or is rated as written?"""
        key = (how.counting, how.rated, how.rated_at_least)
        if key not in self._planes:
            self._planes[key] = len(self.questions)
            self.questions.append(fulfilling(how, self._nobody))
        return self._planes[key]

    def counts_left_out(self, how: Counted) -> bool:
        """Is a standing counted that otherwise leaves the count?"""
        return how.counting not in (None, "not_met") and Standing(how.counting) in self.out

    def weight(self, bits: int) -> Exact:
        """How much do these criteria weigh together?"""
        return _total(bits, self._by_weight)

    def possible(self, bits: int) -> Exact:
        """How many points can these criteria earn together, each times its weight?"""
        return _total(bits, self._by_possible)

    def _is_left_out(self, one: Scored) -> bool:
        return one.standing in self.out

    def _is_open(self, one: Scored) -> bool:
        """Does it count, and could it be better?"""
        return one.standing not in self.out and not self.alone(one).at_best(one.criterion)

    def alone(self, one: Scored) -> Score:
        """This criterion as if it were the only one."""
        return Score(scheme=self.scheme, profile={}, by=self.by, by_id={one.criterion: one})


def _by_condition(scheme: Scheme) -> list[tuple[AppliesWhen, list[str]]]:
    """What must be so of the profile -> the criteria that ask for it."""
    found: list[tuple[AppliesWhen, list[str]]] = []
    for criterion in scheme.criteria:
        known = next((names for wanted, names in found if wanted == criterion.applies_when), None)
        if known is None:
            found.append((criterion.applies_when, [criterion.id]))
        else:
            known.append(criterion.id)
    return found


def _alike(numbers: Iterable[Fraction]) -> tuple[tuple[Exact, int], ...]:
    """Each number that occurs, with the places at which it does."""
    found: dict[Exact, int] = {}
    for position, number in enumerate(numbers):
        found[exact(number)] = found.get(exact(number), 0) | 1 << position
    return tuple(found.items())


def _total(bits: int, alike: tuple[tuple[Exact, int], ...]) -> Exact:
    return sum(number * (bits & places).bit_count() for number, places in alike)


def _set_in(bits: int) -> Iterable[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
