"""A series in one cell of a visit's workbook: a value a line, as `Elm, 2026-1: 3.2 (benchmark 4)`.

The places stand in the order in which the measure names its steps. A series whose labels hold the signs that part them
cannot be told apart in a cell; it is kept as it is, and changed online.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from accreditation.scheme.answer import Point
from accreditation.scheme.measure import Threshold
from accreditation.workbook.cells import tidy

_LINE = re.compile(
    r"(?P<at>[^:]+):\s*(?P<value>-?[0-9]{1,18}(?:\.[0-9]{1,18})?)"
    r"(?:\s*\(benchmark\s+(?P<benchmark>-?[0-9]{1,18}(?:\.[0-9]{1,18})?)\))?\Z"
)
LONGEST = 30_000
"""Characters that surely fit into a cell."""


def shown_series(series: Sequence[Point], measure: Threshold) -> str:
    """The series as a cell says it; empty where the cell could not be read back as the same."""
    steps = [step.each for step in measure.series]
    lines = [
        f"{', '.join(point.at.get(step, '') for step in steps)}: {point.value:f}"
        + ("" if point.benchmark is None else f" (benchmark {point.benchmark:f})")
        for point in series
    ]
    text = "\n".join(lines)
    return text if len(text) <= LONGEST and said_series(tidy(text), measure) == tuple(series) else ""


def said_series(text: str, measure: Threshold) -> tuple[Point, ...] | str:
    """The series that a cell says; the first line that says no value, where there is one."""
    points = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        found = _LINE.match(line)
        places = [] if found is None else [place.strip() for place in found["at"].split(",")]
        if found is None or len(places) != len(measure.series):
            return line
        benchmark = found["benchmark"]
        points.append(
            Point(
                at={step.each: place for step, place in zip(measure.series, places, strict=True)},
                value=Decimal(found["value"]), benchmark=None if benchmark is None else Decimal(benchmark),
            )
        )  # fmt: skip
    return tuple(points)


def line_of(measure: Threshold) -> str:
    """What does a line look like for this measure?"""
    compared = measure.bound is not None and measure.bound[1] == "benchmark"
    benchmark = " (benchmark 4)" if compared else ""
    return f"a value a line, as in {', '.join(step.each for step in measure.series)}: 3.2{benchmark}"
