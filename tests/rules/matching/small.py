"""Small rounds as arrays, and every filling of them: what the solvers are held against."""

from collections.abc import Iterator
from itertools import product

import numpy as np
from hypothesis import strategies as st

from accreditation.rules.matching.arrays import Crossing, Demand, Filling, Instance, Ints, Places, Supply
from accreditation.rules.matching.arrays_check import breaches

NETWORK_ONLY = Crossing()


def whole(*numbers: int) -> Ints:
    return np.array(numbers, dtype=np.int64)


@st.composite
def rounds(draw: st.DrawFn, *, visits: int = 3, reviewers: int = 4, places: int = 8) -> Instance:
    """A round with up to so many visits, reviewers and places, of two roles; fits are few, so that ties occur."""
    visits, reviewers = draw(st.integers(1, visits)), draw(st.integers(1, reviewers))
    every = [(visit, reviewer) for visit in range(visits) for reviewer in range(reviewers)]
    pairs = sorted(draw(st.lists(st.sampled_from(every), unique=True, max_size=places)))

    def numbers(most: int, count: int) -> Ints:
        return whole(*draw(st.lists(st.integers(0, most), min_size=count, max_size=count)))

    need, more = numbers(1, 2 * visits).reshape(visits, 2), numbers(1, 2 * visits).reshape(visits, 2)
    return Instance(
        demand=Demand(
            need=need, room=need + more, size=need.sum(axis=1) + numbers(1, visits),
            fit=numbers(2, visits), experienced=numbers(1, visits), organisation=np.arange(visits),
        ),
        supply=Supply(
            left=numbers(2, reviewers), load=numbers(1, reviewers), employer=numbers(visits, reviewers) - 1,
            experienced=numbers(1, reviewers).astype(np.bool_),
        ),
        places=Places(
            visit=whole(*(visit for visit, _ in pairs)), reviewer=whole(*(reviewer for _, reviewer in pairs)),
            roles=numbers(2, len(pairs)) + 1, fit=numbers(3, len(pairs)), lot=numbers(5, len(pairs)),
            stays=numbers(1, len(pairs)).astype(np.bool_),
        ),
    )  # fmt: skip


def fillings(asked: Instance) -> Iterator[Filling]:
    """Every filling that breaks no rule."""
    choices = [[None, *(role for role in range(2) if mask >> role & 1)] for mask in asked.places.roles.tolist()]
    for roles in product(*choices):
        taken = [(place, role) for place, role in enumerate(roles) if role is not None]
        found = Filling(place=whole(*(place for place, _ in taken)), role=whole(*(role for _, role in taken)))
        if not breaches(asked=asked, found=found):
            yield found


def squares(asked: Instance, found: Filling) -> int:
    load = asked.supply.load + np.bincount(asked.places.reviewer[found.place], minlength=asked.supply.reviewers)
    return int((load**2).sum())


def shuffled(asked: Instance, *, seed: int) -> tuple[Instance, Ints]:
    """The same round with its places in another order, and which row each of the new ones was."""
    order = np.random.default_rng(seed).permutation(len(asked.places))
    places = Places(
        **{name: getattr(asked.places, name)[order] for name in ("visit", "reviewer", "roles", "fit", "lot", "stays")}
    )
    return Instance(demand=asked.demand, supply=asked.supply, places=places, crossing=asked.crossing), order
