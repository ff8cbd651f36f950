"""Why somebody may not sit in a visit's team: every reason, in a stated order.

Each is fit to be shown to anybody, but for `same_days`: it names another team, and is for the college office alone.

First what sets reviewer and visit apart (`rules.conflicts`), then what the round and the scheme say of this pair. Where
there is none, the pair is a place: `eligible` finds the same for all pairs at once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from accreditation.rules.conflicts import Declared, Engaged, Reviewer, Visit, conflicts_between
from accreditation.rules.matching.composition import Lacking, lacking
from accreditation.rules.matching.question import Question, Seat, Seated
from accreditation.rules.matching.same_days import overlap
from accreditation.scheme.process import AssignmentRules, Travel

ORDER = (
    "own_organisation", "in_service", "same_network", "worked_there", "declared", "declared_by_service", "repeat",
    "panel", "reciprocal", "colleague", "banned", "sits", "region", "travel", "away", "same_days", "role",
    "specialty", "no_seat", "capacity",
)  # fmt: skip
"""Every kind of obstacle, in the order in which they are said."""

_NO_WAY = "the way there is not known, and the scheme limits it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One reason why a reviewer may not sit in a cycle's team."""

    kind: str
    reason: str


class Obstacles:
    """What stands between the reviewers and the visits of a round, given whoever has a seat already or a locked one."""

    def __init__(self, asked: Question, *, observing: bool = False) -> None:
        """Look at the seats of those who rate or, where `observing`, of those who only observe."""
        self.asked, self.observing = asked, observing
        self.seats = tuple(seat for seat in asked.seats if seat.observes == observing)
        self.visits = {visit.cycle: visit for visit in (*asked.visits, *asked.elsewhere)}
        self.reviewers = {reviewer.id: reviewer for reviewer in asked.reviewers}
        self.fixed = sorted({*asked.already, *asked.locks})
        self._lacking: dict[tuple[int, ...], Lacking] = {}

    def between(self, *, reviewer: int, cycle: int) -> tuple[Obstacle, ...]:
        """Why may this reviewer not sit in this cycle's team? Every reason, in ORDER; none where they may."""
        return tuple(self._each(self.reviewers[reviewer], self.visits[cycle]))

    @cached_property
    def load(self) -> Counter[int]:
        """How many visits has each reviewer in seats that stand?"""
        return Counter(reviewer for reviewer, _ in {(one.reviewer, one.cycle) for one in self.fixed})

    @cached_property
    def held(self) -> Counter[tuple[int, str]]:
        """How many hold each role of each cycle's team, in seats that stand?"""
        return Counter((one.cycle, one.role) for one in self.fixed)

    @cached_property
    def going(self) -> set[tuple[int, int]]:
        """Whose staff visit which organisation, in seats that stand (employer, visited)?"""
        ways = ((self.reviewers[one.reviewer].organisation, self.visits[one.cycle].organisation) for one in self.fixed)
        return {(employer, visited) for employer, visited in ways if employer is not None}

    @cached_property
    def engaged(self) -> dict[int, list[tuple[int | None, Engaged]]]:
        """On which days is each reviewer at a visit that stands, and at which (None: one outside the round)?"""
        found: dict[int, list[tuple[int | None, Engaged]]] = defaultdict(list)
        if self.asked.at_once:
            return found
        for one in self.reviewers.values():
            found[one.id] += [(None, elsewhere) for elsewhere in one.engaged]
        for reviewer, cycle in sorted({(one.reviewer, one.cycle) for one in self.fixed}):
            visit = self.visits[cycle]
            if visit.days is not None:
                found[reviewer].append((cycle, Engaged(team_name=visit.team_name, days=visit.days)))
        return found

    @cached_property
    def team(self) -> dict[int, list[Seated]]:
        """Who sits in each cycle's team, in seats that stand?"""
        team: dict[int, list[Seated]] = defaultdict(list)
        for one in self.fixed:
            team[one.cycle].append(one)
        return team

    @cached_property
    def _declared(self) -> dict[int, list[Declared]]:
        declared: dict[int, list[Declared]] = defaultdict(list)
        for one in self.asked.declared:
            declared[one.reviewer].append(one)
        return declared

    @cached_property
    def _banned(self) -> dict[tuple[int, int], str]:
        return {(one.reviewer, one.cycle): one.why for one in sorted(self.asked.bans, reverse=True)}

    def may_visit(self, reviewer: Reviewer) -> int:
        """How many visits may this reviewer make in the round, by their own word and the scheme's?"""
        most = self.asked.rules.most_visits
        return max(reviewer.capacity if most is None else min(reviewer.capacity, most), 0)

    def lacking(self, cycle: int) -> Lacking:
        """What does this cycle's team lack beside those who sit in seats that stand?"""
        held = tuple(self.held[cycle, seat.role] for seat in self.seats)
        if held not in self._lacking:
            self._lacking[held] = lacking(rules=self.asked.rules, seats=self.seats, held=held)
        return self._lacking[held]

    def _each(self, reviewer: Reviewer, visit: Visit) -> Iterator[Obstacle]:
        """Every reason, in ORDER."""
        asked, pair = self.asked, (reviewer.id, visit.cycle)
        theirs = self._declared.get(reviewer.id, ())
        for one in conflicts_between(reviewer=reviewer, visit=visit, rules=asked.rules, declared=theirs, at=asked.at):
            yield Obstacle(kind=one.kind, reason=one.reason)
        yield from self._beside_others(reviewer, visit)
        if pair in self._banned:
            yield Obstacle(kind="banned", reason=self._banned[pair])
        if any(one.reviewer == reviewer.id for one in self.team.get(visit.cycle, ())):
            yield Obstacle(kind="sits", reason="sits in this team already")
        yield from self._apart(reviewer, visit)
        yield from self._role(reviewer, visit)
        if self.load[reviewer.id] >= self.may_visit(reviewer):
            yield Obstacle(kind="capacity", reason=self._busy(reviewer))

    def _beside_others(self, reviewer: Reviewer, visit: Visit) -> Iterator[Obstacle]:
        """What keeps the reviewer away because of who sits where?"""
        employer, rules = reviewer.organisation, self.asked.rules
        if employer is None:
            return
        back = (visit.organisation, employer)
        if rules.reciprocal == "barred" and visit.organisation != employer and back in self.going:
            yield Obstacle(kind="reciprocal", reason="somebody from this organisation visits theirs in this round")
        beside = {one.reviewer for one in self.team.get(visit.cycle, ())} - {reviewer.id}
        if rules.colleagues == "barred" and employer in {self.reviewers[one].organisation for one in beside}:
            yield Obstacle(kind="colleague", reason="somebody of the same employer sits in this team")

    def _apart(self, reviewer: Reviewer, visit: Visit) -> Iterator[Obstacle]:
        """What keeps the reviewer away by where and when the visit is?"""
        wrong = wrong_region(self.asked.rules, home=reviewer.region, there=visit.region)
        if wrong:
            yield Obstacle(kind="region", reason=wrong)
        limits = self.asked.rules.travel
        wrong = "" if limits is None else wrong_way(limits, self.asked.travel.between(reviewer, visit))
        if wrong:
            yield Obstacle(kind="travel", reason=wrong)
        days = visit.days
        if days is not None and any(one.first <= days.last and days.first <= one.last for one in reviewer.unavailable):
            yield Obstacle(kind="away", reason="is not available on all days of this visit")
        there = [one for cycle, one in self.engaged[reviewer.id] if cycle != visit.cycle and overlap(days, one.days)]
        if there:
            names = " and ".join(one.team_name for one in there)
            yield Obstacle(kind="same_days", reason=f"already visits {names} on a day of this visit")

    def _role(self, reviewer: Reviewer, visit: Visit) -> Iterator[Obstacle]:
        """What keeps the reviewer from every seat of the team?"""
        holds = [seat for seat in self.seats if seat.role in reviewer.roles]
        able = [seat for seat in holds if may_hold(seat, reviewer)]
        lacks = self.lacking(visit.cycle).open
        if not holds:
            observes = [one.role for one in self.asked.seats if one.observes and one.role in reviewer.roles]
            only = f"holds the role {_listed(observes)}, which only observes, and " if observes else "holds "
            none = f"{only}none of the roles {_listed([one.role for one in self.seats])}"
            yield Obstacle(kind="role", reason=none)
        elif not able:
            wanted = _listed(sorted({name for seat in holds for name in seat.specialties}))
            roles = _listed([one.role for one in holds])
            yield Obstacle(kind="specialty", reason=f"holds the role {roles}, but not the specialty {wanted}")
        elif not any(lacks[self.seats.index(seat)] for seat in able):
            yield Obstacle(kind="no_seat", reason="every seat that they could hold is taken")

    def _busy(self, reviewer: Reviewer) -> str:
        """How is it said that the reviewer has no visit left?"""
        most = self.may_visit(reviewer)
        if reviewer.capacity <= 0:
            return "offers no visit in this round"
        limit = "the most for one reviewer" if most < reviewer.capacity else "as many as they offer"
        return f"has {self.load[reviewer.id]} {'visit' if self.load[reviewer.id] == 1 else 'visits'}, {limit}"


