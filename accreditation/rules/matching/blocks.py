"""What blocks a round that cannot be filled, and what would unblock it: groups of seats, and ways out that were tried.

Prices say what is asked for first: somebody who offers visits already to make one more; then to set a rule aside for
one pair of reviewer and visit; then somebody who offers none to make one; and last to recruit. They are this engine's
choice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from accreditation.rules.matching.eligible import Prepared, prepare
from accreditation.rules.matching.experienced import Tried, by_experience, tried
from accreditation.rules.matching.flow import optimum
from accreditation.rules.matching.network import Network
from accreditation.rules.matching.obstacles import Obstacles
from accreditation.rules.matching.question import Question
from accreditation.rules.matching.relaxing import barred_by_one
from accreditation.rules.matching.same_days import groups
from accreditation.rules.matching.shortage import Shortage, shortages
from accreditation.rules.matching.waivers import ways_out
from accreditation.rules.matching.ways import NEVER, Offered, Way, Ways
from accreditation.scheme.process import AssignmentRules

ONE_MORE, RELAXING, FIRST_VISIT, RECRUITING = 2, 3, 4, 6

ON_TEAMS: Mapping[str, Mapping[str, object]] = {
    "colleagues": {"colleagues": "allowed"},
    "reciprocal": {"reciprocal": "allowed"},
    "experienced": {"experienced": None},
}
"""Rules on whole teams, and how a scheme is without them."""

SAME_DAYS = "same_days"
"""Instead of such a rule: that nobody is at two visits on one day. No scheme can do without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """The groups of seats that lack people, and the ways out; with the round that both are told of.

    `empty` seats lack people, whatever is done about rules on whole teams. `rules` are those that could be set aside.
    """

    prepared: Prepared
    groups: tuple[Shortage, ...]
    offered: Offered
    ways: Ways
    empty: int
    rules: tuple[str, ...]

    def tried(self, way: Way) -> Tried:
        """What comes of this way out, all rules kept? Found by solving again."""
        return tried(self.prepared.instance, self.offered, way)

    def by_experience(self) -> tuple[Tried, ...]:
        """Where teams lack experienced reviewers: what would come of recruiting some?"""
        return by_experience(self.prepared.instance, self.offered, beside=self.ways.cheapest)


def blocks(asked: Question) -> Blocks:
    """Which groups of seats lack people, whatever is done about rules on whole teams, and what would help?

    For that everybody has their places, those who have no visit left too: they could be asked for one more.
    """
    pool = Obstacles(asked)
    more = tuple(replace(one, capacity=one.capacity + 1) for one in asked.reviewers)
    roomy = replace(asked, reviewers=more, rules=_without(asked.rules, {"most_visits": None}))
    prepared = _as_it_is(pool, prepare(roomy))
    network = Network(prepared.instance)
    found = optimum(network)
    groups = shortages(network, found.flow)
    concerned = {prepared.cycles[visit] for group in groups for visit in group.visits}
    barred = barred_by_one(roomy, prepared, cycles=concerned)
    offered = Offered(
        raising=np.array([_raising(pool, one) for one in prepared.reviewers], dtype=np.int64),
        recruiting=np.full(len(prepared.roles), RECRUITING, dtype=np.int64),
        barred=barred.places,
        rule=barred.rule,
        relaxing=np.full(len(barred.rules), RELAXING, dtype=np.int64),
    )
    return Blocks(
        prepared=prepared, groups=groups, offered=offered, ways=ways_out(prepared.instance, offered),
        empty=found.empty, rules=barred.rules,
    )  # fmt: skip


def _as_it_is(pool: Obstacles, roomy: Prepared) -> Prepared:
    """The same, where nobody makes more visits than they have left."""
    left = [pool.may_visit(pool.reviewers[one]) - pool.load[one] for one in roomy.reviewers]
    supply = replace(roomy.instance.supply, left=np.maximum(np.array(left, dtype=np.int64), 0))
    return replace(roomy, instance=replace(roomy.instance, supply=supply))


def _raising(pool: Obstacles, reviewer: int) -> int:
    """At which price does this reviewer make one more visit? NEVER beyond what the scheme allows."""
    person, most = pool.reviewers[reviewer], pool.asked.rules.most_visits
    if most is not None and (pool.load[reviewer] >= most or person.capacity >= most):
        return NEVER
    return ONE_MORE if person.capacity > 0 else FIRST_VISIT


def without_a_rule_on_teams(asked: Question) -> Iterator[tuple[str, Question]]:
    """The same question without each of the rules on whole teams that the scheme has, and with visits at any time."""
    for name, without in ON_TEAMS.items():
        rules = _without(asked.rules, without)
        if rules != asked.rules:
            yield name, replace(asked, rules=rules)
    if groups([one.days for one in asked.visits]):
        yield SAME_DAYS, replace(asked, at_once=True)


def _without(rules: AssignmentRules, changes: Mapping[str, object]) -> AssignmentRules:
    return rules.model_copy(update=dict(changes))
