"""Krippendorff's alpha, with an interval: how much of what could be agreement by chance is agreement indeed.

The figure is Krippendorff's own (Content Analysis, chapter 11), by the package that keeps it. 1 is perfect agreement, 0
is what chance gives, below 0 is worse. He asks for at least 0.800 to rely on ratings, and takes conclusions from
0.667 on as tentative; both are held here against the lower end of the interval, not against the figure.

The interval is the middle 95 % of the figure over RESAMPLES draws from the data with replacement. Whole visits are
drawn, not single criteria: what one team of reviewers rated in one place hangs together, and drawing criteria one by
one would make the interval too narrow.

Thresholds. VISITS visits, because an interval from fewer draws is too narrow as well, and because a figure of few
visits points at the people in them. UNITS criteria rated by two or more, because with fewer one rating moves the figure
by more than the interval says. And more than one value among the ratings, because where all are equal nothing tells
agreement from chance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from accreditation.rules.agreement.coincidences import RESAMPLES, coincidences
from accreditation.rules.agreement.comparing import Measurement
from accreditation.rules.agreement.values import Unit, visits_words

VISITS = 10
UNITS = 30
RELIABLE, TENTATIVE = 0.8, 2 / 3

DIGITS = 6
"""Figures are cut to so many decimals: what machines add up in another order differs further behind."""

_MOST_UNDEFINED = RESAMPLES // 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """The figure with its interval, and what it rests on; None where there is too little data. `words` say it.

    `units` are criteria of visits that two or more rated; `undefined` counts the draws in which all ratings were equal.
    """

    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    visits: int = 0
    units: int = 0
    ratings: int = 0
    resamples: int = 0
    undefined: int = 0
    words: str


def alpha(
    said: Mapping[Unit, Sequence[float]],
    *,
    level: Measurement,
    each_alone: bool = False,
    visits: int = VISITS,
    units: int = UNITS,
    beside: str = "",
) -> Alpha:
    """How far do these ratings agree? `said` has the values that were given to each unit, by whomever.

    Units with fewer than two values say nothing of agreement. `each_alone` draws single units for the interval: for one
    visit, whose criteria are all there is; the threshold of visits then counts units. `beside` is what one person's
    ratings are held against, where they are: then the words are about that person, and not about reviewers.
    """
    rated = sorted(unit for unit, values in said.items() if len(values) > 1)
    paired = [said[unit] for unit in rated]
    clusters = list(range(len(paired))) if each_alone else [unit[0] for unit in rated]
    told = {
        "visits": len({unit[0] for unit in rated}),
        "units": len(paired),
        "ratings": sum(map(len, paired)),
    }
    if len(set(clusters)) < visits or len(paired) < units:
        return Alpha(words=_too_few(told, 0 if each_alone else visits, units), **told)
    table = coincidences(paired, clusters)
    if len(table.values) < 2:
        agree = "they" if beside else "reviewers"
        words = f"All ratings are the same: {agree} agree, but nothing here would tell that from chance."
        return Alpha(words=words, **told)
    value = table.by_package(level)
    drawn = table.resampled(level)
    undefined = int(np.isnan(drawn).sum())
    if undefined > _MOST_UNDEFINED:
        words = "Nearly all ratings are the same: the figure hangs on a few of them, so it is not given."
        return Alpha(words=words, **told)
    lower, upper = (round(float(end), DIGITS) for end in np.nanpercentile(drawn, [2.5, 97.5]))
    return Alpha(
        value=round(value, DIGITS), lower=lower, upper=upper, resamples=RESAMPLES, undefined=undefined,
        words=_meaning_of_one(lower, upper, beside) if beside else _meaning(lower, upper), **told,
    )  # fmt: skip


def _too_few(told: Mapping[str, int], visits: int, units: int) -> str:
    if not visits:
        return f"Too few to tell: {told['units']} criteria rated on one scale; at least {units} are needed."
    have = f"{told['units']} criteria rated by two or more, in {visits_words(told['visits'])}"
    return f"Too few to tell: {have}; at least {units} in {visits} visits are needed."


def _meaning(lower: float, upper: float) -> str:
    if lower >= RELIABLE:
        return "Reviewers agree well enough to rely on their ratings."
    if lower >= TENTATIVE:
        return "Reviewers agree well enough for tentative conclusions."
    if upper < TENTATIVE:
        return "Reviewers agree too little to rely on one review: the criteria, the scale or the training need work."
    return "Whether reviewers agree well enough cannot be told yet."


def _meaning_of_one(lower: float, upper: float, beside: str) -> str:
    """What the interval says of one person: never of the criteria or the scale, which one person cannot tell about."""
    if lower >= RELIABLE:
        return f"Agrees well with {beside}."
    if lower >= TENTATIVE:
        return f"Seems to agree well with {beside}: a tentative conclusion."
    if upper < TENTATIVE:
        return f"Agrees with {beside} less than is asked for, as far as this tells: look at what was rated otherwise."
    return f"Whether this agrees well enough with {beside} cannot be told yet."
