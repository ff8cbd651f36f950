"""Where observers could sit, once the teams are found: only beside somebody experienced, and no team waits for them.

It is a round of its own, small and solved like any other: the seats are those of observers, none is needed and all are
room; everybody who sits in the teams stands.
"""

from collections.abc import Collection
from dataclasses import replace

from accreditation.rules.matching.eligible import Prepared, prepare
from accreditation.rules.matching.question import Question, Seated


def prepare_observers(asked: Question, *, teams: Collection[Seated]) -> Prepared:
    """Which observers could join which of these teams? `teams` are all who sit there, kept and new."""
    standing = tuple(sorted({*asked.already, *teams}))
    beside = beside_experienced(asked, teams=standing)
    return prepare(replace(asked, already=standing, locks=()), observing=True, cycles=beside)


def beside_experienced(asked: Question, *, teams: Collection[Seated]) -> frozenset[int]:
    """In which cycles' teams does somebody experienced sit, who does not only observe?

    Nowhere, where the scheme does not say who is experienced.
    """
    if asked.rules.experienced is None:
        return frozenset()
    rating = {seat.role for seat in asked.seats if not seat.observes}
    enough = asked.rules.experienced.after_visits
    skilled = {one.id for one in asked.reviewers if one.visits_done >= enough}
    return frozenset(one.cycle for one in teams if one.role in rating and one.reviewer in skilled)
