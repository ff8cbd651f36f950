"""Who may not review whom: their own organisation, a service of which they are, their network, where they worked, what
was declared, whom they reviewed last time, whose case they hear in a panel; and reciprocity within a round.

What is private, such as why a conflict was declared, is never part of a reason.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from accreditation.rules.reviewer_facts import Away, Preference, Worked
from accreditation.scheme.process import AssignmentRules
from accreditation.scheme.values import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """From the first day to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Engaged:
    """A visit outside the round that is looked at, on which a reviewer sits: of which team, and when."""

    team_name: str
    days: Days


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place on the earth: latitude and longitude in degrees, north and east positive."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """Somebody who may sit in review teams: for which roles, employed by whom, for how many visits a round.

    `name` is a public designation such as "Reviewer 12 (nurse)". `organisation` is None for somebody whom no
    organisation in the field employs, as is usual for lay reviewers. `visits_done` counts earlier rounds. `engaged` are
    visits of other rounds on which they sit or are asked to, with their days. `serves` are the organisations in which
    whoever reviews under this name has or had a role of their own, in a team or in all. `network` is the employer's,
    `region` and `place` are where the reviewer sets out from: `place` names it as the table of travel times does,
    `point` is where it lies. What is not known is None or empty.
    """

    id: int
    name: str
    roles: frozenset[str]
    organisation: int | None
    capacity: int
    specialties: frozenset[str] = frozenset()
    visits_done: int = 0
    worked_at: tuple[Worked, ...] = ()
    serves: frozenset[int] = frozenset()
    unavailable: tuple[Away, ...] = ()
    engaged: tuple[Engaged, ...] = ()
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


Kind = Literal[
    "own_organisation",
    "in_service",
    "same_network",
    "worked_there",
    "declared",
    "declared_by_service",
    "repeat",
    "panel",
]
"""What can set a reviewer and a visit apart, in the order in which it is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A reviewer may not sit in this cycle's team. `reason` is fit to be shown to anybody."""

    reviewer: int
    cycle: int
    kind: Kind
    reason: str


IN_SERVICE = "has or had a role in this team or its organisation"
"""What is said, after their name, of whoever signs in for the service as well, or did before."""

SAID_BY_SERVICE = "was declared by this service to be in conflict with it"

CAN_ARISE: frozenset[Kind] = frozenset(
    {"own_organisation", "in_service", "same_network", "worked_there", "declared", "declared_by_service"}
)
"""What can come between a reviewer who sits in a team already and the service: facts change or come to be known."""


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


def conflicts_between(
    *, reviewer: Reviewer, visit: Visit, rules: AssignmentRules, declared: Iterable[Declared], at: date | None = None
) -> tuple[Conflict, ...]:
    """What sets this reviewer and this visit apart, whoever else sits where? In the order of `Kind`, each once.

    `declared` may be about others too. Who worked at the organisation is barred while the time in `employed_within`
    has not passed before the first day of the visit, that last day included; a visit without days is judged on the day
    `at`, and where that is None as well, having worked there at any time bars. Somebody whose last day there is not
    known may still be there.
    """
    theirs = [one for one in declared if one.reviewer == reviewer.id and one.organisation == visit.organisation]
    by = {one.by for one in theirs if one.cycle in (None, visit.cycle)}
    network = bool(reviewer.network) and reviewer.network == visit.network
    day = visit.days.first if visit.days is not None else at
    stands: tuple[tuple[Kind, bool, str], ...] = (
        ("own_organisation", reviewer.organisation == visit.organisation, "is employed by this organisation"),
        ("in_service", visit.organisation in reviewer.serves, IN_SERVICE),
        ("same_network", rules.same_network == "barred" and network, "is employed in the same network"),
        ("worked_there", _worked_there(reviewer, visit, rules.employed_within, day), worked_words(rules)),
        ("declared", "reviewer" in by, "declared a conflict of interest with this organisation"),
        ("declared_by_service", "service" in by, SAID_BY_SERVICE),
        ("repeat", rules.repeat == "barred" and reviewer.id in visit.last_reviewers, "reviewed this team last time"),
        ("panel", reviewer.id in visit.panel, "sits in a panel about this cycle"),
    )
    return tuple(
        Conflict(reviewer=reviewer.id, cycle=visit.cycle, kind=kind, reason=reason)
        for kind, is_so, reason in stands
        if is_so
    )


def worked_words(rules: AssignmentRules) -> str:
    """How is it said that somebody worked at the organisation lately, without saying when?"""
    return f"worked at this organisation within {rules.employed_within} before the visit"


def since_words(found: Iterable[Conflict]) -> str:
    """How is it said of somebody that these conflicts came to be known after they were seated?

    Employment in the same network is not said beside employment by the organisation itself.
    """
    by_kind = {one.kind: one.reason for one in found}
    if "own_organisation" in by_kind:
        by_kind.pop("same_network", None)
    said: dict[Kind, str] = {
        "in_service": "is known by now to have, or to have had, a role in this team or its organisation",
        "worked_there": "is known by now to have " + by_kind.get("worked_there", ""),
        "declared": "a conflict of interest with this service is declared by now",
        "declared_by_service": "this service has declared a conflict of interest by now",
    }
    return "; ".join(said.get(kind, f"{reason} by now") for kind, reason in by_kind.items())


def barred_until(worked: Worked, within: Period) -> date | None:
    """Until which day, that day included, does having worked at an organisation bar? None where for good."""
    if worked.until is None:
        return None
    start = datetime(worked.until.year, worked.until.month, worked.until.day, tzinfo=UTC)
    return within.after(start).date()


def _worked_there(reviewer: Reviewer, visit: Visit, within: Period | None, day: date | None) -> bool:
    """Did the reviewer work at the organisation too shortly before the visit?"""
    if within is None:
        return False
    ends = [barred_until(one, within) for one in reviewer.worked_at if one.organisation == visit.organisation]
    return any(end is None or day is None or day <= end for end in ends)


def shared_members(*, panel: Collection[int], team: Collection[int]) -> tuple[int, ...]:
    """Which reviewers would sit both in a panel about a cycle (of appeal or quality assurance) and in its review team?

    Nobody may: whoever looks at the visit again was not there. `team` are all who ever sat in it, those who left too.
    """
    return tuple(sorted(set(panel) & set(team)))


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
