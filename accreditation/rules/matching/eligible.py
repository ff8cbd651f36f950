"""A round as arrays: who could sit where, found for all reviewers and visits at once.

The same rules as in `obstacles`, which say of one pair why it is no place; this says of all pairs which are. Rows are
in order of ids, whatever order they came in; lots are drawn from ids alone.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from accreditation.rules.conflicts import Reviewer, Visit
from accreditation.rules.matching.arrays import Crossing, Demand, Filling, Flags, Instance, Ints, Places, Supply
from accreditation.rules.matching.barred import NONE, barred, whole
from accreditation.rules.matching.fit import Fits
from accreditation.rules.matching.lots import lots, lowest
from accreditation.rules.matching.obstacles import Obstacles, may_hold
from accreditation.rules.matching.question import Question, Seated
from accreditation.rules.matching.roles import kept_roles
from accreditation.rules.matching.same_days import groups
from accreditation.rules.matching.together import Together


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A round that can be solved, and what its rows stand for.

    `cycles`, `reviewers` and `roles` are the visits, reviewers and roles of the arrays in their order; `minutes` how
    far each place is, below 0 where it is not known; `held` the role of each place that is to stay (by its row).
    """

    instance: Instance
    cycles: tuple[int, ...]
    reviewers: tuple[int, ...]
    roles: tuple[str, ...]
    minutes: Ints
    held: Mapping[int, int]

    def seated(self, found: Filling) -> tuple[Seated, ...]:
        """Who sits where in this filling? In order of cycle, role and reviewer.

        Roles are shared out so that as many as possible of those who stay in a team go on in the role they held.
        """
        places, named = self.instance.places, []
        for visit, rows in groupby(zip(found.place.tolist(), found.role.tolist(), strict=True), self._visit_of):
            team = list(rows)
            people = [place for place, _ in team]
            masks = places.roles[people].tolist()
            roles = kept_roles(people=people, masks=masks, roles=[role for _, role in team], held=self.held)
            who = places.reviewer[people].tolist()
            named += [
                (self.cycles[visit], self.roles[one], self.reviewers[row]) for one, row in zip(roles, who, strict=True)
            ]
        return tuple(Seated(cycle=cycle, role=role, reviewer=who) for cycle, role, who in sorted(named))

    def _visit_of(self, taken: tuple[int, int]) -> int:
        return int(self.instance.places.visit[taken[0]])


def prepare(asked: Question, *, observing: bool = False, cycles: Collection[int] | None = None) -> Prepared:
    """Who could sit in which team of this round, how well do they fit, and what does each team lack?

    Seats that stand (`already`, `locks`) reduce what is lacking, use up visits, and count for every rule; `stays` are
    places that are given up only where need be, if they still are places. Where `observing`, the seats are those of
    observers; where `cycles` are given, all other visits are left out.
    """
    pool = Obstacles(asked, observing=observing)
    visits = sorted((one for one in asked.visits if cycles is None or one.cycle in cycles), key=lambda one: one.cycle)
    return _Laid(pool, visits, sorted(asked.reviewers, key=lambda one: one.id)).prepared()


