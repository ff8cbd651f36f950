"""Real bids of two conferences, where they are present: the total fit and the worst paper, with the time they take.

Each paper wants three reviewers; a reviewer takes at most two more than an even share. The data are those of the
preference library (PrefLib 00004): a line with the numbers of papers and reviewers, then a bid a paper and reviewer.
"""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from accreditation.rules.matching.arrays import FULL_FIT, Demand, Filling, Instance, Places, Supply
from accreditation.rules.matching.arrays_check import breaches
from accreditation.rules.matching.settle import fits
from accreditation.rules.matching.solve import solve
from tests.benchmarks.matching_rivals import greedy, in_turns
from tests.benchmarks.measuring import print_table

DATA = Path(__file__).parents[3] / "shared" / "data" / "matching"

SETS = ("aamas2015", "aamas2016")

REVIEWERS_EACH = 3

METHODS: dict[str, Callable[[Instance], Filling]] = {
    "best total": lambda asked: solve(asked, fair=False).filling,
    "with floors": lambda asked: solve(asked).filling,
    "best fit first": greedy,
    "papers in turns": in_turns,
}


def bids(name: str) -> Instance:
    """The round of one of the sets: a visit a paper, one role."""
    papers, reviewers, *values = (DATA / f"{name}.in").read_text(encoding="utf-8").split()
    visits, people = int(papers), int(reviewers)
    fit = np.round(np.array(values, dtype=np.float64) * FULL_FIT).astype(np.int64)
    place, none = np.arange(len(fit)), np.zeros(visits, dtype=np.int64)
    three = np.full((visits, 1), REVIEWERS_EACH)
    return Instance(
        demand=Demand(
            need=three, room=three, size=three[:, 0], fit=none, experienced=none, organisation=np.arange(visits)
        ),
        supply=Supply(
            left=np.full(people, -(-REVIEWERS_EACH * visits // people) + 2), load=np.zeros(people, dtype=np.int64),
            employer=np.full(people, -1), experienced=np.zeros(people, dtype=np.bool_),
        ),
        places=Places(
            visit=place // people, reviewer=place % people, roles=np.ones_like(place), fit=fit,
            lot=np.random.default_rng(1).integers(0, 1 << 16, len(fit)), stays=np.zeros(len(fit), dtype=np.bool_),
        ),
    )  # fmt: skip


def run() -> None:
    """Measure and print; nothing where the data are not."""
    for name in SETS:
        if (DATA / f"{name}.in").exists():
            asked = bids(name)
            print_table(
                f"Real bids, {name}: {asked.demand.visits:,} papers by {asked.supply.reviewers:,} reviewers",
                ("", "CPU s", "total", "worst paper", "lowest tenth", "empty", "breaches"),
                [_row(title, asked, find) for title, find in METHODS.items()],
            )


def _row(title: str, asked: Instance, find: Callable[[Instance], Filling]) -> tuple[object, ...]:
    began = time.process_time()
    found = find(asked)
    cpu, told = time.process_time() - began, np.sort(fits(asked, found)) / FULL_FIT
    return (
        title, f"{cpu:.2f}", f"{told.sum():,.2f}", f"{told[0]:.2f}", f"{told[-(-len(told) // 10) - 1]:.2f}",
        int(asked.demand.size.sum()) - len(found), len(breaches(asked=asked, found=found)),
    )  # fmt: skip


if __name__ == "__main__":
    run()
