"""Who sits in which review team of a round: the best answer, checked independently, with its reasons in words.

What is wanted, in this order: as many seats filled as possible; as many teams complete as possible; an even load
(the smallest sum of squared loads). Ties are broken by lots, as `matching_search` says. So the same input in any order
of rows has the same answer, and nobody is favoured for a low id. Where the search had to be cut short, `proven` is
false and nothing is claimed.
"""

from accreditation.errors import Invalid
from accreditation.rules.matching.answer import Assigned, Figures, Match, Unfilled
from accreditation.rules.matching.question import Ban, Question, Seat, Seated
from accreditation.rules.matching_check import hold, violations
from accreditation.rules.matching_faults import faults
from accreditation.rules.matching_round import Place, Round
from accreditation.rules.matching_round import eligible as could_sit
from accreditation.rules.matching_search import search as looked_for
from accreditation.rules.matching_words import worded

__all__ = ["Assigned", "Ban", "Figures", "Match", "Question", "Seat", "Seated", "Unfilled", "match", "violations"]


def match(asked: Question, *, shortlist: int = 8) -> Match:
    """Who should sit in the review teams of these visits?

    Fills each seat to its minimum. Nobody sits twice in a team, over their capacity (visits in this round), in
    conflict, or in a reciprocal pair. Where an assignment elsewhere has since come to break a rule, it is left alone.
    `shortlist` is how many candidates a seat looks at to begin with (1 or more); it changes the time taken and which
    of equal answers is given. Raises Invalid, naming every fault, where the input contradicts itself or a kept seat
    breaks a rule; raises AssertionError where the solver's answer does not hold when checked, which is a fault of
    this program.
    """
    standing = {Place(one.cycle, one.role, one.reviewer) for one in (*asked.already, *asked.locks, *asked.stays)}
    everywhere = [*asked.visits, *asked.elsewhere]
    round_ = Round(
        visits={visit.cycle: visit for visit in sorted(asked.visits, key=lambda one: one.cycle)},
        everywhere={visit.cycle: visit for visit in everywhere},
        reviewers={reviewer.id: reviewer for reviewer in sorted(asked.reviewers, key=lambda one: one.id)},
        seats=sorted(asked.seats, key=lambda seat: seat.role),
        declared=asked.declared,
        standing=sorted(standing),
    )
    wrong = faults(asked=round_, visits=everywhere, reviewers=asked.reviewers, seats=asked.seats)
    if wrong:
        raise Invalid(wrong)
    banned = {(one.cycle, one.reviewer) for one in asked.bans}
    places = [place for place in could_sit(round_) if (place.cycle, place.reviewer) not in banned]
    found = looked_for(asked=round_, places=places, shortlist=shortlist)
    hold(asked=round_, added=found.places)
    return worded(asked=round_, places=places, found=found)