def may_hold(seat: Seat, reviewer: Reviewer) -> bool:
    """Does the reviewer hold the role of this seat, and a specialty that it asks for?"""
    return seat.role in reviewer.roles and (
        not seat.specialties or not reviewer.specialties.isdisjoint(seat.specialties)
    )


def wrong_region(rules: AssignmentRules, *, home: str | None, there: str | None) -> str:
    """What is wrong with this home region for a visit there? Nothing, where it is empty.

    A region that is not known cannot be shown to be the right one.
    """
    if rules.region == "any":
        return ""
    if not home or not there:
        return "their region or the visit's is not known, and the scheme looks at it"
    if rules.region == "same":
        return "" if home == there else "is not from the region of this visit"
    return "is from the region of this visit" if home == there else ""


def wrong_way(limits: Travel, minutes: int | None) -> str:
    """What is wrong with a journey of so many minutes? Nothing, where it is empty; one not known cannot be right."""
    if minutes is None:
        return _NO_WAY
    if limits.at_most is not None and minutes > limits.at_most:
        return f"is {minutes} minutes away, farther than the {limits.at_most} allowed"
    if limits.at_least is not None and minutes < limits.at_least:
        return f"is {minutes} minutes away, nearer than the {limits.at_least} asked for"
    return ""


def _listed(names: Sequence[str]) -> str:
    plain = [name.replace("_", " ") for name in names]
    return plain[0] if len(plain) == 1 else f"{', '.join(plain[:-1])} or {plain[-1]}" if plain else "of the team"
