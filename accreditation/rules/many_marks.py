"""What each answer is worth to one edition, worked out once however many cycles give it."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from accreditation.rules.many_ready import Exact, Ready, exact
from accreditation.rules.scoring import Scored, score_one
from accreditation.scheme.answer import NOT_ANSWERED, Answer

_MOST_KNOWN = 100_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Given:
    """An answer to a criterion. Cycles that say the same share one of these: it is told apart by being itself."""

    criterion: str
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one answer is worth: its position in the standard, its points once and times its weight, what was measured.

    A criterion that leaves the count earns nothing. The position behind the last is for answers that do not count.
    """

    position: int
    alone: Exact
    points: Exact
    value: Fraction | None


class Marks(dict[Given, int]):
    """Answer -> its bits in all planes, worked out when it is first asked for; 0 where it does not count here."""

    def __init__(self, ready: Ready, carries: Callable[[Given], bool]) -> None:
        super().__init__()
        self.ready = ready
        self.worth: dict[Given, Mark] = {}
        self._carries = carries
        count = len(ready.questions)
        self.everywhere = sum(1 << plane * ready.size for plane in range(count))
        scored = [self._scored(criterion.id, NOT_ANSWERED) for criterion in ready.scheme.criteria]
        self.unanswered = [self._mark(one) for one in scored]
        self._unanswered_bits = [self._bits(one) for one in scored]
        best = [ready.alone(one).with_met([one.criterion]).by_id[one.criterion] for one in scored]
        self.best = [self._mark(one) for one in best]
        self._best_bits = [self._bits(one) for one in best]

    def __missing__(self, given: Given) -> int:
        """Score this answer. Raises KeyError where it has a rating or a level that the edition does not know."""
        nothing = Mark(position=self.ready.size, alone=0, points=0, value=None)
        mark, bits = nothing, 0
        if given.criterion in self.ready.place and given.answer.state != "not_answered" and self._carries(given):
            scored = self._scored(given.criterion, given.answer)
            mark, bits = self._mark(scored), self._bits(scored)
        self.worth[given] = mark
        self[given] = bits
        return bits

    def forget(self) -> None:
        """Let go of answers that were seen, where they are very many; between two cycles, never within one."""
        if len(self) > _MOST_KNOWN:
            self.clear()
            self.worth.clear()

    def without_answer(self, bits: int) -> int:
        """The bits, in all planes, of these criteria when nobody answers them."""
        return sum(self._unanswered_bits[position] for position in self.ready.positions(bits))

    def at_best(self, bits: int) -> int:
        """The bits, in all planes, of these criteria when they are met with the most points there are."""
        return sum(self._best_bits[position] for position in self.ready.positions(bits))

    def _scored(self, name: str, answer: Answer) -> Scored:
        scheme = self.ready.scheme
        return score_one(criterion=scheme.by_id[name], answer=answer, scheme=scheme, by=self.ready.by)

    def _mark(self, scored: Scored) -> Mark:
        position = self.ready.place[scored.criterion]
        counts = scored.standing not in self.ready.out
        points = exact(scored.points) * self.ready.weights[position] if counts else 0
        return Mark(position=position, alone=exact(scored.points), points=points, value=scored.value)

    def _bits(self, scored: Scored) -> int:
        bit, size = 1 << self.ready.place[scored.criterion], self.ready.size
        return sum(bit << plane * size for plane, asks in enumerate(self.ready.questions) if asks(scored))
