"""What is said of an answer: why somebody sits in a team, and why a seat stays empty, each in words."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from accreditation.rules.conflicts import Reviewer, Visit
from accreditation.rules.matching.answer import Assigned, Unfilled
from accreditation.rules.matching.fit import fit
from accreditation.rules.matching.obstacles import Obstacles
from accreditation.rules.matching.question import SET_ASIDE, Question, Seated
from accreditation.scheme.process import AssignmentRules

ANY_ROLE = "any role"
"""Instead of a role: a seat that may be held in any role that has room. No role of a scheme is written with a space."""

COUNTED: Mapping[str, str] = {
    "own_organisation": "employed by its organisation",
    "in_service": "with a role in this team or its organisation, now or before",
    "same_network": "employed in its network",
    "worked_there": "who worked at its organisation lately",
    "declared": "with a declared conflict of interest",
    "declared_by_service": "with whom the service declared a conflict of interest",
    "repeat": "who reviewed this team last time",
    "panel": "in a panel about it",
    "reciprocal": ("barred by reciprocity, as somebody from this team's organisation visits theirs in this round"),
    "colleague": "with a colleague in this team",
    "banned": "who said no to this visit or were left out of it",
    "sits": "already in this team",
    "region": "kept out by the rule on regions",
    "travel": "kept out by the rule on travel",
    "away": "not available on its days",
    "same_days": "at another visit on its days",
    "specialty": "without a specialty that it asks for",
    "capacity": "with no capacity left",
    "": "kept out by the rules on whole teams",
}
"""How those are counted whom something keeps from a seat; the last are kept from it by nothing of their own."""


class Words:
    """What is said of an answer: everybody who sits, of the round's visits and elsewhere, is known."""

    def __init__(self, asked: Question, seated: Collection[Seated]) -> None:
        self.asked = asked
        self.everything = sorted({*asked.already, *asked.locks, *seated})
        self.after = Obstacles(replace(asked, already=tuple(self.everything), locks=()))
        self.load = self.after.load

    @property
    def empty(self) -> int:
        """How many seats stay empty?"""
        return sum(self.after.lacking(visit.cycle).size for visit in self.asked.visits)

    def assigned(self, seat: Seated, *, kept: bool) -> Assigned:
        """Why does this reviewer sit there?"""
        person, visit = self.after.reviewers[seat.reviewer], self.after.visits[seat.cycle]
        minutes = self.asked.travel.between(person, visit)
        found = fit(reviewer=person, visit=visit, rules=self.asked.rules, minutes=minutes)
        how = f"{'keeps the seat' if kept else 'holds the role'} {plain(seat.role)}"
        fits = f", {found.words}" if self.asked.rules.fit is not None and found.words else ""
        count = f"{self.load[person.id]} of {self.after.may_visit(person)} visits this round"
        waived = {one.rule for one in self.asked.waived if (one.cycle, one.reviewer) == (visit.cycle, person.id)}
        aside = "".join(f", seated {words}" for rule, words in SET_ASIDE.items() if rule in waived)
        none = "no other" if waived & {"same_network", "repeat"} else "no"
        why = f"{how}{fits}, {none} conflict with {visit.team_name}{aside}, {count}"
        return Assigned(cycle=seat.cycle, reviewer=person.id, role=seat.role, why=why, fit=found.whole, minutes=minutes)

    def unfilled(self, together: Mapping[tuple[int, str], str]) -> Iterator[Unfilled]:
        """Which seats stay empty, and why? `together` says of a seat what blocks it and others."""
        for visit in sorted(self.asked.visits, key=lambda one: one.cycle):
            lacks = self.after.lacking(visit.cycle)
            missing = {seat.role: need for seat, need in zip(self.after.seats, lacks.need, strict=True) if need}
            surplus = lacks.size - sum(lacks.need)
            if surplus > 0:
                missing[ANY_ROLE] = surplus
            for role, number in sorted(missing.items()):
                why = self._why(visit, role, together.get((visit.cycle, role), ""))
                yield Unfilled(cycle=visit.cycle, team_name=visit.team_name, role=role, missing=number, why=why)

    def _why(self, visit: Visit, role: str, together: str) -> str:
        """Who holds the role, what keeps each of them from the seat, and what would fill it?"""
        roles = {role} if role != ANY_ROLE else self._open(visit)
        holders = [one for one in self.after.reviewers.values() if roles & one.roles]
        skilled = f", comes {with_visits(self.asked.rules)}" if self._unskilled(visit) else ""
        wanted = f"who holds {_role(role)}{skilled} and has no conflict with {visit.team_name}"
        way_out = f"to fill a place, register another reviewer {wanted}"
        if not holders:
            return f"no reviewer holds {_role(role)}; {way_out}"
        counted: Counter[str] = Counter()
        busy = []
        for one in sorted(holders, key=lambda one: one.id):
            kinds = self._kinds(one, visit)
            counted[kinds[0] if kinds else ""] += 1
            if kinds == ["capacity"]:
                busy.append(one.name)
        verb = "reviewer holds" if len(holders) == 1 else "reviewers hold"
        said = {**COUNTED, "": f"who would need somebody beside them {with_visits(self.asked.rules)}"}
        reasons = ", ".join(
            f"{counted[what]} {words}"
            for what, words in (said if skilled else COUNTED).items() if counted[what]
        )  # fmt: skip
        if busy:
            way_out += f", or raise the capacity of {listed(busy)}"
        shortage = f"{together}; " if together else ""
        return f"{len(holders)} {verb} {_role(role)}: {reasons}; {shortage}{way_out}"

    def _unskilled(self, visit: Visit) -> bool:
        """Does this team lack an experienced reviewer, whoever else comes?"""
        wanted = self.asked.rules.experienced
        if wanted is None:
            return False
        sits = [self.after.reviewers[one.reviewer] for one in self.after.team.get(visit.cycle, ())]
        return sum(one.visits_done >= wanted.after_visits for one in sits) < wanted.at_least

    def _open(self, visit: Visit) -> set[str]:
        """Which roles could one more person hold there?"""
        able = zip(self.after.seats, self.after.lacking(visit.cycle).open, strict=True)
        return {seat.role for seat, is_open in able if is_open}

    def _kinds(self, person: Reviewer, visit: Visit) -> list[str]:
        """What keeps this holder of a role from the seat? That another of their seats is taken says nothing of it."""
        found = self.after.between(reviewer=person.id, cycle=visit.cycle)
        return [one.kind for one in found if one.kind not in ("no_seat", "role")]


def listed(names: Sequence[str], *, shown: int = 3, last: str = "or") -> str:
    """How are these named without a sentence of hundreds?"""
    more = len(names) - shown
    several = [*names[:shown], *([f"{more} more" if more > 1 else "1 more"] if more > 0 else [])]
    return several[0] if len(several) == 1 else f"{', '.join(several[:-1])} {last} {several[-1]}"


def with_visits(rules: AssignmentRules) -> str:
    """How is an experienced reviewer called? Nothing, where the scheme does not ask for one."""
    if rules.experienced is None:
        return ""
    number = rules.experienced.after_visits
    return f"with {number} {'visit' if number == 1 else 'visits'} or more before"


def plain(role: str) -> str:
    """How is a role's key written in a sentence?"""
    return role.replace("_", " ")


def _role(role: str) -> str:
    return "a role that has room" if role == ANY_ROLE else f"the role {plain(role)}"
