"""Answers as numbers, and what several say of one criterion together.

Most of what is said of a criterion was said of it in another visit too. So what was read once is known, also of several
answers together: a thousand visits are then read in the time of the few things that are ever said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from accreditation.rules.agreement.comparing import Comparable, Scaling, comparable, verdict
from accreditation.rules.agreement.values import Values
from accreditation.rules.consensus import same_answer
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Criterion, Scheme

Said = Sequence[Answer | None]
"""What each of several people said of one criterion; None of whoever said nothing of it."""

_Both = tuple[Comparable | None, Comparable | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What was said of one criterion in one visit: the values given on each scaling, verdicts too.

    `pairs` is how many pairs of people answered, and how many of them do not say the same; None where nobody answered.
    """

    values: tuple[tuple[Scaling, Values], ...]
    pairs: tuple[int, int] | None


class Reading:
    """Answers as numbers; what was read once is known.

    Known are the objects themselves: they must outlive the reading, as those of the visits at hand do.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, str, int], _Both] = {}
        self._together: dict[tuple[object, ...], Together] = {}
        self._apart: dict[tuple[object, ...], tuple[float | None, ...]] = {}

    def on_its_scale(self, scheme: Scheme, name: str, answer: Answer) -> Comparable | None:
        """The answer on its scale; None where it is on none."""
        return self._both(scheme, name, answer)[0]

    def together(self, scheme: Scheme, name: str, said: Said) -> Together:
        """What these people said of the criterion, whoever said which."""
        key = (id(scheme), name, *map(id, said))
        known = self._together.get(key)
        if known is None:
            known = self._together[key] = self._read(scheme, name, [answer for answer in said if answer is not None])
        return known

    def apart(self, scheme: Scheme, name: str, said: Said) -> tuple[float | None, ...]:
        """For each person: their place less the mean of the others' on the same scale; None where nobody else is."""
        key = (id(scheme), name, *map(id, said))
        known = self._apart.get(key)
        if known is None:
            read = [None if answer is None else self.on_its_scale(scheme, name, answer) for answer in said]
            known = self._apart[key] = tuple(_apart(one, read) for one in read)
        return known

    def _both(self, scheme: Scheme, name: str, answer: Answer) -> _Both:
        """The answer on its scale, and its verdict; None where there is none."""
        key = (id(scheme), name, id(answer))
        known = self._known.get(key)
        if known is None:
            about: Criterion = scheme.by_id[name]
            known = self._known[key] = (
                comparable(scheme=scheme, criterion=about, answer=answer),
                verdict(scheme=scheme, criterion=about, answer=answer),
            )
        return known

    def _read(self, scheme: Scheme, name: str, said: Sequence[Answer]) -> Together:
        values: dict[Scaling, list[float]] = {}
        for answer in said:
            for one in self._both(scheme, name, answer):
                if one is not None:
                    values.setdefault(one.on, []).append(one.value)
        return Together(
            values=tuple((scaling, tuple(given)) for scaling, given in values.items()),
            pairs=_pairs([answer for answer in said if answer.state != "not_answered"]),
        )


def _pairs(answered: Sequence[Answer]) -> tuple[int, int] | None:
    pairs = list(combinations(answered, 2))
    return (len(pairs), sum(not same_answer(*pair) for pair in pairs)) if answered else None


def _apart(mine: Comparable | None, read: Sequence[Comparable | None]) -> float | None:
    if mine is None or not mine.on.places:
        return None
    places = [one.value for one in read if one is not None and one.on == mine.on]
    others = len(places) - 1
    return mine.value - (sum(places) - mine.value) / others if others else None
