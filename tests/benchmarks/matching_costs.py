"""What it costs to find review teams, and how good they are: ours beside others, each in a process of its own.

`python -m tests.benchmarks.matching_costs` prints the whole table; with a method, visits and reviewers
(`... flow 1000 1500`) just that row. Figures are the same on any machine but for CPU time and memory.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from accreditation.rules.matching import flow
from accreditation.rules.matching.arrays import FULL_FIT, Crossing, Demand, Filling, Instance, Ints, Places, Supply
from accreditation.rules.matching.arrays_check import breaches
from accreditation.rules.matching.network import Network
from accreditation.rules.matching.solve import solve
from tests.benchmarks.matching_rivals import by_networkx, greedy, in_turns
from tests.benchmarks.measuring import peak_mb, print_table
from tests.benchmarks.rounds import NETWORK_ONLY, drawn_round

SIZES = ((100, 200), (1_000, 1_500), (5_000, 5_000), (10_000, 10_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a method found, and what it says no filling can be above: in total fit, and in the worst visit's fit."""

    filling: Filling
    total_bound: int | None = None
    worst_bound: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A way to find teams; `crossing` are the rules that it keeps, `visits` the largest round that it is given."""

    title: str
    solve: Callable[[Instance], Answer]
    crossing: Crossing = NETWORK_ONLY
    visits: int = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One row of the table. Fits are sums of millionths."""

    cpu: float
    memory: float
    total: int
    total_bound: int
    worst: int
    worst_bound: int
    decile: int
    empty: int
    violations: int


def proven(asked: Instance) -> Answer:
    """Ours without crossing rules; an answer that is not proven the best is no answer."""
    network = Network(asked)
    found = flow.optimum(network)
    if wrong := flow.faults(network, found):
        raise AssertionError("; ".join(wrong))
    return Answer(filling=found.filling, total_bound=found.fit)


def fair(asked: Instance) -> Answer:
    """Ours with floors. Its total is held against the best total of all, so that the price of fairness is seen."""
    found = solve(asked)
    return Answer(filling=found.filling, worst_bound=found.worst_bound)


def crossed(asked: Instance) -> Answer:
    """Ours with rules that cross the roles; its own bound, which counts them."""
    found = solve(asked, fair=False)
    return Answer(filling=found.filling, total_bound=found.total_bound)


ONE_EACH = Crossing(one_per_employer=True, one_way=True)

METHODS = {
    "flow": Method(title="ours, network rules", solve=proven),
    "floors": Method(title="ours with floors", solve=fair, visits=5_000),
    "crossing": Method(title="ours, colleagues apart, one way", solve=crossed, crossing=ONE_EACH),
    "experienced": Method(
        title="ours, and one experienced", solve=crossed, crossing=replace(ONE_EACH, experienced=True)
    ),
    "both": Method(title="ours, these rules and floors", solve=fair, crossing=ONE_EACH, visits=1_000),
    "greedy": Method(title="best fit first", solve=lambda asked: Answer(filling=greedy(asked))),
    "turns": Method(title="visits in turns", solve=lambda asked: Answer(filling=in_turns(asked))),
    "networkx": Method(title="networkx", solve=lambda asked: Answer(filling=by_networkx(asked)), visits=1_000),
}


def team_fits(asked: Instance, found: Filling) -> Ints:
    """What is the fit of every visit: the sum over those who sit there?"""
    fits = asked.demand.fit.copy()
    np.add.at(fits, asked.places.visit[found.place], asked.places.fit[found.place])
    return fits


def best_alone(asked: Instance) -> Ints:
    """What would be the fit of every visit, had it the first choice of everybody?"""
    endless = replace(asked.supply, left=np.full(asked.supply.reviewers, asked.demand.visits))
    return team_fits(asked, flow.best(Network(replace(asked, supply=endless))).filling)


def run() -> None:
    """Measure and print."""
    for visits, reviewers in SIZES:
        show([name for name, one in METHODS.items() if visits <= one.visits], visits=visits, reviewers=reviewers)


