"""Empty seats left to few teams, so that many are complete: quick, nearly always the most there can be, not proven."""

import numpy as np

from accreditation.rules.matching.arrays import Flags, Ints
from accreditation.rules.matching.cheapest import cheapest
from accreditation.rules.matching.network import Network

SEAT = 720_720
"""What a seat of a team with no empty one is worth: it can be divided by every number up to 16."""


def lopsided(network: Network, flow: Ints, *, capacity: Ints) -> Flags:
    """Which teams are complete in a flow that leaves its empty seats to few teams? Not proven to be the most.

    A seat is worth the less the more of its team's are empty; so the flow found next leaves more of these empty, and
    completes others. It is asked again until no more teams are complete.
    """
    arcs = network.arcs
    lacking = network.lacking(flow)
    while True:
        worth = SEAT // (1 + np.maximum(lacking, 0))
        costs = np.zeros(len(arcs), dtype=np.int64)
        costs[arcs.needed], costs[arcs.surplus] = -np.repeat(worth, network.asked.demand.roles), -worth
        next_ = network.lacking(cheapest(arcs=arcs, capacity=capacity, costs=costs))
        if int((next_ <= 0).sum()) <= int((lacking <= 0).sum()):
            complete: Flags = lacking <= 0
            return complete
        lacking = next_
