"""What it costs to see what a draft would do to every current cycle, and how that grows with their number."""

import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import text

from accreditation.database import observe_statements
from accreditation.library import load
from accreditation.scheme.model import AuditLevel, Criterion, Scheme
from accreditation.views.impact import ImpactShown, impact
from tests.benchmarks.api_costs import CRITERIA, STROKE
from tests.benchmarks.filled import OFFICE, Filled
from tests.benchmarks.measuring import print_table

SIZES = (2_500, 5_000, 10_000)


def mixed(scheme: Scheme, number: int, **changed: Any) -> Scheme:
    """The same scheme with this many criteria, its own again and again: rated, measured, and levels of an audit."""
    criteria = [
        scheme.criteria[n % len(scheme.criteria)].model_copy(update={"id": f"B.{n:03}"}).model_dump(mode="json")
        for n in range(number)
    ]
    told = scheme.model_dump(mode="json")
    told["domains"] = [
        {**one, "standards": [], "criteria": criteria if position == 0 else []}
        for position, one in enumerate(told["domains"])
    ]
    for one in criteria:
        one["standard"] = None
    return Scheme.model_validate({**told, **changed})


def drafted(scheme: Scheme) -> Scheme:
    """A draft that asks for more: two criteria are now essential, one is new, and one is withdrawn."""
    told = scheme.model_dump(mode="json")
    criteria = told["domains"][0]["criteria"]
    desirable = [one for one in criteria if one["type"] == "desirable"]
    for one in desirable[:2]:
        one["type"] = "essential"
    criteria[-1] = {**criteria[-1], "id": "B.new", "type": "expected", "measure": None}
    return Scheme.model_validate({**told, "edition": "draft"})


class Crowded(Filled):
    """A house in which every cycle has answers of its own; nobody's are quite like another's.

    One cycle is enrolled as a college would; the others are made beside it in SQL, because ten thousand enrolments,
    each safe on the disk before the next, would take minutes and say nothing about what is measured here.
    """

    def __init__(self, folder: Path, *, scheme: Scheme, cycles: int) -> None:
        """Fill it."""
        self._crowd = cycles
        super().__init__(folder, scheme=scheme, cycles=1)

    def _copy_answers(self, first: int) -> None:
        with self.house.database.bookkeeping() as session:
            for statement in (*_COPIES, _answers(self.scheme)):
                session.execute(text(statement), {"first": first, "last": first + self._crowd - 1})


_NUMBERS = "WITH RECURSIVE other(n) AS (SELECT :first + 1 UNION ALL SELECT n + 1 FROM other WHERE n < :last) "
_COPIES = (
    f"{_NUMBERS} INSERT INTO team (id, organisation_id, name, service_line) "
    "SELECT n, one.organisation_id, 'Team ' || n, one.service_line FROM other, team one WHERE one.id = 1",
    f"{_NUMBERS} INSERT INTO cycle (id, team_id, round_id, edition_digest, enrolled_at) "
    "SELECT n, n, one.round_id, one.edition_digest, one.enrolled_at FROM other, cycle one WHERE one.id = :first",
    f"{_NUMBERS} INSERT INTO profile_statement (cycle_id, number, facts, by, at) "
    "SELECT n, 1, one.facts, one.by, one.at FROM other, profile_statement one WHERE one.cycle_id = :first",
    f"{_NUMBERS} INSERT INTO stage_change (cycle_id, number, from_stage, to_stage, move, by, reason, at) SELECT n, "
    "1, one.from_stage, one.to_stage, one.move, one.by, '', one.at FROM other, stage_change one "
    "WHERE one.cycle_id = :first",
)


def _answers(scheme: Scheme) -> str:
    """Of two hundred criteria a cycle misses none to three, others than its neighbour."""
    chance = "((cycle.id * 7919 + one.place * 104729 + cycle.id * one.place * 31) % 1009)"
    misses = f"{chance} < (cycle.id % 6) * 3"
    rating = f"CASE WHEN one.kind = 'r' THEN CASE WHEN {misses} THEN 'not_met' ELSE 'met' END END"
    much, little = f"99 - 60 * ({misses})", f"90 * ({misses})"
    measured = (
        f"CASE one.kind WHEN 'm' THEN ({much}) || '.' || ({chance} % 10) "
        f"WHEN 'n' THEN ({little}) || '.' || ({chance} % 10) END"
    )
    level = f"CASE WHEN one.kind = 'l' THEN CASE WHEN {misses} THEN 'E' ELSE 'A' END END"
    places = " UNION ALL ".join(
        f"SELECT {place} AS place, '{one.id}' AS criterion, '{_kind(one)}' AS kind"
        for place, one in enumerate(scheme.criteria)
    )
    return (
        "INSERT INTO self_rating (cycle_id, criterion, version, state, rating, measured, level, note, by, at, source) "
        f"SELECT cycle.id, one.criterion, 1, 'rated', {rating}, {measured}, {level}, '', 'lead', cycle.enrolled_at, '' "
        f"FROM cycle CROSS JOIN ({places}) one WHERE cycle.id > :first AND cycle.id <= :last "
        "ORDER BY cycle.id, one.place"
    )


def _kind(criterion: Criterion) -> str:
    if criterion.measure is None:
        return "r"
    if isinstance(criterion.measure, AuditLevel):
        return "l"
    return "m" if criterion.measure.at_most is None and criterion.measure.below is None else "n"


def run() -> None:
    """Measure and print."""
    scheme = mixed(load(STROKE).scheme, CRITERIA)
    draft = drafted(scheme)
    rows = []
    for cycles in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            filled = Crowded(Path(folder), scheme=scheme, cycles=cycles)
            rows.append((cycles, *_measured(filled, draft)))
            filled.close()
    first = rows[0]
    print_table(
        f"Impact of a draft on every current cycle ({CRITERIA} criteria, each cycle with answers of its own)",
        ("cycles", "seconds", "CPU s", "x the first", "SQL statements", "MiB at most", "lower", "higher"),
        [
            (
                n,
                f"{wall:.2f}",
                f"{cpu:.2f}",
                f"{cpu / first[2]:.2f}",
                sql,
                f"{peak:.0f}",
                *moved,
            )
            for n, wall, cpu, sql, peak, *moved in rows
        ],
    )


def _measured(filled: Filled, draft: Scheme) -> tuple[float, float, int, float, int, int]:
    """Seconds, CPU seconds, statements, the most memory this process ever had, and how many cycles move."""
    with observe_statements(filled.house.database) as seen:
        began, cpu = time.perf_counter(), time.process_time()
        found = _look(filled, draft)
        taken, used = time.perf_counter() - began, time.process_time() - cpu
    assert found.lower + found.higher > 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return taken, used, len(seen), peak, found.lower, found.higher


def _look(filled: Filled, draft: Scheme) -> ImpactShown:
    house = filled.house
    return impact(house.database, principal=OFFICE, draft=draft, limit=20, at=house.now())
