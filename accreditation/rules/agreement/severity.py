"""How much lower or higher one person rates than others on the same criteria of the same visits.

Counted in steps of the scale: on each criterion that others rated on the same scale, the person's place less the mean
of the others' places. Below 0 is stricter than the others, above 0 milder. The interval is Student's, of the means of
visits: what one person rated in one place hangs together. It tells nothing of who is right: the others may be mild.

Thresholds. VISITS visits and RATINGS ratings: with fewer visits the interval is wider than the scale's steps, and what
is told points at single colleagues. Means that happen to be equal are not certain for that: they are taken to vary by
at least one rating in each visit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from accreditation.rules.agreement.intervals import student
from accreditation.rules.agreement.values import visits_words

VISITS = 5
RATINGS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Severity:
    """How much lower (below 0) or higher than the others, in steps of the scale; None where there is too little."""

    steps: float | None = None
    lower: float | None = None
    upper: float | None = None
    visits: int = 0
    ratings: int = 0
    words: str


def severity(
    differences: Mapping[int, Sequence[float]],
    *,
    beside: str = "the others",
    visits: int = VISITS,
    ratings: int = RATINGS,
    each_alone: bool = False,
) -> Severity:
    """How strict is this person? For each visit: the person's places less the others' (or the reference's).

    Where a visit is all there is, as in an exercise, `each_alone` says that each criterion is handed in as a visit of
    its own: what is told of visits is then one.
    """
    means = [fmean(differences[visit]) for visit in sorted(differences) if differences[visit]]
    number = sum(map(len, differences.values()))
    told = min(len(means), 1) if each_alone else len(means)
    if len(means) < max(visits, 2) or number < ratings:
        have, needed = f"{number} ratings", f"{ratings}"
        if visits != ratings:
            have, needed = f"{have} in {visits_words(len(means))}", f"{needed} ratings in {visits} visits"
        words = f"Too few to tell: {have} beside {beside}; at least {needed} are needed."
        return Severity(visits=told, ratings=number, words=words)
    steps, lower, upper = (round(one, 6) for one in student(means, least_spread=len(means) / number))
    return Severity(
        steps=steps, lower=lower, upper=upper, visits=told, ratings=number,
        words=_words(steps, lower, upper, beside),
    )  # fmt: skip


def _words(steps: float, lower: float, upper: float, beside: str) -> str:
    apart = f"{abs(steps):.2f} of a step {'lower' if steps < 0 else 'higher'}"
    between = f"between {lower:+.2f} and {upper:+.2f}"
    if upper < 0:
        return f"Stricter than {beside}: on average {apart} ({between})."
    if lower > 0:
        return f"Milder than {beside}: on average {apart} ({between})."
    return f"On average {apart} than {beside} ({between}): neither stricter nor milder, as far as can be told."
