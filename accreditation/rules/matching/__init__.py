"""Who sits in which review team of a round: the best answer, checked independently, with its reasons in words.

What is wanted, in this order: as many seats filled as possible; as many teams complete as possible; an even load
(the smallest sum of squared loads). Ties are broken by lots, as `matching_search` says. So the same input in any order
of rows has the same answer, and nobody is favoured for a low id. Where the search had to be cut short, `proven` is
false and nothing is claimed.
"""

from collections.abc import Collection

from accreditation.errors import Invalid
from accreditation.rules.conflicts import Declared, Reviewer, Visit
from accreditation.rules.matching_check import hold, violations
from accreditation.rules.matching_faults import faults
from accreditation.rules.matching_round import Place, Round, eligible
from accreditation.rules.matching_search import search
from accreditation.rules.matching_values import Assigned, Match, Seat, Standing, Unfilled
from accreditation.rules.matching_words import worded

__all__ = ["Assigned", "Match", "Seat", "Standing", "Unfilled", "match", "violations"]


def match(
    *,
    visits: Collection[Visit],
    reviewers: Collection[Reviewer],
    seats: Collection[Seat],
    declared: Collection[Declared],
    already: Collection[Standing] = (),
    elsewhere: Collection[Visit] = (),
    shortlist: int = 8,
) -> Match:
    """Who should sit in the review teams of these visits?

    Fills each seat to its minimum. Nobody sits twice in a team, over their capacity (visits in this round), in
    conflict, or in a reciprocal pair. `already` stands and stays: it uses capacity, keeps its seat and counts for
    reciprocity. `elsewhere` are the round's other visits, those on which `already` stands but which are not to be
    filled now. Where an assignment elsewhere has since come to break a rule, it is left alone. `shortlist` is how many
    candidates a seat looks at to begin with (1 or more); it changes the time taken and which of equal answers is given.
    Raises Invalid, naming every fault, where the input contradicts itself or a kept seat breaks a rule; raises
    AssertionError where the solver's answer does not hold when checked, which is a fault of this program.
    """
    asked = Round(
        visits={visit.cycle: visit for visit in sorted(visits, key=lambda one: one.cycle)},
        everywhere={visit.cycle: visit for visit in (*visits, *elsewhere)},
        reviewers={reviewer.id: reviewer for reviewer in sorted(reviewers, key=lambda one: one.id)},
        seats=sorted(seats, key=lambda seat: seat.role),
        declared=declared,
        standing=sorted({Place(one.cycle, one.role, one.reviewer) for one in already}),
    )
    wrong = faults(asked=asked, visits=[*visits, *elsewhere], reviewers=reviewers, seats=seats)
    if wrong:
        raise Invalid(wrong)
    places = eligible(asked)
    found = search(asked=asked, places=places, shortlist=shortlist)
    hold(asked=asked, added=found.places)
    return worded(asked=asked, places=places, found=found)
