"""The best review teams of a round: the worst-off visit first, and with the rules that cross the roles.

Goals come one after the other and none gives up what came before: as many seats filled as possible; of these answers
the most teams complete; as few kept places given up as possible; the worst-off visit's fit as high as possible, then
floors under all visits raised a few steps (`fair`); the largest total fit; the most even load; the lowest lots. Where
not every seat can be filled there are no floors: a team that lacks people is worth little whoever else sits in it, and
the round is first to be unblocked. In a large round which teams are complete is then chosen first, and held: what is
said of the total holds among answers that complete the same teams (`Solved.free`), and nothing is called proven.

Without rules that cross the roles and without fairness this is an exact flow (`flow`, `teams`). Else it is a program of
whole numbers: the best answer in fractions gives a bound for any answer, found by telling the solver only what matters
(`relaxed`), and the best whole answer is looked for near it (`core`). Where a search was cut short, by counts and never
by a clock, the answer keeps every rule all the same and its bounds hold.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from accreditation.rules.matching.arrays import Filling, Instance
from accreditation.rules.matching.arrays_check import breaches
from accreditation.rules.matching.core import Effort
from accreditation.rules.matching.floors import alone, unasked
from accreditation.rules.matching.goals import Count, counted
from accreditation.rules.matching.network import Network
from accreditation.rules.matching.ordered import Ordered
from accreditation.rules.matching.same_days import crosses
from accreditation.rules.matching.search import Search, Searched
from accreditation.rules.matching.settle import Equals, Settled, fits
from accreditation.rules.matching.stated import barred
from accreditation.rules.matching.teams import filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """Who sits where, how good that is, and what no answer can exceed; fits in millionths.

    `total` is the sum of all visits' fits, with those who sit there already; `total_bound` what no answer exceeds that
    is as good in all that comes before. `worst` is the lowest fit of a visit, `worst_bound` the same for that where
    `fair`, and else no bound of anything.
    `level`: every visit has this fit, or the best it could have alone. `count` and `count_bound` are the seats
    filled, the teams complete and the places kept. `even` and `lots`: are they proven, too? `fair`: did the worst-off
    visit come before the total? `free`: bounds hold whichever teams are complete; in a large round where not all can
    be, they hold among answers that complete the same teams.
    """

    filling: Filling
    count: Count
    count_bound: Count
    worst: int
    worst_bound: int
    level: int
    total: int
    total_bound: int
    even: bool
    lots: bool
    fair: bool
    free: bool = True

    @property
    def gap(self) -> Fraction:
        """By what part of the bound is the total below it?"""
        return Fraction(self.total_bound - self.total, max(self.total_bound, 1))

    @property
    def filled(self) -> bool:
        """Is it proven that no answer fills more seats, or completes more teams, or keeps more places?"""
        return self.count == self.count_bound

    @property
    def fairest(self) -> bool:
        """Is it proven that no answer is better for the worst-off visit?"""
        return self.filled and self.fair and self.worst == self.worst_bound

    @property
    def proven(self) -> bool:
        """Is it proven that no answer is better, in all that was asked? Of the worst-off visit only where `fair`."""
        fairest = self.worst >= self.worst_bound or not self.fair
        return self.filled and fairest and self.total >= self.total_bound and self.lots and self.free


def solve(asked: Instance, *, fair: bool = True, effort: Effort | None = None) -> Solved:
    """What are the best review teams? `fair`: the worst-off visit comes before the total.

    The same for the same rows in whatever order. Raises AssertionError where what was found does not keep every rule
    when checked, which is a fault of this program.
    """
    round_ = Ordered(asked)
    found = _solved(round_.asked, fair=fair, effort=effort or Effort())
    found = replace(found, filling=round_.back(found.filling))
    if wrong := breaches(asked=asked, found=found.filling):
        raise AssertionError("the teams found break rules: " + "; ".join(wrong))
    return found


def _solved(asked: Instance, *, fair: bool, effort: Effort) -> Solved:
    """The same with rows in an order of their own."""
    free = filled(Network(asked), closed=barred(asked))
    could, network = counted(asked, free.optimum.filling), not crosses(asked)
    short = could.seats < int(asked.demand.size.sum())  # then there are no floors, and the network is all there is
    if not asked.demand.visits or (network and free.proven and (short or not fair)):
        return _free(asked, free.optimum.filling)
    best = alone(asked, effort=effort) if fair else unasked(asked)
    known = could if network and free.proven else None
    found = Search(asked, alone=best, free=free.optimum.filling, network=network, known=known, effort=effort).best()
    return _settled(asked, found, fair=fair, effort=effort)


def _free(asked: Instance, found: Filling) -> Solved:
    """The answer that the network alone has, proven the best in all goals but fairness, which was not asked for."""
    told, count = fits(asked, found), counted(asked, found)
    total, worst = int(told.sum()), int(told.min()) if len(told) else 0
    return Solved(
        filling=found, count=count, count_bound=count, worst=worst, worst_bound=worst, level=worst,
        total=total, total_bound=total, even=True, lots=True, fair=False,
    )  # fmt: skip


def _settled(asked: Instance, found: Searched, *, fair: bool, effort: Effort) -> Solved:
    """The answer with an even load and the lowest lots, as far as its total is proven; and its figures."""
    answer = found.answer
    total = int(fits(asked, answer.filling).sum())
    equals = Equals(
        asked=asked,
        found=answer.filling,
        floors=answer.floors,
        program=answer.program,
        worth=answer.worth,
        open_=answer.open_,
        always=answer.always,
    )
    settled = Settled(filling=answer.filling, even=False, lots=False)
    if answer.proven and total >= answer.total_bound:
        settled = equals.settled(gap=answer.gap, effort=effort)
    worst = int(fits(asked, settled.filling).min())
    return Solved(
        filling=settled.filling,
        count=counted(asked, settled.filling),
        count_bound=found.bound,
        worst=worst,
        worst_bound=max(found.worst_bound, worst) if fair else worst,
        level=answer.level if fair and found.floors else worst,
        total=total,
        total_bound=max(answer.total_bound, total),
        even=settled.even,
        lots=settled.lots,
        fair=fair and found.floors,
        free=found.free,
    )
