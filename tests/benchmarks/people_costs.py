"""What it costs to come from people and visits to teams: who could sit where, then the best teams of all.

`python -m tests.benchmarks.people_costs` prints the table; each row is measured in a process of its own.
"""

import json
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from accreditation.rules.matching import flow
from accreditation.rules.matching.arrays import Crossing
from accreditation.rules.matching.arrays_check import breaches
from accreditation.rules.matching.eligible import prepare
from accreditation.rules.matching.network import Network
from accreditation.rules.matching.question import Question
from tests.benchmarks.matching_costs import SIZES
from tests.benchmarks.measuring import peak_mb, print_table
from tests.benchmarks.people import asked_round


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One row of the table; memory in mebibytes: what the people themselves take, and the most ever held."""

    declared: int
    places: int
    eligible_cpu: float
    solving_cpu: float
    people: float
    peak: float
    empty: int
    violations: int


def run() -> None:
    """Measure and print."""
    rows = []
    for visits, reviewers in SIZES:
        found = _measured(visits, reviewers)
        rows.append(
            (
                f"{visits:,} x {reviewers:,}", f"{found.declared:,}", f"{found.places / visits:.0f}",
                f"{found.eligible_cpu:.2f}", f"{found.solving_cpu:.2f}",
                f"{found.eligible_cpu + found.solving_cpu:.2f}", f"{found.people:.0f}", f"{found.peak:.0f}",
                found.empty, found.violations,
            )
        )  # fmt: skip
    print_table(
        "From people to teams: eligibility included, all rules that keep a pair apart, network rules",
        ("visits x reviewers", "conflicts", "could sit", "who could s", "teams s", "both s", "people MiB", "peak MiB",
         "empty", "breaches"),
        rows,
    )  # fmt: skip


def _measured(visits: int, reviewers: int) -> Figures:
    """The figures of a round, from a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "round")
        for words in (("draw", file, str(visits), str(reviewers)), ("measure", file)):
            asked = [sys.executable, "-m", "tests.benchmarks.people_costs", *words]
            told = subprocess.run(asked, stdout=subprocess.PIPE, text=True, check=True).stdout
    return Figures(**json.loads(told))


def _measure(asked: Question) -> Figures:
    """Find who could sit where, then the teams; what comes after does not count."""
    flow.optimum(Network(prepare(asked_round(3, 40)).instance))  # everything is loaded before the clock starts
    people, began = peak_mb(), time.process_time()
    instance = prepare(asked).instance
    between = time.process_time()
    network = Network(instance)
    found = flow.optimum(network)
    ended, peak = time.process_time(), peak_mb()
    if wrong := flow.faults(network, found):
        raise AssertionError("; ".join(wrong))
    return Figures(
        declared=len(asked.declared), places=len(instance.places), eligible_cpu=between - began,
        solving_cpu=ended - between, people=people, peak=peak, empty=found.empty,
        # The flow knows the rules of one pair alone; that nobody is at two visits on one day crosses pairs.
        violations=len(breaches(asked=replace(instance, crossing=Crossing()), found=found.filling)),
    )  # fmt: skip


def main(words: Sequence[str]) -> None:
    """The whole table, or what one of our own processes is asked for."""
    match list(words):
        case []:
            run()
        case ["draw", file, visits, reviewers]:
            Path(file).write_bytes(pickle.dumps(asked_round(int(visits), int(reviewers))))
        case ["measure", file]:
            print(json.dumps(asdict(_measure(pickle.loads(Path(file).read_bytes())))))
        case _:
            sys.exit("Say nothing.")


if __name__ == "__main__":
    main(sys.argv[1:])
