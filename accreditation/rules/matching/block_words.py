"""What blocks a round, and what would unblock it, in words: which visits, which roles, who is left for them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from accreditation.rules.conflicts import Reviewer, Visit
from accreditation.rules.matching.blocks import Blocks, blocks, without_a_rule_on_teams
from accreditation.rules.matching.question import Question
from accreditation.rules.matching.shortage import ANY, Seats, Shortage
from accreditation.rules.matching.ways import Way
from accreditation.rules.matching.worded import ANY_ROLE, listed, plain

SHOWN = 4
"""So many visits or people are named one by one."""

SET_ASIDE: Mapping[str, str] = {
    "same_network": "although both are of one network",
    "repeat": "although they reviewed this team last time",
    "region": "whatever their region",
    "travel": "whatever the way",
}

ON_TEAMS: Mapping[str, str] = {
    "colleagues": "that no two of one employer sit in a team",
    "reciprocal": "that the staff of two organisations do not visit each other",
    "experienced": "on experienced reviewers",
}


class BlockWords:
    """What is said of these blocks, of the round that was asked about."""

    def __init__(self, asked: Question, found: Blocks) -> None:
        self.found = found
        visits = {one.cycle: one for one in asked.visits}
        people = {one.id: one for one in asked.reviewers}
        self.visits: Sequence[Visit] = [visits[cycle] for cycle in found.prepared.cycles]
        self.people: Sequence[Reviewer] = [people[number] for number in found.prepared.reviewers]
        self.roles = found.prepared.roles

    def by_seat(self) -> Mapping[tuple[int, str], str]:
        """Cycle and role -> what is said of the group that the seat belongs to, where more than one team is in it."""
        return {
            (self.visits[seat.visit].cycle, self._role(seat)): self.group(group)
            for group in self.found.groups
            for seat in group.seats
            if len(group.visits) > 1
        }

    def groups(self) -> Iterator[str]:
        """What is said of every group, alone or not."""
        yield from (self.group(one) for one in self.found.groups)

    def group(self, group: Shortage) -> str:
        """Which visits need whom, who is left for them, and by how many are they short?"""
        wanted = Counter[str]()
        for seat in group.seats:
            wanted[self._role(seat)] += seat.number
        roles = " and ".join(_wanted(role, number) for role, number in sorted(wanted.items()))
        visits = group.visits
        need = f"{_count(len(visits), 'visit')}{self._where(visits)} {'needs' if len(visits) == 1 else 'need'} {roles}"
        full = "".join(
            f", and {self.visits[one.visit].team_name} has room for {one.number} more {plain(self._role(one))} only"
            for one in group.full[:SHOWN]
        )
        return f"{need}; {self._left(group)}{full}: short by {group.short}"

    def _left(self, group: Shortage) -> str:
        """Who is left for these seats?"""
        number = len(group.reviewers)
        once = len({int(self.found.prepared.instance.places.reviewer[row]) for row in group.once.tolist()})
        if not number and not once:
            return "nobody is left who could go there"
        if not number:
            return f"{_count(once, 'reviewer')} could, but each sits in a team once"
        could = f"{_count(number, 'reviewer')} could go there, with {_count(group.left, 'visit')} left"
        return f"{could}{' between them' if number > 1 else ''}{' and each sits in a team once' if once else ''}"

    def _where(self, visits: Sequence[int]) -> str:
        """Where are these visits: in one region, or which are they?"""
        regions = {self.visits[one].region for one in visits}
        region = next(iter(regions)) if len(regions) == 1 else None
        if region and len(visits) > 1:
            return f" in {region}"
        names = [self.visits[one].team_name for one in visits]
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        return f" ({', '.join(names[:SHOWN])}{more})"

    def ways(self) -> Iterator[str]:
        """What would unblock it: the least of all, then what would do by itself; each was tried by solving again."""
        cheapest = self.found.ways.cheapest
        if not cheapest.price:
            yield "nothing that could be asked for would fill more seats: every rule that bars somebody must stand"
            return
        yield f"the least that would help: {self._way(cheapest)}{self._tried(cheapest)}"
        for way in self.found.ways.alone:
            if _asks(way) != _asks(cheapest):
                yield f"by itself would do: {self._way(way)}{self._tried(way)}"

    def _tried(self, way: Way) -> str:
        """What came of it when the round was solved again?"""
        left = self.found.still_empty(way)
        if left == 0:
            return " (tried: then every seat is filled)"
        return f" (tried: then {_count(left, 'seat')} {'stays' if left == 1 else 'stay'} empty)"

    def _way(self, way: Way) -> str:
        """What does this way out ask for?"""
        asks = [f"{_times(one.by)} by {self.people[one.reviewer].name}" for one in way.raised[:SHOWN]] + (
            [f"one more by {len(way.raised) - SHOWN} others each"] if len(way.raised) > SHOWN else []
        )
        for recruited in way.recruited:
            where = listed([self.visits[one.visit].team_name for one in recruited.seats], last="and")
            asks.append(f"recruit {recruited.people} {plain(self.roles[recruited.role])} (for {where})")
        places = self.found.offered.barred
        for one in way.relaxed[:SHOWN]:
            person = self.people[int(places.reviewer[one.barred])].name
            team = self.visits[int(places.visit[one.barred])].team_name
            asks.append(f"let {person} visit {team} {SET_ASIDE[self.found.rules[one.rule]]}")
        if len(way.relaxed) > SHOWN:
            asks.append(f"set rules aside for {len(way.relaxed) - SHOWN} pairs more")
        return "; ".join(asks)

    def _role(self, seat: Seats) -> str:
        return ANY_ROLE if seat.role == ANY else self.roles[seat.role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of seats that stay empty: of each that lacks people with others, of groups, and of ways out."""

    by_seat: Mapping[tuple[int, str], str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()


def blocked(asked: Question, empty: int, *, without: Callable[[Question], int]) -> Said:
    """What blocks the round, of which so many seats stay empty, and what would unblock it?

    `without` says how many stay empty where the question is another one.
    """
    if not empty:
        return Said()
    found = blocks(asked)
    words = BlockWords(asked, found)
    groups, ways = list(words.groups()), list(words.ways()) if found.empty else []
    if empty > found.empty:
        groups.append(
            f"{_count(empty - found.empty, 'seat')} of {empty} could be filled, were it not for rules on whole teams"
        )
        for rule, other in without_a_rule_on_teams(asked):
            left = without(other)
            ways.append(f"without the rule {ON_TEAMS[rule]}: {_count(left, 'seat')} would stay empty (tried)")
    return Said(by_seat=words.by_seat(), groups=tuple(groups), ways=tuple(ways))


def _wanted(role: str, number: int) -> str:
    return f"{number} in any role" if role == ANY_ROLE else f"{number} {plain(role)}"


def _asks(way: Way) -> tuple[object, ...]:
    return way.raised, way.recruited, way.relaxed


def _times(number: int) -> str:
    return "one more visit" if number == 1 else f"{number} more visits"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