class _Laid:
    """Visits and reviewers in order of their ids, and what is worked out of them."""

    def __init__(self, pool: Obstacles, visits: Sequence[Visit], reviewers: Sequence[Reviewer]) -> None:
        self.pool, self.visits, self.reviewers = pool, visits, reviewers
        self.asked, self.rules = pool.asked, pool.asked.rules
        self.at = {visit.cycle: row for row, visit in enumerate(visits)}
        self.row = {reviewer.id: row for row, reviewer in enumerate(reviewers)}
        self.together = Together(pool, visits=visits, reviewers=reviewers)
        self.fits = Fits(reviewers=reviewers, visits=visits, rules=self.rules)
        enough = None if self.rules.experienced is None else self.rules.experienced.after_visits
        skilled = [enough is not None and one.visits_done >= enough for one in reviewers]
        self.experienced: Flags = np.array(skilled, dtype=np.bool_)
        named = {visit.organisation for visit in pool.visits.values()}
        named |= {one.organisation for one in reviewers if one.organisation is not None}
        self.number = {organisation: number for number, organisation in enumerate(sorted(named))}

    def prepared(self) -> Prepared:
        """Everything put together."""
        demand, supply, masks = self._demand(), self._supply(), self._masks()
        lacks = [self.pool.lacking(visit.cycle).open for visit in self.visits]
        useful = whole([sum(1 << role for role, is_open in enumerate(one) if is_open) for one in lacks])
        able: Ints = np.flatnonzero((supply.left > 0) & (masks > 0))
        bars = barred(pool=self.pool, visits=self.visits, reviewers=self.reviewers)
        visit, reviewer = self.together.pairs(able=able, bars=bars)
        kept = (masks[reviewer] & useful[visit]) > 0
        visit, reviewer = visit[kept], reviewer[kept]
        minutes = self.together.minutes(visit=visit, reviewer=reviewer)
        places = Places(
            visit=visit, reviewer=reviewer, roles=masks[reviewer] & useful[visit],
            fit=self.fits.of(visit=visit, reviewer=reviewer, minutes=minutes),
            lot=self._lots(visit, reviewer), stays=self._stays(visit, reviewer),
        )  # fmt: skip
        return Prepared(
            instance=Instance(demand=demand, supply=supply, places=places, crossing=self._crossing()),
            cycles=tuple(self.at), reviewers=tuple(self.row), roles=tuple(seat.role for seat in self.pool.seats),
            minutes=minutes, held=self._held(visit, reviewer),
        )  # fmt: skip

    def _demand(self) -> Demand:
        """What does each visit lack, and what do those who sit there add?"""
        lacks = [self.pool.lacking(visit.cycle) for visit in self.visits]
        shape = (len(self.visits), len(self.pool.seats))
        roles = {seat.role for seat in self.pool.seats}
        sits = sorted({(self.at[one.cycle], self.row[one.reviewer]) for one in self.pool.fixed
                       if one.cycle in self.at and one.reviewer in self.row and one.role in roles})  # fmt: skip
        visit, reviewer = whole([one for one, _ in sits]), whole([one for _, one in sits])
        fit, skilled = np.zeros(shape[0], dtype=np.int64), np.zeros(shape[0], dtype=np.int64)
        np.add.at(
            fit,
            visit,
            self.fits.of(visit=visit, reviewer=reviewer, minutes=self.together.minutes(visit=visit, reviewer=reviewer)),
        )
        np.add.at(skilled, visit, self.experienced[reviewer])
        wanted = 0 if self.rules.experienced is None or self.pool.observing else self.rules.experienced.at_least
        return Demand(
            need=np.array([one.need for one in lacks], dtype=np.int64).reshape(shape),
            room=np.array([one.room for one in lacks], dtype=np.int64).reshape(shape),
            size=whole([one.size for one in lacks]),
            fit=fit,
            experienced=np.maximum(wanted - skilled, 0),
            organisation=whole([self.number[visit.organisation] for visit in self.visits]),
        )

    def _supply(self) -> Supply:
        """How many visits has each reviewer left, how many had, where employed, how experienced?"""
        load = whole([self.pool.load[one.id] for one in self.reviewers])
        most = whole([self.pool.may_visit(one) for one in self.reviewers])
        employers = [NONE if one.organisation is None else self.number[one.organisation] for one in self.reviewers]
        left = np.maximum(most - load, 0)
        return Supply(left=left, load=load, employer=whole(employers), experienced=self.experienced)

    def _masks(self) -> Ints:
        """Which seats could each reviewer hold, as a bit mask, whatever the visit?"""
        return whole(
            [
                sum(1 << role for role, seat in enumerate(self.pool.seats) if may_hold(seat, one))
                for one in self.reviewers
            ]
        )

    def _crossing(self) -> Crossing:
        """Which rules cross the roles, and what do the seats that stand mean for them?"""
        number, pool = self.number, self.pool
        beside = (
            (self.at[one.cycle], pool.reviewers[one.reviewer].organisation)
            for one in pool.fixed
            if one.cycle in self.at
        )
        return Crossing(
            one_per_employer=self.rules.colleagues == "barred",
            one_way=self.rules.reciprocal == "barred",
            experienced=self.rules.experienced is not None and not pool.observing,
            seated=frozenset((visit, number[home]) for visit, home in beside if home is not None),
            going=frozenset((number[home], number[away]) for home, away in pool.going),
            same_days=() if self.asked.at_once else groups([visit.days for visit in self.visits]),
        )

    def _stays(self, visit: Ints, reviewer: Ints) -> Flags:
        """Which of these places are theirs now, and would have to be given up?"""
        return self._among(self.asked.stays, visit, reviewer)

    def _among(self, seats: Collection[Seated], visit: Ints, reviewer: Ints) -> Flags:
        """Which of these places are in one of these teams, whatever the role?"""
        keys = [self.at[one.cycle] << 32 | self.row[one.reviewer] for one in seats
                if one.cycle in self.at and one.reviewer in self.row]  # fmt: skip
        return np.isin(visit << 32 | reviewer, whole(keys))

    def _held(self, visit: Ints, reviewer: Ints) -> dict[int, int]:
        """Which role does each of these places that are to stay, or were proposed before, have now?"""
        number = {seat.role: role for role, seat in enumerate(self.pool.seats)}
        held = {
            (self.at[one.cycle], self.row[one.reviewer]): number[one.role]
            for one in (*self.asked.before, *self.asked.stays)
            if one.cycle in self.at and one.reviewer in self.row and one.role in number
        }
        if not held:
            return {}
        rows = zip(visit.tolist(), reviewer.tolist(), strict=True)
        return {row: held[pair] for row, pair in enumerate(rows) if pair in held}

    def _lots(self, visit: Ints, reviewer: Ints) -> Ints:
        """Which lot has each pair?"""
        drawn = lots(cycles=list(self.at), people=list(self.row), visit=visit, reviewer=reviewer)
        return lowest(drawn, self._among(self.asked.before, visit, reviewer)) if self.asked.before else drawn
