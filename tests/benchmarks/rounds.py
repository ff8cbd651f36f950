"""Seeded rounds of any size for the matching: about 80 eligible reviewers a visit, drawn the same on any machine."""

import numpy as np

from accreditation.rules.matching.arrays import FULL_FIT, Crossing, Demand, Instance, Places, Supply

ELIGIBLE = 80
"""About so many reviewers could sit in a visit's team."""

LEAD, NURSE, LAY = range(3)

NETWORK_ONLY = Crossing()


def drawn_round(visits: int, reviewers: int, *, seed: int = 1, crossing: Crossing = NETWORK_ONLY) -> Instance:
    """A round in which each visit needs a lead, a nurse, a lay reviewer and one more of any role.

    Visits and reviewers lie on a square; who lives near enough could go, but for their own employer. Each visit is of
    an organisation of its own; a lay reviewer has no employer, anybody else works at one of the eight nearest. One in
    ten holds two roles, three in ten are experienced.
    """
    chance = np.random.default_rng(seed)
    there, home = chance.random((visits, 2)), chance.random((reviewers, 2))
    main = chance.choice(3, size=reviewers, p=(0.3, 0.35, 0.35))
    second = np.where(chance.random(reviewers) < 0.1, chance.integers(0, 3, reviewers), main)
    roles = (1 << main) | (1 << second)
    skill = chance.random(reviewers)
    near = chance.integers(0, min(8, visits), reviewers)
    employer = np.full(reviewers, -1)
    pairs, far = [], []
    for start in range(0, visits, 200):  # a hundred million distances at once would fill the memory
        apart = np.abs(there[start : start + 200, None, :] - home[None, :, :])
        distance = np.hypot(*np.moveaxis(np.minimum(apart, 1 - apart), 2, 0))  # as on a ring road: no visit at the edge
        visit, reviewer = np.nonzero(distance < np.sqrt(ELIGIBLE / reviewers / np.pi))
        pairs.append(np.stack([visit + start, reviewer]))
        far.append(distance[visit, reviewer] / np.sqrt(ELIGIBLE / reviewers / np.pi))
    for start in range(0, reviewers, 200):
        apart = np.abs(home[start : start + 200, None, :] - there[None, :, :])
        distance = np.hypot(*np.moveaxis(np.minimum(apart, 1 - apart), 2, 0))
        chosen = np.take_along_axis(np.argsort(distance, axis=1), near[start : start + 200, None], axis=1)[:, 0]
        employer[start : start + 200] = chosen
    employer[main == LAY] = -1
    (visit, reviewer), travel = np.concatenate(pairs, axis=1), np.concatenate(far)
    fits = 0.5 * (1 - travel) + 0.3 * skill[reviewer] + 0.2 * chance.random(len(visit))
    kept = employer[reviewer] != visit
    ones = np.ones((visits, 3), dtype=np.int64)
    return Instance(
        demand=Demand(
            need=ones, room=2 * ones, size=np.full(visits, 4), fit=np.zeros(visits, dtype=np.int64),
            experienced=np.full(visits, int(crossing.experienced)), organisation=np.arange(visits),
        ),
        supply=Supply(
            left=np.full(reviewers, -(-4 * visits // reviewers) + 2), load=np.zeros(reviewers, dtype=np.int64),
            employer=employer, experienced=chance.random(reviewers) < 0.3,
        ),
        places=Places(
            visit=visit[kept], reviewer=reviewer[kept], roles=roles[reviewer[kept]],
            fit=np.round(fits[kept] * FULL_FIT).astype(np.int64),
            lot=chance.integers(0, 1 << 16, int(kept.sum())), stays=np.zeros(int(kept.sum()), dtype=np.bool_),
        ),
        crossing=crossing,
    )  # fmt: skip
