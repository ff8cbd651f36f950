"""The table that alpha is worked out from, and the same table drawn again and again."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import krippendorff
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from accreditation.rules.agreement.comparing import Measurement

RESAMPLES = 1000
"""How often the data are drawn again: with other draws the ends of the interval move by about a hundredth."""

_AT_ONCE = 100
_MOST_NUMBERS = 1000
_MOST_CELLS = 1_000_000
_MANY = 200
"""Up to so many values one thread is quicker than what it takes to share the work among several."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coincidences:
    """Values by unit as counts (units x values), the cluster of each unit (0, 1, ...), and the values in order."""

    counts: Floats
    cluster: NDArray[np.int64]
    values: Floats

    @property
    def clusters(self) -> int:
        """How many clusters there are."""
        return int(self.cluster[-1]) + 1 if len(self.cluster) else 0

    def by_package(self, level: Measurement) -> float:
        """Krippendorff's figure; by the same formula here where the package would take long, and much memory."""
        if len(self.counts) * len(self.values) ** 2 > _MOST_CELLS:
            return float(self.weighted(np.ones((1, self.clusters)), level)[0])
        return float(
            krippendorff.alpha(
                value_counts=self.counts.astype(np.int64), value_domain=self.values, level_of_measurement=level
            )
        )

    def resampled(self, level: Measurement) -> Floats:
        """The figure of RESAMPLES draws of as many clusters as there are; not a number where all drawn are equal."""
        return self.weighted(draws(self.clusters), level)

    def weighted(self, weights: NDArray[np.float64 | np.uint16], level: Measurement) -> Floats:
        """The figure where each cluster is there as often as its weight says, for each row of weights.

        Observed and expected disagreement are sums over units, so those of a draw are sums over what was drawn: what
        each cluster adds is worked out once. Ordinal distances depend on how often each value was drawn, so they are
        worked out for each draw.
        """
        said = csr_array(_summed(self.counts, self.cluster))  # of many different numbers a visit has few
        fixed = None if level == "ordinal" else _fixed(self.values, level)
        added = self._coincidences() if fixed is None else self._observed(fixed)
        parts = []
        for start in range(0, len(weights), _AT_ONCE):  # all at once would take much memory where clusters are many
            part = weights[start : start + _AT_ONCE].astype(np.float64)
            marginals = np.asarray(part @ said)
            if fixed is None:
                observed, expected = _of_ordinal(marginals, met=part @ added)
            else:
                observed, expected = part @ added, self._expected(marginals, fixed, level)
            parts.append(_figures(marginals, observed, expected))
        return np.concatenate(parts)

    def _coincidences(self) -> Floats:
        """For each cluster, how often each two values met in a unit (clusters x values squared)."""
        size = len(self.values)
        shares = self.counts / (self.counts.sum(axis=1) - 1)[:, None]
        flat = np.empty((self.clusters, size * size))
        for value in range(size):
            met = self.counts * shares[:, value : value + 1]
            met[:, value] -= shares[:, value]
            flat[:, value * size : (value + 1) * size] = _summed(met, self.cluster)
        return flat

    def _observed(self, fixed: Floats) -> Floats:
        """For each cluster, its observed disagreement at these distances."""
        within = np.einsum("uc,uc->u", self.counts @ fixed, self.counts) / (self.counts.sum(axis=1) - 1)
        return np.bincount(self.cluster, weights=within, minlength=self.clusters).astype(np.float64)

    def _expected(self, marginals: Floats, fixed: Floats, level: Measurement) -> Floats:
        """The disagreement that chance gives at these distances, for each row of marginals."""
        if level == "interval":  # of plain differences it follows from sums, however many numbers there are
            centred = self.values - self.values.mean()
            total, first, second = marginals.sum(axis=1), marginals @ centred, marginals @ centred**2
            return np.asarray(2 * (total * second - first * first), dtype=np.float64)
        apart = np.einsum("rc,ck,rk->r", marginals, fixed, marginals, optimize=len(self.values) > _MANY)
        return np.asarray(apart, dtype=np.float64)


