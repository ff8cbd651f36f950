"""Seeded rounds whose reviews are over: what many reviewers rated alone, put into the records by bulk inserts."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert
from sqlmodel import SQLModel

from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.records import answers
from accreditation.records.answers import ReviewRating
from accreditation.records.cycles import Cycle, ProfileStatement, StageChange
from accreditation.records.reviewers import Assignment
from accreditation.records.reviews import HandIn, Settlement
from accreditation.rules.cycle import Stage
from accreditation.scheme.answer import Answer
from accreditation.scheme.measure import AuditLevel, Threshold
from accreditation.scheme.model import Criterion, Scheme
from accreditation.wiring import House, Settings, open_house
from tests.benchmarks.filled import OFFICE

Row = dict[str, Any]

TEAM = 4
"""So many reviewers rate each visit."""

AGREEING = 0.85
"""So often does a reviewer say what the visit's first one said."""


def reviewed_round(folder: Path, *, scheme: Scheme, visits: int, pool: int = 200, seed: int = 1) -> House:
    """A house with one round of so many visits, each rated by TEAM of the pool on every criterion, and settled."""
    house = open_house(Settings(data=folder))
    database, at = house.database, house.now()
    digest = publish_edition(database, principal=OFFICE, scheme=scheme, at=at)
    rows = [
        TeamToImport(organisation=f"Organisation {n}", team=f"Team {n}", service_line="benchmark")
        for n in range(visits)
    ]
    import_teams(database, principal=OFFICE, rows=rows, at=at)
    for number in range(pool):
        register_reviewer(
            database, principal=OFFICE, name=f"Reviewer {number}", roles=["lead"],
            organisation_id=None, capacity=50, at=at,
        )  # fmt: skip
    open_round(database, principal=OFFICE, digest=digest, name="benchmark", at=at)
    drawn = _Drawn(scheme, visits, pool, seed)
    with database.bookkeeping() as session:
        for table, told in drawn.tables(digest, at):
            session.execute(insert(table), told)
    return house


class _Drawn:
    """What everybody said, drawn once."""

    def __init__(self, scheme: Scheme, visits: int, pool: int, seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        self._visits = visits
        self._people = [self._chance.choice(pool, TEAM, replace=False).tolist() for _ in range(visits)]
        self._said = {one.id: [answers.columns(answer) for answer in _possible(scheme, one)] for one in scheme.criteria}

    def tables(self, digest: str, at: datetime) -> Iterator[tuple[type[SQLModel], list[Row]]]:
        """The rows, table by table."""
        cycles, kept = range(1, self._visits + 1), {"by": "benchmark", "at": at}
        stage = {"number": 1, "from_stage": None, "to_stage": Stage.PUBLISHED.value, "move": "enrol", "reason": ""}
        enrolled = {"round_id": 1, "edition_digest": digest, "enrolled_at": at}
        yield Cycle, [{"id": cycle, "team_id": cycle, **enrolled} for cycle in cycles]
        yield ProfileStatement, [{"cycle_id": cycle, "number": 1, "facts": "{}", **kept} for cycle in cycles]
        yield StageChange, [{"cycle_id": cycle, **stage, **kept} for cycle in cycles]
        seats = [(cycle, number) for cycle in cycles for number in range(TEAM)]
        yield Assignment, [
            {
                "id": _seat(cycle, number), "cycle_id": cycle, "reviewer_id": self._people[cycle - 1][number] + 1,
                "role": "lead", "why": "", "at": at,
            }
            for cycle, number in seats
        ]  # fmt: skip
        yield HandIn, [{"assignment_id": _seat(cycle, number), "nonce": "n", "at": at} for cycle, number in seats]
        ratings: list[Row] = []
        settled: list[Row] = []
        for cycle in cycles:
            for criterion, possible in self._said.items():
                about = {"criterion": criterion, "version": 1, **kept}
                said = self._places(len(possible))
                settled.append({"cycle_id": cycle, "how": "agreed", **about, **possible[said[0]]})
                ratings += [
                    {"assignment_id": _seat(cycle, number), **about, **possible[place]}
                    for number, place in enumerate(said)
                ]
        yield ReviewRating, ratings
        yield Settlement, settled

    def _places(self, size: int) -> list[int]:
        """Which of so many things each of a team says; the better ones come first, and more often."""
        first = int(size * self._chance.random() ** 2)
        return [
            first if number == 0 or self._chance.random() < AGREEING else int(self._chance.integers(size))
            for number in range(TEAM)
        ]


def _seat(cycle: int, number: int) -> int:
    return (cycle - 1) * TEAM + number + 1


def _possible(scheme: Scheme, criterion: Criterion) -> list[Answer]:
    measure = criterion.measure
    if isinstance(measure, AuditLevel):
        return [Answer(level=level) for level in scheme.audits[measure.audit].levels]
    if isinstance(measure, Threshold):
        return [Answer(measured=Decimal(value)) for value in range(100)]
    return [Answer(rating=rating) for rating in scheme.scale_of(criterion, "reviewer")]
