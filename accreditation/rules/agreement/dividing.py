"""Which criteria divide reviewers: in how many pairs of reviewers they differ, and whether that is more than chance.

Two reviewers of one visit differ on a criterion where they do not say the same: another rating, or one rates what the
other says does not apply. Whoever did not answer says nothing.

A visit with four reviewers has six pairs, which hang together. So the share is the mean over visits of each visit's
share, and the interval (Wilson's) counts visits as independent looks, not pairs: a mean of shares between 0 and 1 never
varies more than a share of so many yes-or-no looks, so the interval is never too narrow for teams of more than two.

A criterion is said to divide reviewers only where the lower end of its interval is above DIVIDES and above the share on
all other criteria together. Whoever looks at seventy criteria finds some by chance alone; so this interval is made
wide enough that in 95 rounds of 100 none at all is said to divide without reason (Bonferroni).

At DIVIDES, three reviewers who choose between two ratings are not of one mind on three visits of ten. VISITS visits are
needed: with fewer the interval spans most of what a share can be, and a figure of few visits points at the people in
them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from accreditation.rules.agreement.intervals import LEVEL, wilson
from accreditation.rules.agreement.values import visits_words

VISITS = 10
DIVIDES = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """How far one criterion divides reviewers. `share`, with its 95 % interval, is None where there are too few visits.

    `surely` is the lower end of the wider interval that allows for looking at `among` criteria; `others` the share of
    pairs that differ on all other criteria with enough visits.
    """

    criterion: str
    visits: int
    pairs: int
    differ: int
    share: float | None = None
    lower: float | None = None
    upper: float | None = None
    surely: float | None = None
    others: float | None = None
    among: int = 0
    divides: bool = False
    words: str


Pairs = Sequence[tuple[int, int]]
"""For each visit, how many pairs of reviewers answered, and how many of them differ."""


def dividing(said: Mapping[str, Pairs]) -> tuple[Divided, ...]:
    """Which criteria divide reviewers, the most dividing first? Those with too few visits come last, by their ids."""
    seen = {name: [pair for pair in pairs if pair[0]] for name, pairs in said.items()}
    shares = {name: _mean(pairs) for name, pairs in seen.items() if len(pairs) >= VISITS}
    total = sum(shares.values(), Fraction(0))
    found = [_divided(name, seen[name], share, total=total, among=len(shares)) for name, share in shares.items()]
    found.sort(key=lambda one: (-(one.surely or 0.0), -(one.share or 0.0), one.criterion))
    few = sorted(name for name in seen if name not in shares)
    return (*found, *(_too_few(name, seen[name]) for name in few))


def _mean(pairs: Pairs) -> Fraction:
    return sum((Fraction(times * differ, of) for (of, differ), times in Counter(pairs).items()), Fraction(0)) / len(
        pairs
    )


def _divided(name: str, pairs: Pairs, share: Fraction, *, total: Fraction, among: int) -> Divided:
    others = float((total - share) / (among - 1)) if among > 1 else 0.0
    lower, upper = wilson(float(share), len(pairs))
    surely, _ = wilson(float(share), len(pairs), level=1 - (1 - LEVEL) / among)
    divides = surely > max(DIVIDES, others)
    words = f"Reviewers differ in {_percent(share)} of pairs (between {_percent(lower)} and {_percent(upper)})."
    if divides:
        words = (
            f"This criterion divides reviewers: reword it. They differ in {_percent(share)} of pairs, and surely in "
            f"{_percent(surely)} or more, though one looks at {among} criteria; on all others in "
            f"{_percent(others)}."
        )
    return Divided(
        criterion=name, visits=len(pairs), pairs=sum(of for of, _ in pairs), differ=sum(differ for _, differ in pairs),
        share=float(share), lower=lower, upper=upper, surely=surely, others=others, among=among, divides=divides,
        words=words,
    )  # fmt: skip


def _too_few(name: str, pairs: Pairs) -> Divided:
    words = f"Too few to tell: rated by two or more in {visits_words(len(pairs))}; at least {VISITS} are needed."
    of, differ = (sum(pair[place] for pair in pairs) for place in (0, 1))
    return Divided(criterion=name, visits=len(pairs), pairs=of, differ=differ, words=words)


def _percent(share: Fraction | float) -> str:
    return f"{float(share):.0%}".replace("%", " %")
