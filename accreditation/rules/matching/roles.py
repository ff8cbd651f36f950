"""Who of a team holds which role, where whoever sits there already should go on in the role they have."""

from collections.abc import Mapping, Sequence

import numpy as np

from accreditation.rules.matching.arrays import Ints


def kept_roles(
    *, people: Sequence[int], masks: Sequence[int], roles: Sequence[int], held: Mapping[int, int]
) -> list[int]:
    """The same roles shared out among the same people, so that as many as possible keep the role they held.

    `masks` are the roles that each could hold (bits), `roles` those that they were given, `held` what those of them
    held who sat there before. Nobody's fit depends on their role, so nothing else changes.
    """
    if all(held.get(one, role) == role for one, role in zip(people, roles, strict=True)):
        return list(roles)
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415  slow to load, and seldom needed

    able = np.array([[mask >> role & 1 for role in roles] for mask in masks], dtype=np.int64)
    keeps = np.array([[held.get(one) == role for role in roles] for one in people], dtype=np.int64)
    stands = np.eye(len(roles), dtype=np.int64)
    worth: Ints = (2 * len(roles) * keeps + stands) * able - (4 * len(roles) ** 2) * (1 - able)
    _, chosen = linear_sum_assignment(worth, maximize=True)
    return [roles[slot] for slot in chosen.tolist()]
