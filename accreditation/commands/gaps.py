"""What the teams of a round miss, drawn for a terminal."""

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from accreditation.commands.counting import many
from accreditation.rules.scoring import Standing
from accreditation.views.rounds import RoundGaps

WIDTH = 40
"""Characters of the longest bar."""


def show_gaps(out: Console, gaps: RoundGaps) -> None:
    """Which criteria most teams miss, and how far the teams are from the award."""
    out.print(_missed(gaps))
    out.print(f"\nHow many of these {len(gaps.measured)} a team does not meet:", style="bold")
    _bars(out, {str(number): teams for number, teams in sorted(gaps.missed_of_measured.items())})
    out.print(
        "\nDistance to the nearest award: criteria a team has yet to meet, most of them not answered yet:", style="bold"
    )
    _bars(out, _distances(gaps))
    stages = ", ".join(f"{number} in {stage.value.replace('_', ' ')}" for stage, number in gaps.stages.items())
    of = many(gaps.teams, "team", "teams")
    out.print(f"\n{of}: {stages}. Where people would have to answer, the cycles stop; no award is given.")


def _missed(gaps: RoundGaps) -> Table:
    table = Table(title="What most teams miss", title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("criterion", no_wrap=True, overflow="ellipsis", width=30)
    table.add_column("asks for", no_wrap=True)
    for heading in ("missed", "met", "too few", "no data"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in sorted(gaps.measured, key=lambda one: (-one.missed, one.criterion)):
        counts = [one.standings.get(s, 0) for s in (Standing.MET, Standing.TOO_FEW_CASES, Standing.NOT_ANSWERED)]
        asks = f"{one.type.lower()}: {one.needed}"
        table.add_row(f"{one.criterion} {escape(one.title)}", asks, str(one.missed), *map(str, counts))
    return table


def _distances(gaps: RoundGaps) -> dict[str, int]:
    known = sorted((distance, teams) for distance, teams in gaps.distances.items() if distance is not None)
    named = {str(distance): teams for distance, teams in known}
    unreachable = gaps.distances.get(None, 0)
    return named | ({"out of reach": unreachable} if unreachable else {})


def _bars(out: Console, counts: Mapping[str, int]) -> None:
    most = max(counts.values(), default=1)
    for label, number in counts.items():
        out.print(f"  {label:>12}  {'█' * max(1, round(WIDTH * number / most))} {number}", markup=False)
