"""Faults in band tables: overlaps, gaps, levels said twice, an order that says nothing."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import ceil

from accreditation.scheme.bands import Bands, Edge, faults_of_bands, span
from accreditation.scheme.document import Path
from accreditation.scheme.ends import fixed
from accreditation.scheme.figure import LevelPoints
from accreditation.scheme.measure import Threshold
from accreditation.scheme.model import Scheme
from accreditation.scheme.problem import Problem, unknown
from accreditation.scheme.score import Score
from accreditation.scheme.walk import nodes


def problems_of_bands(scheme: Scheme) -> Iterator[Problem]:
    """Do the bands of every table leave no number out, and hold none twice?

    Where every score that uses a table is rounded, numbers that rounding never gives may be left out.
    """
    decimals = {name: _decimals(name, scheme) for name in scheme.bands}
    for name, bands in scheme.bands.items():
        if not bands:
            yield Problem(path=("bands", name), found="no bands", allowed="at least one band")
        yield from _table(("bands", name), bands, decimals[name])
    for d, domain in enumerate(scheme.domains):
        for c, criterion in enumerate(domain.criteria):
            if isinstance(criterion.measure, Threshold) and isinstance(criterion.measure.bands, tuple):
                at: Path = ("domains", d, "criteria", c, "measure", "bands")
                if not criterion.measure.bands:
                    yield Problem(path=at, found="no bands", allowed="at least one band")
                yield from _table(at, criterion.measure.bands, None)
    for name, score in scheme.scores.items():
        yield from _of_score(("scores", name), score, scheme)
    yield from _points_everywhere(scheme)


def _decimals(name: str, scheme: Scheme) -> int | None:
    """To how many decimals is every number rounded that this table looks at? None where some is not."""
    if any(isinstance(one.measure, Threshold) and one.measure.bands == name for one in scheme.criteria):
        return None
    rounded = [score.rounded for score in scheme.scores.values() if score.bands == name]
    known = [decimals for decimals in rounded if decimals is not None]
    return max(known) if known and len(known) == len(rounded) else None


def _table(path: Path, bands: Bands, decimals: int | None) -> Iterator[Problem]:
    order = sorted(range(len(bands)), key=lambda position: span(bands[position]))
    closed = {
        upper
        for lower, upper in pairwise(order)
        if decimals is not None and not _given_by_rounding(span(bands[lower])[1], span(bands[upper])[0], decimals)
    }
    faults = faults_of_bands(bands)
    hollow = [fault for fault in faults if fault[1].startswith("no number is")]
    for position, found, allowed in hollow or faults:
        if not (position in closed and found.startswith("a gap")):
            yield Problem(path=(*path, position), found=found, allowed=allowed)


def _given_by_rounding(ends: Edge, begins: Edge, decimals: int) -> bool:
    """Does a number of so many decimals lie between these two edges?"""
    unit = 10**decimals
    first = Fraction(ceil(ends[0] * unit), unit)
    if (first, 0) < ends:
        first += Fraction(1, unit)
    return (first, 1) <= begins


def _of_score(path: Path, score: Score, scheme: Scheme) -> Iterator[Problem]:
    if isinstance(score.bands, str):
        yield from unknown((*path, "bands"), [score.bands], scheme.bands, "band table", at_key=False)
    elif score.bands is not None:
        if not score.bands:
            yield Problem(path=(*path, "bands"), found="no bands", allowed="at least one band")
        yield from _table((*path, "bands"), score.bands, score.rounded)
    bands = bands_of_score(score, scheme)
    points = [band.points for band in bands if band.points is not None]
    if points not in (sorted(points), sorted(points, reverse=True)):
        found = "the points of the bands neither fall nor rise from the first to the last"
        yield Problem(path=(*path, "bands"), found=found, allowed="list the bands from the best level to the worst")


def bands_of_score(score: Score, scheme: Scheme) -> Bands:
    """The bands of this score; none where it has none, or where their name leads nowhere."""
    if isinstance(score.bands, str):
        return scheme.bands.get(score.bands, ())
    return score.bands or ()


def _points_everywhere(scheme: Scheme) -> Iterator[Problem]:
    """Where the points of a score's level are counted with, every level gives points and every number has a level."""
    used = [found.node.level_points for found in nodes(scheme) if isinstance(found.node, LevelPoints)]
    for name in dict.fromkeys(used):
        score = scheme.scores.get(name)
        if score is None:
            continue
        path: Path = ("scores", name)
        steps = score.ladder or score.levels or bands_of_score(score, scheme)
        lacking = ", ".join(str(step.level) for step in steps if step.points is None)
        if lacking:
            found = f"the points of '{name}' are counted with, and there are none for {lacking}"
            yield Problem(path=path, found=found, allowed="points beside every level")
        elif score.figure is not None and steps:
            yield from _ends_open(path, score, scheme)


def _ends_open(path: Path, score: Score, scheme: Scheme) -> Iterator[Problem]:
    bands = bands_of_score(score, scheme)
    at = ("bands", score.bands) if isinstance(score.bands, str) else (*path, "bands")
    lowest = min(range(len(bands)), key=lambda position: span(bands[position]))
    highest = max(range(len(bands)), key=lambda position: span(bands[position])[1])
    for position, keys, side in ((lowest, ("at_least", "above"), "lowest"), (highest, ("at_most", "below"), "highest")):
        written = [key for key in keys if key in fixed(bands[position])]
        if written:
            found = f"what lies outside the {side} band ({bands[position]}) gives no points, and they are counted with"
            yield Problem(path=(*at, position, written[0]), found=found, allowed=f"leave {written[0]} out here")