def show(names: Sequence[str], *, visits: int, reviewers: int) -> None:
    """Measure these methods on one round, and print their rows."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "round.npz"
        _child("draw", str(file), str(visits), str(reviewers))
        rows = [_row(name, Figures(**json.loads(_child("measure", str(file), name)))) for name in names]
    print_table(
        f"Review teams for {visits:,} visits by {reviewers:,} reviewers",
        (
            "",
            "CPU s",
            "MiB",
            "total fit",
            "% of bound",
            "worst visit",
            "its bound",
            "lowest tenth",
            "empty",
            "breaches",
        ),
        rows,
    )


def _row(name: str, found: Figures) -> tuple[object, ...]:
    shown = [f"{fit / FULL_FIT:.6f}" for fit in (found.worst, found.worst_bound, found.decile)]
    part = found.total / found.total_bound
    return (
        METHODS[name].title, f"{found.cpu:.2f}", f"{found.memory:.0f}", f"{found.total / FULL_FIT:,.6f}",
        "proven" if found.total == found.total_bound else f"{100 * part:.3f}", *shown, found.empty, found.violations,
    )  # fmt: skip


def _child(*words: str) -> str:
    """What does a process of its own say? Memory that this one holds is none of its business."""
    asked = [sys.executable, "-m", "tests.benchmarks.matching_costs", *words]
    return subprocess.run(asked, stdout=subprocess.PIPE, text=True, check=True).stdout


def _draw(file: Path, visits: int, reviewers: int) -> None:
    asked = drawn_round(visits, reviewers)
    parts: dict[str, Demand | Supply | Places] = {
        "demand": asked.demand,
        "supply": asked.supply,
        "places": asked.places,
    }
    arrays = {f"{part}.{name}": array for part, one in parts.items() for name, array in asdict(one).items()}
    bounds = {"bound.total": np.array(flow.optimum(Network(asked)).fit), "bound.worst": best_alone(asked).min()}
    np.savez(file, allow_pickle=False, **arrays, **bounds)


def _measure(file: Path, method: Method) -> Figures:
    """Solve the round that is kept in this file; what comes after does not count."""
    with np.load(file) as kept:
        parts = {
            part: {name.removeprefix(f"{part}."): kept[name] for name in kept.files if name.startswith(f"{part}.")}
            for part in ("demand", "supply", "places", "bound")
        }
    asked = Instance(
        demand=Demand(**parts["demand"]), supply=Supply(**parts["supply"]), places=Places(**parts["places"]),
        crossing=method.crossing,
    )  # fmt: skip
    if method.crossing.experienced:
        asked = replace(asked, demand=replace(asked.demand, experienced=np.ones_like(asked.demand.experienced)))
    began = time.process_time()
    found = method.solve(asked)
    cpu, memory = time.process_time() - began, peak_mb()
    fits = team_fits(asked, found.filling)
    return Figures(
        cpu=cpu,
        memory=memory,
        total=int(fits.sum()),
        total_bound=found.total_bound or int(parts["bound"]["total"]),
        worst=int(fits.min()),
        worst_bound=found.worst_bound or int(parts["bound"]["worst"]),
        decile=int(np.sort(fits)[-(-len(fits) // 10) - 1]),
        empty=int(asked.demand.size.sum()) - len(found.filling),
        violations=len(breaches(asked=asked, found=found.filling)),
    )


def main(words: Sequence[str]) -> None:
    """The whole table, one row of it, or what one of our own processes is asked for."""
    match list(words):
        case []:
            run()
        case ["draw", file, visits, reviewers]:
            _draw(Path(file), int(visits), int(reviewers))
        case ["measure", file, name]:
            print(json.dumps(asdict(_measure(Path(file), METHODS[name]))))
        case [name, visits, reviewers] if name in METHODS and visits.isdecimal() and reviewers.isdecimal():
            show([name], visits=int(visits), reviewers=int(reviewers))
        case _:
            sys.exit(f"Say nothing, or a method ({', '.join(METHODS)}), how many visits and how many reviewers.")


if __name__ == "__main__":
    main(sys.argv[1:])
