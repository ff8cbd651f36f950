"""Who may not review whom: the reviewer's own organisation, declared interests, and reciprocity within a round."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Preferred = Literal["prefers", "willing", "rather_not"]
"""How gladly a reviewer would visit an organisation; whoever says nothing is willing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """From the first day to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Employment:
    """Somebody worked at an organisation until this day; None where the last day is not known or still to come."""

    organisation: int
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """How gladly a reviewer would visit this organisation."""

    organisation: int
    how: Preferred


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place on the earth: latitude and longitude in degrees, north and east positive."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """Somebody who may sit in review teams: for which roles, employed by whom, for how many visits a round.

    `name` is a public designation such as "Reviewer 12 (nurse)". `organisation` is None for somebody whom no
    organisation in the field employs, as is usual for lay reviewers. `visits_done` counts earlier rounds. `network` is
    the employer's, `region` and `place` are where the reviewer sets out from: `place` names it as the table of travel
    times does, `point` is where it lies. What is not known is None or empty.
    """

    id: int
    name: str
    roles: frozenset[str]
    organisation: int | None
    capacity: int
    specialties: frozenset[str] = frozenset()
    visits_done: int = 0
    worked_at: tuple[Employment, ...] = ()
    unavailable: tuple[Days, ...] = ()
    preferences: tuple[Preference, ...] = ()
    network: str | None = None
    region: str | None = None
    place: str | None = None
    point: Point | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One cycle whose team is to be reviewed in this round, and the organisation it belongs to.

    `specialties` are those whose holders fit this visit best. `last_reviewers` reviewed the same team in its last
    cycle; `panel` are the reviewers who sit in an appeal or a quality-assurance panel about this cycle.
    """

    cycle: int
    team_name: str
    organisation: int
    days: Days | None = None
    specialties: frozenset[str] = frozenset()
    network: str | None = None
    region: str | None = None
    place: str | None = None
    point: Point | None = None
    last_reviewers: frozenset[int] = frozenset()
    panel: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A declared conflict between a reviewer and an organisation, by the one or the other.

    `reason` is private to the college and whoever declared it: it is never shown. `cycle` is given where it is about
    this visit alone, and None where it is about every team of the organisation.
    """

    reviewer: int
    organisation: int
    reason: str
    by: Literal["reviewer", "service"] = "reviewer"
    cycle: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A reviewer may not sit in this cycle's team. `reason` is fit to be shown to anybody."""

    reviewer: int
    cycle: int
    kind: Literal["own_organisation", "declared"]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reciprocal:
    """Two assignments that may not stand in one round: each reviewer would visit the other's employer.

    The first is the one whose reviewer works for the organisation with the lower id; `organisations` are the
    two employers in that order.
    """

    organisations: tuple[int, int]
    reviewers: tuple[int, int]
    cycles: tuple[int, int]
    reason: str


def conflicts(
    *, reviewers: Collection[Reviewer], visits: Collection[Visit], declared: Collection[Declared]
) -> tuple[Conflict, ...]:
    """Which reviewers may not sit in which teams, and why?

    In order of cycle, then reviewer, the own organisation before a declaration; each named once however often it
    was declared. A declaration about a reviewer or an organisation that is not in this round says nothing here.
    The cost grows with the conflicts found, not with reviewers times visits.
    """
    staff: dict[int, set[int]] = defaultdict(set)
    for reviewer in reviewers:
        if reviewer.organisation is not None:
            staff[reviewer.organisation].add(reviewer.id)
    known = {reviewer.id for reviewer in reviewers}
    interested: dict[int, set[int]] = defaultdict(set)
    for declaration in declared:
        if declaration.reviewer in known:
            interested[declaration.organisation].add(declaration.reviewer)
    found: list[Conflict] = []
    for visit in sorted(visits, key=lambda one: one.cycle):
        own, other = staff.get(visit.organisation, set()), interested.get(visit.organisation, set())
        for reviewer_id in sorted(own | other):
            if reviewer_id in own:
                found.append(_own_organisation(reviewer=reviewer_id, visit=visit))
            if reviewer_id in other:
                found.append(_declared(reviewer=reviewer_id, visit=visit))
    return tuple(found)


def reciprocal(*, pairs: Iterable[tuple[Reviewer, Visit]]) -> tuple[Reciprocal, ...]:
    """Which of these assignments of one round are reciprocal, and so may not stand together?

    The rule: where somebody employed by A reviews a visit at B, nobody employed by B reviews a visit at A in the
    same round. Source: the inspection exchange of the College of American Pathologists, whose laboratories do not
    inspect one another in return. Every offending pair is named, in order of organisations, cycles and reviewers.
    Reviewing one's own employer is a conflict, not reciprocity, and is not named here.
    """
    between: dict[tuple[int, int], list[tuple[Reviewer, Visit]]] = defaultdict(list)
    for reviewer, visit in pairs:
        if reviewer.organisation is not None and reviewer.organisation != visit.organisation:
            between[reviewer.organisation, visit.organisation].append((reviewer, visit))
    found = [
        _reciprocal(there=there, back=back)
        for (employer, visited), going in between.items()
        if employer < visited
        for there in going
        for back in between.get((visited, employer), ())
    ]
    return tuple(sorted(found, key=lambda pair: (pair.organisations, pair.cycles, pair.reviewers)))


def _own_organisation(*, reviewer: int, visit: Visit) -> Conflict:
    """How is it said that somebody would review their own employer?"""
    reason = "is employed by this organisation"
    return Conflict(reviewer=reviewer, cycle=visit.cycle, kind="own_organisation", reason=reason)


def _declared(*, reviewer: int, visit: Visit) -> Conflict:
    """How is a declaration said without its private reason?"""
    reason = "declared a conflict of interest with this organisation"
    return Conflict(reviewer=reviewer, cycle=visit.cycle, kind="declared", reason=reason)


def _reciprocal(*, there: tuple[Reviewer, Visit], back: tuple[Reviewer, Visit]) -> Reciprocal:
    """How is it said that two assignments answer each other?"""
    (going, away), (coming, home) = there, back
    return Reciprocal(
        organisations=(home.organisation, away.organisation),
        reviewers=(going.id, coming.id),
        cycles=(away.cycle, home.cycle),
        reason=(
            f"{going.name} reviews {away.team_name} and {coming.name} reviews {home.team_name} in the same round, "
            "and each is employed by the organisation that the other visits"
        ),
    )
