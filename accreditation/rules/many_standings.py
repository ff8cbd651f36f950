"""How all criteria of one cycle stand, in bits."""

from collections.abc import Iterator, Sequence
from copy import copy
from fractions import Fraction
from functools import cached_property

from accreditation.rules.many_marks import Given, Mark, Marks
from accreditation.rules.many_ready import LEFT_OUT, OPEN, Exact
from accreditation.rules.scoring import Score
from accreditation.scheme.model import Profile

Graded = tuple[Fraction | None, str | None, Fraction | None]
"""A score as worked out: its value, its level, the points of that level."""


class Standings:
    """One cycle before one edition."""

    def __init__(self, marks: Marks, *, profile: Profile, given: Sequence[Given]) -> None:
        self._marks, self._given, self._taken = marks, given, 0
        self.profile = profile
        self._size, self._full = marks.ready.size, marks.ready.full
        self.applies = marks.ready.applies(profile)
        self._answered = sum(map(marks.__getitem__, given)) & self.applies * marks.everywhere
        self.missing = self.applies & ~(self._answered & self._full)
        self._stand(self._answered + marks.without_answer(self.missing))

    def _stand(self, planes: int) -> None:
        self._planes = planes
        self.out = self.plane(LEFT_OUT)
        self.open = self.plane(OPEN)
        self.worked: dict[tuple[str, str], Graded] = {}

    def taking(self, bits: int) -> "Standings":
        """How would all stand if those of these criteria that are not answered were met, at best?"""
        other = copy(self)
        for known in ("marks", "points", "measured", "as_score"):
            other.__dict__.pop(known, None)
        other._taken = self.missing & bits
        best, rest = self._marks.at_best(other._taken), self._marks.without_answer(self.missing & ~bits)
        other._stand(self._answered + best + rest)
        return other

    def plane(self, number: int) -> int:
        """The criteria of which this question is true."""
        return self._planes >> number * self._size & self._full

    @cached_property
    def marks(self) -> list[Mark | None]:
        """Position -> what the answer there is worth, or what none is worth; None where nothing applies."""
        marks: list[Mark | None] = [None] * (self._size + 1)
        for mark in map(self._marks.worth.__getitem__, self._given):
            marks[mark.position] = mark
        for position in self._marks.ready.positions(self.missing):
            taken = self._taken >> position & 1
            marks[position] = (self._marks.best if taken else self._marks.unanswered)[position]
        return marks

    @cached_property
    def points(self) -> list[Exact]:
        """Position -> the points of the criterion there, times its weight; 0 where it leaves the count."""
        return [0 if mark is None else mark.points for mark in self.marks]

    def each(self, bits: int) -> Iterator[Fraction]:
        """The points of each of these criteria, unweighted."""
        found = (self.marks[position] for position in self._marks.ready.positions(bits))
        return (Fraction(mark.alone) for mark in found if mark is not None)

    def earned(self, bits: int) -> Exact:
        """The points of these criteria together, each times its weight."""
        return sum(map(self.points.__getitem__, self._marks.ready.positions(bits)))

    @cached_property
    def measured(self) -> dict[int, Fraction | None]:
        """Position -> what was measured there."""
        return {mark.position: mark.value for mark in map(self._marks.worth.__getitem__, self._given)}

    @cached_property
    def as_score(self) -> Score:
        """The profile in the shape that limits are looked up by; no criterion stands in it."""
        ready = self._marks.ready
        return Score(scheme=ready.scheme, profile=self.profile, by=ready.by, by_id={})
