"""What is wrong with a series of measured values beside the measure that asks for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accreditation.scheme.answer import Point
from accreditation.scheme.explain import did_you_mean
from accreditation.scheme.measure import BENCHMARK, Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFault:
    """A fault of one value of a series; `position` counts from 0 and is None where the series as a whole is meant."""

    position: int | None
    found: str
    allowed: str


def faults_of_series(*, series: Sequence[Point], measure: Threshold) -> tuple[SeriesFault, ...]:
    """What is wrong with these values? All of it; empty where they answer the measure.

    Every value stands at a place of its own that names exactly the steps of the measure, with the benchmark beside
    it where the measure compares with one, and without one elsewhere. There is at least one value.
    """
    if not series:
        return (SeriesFault(position=None, found="a series without a value", allowed=shape_of(measure)),)
    return tuple(_of_values(series, measure))


def shape_of(measure: Threshold) -> str:
    """What does a series for this measure look like, in words?"""
    shape = f"a series in {measure.unit}, each value with its {' and '.join(_steps(measure))}"
    return f"{shape} and the {BENCHMARK} beside it" if _compared(measure) else shape


def _of_values(series: Sequence[Point], measure: Threshold) -> Iterator[SeriesFault]:
    shape, steps = shape_of(measure), _steps(measure)
    seen: set[tuple[str, ...]] = set()
    for position, point in enumerate(series):
        wrong = _misplaced(point, steps)
        place = tuple(point.at.get(step, "").strip() for step in steps)
        if wrong:
            yield SeriesFault(position=position, found=wrong, allowed=shape)
        elif place in seen:
            found = f"a second value for {', '.join(place)}"
            yield SeriesFault(position=position, found=found, allowed="one value for each")
        if _compared(measure) != (point.benchmark is not None):
            found = "no benchmark" if _compared(measure) else "a benchmark that nothing is compared with"
            yield SeriesFault(position=position, found=found, allowed=shape)
        seen.add(place)


def _misplaced(point: Point, steps: Sequence[str]) -> str:
    """Why is this no place of the series? Empty where it is one."""
    if set(point.at) != set(steps):
        free = [step for step in steps if step not in point.at]
        named = (name if name in steps else f"{name}{did_you_mean(name, free)}" for name in point.at)
        return f"it stands at {', '.join(named)}"
    blank = [step for step in steps if not point.at[step].strip()]
    return f"nothing is written at {', '.join(blank)}" if blank else ""


def _steps(measure: Threshold) -> list[str]:
    return [step.each for step in measure.series]


def _compared(measure: Threshold) -> bool:
    """Is each value compared with the benchmark beside it?"""
    return measure.bound is not None and measure.bound[1] == BENCHMARK
