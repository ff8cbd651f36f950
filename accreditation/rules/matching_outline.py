"""The matching in outline: a small program that only counts, and no answer to the round is better than its own.

It counts how often reviewers who are alike (one employer, the same roles, as many visits had and left) visit an
organisation in a role. It knows conflicts by their number only and leaves out that nobody sits in a team twice.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from accreditation.rules.matching_program import Costs, steps
from accreditation.rules.matching_round import Place, Round, Way, lot
from accreditation.rules.matching_solver import Program


class _Kind(NamedTuple):
    """What makes reviewers alike."""

    employer: int | None
    roles: frozenset[str]
    had: int
    left: int
    open: frozenset[int]  # the organisations they may visit, where the outline is a fine one


class Outline:
    """A round in outline, where these places could be taken."""

    def __init__(self, *, asked: Round, places: Collection[Place], fine: bool) -> None:
        self.asked = asked
        self.program = Program()
        self.kinds = _kinds(asked=asked, places=places, fine=fine)
        self.eligible = Counter((place.cycle, place.role) for place in places)
        self.need = asked.missing(asked.standing)
        self.room: Counter[tuple[int, str]] = Counter()  # how many are to visit an organisation in a role, if found
        for (cycle, role), number in self.need.items():
            self.room[asked.visits[cycle].organisation, role] += min(number, self.eligible[cycle, role])
        self.columns: dict[tuple[int, str], dict[_Kind, int]] = defaultdict(dict)
        for (visited, role, kind), most in sorted(self._most(places).items(), key=lambda one: _order(*one[0])):
            (self.columns[visited, role][kind],) = self.program.columns(1, most=most, whole=False)
        self.goals = [self._filled(), self._complete(), self._even()]

    def bounds(self) -> tuple[int, ...]:
        """What can no answer be below, goal by goal, whichever way staff go?"""
        return self.program.solve(self.goals, whole=False).bounds

    def likely(self, places: Collection[Place]) -> tuple[tuple[int, ...], list[Place]]:
        """The same, and which of these places could the best answer in outline take?"""
        solved = self.program.solve(self.goals, whole=False)
        return solved.bounds, [place for place in places if self._column(place) in solved.chosen]

    def _column(self, place: Place) -> int:
        return self.columns[self.asked.visits[place.cycle].organisation, place.role][self.kinds[place.reviewer]]

    def one_way(self, barred: Sequence[Way]) -> tuple[list[Way], tuple[int, ...]]:
        """Which ways are best barred, where a lot asks for these? And what can no answer then be below?

        The one or the other way between two organisations is barred. Going a way that the lot bars has its own cost,
        and the lowest sum of these is taken that costs nothing else, unless the search was cut short.
        """
        costs: Costs = {}
        for way in barred:
            (against,) = self.program.columns(1)
            costs[against] = lot("way", *sorted(way))
            for terms, most in self._going(way):
                self.program.row({**terms, against: -most}, high=0)
            for terms, most in self._going(way.back):
                self.program.row({**terms, against: most}, high=most)
        solved = self.program.solve(self.goals)
        chosen = self.program.solve([costs]).chosen if solved.proven else solved.chosen
        return [way.back if column in chosen else way for way, column in zip(barred, costs, strict=True)], solved.bounds

    def _going(self, way: Way) -> Iterator[tuple[Costs, int]]:
        """What counts the visits that go this way, role by role, and how many could there be?"""
        for role in sorted({role for _, role in self.need}):
            columns = self.columns[way.visited, role]
            terms = {column: 1 for kind, column in columns.items() if kind.employer == way.employer}
            if terms:
                yield terms, min(self.room[way.visited, role], self.program.most(terms))

    def _most(self, places: Collection[Place]) -> Counter[tuple[int, str, _Kind]]:
        """How often could reviewers of a kind visit an organisation in a role?"""
        teams = Counter((self.asked.visits[place.cycle].organisation, place.role, place.reviewer) for place in places)
        most: Counter[tuple[int, str, _Kind]] = Counter()
        for (visited, role, number), visits in teams.items():
            most[visited, role, self.kinds[number]] += min(self.kinds[number].left, visits)
        return most

    def _filled(self) -> Costs:
        """What counts the seats filled?"""
        for key, columns in self.columns.items():
            self.program.row(dict.fromkeys(columns.values(), 1), high=self.room[key])
        return {column: -1 for columns in self.columns.values() for column in columns.values()}

    def _complete(self) -> Costs:
        """What counts the complete teams? Of an organisation's teams those with the smallest need come first."""
        hopeless = {cycle for (cycle, role), number in self.need.items() if self.eligible[cycle, role] < number}
        hopeful: dict[int, list[int]] = defaultdict(list)
        for cycle in self.asked.visits.keys() - hopeless:
            hopeful[self.asked.visits[cycle].organisation].append(cycle)
        costs: Costs = {}
        for visited, cycles in sorted(hopeful.items()):
            teams = self.program.columns(len(cycles), whole=False)
            costs |= dict.fromkeys(teams, -1)
            for role in sorted({role for _, role in self.need}):
                smallest = sorted(self.need.get((cycle, role), 0) for cycle in cycles)
                terms = dict.fromkeys(self.columns[visited, role].values(), 1)
                self.program.row({**terms, **{team: -few for team, few in zip(teams, smallest, strict=True)}}, low=0)
        return costs

    def _even(self) -> Costs:
        """What do the further visits of people of each kind cost?"""
        terms: dict[_Kind, Costs] = defaultdict(dict)
        for columns in self.columns.values():
            for kind, column in columns.items():
                terms[kind][column] = 1
        people = Counter(self.kinds.values())
        costs: Costs = {}
        for kind, own in terms.items():
            costs |= steps(program=self.program, terms=own, first=kind.had, left=kind.left, people=people[kind])
        return costs


def _kinds(*, asked: Round, places: Collection[Place], fine: bool) -> dict[int, _Kind]:
    """Which kind is each reviewer of?"""
    roles: dict[int, set[str]] = defaultdict(set)
    opened: dict[int, set[int]] = defaultdict(set)
    for place in places:
        roles[place.reviewer].add(place.role)
        if fine:
            opened[place.reviewer].add(asked.visits[place.cycle].organisation)
    had, left = Counter(place.reviewer for place in asked.standing), asked.left()
    return {
        one: _Kind(
            asked.reviewers[one].organisation, frozenset(roles[one]), had[one], left[one], frozenset(opened[one])
        )
        for one in sorted(roles)
    }


def _order(visited: int, role: str, kind: _Kind) -> tuple[object, ...]:
    """In which order do columns stand? One that does not depend on the order of rows."""
    employer = -math.inf if kind.employer is None else kind.employer
    return visited, role, employer, sorted(kind.roles), kind.had, kind.left, sorted(kind.open)
