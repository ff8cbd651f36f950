"""What blocks a round, and what would unblock it, in words: which visits, which roles, who is left for them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import NamedTuple

from accreditation.rules.conflicts import Reviewer, Visit
from accreditation.rules.matching.blocks import SAME_DAYS, Blocks, blocks, without_a_rule_on_teams
from accreditation.rules.matching.experienced import Tried
from accreditation.rules.matching.obstacles import Obstacles
from accreditation.rules.matching.question import SET_ASIDE, Question
from accreditation.rules.matching.shortage import ANY, Seats, Shortage
from accreditation.rules.matching.ways import Way
from accreditation.rules.matching.worded import ANY_ROLE, COUNTED, listed, plain, with_visits

SHOWN = 4
"""So many visits or people are named one by one."""

NOBODY = "nobody is left who could go there"

ON_TEAMS: Mapping[str, str] = {
    "colleagues": "that no two of one employer sit in a team",
    "reciprocal": "that the staff of two organisations do not visit each other",
    "experienced": "on experienced reviewers",
    SAME_DAYS: "that nobody is at two visits on the same day",
}


class WayOut(NamedTuple):
    """A way out in words: with some of many names, and with all of them."""

    short: str
    named: str


class BlockWords:
    """What is said of these blocks, of the round that was asked about."""

    def __init__(self, asked: Question, found: Blocks) -> None:
        self.found, self.pool = found, Obstacles(asked)
        visits = {one.cycle: one for one in asked.visits}
        people = {one.id: one for one in asked.reviewers}
        self.visits: Sequence[Visit] = [visits[cycle] for cycle in found.prepared.cycles]
        self.people: Sequence[Reviewer] = [people[number] for number in found.prepared.reviewers]
        self.roles = found.prepared.roles
        self.visits_before = with_visits(asked.rules)

    def by_seat(self) -> Mapping[tuple[int, str], str]:
        """Cycle and role -> what is said of the group that the seat belongs to, where more than one team is in it."""
        return {
            (self.visits[seat.visit].cycle, self._role(seat)): self.group(group)
            for group in self.found.groups
            for seat in group.seats
            if len(group.visits) > 1
        }

    def groups(self) -> Iterator[str]:
        """What is said of every group, alone or not; those that lack the same people for the same cause as one."""
        alike: dict[tuple[object, ...], list[Shortage]] = {}
        for number, one in enumerate(self.found.groups):
            nobody = not (len(one.reviewers) or len(one.once) or one.full) and len(one.seats) == 1
            key = self._alike(one.seats[0]) if nobody else (number,)
            alike.setdefault(key, []).append(one)
        for several in alike.values():
            whole = replace(
                several[0],
                seats=tuple(chain.from_iterable(one.seats for one in several)),
                short=sum(one.short for one in several),
            )
            yield self.group(whole)

    def _alike(self, seat: Seats) -> tuple[object, ...]:
        """What do visits have in common of whom one sentence tells that nobody is left for them?"""
        return self._role(seat), len(self._holders(seat)), frozenset(self._kept_out(seat))

    def _holders(self, seat: Seats) -> list[Reviewer]:
        """Who holds the role of this seat?"""
        role = self._role(seat)
        return [one for one in self.people if role == ANY_ROLE or role in one.roles]

    def _kept_out(self, seat: Seats) -> Counter[str]:
        """What keeps those who hold the role of this seat from it, whoever else sits where: of each the first?"""
        kinds = Counter[str]()
        for one in self._holders(seat):
            found = self.pool.between(reviewer=one.id, cycle=self.visits[seat.visit].cycle)
            kinds.update([it.kind for it in found if it.kind in COUNTED][:1])
        return kinds

    def _cause(self, seats: Sequence[Seats]) -> str:
        """Why can none of those who hold the role of these seats go there? Of one visit with how many of each."""
        role, holders = self._role(seats[0]), self._holders(seats[0])
        if not holders:
            return "nobody holds the role"
        kinds = sum((self._kept_out(one) for one in seats), Counter[str]())
        order = sorted(kinds, key=lambda kind: (-kinds[kind], list(COUNTED).index(kind)))
        if len({one.visit for one in seats}) == 1 and len(kinds) > 1:
            words = ", ".join(f"{kinds[kind]} {COUNTED[kind]}" for kind in order)
        else:
            words = " or ".join(COUNTED[kind] for kind in order)
        held = f"who {'holds' if len(holders) == 1 else 'hold'} {'a' if role == ANY_ROLE else 'the'} role"
        return f"nobody is left of the {len(holders)} {held}{f' ({words})' if words else ''}"

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
            return self._cause(group.seats) if len({one.role for one in group.seats}) == 1 else NOBODY
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

    def ways(self, *, empty: int) -> Iterator[WayOut]:
        """What would unblock it: the least of all, then what would do by itself, of so many seats that stay empty now.

        Each was tried by solving again with all rules kept; what fills no seat more when tried is not told.
        """
        cheapest = self.found.ways.cheapest
        told = self.found.tried(cheapest)
        if cheapest.price and told.empty < empty:
            least = told.empty == cheapest.empty and not told.experienced
            yield self._told(told, "the least that would help" if least else "would help")
        for way in self.found.ways.alone:
            if _asks(way) != _asks(cheapest) and (alone := self.found.tried(way)).empty < empty:
                yield self._told(alone, f"by itself would {'do' if alone.empty == way.empty else 'help'}")
        if told.empty > cheapest.empty:
            asked = [_asks(way) for way in self.found.ways.alone]
            for one in self.found.by_experience():
                if one.empty < empty and _asks(one.way) not in asked:
                    yield self._told(one, "would help")

    def _told(self, one: Tried, what: str) -> WayOut:
        """What does this way out ask for, and what came of it when the round was solved again?"""
        left = f"{_count(one.empty, 'seat')} {'stays' if one.empty == 1 else 'stay'} empty"
        came = "every seat is filled" if one.empty == 0 else left
        short, named = (f"{what}: {self._way(one, whole=whole)} (tried: then {came})" for whole in (False, True))
        return WayOut(short, named)

    def _way(self, tried: Tried, *, whole: bool) -> str:
        """What does this way out ask for? Everybody is named, or some of many."""
        way = tried.way
        raised, relaxed = (len(one) if whole else SHOWN for one in (way.raised, way.relaxed))
        asks = [f"{_times(one.by)} by {self.people[one.reviewer].name}" for one in way.raised[:raised]]
        if len(way.raised) > raised:
            asks.append(f"one more by {len(way.raised) - raised} others each")
        for recruited in way.recruited:
            teams = [self.visits[one.visit].team_name for one in recruited.seats]
            where = ", ".join(teams) if whole else listed(teams, last="and")
            visits = f" {self.visits_before}" if recruited.role in tried.experienced else ""
            asks.append(f"recruit {recruited.people} {plain(self.roles[recruited.role])}{visits} (for {where})")
        places = self.found.offered.barred
        for one in way.relaxed[:relaxed]:
            person = self.people[int(places.reviewer[one.barred])].name
            team = self.visits[int(places.visit[one.barred])].team_name
            rule = self.found.rules[one.rule]
            asks.append(f"let {person} visit {team} {SET_ASIDE[rule]} (lock them there with whatever: {rule})")
        if len(way.relaxed) > relaxed:
            asks.append(f"set rules aside for {len(way.relaxed) - relaxed} pairs more")
        return "; ".join(asks)

    def _role(self, seat: Seats) -> str:
        return ANY_ROLE if seat.role == ANY else self.roles[seat.role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of seats that stay empty: of each that lacks people with others, of groups, and of ways out."""

    by_seat: Mapping[tuple[int, str], str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    ways: tuple[WayOut, ...] = ()


def blocked(asked: Question, empty: int, *, without: Callable[[Question], int]) -> Said:
    """What blocks the round, of which so many seats stay empty, and what would unblock it?

    `without` says how many stay empty where the question is another one.
    """
    if not empty:
        return Said()
    found = blocks(asked)
    words = BlockWords(asked, found)
    groups, ways = list(words.groups()), list(words.ways(empty=empty))
    if empty > found.empty:
        left = {rule: without(other) for rule, other in without_a_rule_on_teams(asked)}
        helping = [rule for rule, number in left.items() if number < empty]
        rules = " or ".join(f"the rule {_on_teams(rule, asked)}" for rule in helping) or "rules on whole teams together"
        groups.append(f"{_count(empty - found.empty, 'seat')} of {empty} could be filled, were it not for {rules}")
        said = [f"{_without(rule)}: {_count(left[rule], 'seat')} would stay empty (tried)" for rule in helping]
        ways += [WayOut(one, one) for one in said]
    if not ways:
        none = "nothing that could be asked for fills one seat more: each was tried, with all other rules kept"
        ways.append(WayOut(none, none))
    return Said(by_seat=words.by_seat(), groups=tuple(groups), ways=tuple(ways))


def _without(rule: str) -> str:
    """What would be otherwise, had this rule not to be kept?"""
    return "with visits on days of their own" if rule == SAME_DAYS else f"without the rule {ON_TEAMS[rule]}"


def _on_teams(rule: str, asked: Question) -> str:
    """Which rule is it, and how many reviewers meet it where it is the one on experience?"""
    if rule != "experienced" or asked.rules.experienced is None:
        return ON_TEAMS[rule]
    rated = {one.role for one in asked.seats if not one.observes}
    people = [one for one in asked.reviewers if one.roles & rated and one.capacity > 0]
    enough = sum(one.visits_done >= asked.rules.experienced.after_visits for one in people)
    each = f"{asked.rules.experienced.at_least} in each team {with_visits(asked.rules)}"
    return f"{ON_TEAMS[rule]} ({each}; {enough} of {len(people)} who could go have made as many)"


def _wanted(role: str, number: int) -> str:
    return f"{number} in any role" if role == ANY_ROLE else f"{number} {plain(role)}"


def _asks(way: Way) -> tuple[object, ...]:
    return way.raised, way.recruited, way.relaxed


def _times(number: int) -> str:
    return "one more visit" if number == 1 else f"{number} more visits"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
