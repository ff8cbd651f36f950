"""`make bench`: print every figure. On a noisy machine trust ratios, CPU time and counts of statements.

`python -m tests.benchmarks upload_costs identifiers` prints those alone. Each part has a process of its own: what one
of them held is no memory of the next.
"""

import subprocess
import sys
from importlib import import_module

PARTS = (
    "language_costs", "impact_costs", "matching_costs", "bids", "people_costs", "stroke_round", "agreement_costs",
    "api_costs", "register_costs", "page_costs", "serving", "store_costs", "upload_costs", "archive_costs",
    "identifiers", "placing",
)  # fmt: skip
"""The files beside this one that print figures, in the order in which a reader wants them."""


def main(chosen: list[str]) -> int:
    """Print these parts, or all; says 1 where one of them failed, 2 where one is none."""
    if strange := [name for name in chosen if name not in PARTS]:
        print(f"There is no such part: {', '.join(strange)}. There are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    if len(chosen) == 1:
        import_module(f"tests.benchmarks.{chosen[0]}").run()
        return 0
    failed = [name for name in chosen or PARTS if subprocess.call([sys.executable, "-m", "tests.benchmarks", name])]
    if failed:
        print(f"\nThese failed: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
