"""What the standards language costs: load and check a folder, decide and explain one cycle, replay published rows."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from ruamel.yaml import YAML

from accreditation.library import load
from accreditation.rules.award import award
from accreditation.rules.grading import grades
from accreditation.rules.many import Board
from accreditation.rules.many_marks import Given
from accreditation.rules.replay import Replayer
from accreditation.rules.result import outcome_of, result
from accreditation.rules.scoring import score
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from accreditation.scheme.replay import Replay
from accreditation.scheme.replay_reading import read_replay
from tests.benchmarks.api_costs import CRITERIA, STROKE, widened
from tests.benchmarks.measuring import cpu_ms, print_table

STANDARDS = STROKE.parent
ROWS = 2_000


def run() -> None:
    """Measure and print all three tables."""
    _one_cycle(widened(load(STROKE).scheme, CRITERIA))
    _loading()
    _replaying(STANDARDS / "ssnap")


def _one_cycle(scheme: Scheme) -> None:
    """Every twentieth criterion is not met: an award some way off, so that there is something to improve."""
    answers = {
        one.id: Answer(rating="not_met" if place % 20 == 7 else "met") for place, one in enumerate(scheme.criteria)
    }
    board, profile = Board(scheme, by="reviewer"), dict.fromkeys(scheme.profile, True)
    given = [Given(criterion=name, answer=answer) for name, answer in answers.items()]
    scored = score(scheme=scheme, profile=profile, answers=answers)
    ways: list[tuple[str, Callable[[int], object], int]] = [
        ("the outcome alone, in bits", lambda _: board.decide(board.standings(profile=profile, given=given)), 200),
        ("score every criterion", lambda _: score(scheme=scheme, profile=profile, answers=answers), 50),
        ("the outcome, by the explained way", lambda _: outcome_of(scored), 50),
        ("outcome and working, explained", lambda _: result(scored), 50),
        ("the same with improvements and conditions", lambda _: award(scored), 20),
    ]
    found = [(name, cpu_ms(do, times=times)) for name, do, times in ways]
    print_table(
        f"Evaluate one cycle with {CRITERIA} criteria",
        ("", "CPU ms (median)", "x the outcome in bits"),
        [(name, f"{taken:.3f}", f"{taken / found[0][1]:.0f}") for name, taken in found],
    )


def _loading() -> None:
    """Each folder read whole: its YAML, its checks, its cases; from the smallest to the largest."""
    rows = []
    for folder in sorted(STANDARDS.glob("*/scheme.yaml"), key=lambda file: _bytes(file.parent)):
        taken = []
        for _ in range(3):
            began = time.process_time()
            standard = load(folder.parent)
            taken.append(time.process_time() - began)
        size, median = _bytes(folder.parent), statistics.median(taken)
        criteria = len(standard.scheme.criteria)
        rows.append((folder.parent.name, criteria, len(standard.cases), f"{size / 1000:.0f}", f"{median:.2f}",
                     f"{median / size * 1e6:.0f}"))  # fmt: skip
    headings = ("folder", "criteria", "cases", "kB", "CPU s (median of 3)", "us a byte")
    print_table("Load and check a folder of standards", headings, rows)


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*.yaml"))


def _replaying(folder: Path) -> None:
    """Rows made up here, every level in its turn, published as the scheme itself gives them: all agree."""
    scheme, file = load(folder).scheme, folder / "replay.yaml"
    replay = _mapping(file, scheme)
    table = [_row(number, scheme, replay) for number in range(ROWS)]
    replayer = Replayer(scheme=scheme, replay=replay)
    began = time.process_time()
    found = [replayer.row(cells) for cells in table]
    taken = time.process_time() - began
    assert not any(one.differences for one in found)
    print_table(
        f"Replay rows of the published results of {folder.name}",
        ("rows", "results compared", "CPU s", "rows a second"),
        [(ROWS, sum(len(one.compared) for one in found), f"{taken:.2f}", f"{ROWS / taken:.0f}")],
    )


def _mapping(file: Path, scheme: Scheme) -> Replay:
    """The mapping beside the scheme, for a table that has every column it names."""
    told = YAML(typ="safe").load(file)
    headings = [*told["row"], *told["answers"].values(), *told["expect"]["scores"].values()]
    headings += told["expect"]["levels"].values()
    return read_replay(file=str(file), content=file.read_bytes(), scheme=scheme, headings=headings)


def _row(number: int, scheme: Scheme, replay: Replay) -> dict[str, str]:
    answers, cells = {}, {heading: f"{heading} {number}" for heading in replay.row}
    for place, (name, column) in enumerate(replay.answers.items()):
        levels = list(scheme.scale_of(scheme.by_id[name], replay.by))
        cells[column.column] = levels[(number * 7 + place * place * (number % 11)) % len(levels)]
        answers[name] = Answer(rating=cells[column.column])
    graded = {one.score: one for one in grades(score(scheme=scheme, profile={}, answers=answers, by=replay.by))}
    for output in replay.expect.outputs:
        cells[output.column] = str(graded[output.of].shown if output.kind == "score" else graded[output.of].level)
    return cells
