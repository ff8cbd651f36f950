"""The places that one rule alone keeps out, and a college may set aside for a pair: what `waivers` can be offered."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from accreditation.rules.matching.arrays import Ints, Places
from accreditation.rules.matching.eligible import Prepared, prepare
from accreditation.rules.matching.fit import Fits
from accreditation.rules.matching.question import Question

WITHOUT: dict[str, dict[str, Any]] = {
    "same_network": {"same_network": "allowed"},
    "repeat": {"repeat": "allowed"},
    "region": {"region": "any"},
    "travel": {"travel": None},
}
"""What each rule that may be set aside says where it is. Employers, declarations and panels are never set aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """Places that are none because of one rule: `rule` says which, as a row of `rules`.

    Rows of visits and reviewers are those of the round as a whole, and the fit is what it would be.
    """

    places: Places
    rule: Ints
    rules: tuple[str, ...]


def barred_by_one(asked: Question, prepared: Prepared, *, cycles: Collection[int]) -> Barred:
    """Which places would there be in these cycles' teams if one rule that may be set aside were?

    A pair that two rules keep apart is not among them. `prepared` is the same round as it is.
    """
    rules = tuple(name for name in WITHOUT if _bars(asked, name))
    row = {cycle: number for number, cycle in enumerate(prepared.cycles)}
    now = _keys(prepared.instance.places.visit, prepared.instance.places.reviewer)
    parts = [_NOTHING, *_parts(asked, rules, cycles, row, now)]
    visit, reviewer, roles, lot, minutes, rule = (np.concatenate(one) for one in zip(*parts, strict=True))
    visits = sorted(asked.visits, key=lambda one: one.cycle)
    fits = Fits(reviewers=sorted(asked.reviewers, key=lambda one: one.id), visits=visits, rules=asked.rules)
    order = np.lexsort((reviewer, visit))
    places = Places(
        visit=visit[order], reviewer=reviewer[order], roles=roles[order], lot=lot[order],
        fit=fits.of(visit=visit, reviewer=reviewer, minutes=minutes)[order],
        stays=np.zeros(len(order), dtype=np.bool_),
    )  # fmt: skip
    return Barred(places=places, rule=rule[order], rules=rules)


_NOTHING = (np.zeros(0, dtype=np.int64),) * 6


def _parts(
    asked: Question, rules: tuple[str, ...], cycles: Collection[int], row: dict[int, int], now: Ints
) -> Iterator[tuple[Ints, ...]]:
    """The places that each rule alone keeps out: visit, reviewer, roles, lot, minutes, rule."""
    for number, name in enumerate(rules):
        without = replace(asked, rules=asked.rules.model_copy(update=WITHOUT[name]))
        found = prepare(without, cycles=cycles)
        places = found.instance.places
        visit = np.array([row[cycle] for cycle in found.cycles], dtype=np.int64)[places.visit]
        new = ~np.isin(_keys(visit, places.reviewer), now)
        columns = (visit, places.reviewer, places.roles, places.lot, found.minutes)
        yield (*(one[new] for one in columns), np.full(int(new.sum()), number))


def _bars(asked: Question, name: str) -> bool:
    """Does this rule bar anybody in this scheme?"""
    return any(getattr(asked.rules, key) != value for key, value in WITHOUT[name].items())


def _keys(visit: Ints, reviewer: Ints) -> Ints:
    keys: Ints = visit << 32 | reviewer
    return keys
