"""The national case: every stroke unit of a country visited by a seeded pool of reviewers who are employed there.

Units and travel times are published data, which is not part of the project: without it nothing is measured. The pool is
drawn: each unit employs a clinician and two nurses or therapists who review, and lay reviewers live all over. Where the
list of units does not name the trust (it says "Wales" of every Welsh unit), each unit stands for one of its own.
"""

import csv
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from accreditation.rules.conflicts import Reviewer, Visit
from accreditation.rules.matching import Question, Seated, match, violations
from accreditation.rules.matching.eligible import prepare
from accreditation.rules.matching.travel import Travel
from accreditation.rules.reviewer_facts import Worked
from accreditation.scheme.process import AssignmentRules, Experienced, FitWeights, Seat
from accreditation.scheme.process import Travel as Limits
from accreditation.scheme.values import Period
from tests.benchmarks.matching_rivals import Seating, greedy, in_turns
from tests.benchmarks.measuring import print_table

DATA = Path(__file__).parents[3] / "shared" / "data" / "stroke_units"
UNITS, MINUTES = DATA / "stroke_hospitals_2022.csv", DATA / "inter_hospital_time_calibrated.csv"

TEAM = (
    Seat(role="lead_clinician", title="Lead clinician", minimum=1, maximum=2),
    Seat(role="nurse_or_therapist", title="Nurse or therapist", minimum=1, maximum=2),
    Seat(role="lay", title="Lay reviewer", minimum=1, maximum=2),
)
RULES = AssignmentRules(
    team_size=4,
    experienced=Experienced(at_least=1, after_visits=3),
    employed_within=Period(years=3),
    colleagues="barred",
    travel=Limits(at_most=240),
    fit=FitWeights(experience=1, travel=4),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A stroke unit: where it is, whose it is, in which network."""

    place: str
    team: str
    organisation: str
    network: str


def units() -> list[Unit]:
    """The units between which travel times are known, in order of their postcodes."""
    known = set(travel().places)
    found = [_unit(cells) for cells in _mended()]
    return sorted((one for one in found if one.place in known), key=lambda one: one.place)


def travel() -> Travel:
    """Minutes between all units, rounded to whole ones."""
    with MINUTES.open(encoding="utf-8", newline="") as file:
        heading, *rows = list(csv.reader(file))
    told = {row[0]: dict(zip(heading[1:], row[1:], strict=True)) for row in rows}
    places = tuple(sorted(told))
    return Travel(places=places, minutes=tuple(tuple(round(float(told[a][b])) for b in places) for a in places))


def _mended() -> Iterator[list[str]]:
    """The lines of the list; nine have a comma without quotes in a name, and so a cell that begins with a space."""
    with UNITS.open(encoding="utf-8", newline="") as file:
        _, *rows = list(csv.reader(file))
    for cells in rows:
        cut = next((column for column, cell in enumerate(cells) if cell.startswith(" ")), None)
        yield cells if cut is None else [*cells[: cut - 1], f"{cells[cut - 1]},{cells[cut]}", *cells[cut + 1 :]]


def _unit(cells: list[str]) -> Unit:
    place, network, trust, team = cells[0], cells[6], cells[7], cells[8]
    return Unit(
        place=place, team=f"{team} {place}", network=network,
        organisation=f"the health board of {place}" if trust == "Wales" else trust,
    )  # fmt: skip


def stroke_round(*, seed: int = 1) -> Question:
    """Every unit to be visited, by a pool of reviewers drawn with this seed."""
    there, chance = units(), Random(seed)
    number = {name: n for n, name in enumerate(sorted({one.organisation for one in there}), start=1)}
    visits = tuple(
        Visit(
            cycle=cycle, team_name=one.team, organisation=number[one.organisation], network=one.network, place=one.place
        )
        for cycle, one in enumerate(there, start=1)
    )
    pool: list[Reviewer] = []
    for one in there:
        for role in ("lead_clinician", "nurse_or_therapist", "nurse_or_therapist"):
            pool.append(_drawn(len(pool) + 1, role, one.place, number[one.organisation], number, chance))
    for _ in range(len(there)):
        pool.append(_drawn(len(pool) + 1, "lay", chance.choice(there).place, None, number, chance))
    return Question(visits=visits, reviewers=tuple(pool), seats=TEAM, rules=RULES, travel=travel())


def _drawn(
    number: int, role: str, place: str, employer: int | None, organisations: dict[str, int], chance: Random
) -> Reviewer:
    before = chance.choice(sorted(organisations.values())) if employer and chance.random() < 0.2 else None
    return Reviewer(
        id=number, name=f"Reviewer {number} ({role.replace('_', ' ')})", roles=frozenset({role}), organisation=employer,
        capacity=chance.randint(1, 3), visits_done=chance.randint(0, 8), place=place,
        worked_at=() if before is None else (Worked(organisation=before),),
    )  # fmt: skip


def run() -> None:
    """Print how far everybody travels, ours beside best fit first and visits in turns."""
    if not UNITS.exists():
        return
    asked = stroke_round()
    began = time.process_time()
    ours = match(asked)
    cpu = time.process_time() - began
    rows = [("ours", f"{cpu:.1f}", *_row(asked, tuple(one.seated for one in ours.assigned)))]
    prepared = prepare(asked)
    began = time.process_time()
    kept = careful(asked)
    rows.append(("best fit first, within the rules", f"{time.process_time() - began:.1f}", *_row(asked, kept)))
    for title, solve in (("best fit first", greedy), ("visits in turns", in_turns)):
        began = time.process_time()
        found = solve(prepared.instance)
        rows.append((title, f"{time.process_time() - began:.1f}", *_row(asked, prepared.seated(found))))
    print_table(
        f"{len(asked.visits)} stroke units by {len(asked.reviewers)} reviewers employed there; team of 4",
        ("", "CPU s", "empty", "teams complete", "breaches", "minutes in all", "a journey", "farthest", "busiest"),
        rows,
    )


def _row(asked: Question, seated: tuple[Seated, ...]) -> tuple[object, ...]:
    people, visits = {one.id: one for one in asked.reviewers}, {one.cycle: one for one in asked.visits}
    minutes = [asked.travel.between(people[one.reviewer], visits[one.cycle]) or 0 for one in seated]
    size = Counter(one.cycle for one in seated)
    return (
        4 * len(visits) - len(seated), sum(number == 4 for number in size.values()), len(violations(asked, seated)),
        f"{sum(minutes):,}", f"{sum(minutes) / len(minutes):.1f}", max(minutes),
        max(Counter(one.reviewer for one in seated).values()),
    )  # fmt: skip


def careful(asked: Question) -> tuple[Seated, ...]:
    """Everybody sits where they fit best, the best fit of all first, unless a rule would be broken then and there."""
    prepared = prepare(asked)
    places, crossing = prepared.instance.places, prepared.instance
    seating, employer = Seating(prepared.instance), crossing.supply.employer.tolist()
    visited = crossing.demand.organisation.tolist()
    beside: set[tuple[int, int]] = set()
    going: set[tuple[int, int]] = set()
    for place in np.argsort(-places.fit, kind="stable").tolist():
        visit, home = int(places.visit[place]), employer[int(places.reviewer[place])]
        if home >= 0 and ((visit, home) in beside or (visited[visit], home) in going):
            continue
        if seating.take(place) and home >= 0:
            beside.add((visit, home))
            going.add((home, visited[visit]))
    return prepared.seated(seating.filling())


if __name__ == "__main__":
    run()
