"""What it costs to rate a criterion and to show a whole cycle, with ever more of other people's data."""

import tempfile
from pathlib import Path

from accreditation.database import observe_statements
from accreditation.library import load
from accreditation.scheme.model import Scheme
from tests.benchmarks.filled import Filled
from tests.benchmarks.measuring import cpu_ms, print_table

SIZES = (1, 200, 2000)
TIMES = 200
STROKE = Path(__file__).parents[2] / "standards" / "stroke"
CRITERIA = 157
"""As many criteria as the largest assessment of the nearest compliance tool that was measured."""


def widened(scheme: Scheme, number: int) -> Scheme:
    """The same scheme with this many criteria: its own that are rated by hand, again and again under new ids."""
    rated = [one for one in scheme.criteria if one.measure is None]
    criteria = [
        rated[n % len(rated)].model_copy(update={"id": f"B.{n:03}", "applies_when": {}}).model_dump(mode="json")
        for n in range(number)
    ]
    told = scheme.model_dump(mode="json")
    told["domains"] = [
        {**told["domains"][0], "criteria": criteria},
        *({**d, "criteria": []} for d in told["domains"][1:]),
    ]
    return Scheme.model_validate(told)


def run() -> None:
    """Measure and print both tables."""
    rating, showing = [], []
    for cycles in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            rating.append((cycles, *_rate(Path(folder) / "stroke", cycles)))
            showing.append((cycles, *_show(Path(folder) / "wide", cycles)))
    for title, found in (
        (f"Rate one criterion through the API ({TIMES} times each)", rating),
        (f"Show a whole cycle with {CRITERIA} criteria", showing),
    ):
        first = found[0][1]
        print_table(
            title,
            ("cycles in the database", "CPU ms (median)", "x the bare route", "SQL statements", "x one cycle"),
            [(n, f"{cpu:.2f}", f"{cpu / bare:.1f}", sql, f"{cpu / first:.2f}") for n, cpu, bare, sql in found],
        )


def _rate(folder: Path, cycles: int) -> tuple[float, float, int]:
    filled = Filled(folder, scheme=load(STROKE).scheme, cycles=cycles)
    criterion = next(one.id for one in filled.scheme.criteria if one.measure is None)
    path = f"/api/cycles/{filled.cycle_id}/self-assessment/{criterion}"

    def once(number: int) -> None:
        rating = ("not_met", "met")[number % 2]
        answer = filled.client.put(
            path, by=filled.lead, json={"answer": {"rating": rating}, "seen_version": number + 1}
        )
        assert answer.status_code == 200, answer.text

    cpu = cpu_ms(once, times=TIMES)
    bare = _bare(filled)
    with observe_statements(filled.house.database) as seen:
        once(TIMES + 5)
    filled.close()
    return cpu, bare, len(seen)


def _show(folder: Path, cycles: int) -> tuple[float, float, int]:
    filled = Filled(folder, scheme=widened(load(STROKE).scheme, CRITERIA), cycles=cycles)
    path = f"/api/cycles/{filled.cycle_id}"

    def once(_: int) -> None:
        answer = filled.client.get(path, by=filled.lead)
        assert answer.status_code == 200
        assert len(answer.json()["criteria"]) == CRITERIA

    cpu = cpu_ms(once, times=TIMES // 4)
    bare = _bare(filled)
    with observe_statements(filled.house.database) as seen:
        once(0)
    filled.close()
    return cpu, bare, len(seen)


def _bare(filled: Filled) -> float:
    """The CPU time of the route that does least, in the same run: what framework and test client cost."""
    return cpu_ms(lambda _: filled.client.get("/api/health", by=None), times=TIMES)
