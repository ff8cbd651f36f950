"""Who sits in which review team of a round: the best answer, checked independently, with its reasons in words.

What is wanted, in this order: as many seats filled as possible; as many teams complete as possible; where seats are
held already, as few of them given up as possible; the worst-off visit's fit as high as possible (then the next: floors
under all visits are raised a few steps); the largest total fit; an even load (the smallest sum of squared loads). Ties
are broken by what was proposed before, if anything was, and then by lots that are drawn from ids alone. So the same
input in any order of rows has the same answer on any machine, and nobody is favoured for a low id. Where a search had
to be cut short, by a count and never by a clock, `proven` is false, the figures tell what no answer exceeds, and every
rule is kept all the same.

Where not every seat can be filled, the worst-off visit (and the floors) are left out of this order: a team that lacks
people is worth little whoever else sits in it, and the round is first to be unblocked.
"""

from collections import Counter

from accreditation.errors import Invalid
from accreditation.rules.matching.answer import Assigned, Figures, Match, Unfilled
from accreditation.rules.matching.block_words import blocked
from accreditation.rules.matching.check import violations
from accreditation.rules.matching.compared import Difference, difference
from accreditation.rules.matching.completing import lacks_experience
from accreditation.rules.matching.explaining import Explained, explained
from accreditation.rules.matching.found import find, find_observers
from accreditation.rules.matching.obstacles import Obstacle, Obstacles
from accreditation.rules.matching.question import SET_ASIDE, Ban, Question, Seat, Seated, Waiver
from accreditation.rules.matching.refused import faults
from accreditation.rules.matching.worded import Words, with_visits

__all__ = [
    "SET_ASIDE", "Assigned", "Ban", "Difference", "Explained", "Figures", "Match", "Obstacle", "Obstacles", "Question",
    "Seat", "Seated", "Unfilled", "Waiver", "difference", "explain", "lacks_experience", "match", "violations",
    "with_visits",
]  # fmt: skip


def match(asked: Question) -> Match:
    """Who should sit in the review teams of these visits? The best answer, in the order that is stated above.

    The exception: where not every seat can be filled, the worst-off visit does not come before the total. It is not
    looked for, `Match.proven` says nothing of it, and it has no bound (`Figures.worst_bound` is None).
    Every rule of the scheme is kept: by whoever is seated anew, and beside all who stand (`already`). An assignment
    that stands and has since come to break a rule is left alone: it is for people to take it back. Raises Invalid,
    naming every fault, where the input contradicts itself or a lock breaks a rule; raises AssertionError where the
    answer does not hold when checked, which is a fault of this program.
    """
    wrong = faults(asked)
    if wrong:
        raise Invalid(wrong)
    found = find(asked)
    new = (*found.seated, *find_observers(asked, teams={*asked.already, *asked.locks, *found.seated}))
    _hold(asked, new)
    words = Words(asked, new)
    why = blocked(asked, words.empty, without=lambda other: Words(other, find(other).seated).empty)
    visits, stood = {visit.cycle for visit in asked.visits}, {*asked.already, *asked.stays}
    seated = sorted({*asked.locks, *new, *(one for one in asked.already if one.cycle in visits)})
    told = [words.assigned(seat, kept=seat in stood) for seat in seated]
    return Match(
        assigned=tuple(one for one in told if one.seated not in stood),
        kept=tuple(one for one in told if one.seated in stood),
        unfilled=tuple(words.unfilled(why.by_seat)),
        given_up=tuple(sorted({*asked.stays} - {*seated})),
        blocks=why.groups,
        ways_out=tuple(one.short for one in why.ways),
        ways_out_named=tuple(one.named for one in why.ways),
        figures=found.figures(told, words),
        proven=found.proven,
    )


def explain(asked: Question, found: Match, *, reviewer: int, cycle: int) -> Explained:
    """Why does this reviewer sit, or not sit, in this visit's team, and what would it cost to have it otherwise?

    `found` is the answer to what is asked. The round is solved again for it.
    """
    return explained(asked=asked, found=found, reviewer=reviewer, cycle=cycle, solve=match)


def _hold(asked: Question, seated: tuple[Seated, ...]) -> None:
    """Do these seats hold beside the standing ones? Raises AssertionError, a fault of this program, where not."""
    standing = {*asked.already, *asked.locks}
    before, after = (Counter(violations(asked, seats)) for seats in (standing, {*standing, *seated}))
    unsound = sorted(after - before)
    if len({*standing, *seated}) != len(standing) + len(seated):
        unsound.append("a place is taken twice")
    banned = {(one.cycle, one.reviewer) for one in asked.bans}
    unsound += [f"{one} is banned" for one in seated if (one.cycle, one.reviewer) in banned]
    if unsound:
        raise AssertionError(f"the solver's answer breaks the rules it was given: {'; '.join(unsound)}")
