"""What is said of a matching: why somebody sits in a team, and why a seat stays empty."""

from collections import Counter
from collections.abc import Sequence

from accreditation.rules.conflicts import Reviewer, Visit
from accreditation.rules.matching.answer import Assigned, Match, Unfilled
from accreditation.rules.matching_round import Place, Round, Way
from accreditation.rules.matching_search import Found
from accreditation.rules.matching_shortage import shortages

_BUSY = "with no capacity left"
_LEFT_OUT = "who said no to this visit or were left out of it"
_OBSTACLES = (
    "employed by its organisation",
    "with a declared conflict of interest",
    "already in this team",
    "barred by reciprocity, as somebody from this team's organisation visits theirs in this round",
    _BUSY,
    _LEFT_OUT,
)


def worded(*, asked: Round, places: Sequence[Place], found: Found) -> Match:
    """How is the answer said, each place and each gap with its reason?"""
    chosen = found.places
    everything = [*asked.standing, *chosen]
    load = Counter(place.reviewer for place in everything)

    def said(place: Place, how: str) -> Assigned:
        person, team = asked.reviewers[place.reviewer], asked.visits[place.cycle].team_name
        count = f"{load[person.id]} of {person.capacity} visits this round"
        why = f"{how} {_plain(place.role)}, no conflict with {team}, {count}"
        return Assigned(cycle=place.cycle, reviewer=person.id, role=place.role, why=why)

    return Match(
        assigned=tuple(said(place, "holds the role") for place in sorted(chosen)),
        kept=tuple(said(place, "keeps the seat") for place in asked.standing if place.cycle in asked.visits),
        unfilled=_unfilled(asked=asked, places=places, chosen=chosen),
        proven=found.proven,
    )


def _unfilled(*, asked: Round, places: Sequence[Place], chosen: Sequence[Place]) -> tuple[Unfilled, ...]:
    """Which seats stay empty, and why?"""
    everything = [*asked.standing, *chosen]
    blocked = _Blocked(asked=asked, everything=everything)
    together = shortages(asked=asked, places=places, chosen=chosen)
    return tuple(
        Unfilled(
            cycle=cycle,
            team_name=asked.visits[cycle].team_name,
            role=role,
            missing=missing,
            why=blocked.why(cycle=cycle, role=role, together=together.get((cycle, role), "")),
        )
        for (cycle, role), missing in sorted(asked.missing(everything).items())
    )


class _Blocked:
    """Why a seat stays empty, given every assignment of the round."""

    def __init__(self, *, asked: Round, everything: Sequence[Place]) -> None:
        self.asked = asked
        self.load = Counter(place.reviewer for place in everything)
        self.sitting = {(place.reviewer, place.cycle) for place in everything}
        self.going = asked.going(everything)
        self.declared = {(one.reviewer, one.organisation) for one in asked.declared}

    def why(self, *, cycle: int, role: str, together: str) -> str:
        """Who holds the role, what keeps each of them from the seat, and what would fill it?"""
        visit = self.asked.visits[cycle]
        holders = [one for one in self.asked.reviewers.values() if role in one.roles]
        counted = Counter(self.obstacle(person=one, visit=visit) for one in holders)
        wanted = f"who holds the role {_plain(role)} and has no conflict with {visit.team_name}"
        way_out = f"to fill a place, register another reviewer {wanted}"
        if not holders:
            return f"no reviewer holds the role {_plain(role)}; {way_out}"
        verb = "reviewer holds" if len(holders) == 1 else "reviewers hold"
        reasons = ", ".join(f"{counted[what]} {what}" for what in _OBSTACLES if counted[what])
        busy = [one.name for one in holders if self.obstacle(person=one, visit=visit) == _BUSY]
        if busy:
            way_out += f", or raise the capacity of {_listed(busy)}"
        shortage = f"{together}; " if together else ""
        return f"{len(holders)} {verb} the role {_plain(role)}: {reasons}; {shortage}{way_out}"

    def obstacle(self, *, person: Reviewer, visit: Visit) -> str:
        """What keeps this holder of the role from the seat? The first in the order of _OBSTACLES."""
        stands = (
            person.organisation == visit.organisation,
            (person.id, visit.organisation) in self.declared,
            (person.id, visit.cycle) in self.sitting,
            person.organisation is not None and Way(visit.organisation, person.organisation) in self.going,
            self.load[person.id] >= person.capacity,
        )
        return next((what for what, is_so in zip(_OBSTACLES, stands, strict=False) if is_so), _LEFT_OUT)


def _plain(role: str) -> str:
    """How is a role's key written in a sentence?"""
    return role.replace("_", " ")


def _listed(names: Sequence[str], shown: int = 3) -> str:
    """How are these named as alternatives without a sentence of hundreds?"""
    more = len(names) - shown
    several = [*names[:shown], *([f"{more} more" if more > 1 else "1 more"] if more > 0 else [])]
    return several[0] if len(several) == 1 else f"{', '.join(several[:-1])} or {several[-1]}"
