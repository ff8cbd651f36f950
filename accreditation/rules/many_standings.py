"""How all criteria of one cycle stand, in bits."""

from collections.abc import Sequence
from copy import copy
from fractions import Fraction
from functools import cached_property

from accreditation.rules.many_marks import Given, Marks
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
        for known in ("points", "measured", "as_score"):
            other.__dict__.pop(known, None)
        other._taken = self.missing & bits
        best, rest = self._marks.at_best(other._taken), self._marks.without_answer(self.missing & ~bits)
        other._stand(self._answered + best + rest)
        return other

    def plane(self, number: int) -> int:
        """The criteria of which this question is true."""
        return self._planes >> number * self._size & self._full

    @cached_property
    def points(self) -> list[Exact]:
        """Position -> the points of the criterion there, times its weight; 0 where it leaves the count."""
        points: list[Exact] = [0] * (self._size + 1)
        for mark in map(self._marks.worth.__getitem__, self._given):
            points[mark.position] = mark.points
        for position in self._marks.ready.positions(self.missing):
            taken = self._taken >> position & 1
            points[position] = (self._marks.best if taken else self._marks.unanswered)[position].points
        return points

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
