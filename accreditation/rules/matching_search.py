"""The search for the best places, as quick as the round allows, and never claimed best where that is not proven.

Seats, teams and evenness come first (see `matching_program`). Ties are then broken in two steps, by lots that are drawn
from ids alone, so that nobody is favoured for a low id. For every two organisations whose staff could visit each other
a lot says which way is barred; going a barred way costs a second lot, and the lowest sum of these is taken. Of the
answers that are still equal the one with the lowest sum of lots of its places is taken, among the candidates looked at.
Where a search is cut short, after a count of branches and never after a time, it keeps to the lots as far as it came.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
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


def search(*, asked: Round, places: Sequence[Place], shortlist: int, few: int = _FEW) -> Found:
    """Which of the eligible places are best taken? `few` is how many may be searched whole, ways and all."""
    if not places:
        return Found(places=(), values=(), proven=True)
    drawn = contested(asked=asked, places=places)
    tries: list[Found] = []
    for barred, ideal in _settled(asked=asked, places=places, drawn=drawn):
        left = _open(asked=asked, places=places, barred=barred)
        tries.append(_within(asked=asked, places=left, shortlist=shortlist, ideal=ideal))
        if tries[-1].values == ideal or not drawn:
            return tries[-1]
    if len(places) <= few:
        return _taken(asked=asked, places=places, drawn=drawn)
    return replace(min(tries, key=lambda found: found.values), proven=False)


def _settled(
    *, asked: Round, places: Sequence[Place], drawn: Sequence[Way]
) -> Iterator[tuple[Sequence[Way], tuple[int, ...]]]:
    """Which ways might be barred at no loss, and what can then no answer to the round be below, goal by goal?

    First those that the lots bar, then those that are best in outline. What a finer outline speaks against is left out,
    but not the last.
    """
    ideal = Outline(asked=asked, places=places, fine=False).bounds()
    if not drawn or _attains(asked=asked, places=places, barred=drawn, ideal=ideal):
        yield drawn, ideal
    if drawn:
        barred, ideal = Outline(asked=asked, places=places, fine=False).one_way(drawn)
        if _attains(asked=asked, places=places, barred=barred, ideal=ideal):
            yield barred, ideal
        yield Outline(asked=asked, places=places, fine=True).one_way(drawn)


def _attains(*, asked: Round, places: Sequence[Place], barred: Sequence[Way], ideal: tuple[int, ...]) -> bool:
    """Could an answer be ideal where nobody goes a barred way, as far as the outlines tell?"""
    left = _open(asked=asked, places=places, barred=barred)
    return all(Outline(asked=asked, places=left, fine=fine).bounds() == ideal for fine in (False, True))


def _open(*, asked: Round, places: Sequence[Place], barred: Collection[Way]) -> list[Place]:
    """Which places are left where nobody goes a barred way?"""
    closed = set(barred)
    return [place for place in places if asked.way(place) not in closed]


def _within(*, asked: Round, places: Sequence[Place], shortlist: int, ideal: tuple[int, ...]) -> Found:
    """Which places are best taken where no two of them are reciprocal?

    Tried on each seat's shortlist, then with those whom a fine outline would take, then on longer ones until the
    answer is as good as any could be.
    """
    length, bounds = max(shortlist, 1), ideal
    likely: list[Place] | None = None  # those of the outline, once the lots alone were not enough
    while True:
        considered = sorted({*_shortlisted(places=places, length=length), *(likely or ())})
        whole = len(considered) == len(places)
        found = _taken(asked=asked, places=considered, ideal=None if whole else {ideal, bounds})
        if not whole and likely is None and found.values != ideal:
            bounds, likely = Outline(asked=asked, places=places, fine=True).likely(places)
            continue
        if not whole and found.values not in (ideal, bounds):
            known, bounds = bounds, _bounds(asked=asked, places=places)
            length *= (
                1 if bounds != known and found.values == bounds else 2
            )  # now known to be best: once more, with lots
            continue
        return replace(found, proven=found.values in (ideal, bounds) or (whole and found.proven))


def _taken(
    *,
    asked: Round,
    places: Sequence[Place],
    drawn: Sequence[Way] = (),
    ideal: Collection[tuple[int, ...]] | None = None,
) -> Found:
    """Which of just these places are best taken, where between some organisations one way must be chosen with them?

    Where the answer is not one of the ideal ones, if any are given, the lots are not asked.
    """
    program = Program()
    wanted = goals(asked=asked, places=places, program=program)
    against = one_way(asked=asked, places=places, barred=drawn, program=program)
    solved = program.solve(wanted)
    values, proven = solved.values, solved.proven
    if ideal is None or values in ideal:
        solved = program.solve([*([against] if against else []), lots(places)], start=solved.chosen)
    chosen = [place for column, place in enumerate(places) if column in solved.chosen]
    return Found(places=chosen, values=values, proven=proven)


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
