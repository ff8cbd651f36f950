"""The table that alpha is worked out from, and the same table drawn again and again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import krippendorff
import numpy as np
from numpy.typing import NDArray

from accreditation.rules.agreement.comparing import Measurement
from accreditation.rules.agreement.values import Unit

RESAMPLES = 1000
"""How often the data are drawn again: the ends of the interval then move by about a hundredth from seed to seed."""

_AT_ONCE = 100
_MOST_NUMBERS = 1000
_MOST_CELLS = 20_000_000

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
        """Krippendorff's figure; by the same formula here where the package would need too much memory."""
        if len(self.counts) * len(self.values) ** 2 > _MOST_CELLS:
            return float(self.weighted(np.ones((1, self.clusters)), level)[0])
        return float(
            krippendorff.alpha(
                value_counts=self.counts.astype(np.int64), value_domain=self.values, level_of_measurement=level
            )
        )

    def resampled(self, level: Measurement, *, seed: int) -> Floats:
        """The figure of RESAMPLES draws of as many clusters as there are; not a number where all drawn are equal."""
        chance = np.random.Generator(np.random.PCG64(seed))
        even = np.full(self.clusters, 1 / self.clusters)
        draws = [
            self.weighted(chance.multinomial(self.clusters, even, size=_AT_ONCE).astype(np.float64), level)
            for _ in range(RESAMPLES // _AT_ONCE)
        ]
        return np.concatenate(draws)

    def weighted(self, weights: Floats, level: Measurement) -> Floats:
        """The figure where each cluster is there as often as its weight says, for each row of weights.

        Observed and expected disagreement are sums over units, so those of a draw are sums over what was drawn. Ordinal
        distances depend on how often each value was drawn, so they are worked out for each draw.
        """
        marginals = weights @ _summed(self.counts, self.cluster, self.clusters)
        if level == "ordinal":
            pairs = weights @ self._coincidences()
            apart = _ordinal(marginals)
            observed = np.einsum("rck,rck->r", pairs.reshape(apart.shape), apart)
            expected = np.einsum("rc,rk,rck->r", marginals, marginals, apart)
        else:
            fixed = _fixed(self.values, level)
            observed = weights @ self._observed(fixed)
            expected = np.einsum("rc,ck,rk->r", marginals, fixed, marginals, optimize=True)
        total = marginals.sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(expected > 0, 1 - (total - 1) * observed / expected, np.nan)

    def _coincidences(self) -> Floats:
        """For each cluster, how often each two values met in a unit (clusters x values squared)."""
        size = len(self.values)
        shares = self.counts / (self.counts.sum(axis=1) - 1)[:, None]
        flat = np.empty((self.clusters, size * size))
        for value in range(size):
            met = self.counts * shares[:, value : value + 1]
            met[:, value] -= shares[:, value]
            flat[:, value * size : (value + 1) * size] = _summed(met, self.cluster, self.clusters)
        return flat

    def _observed(self, fixed: Floats) -> Floats:
        """For each cluster, its observed disagreement at these distances."""
        within = np.einsum("uc,uc->u", self.counts @ fixed, self.counts) / (self.counts.sum(axis=1) - 1)
        return np.bincount(self.cluster, weights=within, minlength=self.clusters).astype(np.float64)


def coincidences(paired: Mapping[Unit, Sequence[float]], clusters: Sequence[int]) -> Coincidences:
    """The table of these values by unit, each unit in the cluster that stands at its place."""
    values = sorted({value for values in paired.values() for value in values})
    if len(values) > _MOST_NUMBERS:  # three digits tell numbers apart well enough, and a table of them fits
        paired = {unit: [float(f"{value:.3g}") for value in values] for unit, values in paired.items()}
        values = sorted({value for values in paired.values() for value in values})
    place = {value: number for number, value in enumerate(values)}
    counts = np.zeros((len(paired), len(values)))
    for row, given in enumerate(paired.values()):
        for value in given:
            counts[row, place[value]] += 1
    numbers = {cluster: number for number, cluster in enumerate(dict.fromkeys(clusters))}
    cluster = np.array([numbers[one] for one in clusters], dtype=np.int64)
    return Coincidences(counts=counts, cluster=cluster, values=np.array(values))


def _summed(rows: Floats, cluster: NDArray[np.int64], clusters: int) -> Floats:
    """The rows of each cluster added up."""
    added = np.zeros((clusters, rows.shape[1]))
    np.add.at(added, cluster, rows)
    return added


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
