"""How things are measured here: CPU time of this process, medians, counts; and how they are printed."""

import statistics
import subprocess
import time
from collections.abc import Callable, Sequence


def cpu_ms(do: Callable[[int], object], *, times: int) -> float:
    """The median CPU time of one call in milliseconds, over so many calls; the first few are not counted."""
    for number in range(5):
        do(number)
    taken = []
    for number in range(5, times + 5):
        began = time.process_time()
        do(number)
        taken.append((time.process_time() - began) * 1000)
    return statistics.median(taken)


def print_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table on the terminal: the first column to the left, figures to the right."""
    cells = [[str(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headings))]
    print(f"\n{title}")
    for row in cells:
        first, *rest = [
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join([first, *rest]))


def resident_mb(pid: int) -> float:
    """How much memory does this process hold now, in mebibytes?"""
    with open(f"/proc/{pid}/status") as status:  # noqa: PTH123
        line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def peak_mb(pid: int | None = None) -> float:
    """How much memory did this process, or the one with this id, ever hold since its peak was forgotten, in mebibytes?

    What a process's parent held before it began is not counted.
    """
    with open(f"/proc/{pid or 'self'}/status") as status:  # noqa: PTH123
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def seconds(do: Callable[[], object]) -> float:
    """How long does this take, by the clock on the wall?"""
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def shell(command: str) -> None:
    """Run this command, which succeeds, and let it say what it likes to nobody."""
    subprocess.run(command, shell=True, check=True, stdout=subprocess.DEVNULL)
