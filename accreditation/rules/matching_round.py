"""A round as the matching sees it: in order of ids, with the places that somebody could take at all."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from accreditation.rules.conflicts import Declared, Reviewer, Visit, conflicts
from accreditation.rules.matching_values import Seat


class Place(NamedTuple):
    """A reviewer in a seat: it stands, or it could."""

    cycle: int
    role: str
    reviewer: int


class Way(NamedTuple):
    """Staff of one organisation visit another."""

    employer: int
    visited: int

    @property
    def back(self) -> "Way":
        """Which way is the return visit?"""
        return Way(self.visited, self.employer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What was asked, in order of ids, so that the order of rows cannot matter."""

    visits: Mapping[int, Visit]  # by cycle, those to be filled
    everywhere: Mapping[int, Visit]  # by cycle, those of the whole round
    reviewers: Mapping[int, Reviewer]
    seats: Sequence[Seat]
    declared: Collection[Declared]
    standing: Sequence[Place]

    def missing(self, places: Collection[Place]) -> dict[tuple[int, str], int]:
        """How many people is each seat of the visits short of, where these places are taken? Only the short."""
        held = Counter((place.cycle, place.role) for place in places)
        short = {(c, seat.role): seat.minimum - held[c, seat.role] for c in self.visits for seat in self.seats}
        return {key: number for key, number in short.items() if number > 0}

    def way(self, place: Place) -> Way | None:
        """Whose staff visit whom in this place? Nobody's, where no organisation employs the reviewer."""
        employer = self.reviewers[place.reviewer].organisation
        return None if employer is None else Way(employer, self.everywhere[place.cycle].organisation)

    def going(self, places: Iterable[Place]) -> set[Way]:
        """Whose staff visit which organisation in these places?"""
        return {way for place in places if (way := self.way(place)) is not None}

    def left(self) -> dict[int, int]:
        """How many more visits may each reviewer take on beside the standing ones?"""
        load = Counter(place.reviewer for place in self.standing)
        return {number: max(one.capacity - load[number], 0) for number, one in self.reviewers.items()}


def eligible(asked: Round) -> list[Place]:
    """Which places could be taken at all, one by one: a free seat, a role, no conflict, capacity left?"""
    left = asked.left()
    free = [one for one in asked.reviewers.values() if left[one.id]]
    barred = {(place.reviewer, place.cycle) for place in asked.standing}
    found = conflicts(reviewers=free, visits=asked.visits.values(), declared=asked.declared)
    barred |= {(one.reviewer, one.cycle) for one in found}
    going = asked.going(asked.standing)
    holders = {seat.role: [one for one in free if seat.role in one.roles] for seat in asked.seats}
    return [
        Place(cycle, role, one.id)
        for cycle, role in sorted(asked.missing(asked.standing))
        for one in holders[role]
        if (one.id, cycle) not in barred
        and (one.organisation is None or Way(asked.visits[cycle].organisation, one.organisation) not in going)
    ]


def contested(*, asked: Round, places: Iterable[Place]) -> list[Way]:
    """Between which organisations could staff go either way, so that one way must be chosen?

    Of the two ways each time the one that the lot bars, the lot being drawn from the two ids alone.
    """
    ways = asked.going(places)
    both = sorted(way for way in ways if way.employer < way.visited and way.back in ways)
    return [way if lot(*way) % 2 else way.back for way in both]  # each way goes from the lower id to the higher


def lot(*ids: object) -> int:
    """Which lot from 0 to 65,535 is drawn? It depends on these ids alone."""
    drawn = hashlib.sha256("/".join(str(one) for one in ids).encode()).digest()
    return int.from_bytes(drawn[:2])
