"""Seeded rounds of people and visits: what a college would ask, from which the arrays of a round are made."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from accreditation.rules.conflicts import Days, Declared, Point, Reviewer, Visit
from accreditation.rules.matching.question import Question
from accreditation.rules.matching.travel import KILOMETRES_A_MINUTE, SETTING_OUT
from accreditation.rules.reviewer_facts import Away, Preference, Worked
from accreditation.scheme.process import AssignmentRules, Seat

ELIGIBLE = 80
"""About so many reviewers live near enough to a visit."""

DECLARED = 20
"""So many conflicts does each reviewer declare: 4 with organisations nearby, the others anywhere."""

SIDE = 600.0
"""The country is a square with a side of so many kilometres."""

SOUTH, WEST, KM_A_DEGREE = 50.0, -4.0, 111.2
START = date(2026, 9, 1)
SKILLS = ("stroke_medicine", "rehabilitation", "nursing", "imaging")
SEATS = (
    Seat(role="lead_clinician", title="Lead clinician", minimum=1, maximum=2),
    Seat(role="nurse", title="Nurse", minimum=1, maximum=2),
    Seat(role="lay", title="Lay reviewer", minimum=1, maximum=2),
)


def asked_round(visits: int, reviewers: int, *, seed: int = 1, crossing: bool = False) -> Question:
    """A round in which each visit needs a lead, a nurse, a lay reviewer and one more of any role.

    Visits and reviewers lie in a square country, and who lives near enough could go: so near that about ELIGIBLE do.
    Each visit is of an organisation of its own; a lay reviewer has no employer, anybody else works nearby. One in ten
    holds two roles, one in five cannot come for a week, one in four worked nearby before. With `crossing` no two
    colleagues sit together, nobody is visited in return, and one of the team is experienced.
    """
    chance = np.random.default_rng(seed)
    there, home = chance.random((visits, 2)) * SIDE, chance.random((reviewers, 2)) * SIDE
    near = _nearest(home, there, 8)
    radius = SIDE * np.sqrt(ELIGIBLE / reviewers / np.pi)
    return Question(
        visits=tuple(_visit(number, there[number], chance) for number in range(visits)),
        reviewers=tuple(
            _reviewer(number, home[number], near[number], -(-4 * visits // reviewers) + 2, chance)
            for number in range(reviewers)
        ),
        seats=SEATS,
        rules=_rules(int(SETTING_OUT + radius / KILOMETRES_A_MINUTE), crossing=crossing),
        at=START,
        declared=_declared(near, visits, chance),
    )


def _rules(minutes: int, *, crossing: bool) -> AssignmentRules:
    bar = "barred" if crossing else "allowed"
    return AssignmentRules.model_validate(
        {
            "team_size": 4, "same_network": "barred", "employed_within": {"years": 3}, "repeat": "barred",
            "reciprocal": bar, "colleagues": bar, "travel": {"at_most": minutes},
            "experienced": {"at_least": 1, "after_visits": 3} if crossing else None,
            "fit": {"expertise": 3, "experience": 2, "travel": 3, "preference": 2},
        }
    )  # fmt: skip


def _point(at: NDArray[np.float64]) -> Point:
    latitude = SOUTH + at[1] / KM_A_DEGREE
    return Point(latitude=float(latitude), longitude=float(WEST + at[0] / KM_A_DEGREE / np.cos(np.radians(latitude))))


def _visit(number: int, at: NDArray[np.float64], chance: np.random.Generator) -> Visit:
    first = START + timedelta(int(chance.integers(0, 120)))
    wanted = frozenset(SKILLS[one] for one in chance.choice(len(SKILLS), 2, replace=False).tolist())
    return Visit(
        cycle=number + 1, team_name=f"Team {number + 1}", organisation=number + 1, point=_point(at),
        network=f"{number % 200}", days=Days(first=first, last=first + timedelta(1)), specialties=wanted,
    )  # fmt: skip


def _reviewer(
    number: int, at: NDArray[np.float64], near: NDArray[np.int64], capacity: int, chance: np.random.Generator
) -> Reviewer:
    main = ("lead_clinician", "nurse", "lay")[int(chance.choice(3, p=(0.3, 0.35, 0.35)))]
    roles = {main, ("lead_clinician", "nurse", "lay")[int(chance.integers(0, 3))]} if chance.random() < 0.1 else {main}
    employer = None if main == "lay" else int(near[chance.integers(0, len(near))])
    off = START + timedelta(int(chance.integers(0, 120)))
    return Reviewer(
        id=number + 1, name=f"Reviewer {number + 1}", roles=frozenset(roles), organisation=employer, capacity=capacity,
        point=_point(at), network=None if employer is None else f"{employer % 200}",
        specialties=frozenset(SKILLS[one] for one in chance.integers(0, len(SKILLS), 2).tolist()),
        visits_done=int(chance.integers(0, 8)),
        unavailable=(Away(first=off, last=off + timedelta(6)),) if chance.random() < 0.2 else (),
        worked_at=(Worked(organisation=int(near[0]), until=START - timedelta(500)),) if chance.random() < 0.25 else (),
        preferences=(Preference(organisation=int(near[-1]), how="prefers"),) if chance.random() < 0.3 else (),
    )  # fmt: skip


def _declared(near: NDArray[np.int64], visits: int, chance: np.random.Generator) -> tuple[Declared, ...]:
    anywhere = chance.integers(1, visits + 1, (len(near), DECLARED))
    anywhere[:, : min(4, near.shape[1])] = near[:, :4]
    return tuple(
        Declared(reviewer=number + 1, organisation=organisation, reason="drawn")
        for number, row in enumerate(anywhere.tolist())
        for organisation in row
    )


def _nearest(home: NDArray[np.float64], there: NDArray[np.float64], number: int) -> NDArray[np.int64]:
    """The organisations visited nearest to each home, the nearest first; those of the visits are numbered from 1."""
    found = []
    for start in range(0, len(home), 200):  # a hundred million distances at once would fill the memory
        apart = ((home[start : start + 200, None, :] - there[None, :, :]) ** 2).sum(axis=2)
        found.append(np.argsort(apart, axis=1, kind="stable")[:, :number].copy())
    return np.concatenate(found) + 1