def _figures(marginals: Floats, observed: Floats, expected: Floats) -> Floats:
    """1 less what was observed beside what chance gives; not a number where one value alone was drawn."""
    differ = (np.count_nonzero(marginals, axis=1) > 1) & (expected > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(differ, 1 - (marginals.sum(axis=1) - 1) * observed / expected, np.nan)


def _of_ordinal(marginals: Floats, met: Floats) -> tuple[Floats, Floats]:
    """The disagreement that was observed and that chance gives, from how often each two values met in each draw."""
    apart = _ordinal(marginals)
    observed = np.einsum("rck,rck->r", met.reshape(apart.shape), apart)
    return observed, np.einsum("rc,rk,rck->r", marginals, marginals, apart)


@lru_cache(maxsize=4)
def draws(clusters: int) -> NDArray[np.uint16]:
    """RESAMPLES draws with replacement of as many clusters as there are: how often each came (draws x clusters).

    Seeded by the number of clusters alone. So the same data are always drawn the same, and where a round's domains are
    looked at, the same visits are drawn for all of them: once for the whole answer.
    """
    chance = np.random.Generator(np.random.PCG64(clusters))
    drawn = np.empty((RESAMPLES, clusters), dtype=np.uint16)
    for part in np.split(drawn, RESAMPLES // _AT_ONCE):
        one = chance.integers(clusters, size=part.shape) + np.arange(len(part))[:, None] * clusters
        part[:] = np.bincount(one.ravel(), minlength=part.size).reshape(part.shape)
    drawn.setflags(write=False)
    return drawn


def coincidences(said: Sequence[Sequence[float]], clusters: Sequence[int]) -> Coincidences:
    """The table of these values, unit by unit, each unit in the cluster that stands at its place.

    Units of one cluster stand together.
    """
    values = sorted({value for given in set(map(tuple, said)) for value in given})
    if len(values) > _MOST_NUMBERS:  # three digits tell numbers apart well enough, and a table of them fits
        said = [[float(f"{value:.3g}") for value in given] for given in said]
        values = sorted({value for given in said for value in given})
    cluster = np.unique(np.array(clusters, dtype=np.int64), return_inverse=True)[1].astype(np.int64)
    return Coincidences(counts=_counted(said, values), cluster=cluster, values=np.array(values))


def _counted(said: Sequence[Sequence[float]], values: Sequence[float]) -> Floats:
    """How often each value was given to each unit. Most were given what another was, and are counted once."""
    place = {value: number for number, value in enumerate(values)}
    patterns: dict[tuple[float, ...], int] = {}
    rows = np.array([patterns.setdefault(tuple(given), len(patterns)) for given in said], dtype=np.int64)
    counts = np.zeros((len(patterns), len(values)))
    for row, given in enumerate(patterns):
        for value in given:
            counts[row, place[value]] += 1
    return counts[rows]


def _summed(rows: Floats, cluster: NDArray[np.int64]) -> Floats:
    """The rows of each cluster added up; those of one stand together."""
    starts = np.flatnonzero(np.diff(cluster, prepend=-1))
    return np.add.reduceat(rows, starts, axis=0)


def _ordinal(marginals: Floats) -> Floats:
    """Ordinal distances, squared, for each row of marginals: how many ratings lie between, the ends as halves."""
    middle = np.cumsum(marginals, axis=1) - marginals / 2
    apart: Floats = (middle[:, :, None] - middle[:, None, :]) ** 2
    return apart


def _fixed(values: Floats, level: Measurement) -> Floats:
    """Distances, squared, that depend on the two values alone."""
    less = values[:, None] - values[None, :]
    if level == "nominal":
        unequal: Floats = (less != 0).astype(np.float64)
        return unequal
    if level == "ratio":
        both = values[:, None] + values[None, :]
        less = np.divide(less, both, out=np.zeros_like(less), where=both != 0)
    return np.asarray(less * less, dtype=np.float64)
