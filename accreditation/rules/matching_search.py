"""The search for the best places, as quick as the round allows, and never claimed best where that is not proven.

Seats, teams and evenness come first (see `matching_program`). Ties are then broken in two steps, by lots that are drawn
from ids alone, so that nobody is favoured for a low id. For every two organisations whose staff could visit each other
a lot says which way is barred; going a barred way costs a second lot, and the lowest sum of these is taken. Of the
answers that are still equal the one with the lowest sum of lots of its places is taken, among the candidates looked at.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from accreditation.rules.matching_outline import Outline
from accreditation.rules.matching_program import goals, lots, one_way
from accreditation.rules.matching_round import Place, Round, Way, contested, lot
from accreditation.rules.matching_solver import Program

_FEW = 1_500  # so many places are searched whole where the outline does not settle the round


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Places to take, what the three goals come to with them, and whether nothing is better."""

    places: Sequence[Place]
    values: tuple[int, ...]
    proven: bool


def search(*, asked: Round, places: Sequence[Place], shortlist: int) -> Found:
    """Which of the eligible places are best taken?"""
    barred = contested(asked=asked, places=places)
    ideal = Outline(asked=asked, places=places).bounds()
    tries: list[Found] = []
    drawn = _open(asked=asked, places=places, barred=barred)
    if not barred or Outline(asked=asked, places=drawn).bounds() == ideal:
        tries.append(_within(asked=asked, places=drawn, length=shortlist, ideal=ideal))
        if not barred or tries[-1].values == ideal:
            return tries[-1]
    settled, bounds = Outline(asked=asked, places=places).one_way(barred)
    left = _open(asked=asked, places=places, barred=settled)
    tries.append(_within(asked=asked, places=left, length=shortlist, ideal=bounds))
    if tries[-1].values == bounds:
        return tries[-1]
    if len(places) <= _FEW:
        return _together(asked=asked, places=places, barred=barred)
    return replace(min(tries, key=lambda found: found.values), proven=False)


def _open(*, asked: Round, places: Sequence[Place], barred: Collection[Way]) -> list[Place]:
    """Which places are left where nobody goes a barred way?"""
    closed = set(barred)
    return [place for place in places if asked.way(place) not in closed]


def _within(*, asked: Round, places: Sequence[Place], length: int, ideal: tuple[int, ...]) -> Found:
    """Which places are best taken where no two of them are reciprocal?

    Tried on each seat's shortlist, then on longer ones until the answer is as good as any could be.
    """
    while True:
        length = max(length, 1)
        considered = _shortlisted(places=places, length=length)
        program = Program()
        wanted = goals(asked=asked, places=considered, program=program)
        solved = program.solve([*wanted, lots(considered)])
        values, bounds = solved.values[: len(wanted)], solved.bounds[: len(wanted)]
        whole = len(considered) == len(places)
        if whole or values in (ideal, _bounds(asked=asked, places=places)):
            chosen = [place for column, place in enumerate(considered) if column in solved.chosen]
            return Found(places=chosen, values=values, proven=values == ideal or not whole or values == bounds)
        length *= 2


def _bounds(*, asked: Round, places: Sequence[Place]) -> tuple[int, ...]:
    """What can no choice of these places be below, goal by goal?"""
    program = Program()
    return program.solve(goals(asked=asked, places=places, program=program), whole=False).bounds


def _shortlisted(*, places: Sequence[Place], length: int) -> list[Place]:
    """Which candidates does each seat look at: those with the lowest lots?"""
    drawn: dict[tuple[int, str], list[Place]] = defaultdict(list)
    for place in sorted(places, key=lambda place: (lot(*place), place)):
        drawn[place.cycle, place.role].append(place)
    return sorted(place for candidates in drawn.values() for place in candidates[:length])


def _together(*, asked: Round, places: Sequence[Place], barred: Sequence[Way]) -> Found:
    """Which places are best taken, the ways chosen with them?"""
    program = Program()
    wanted = goals(asked=asked, places=places, program=program)
    against = one_way(asked=asked, places=places, barred=barred, program=program)
    solved = program.solve([*wanted, against, lots(places)])
    values, bounds = solved.values[: len(wanted)], solved.bounds[: len(wanted)]
    chosen = [place for column, place in enumerate(places) if column in solved.chosen]
    return Found(places=chosen, values=values, proven=values == bounds)
