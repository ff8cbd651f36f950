"""What the rules recommend, what was decided, and the settled ratings it rests on: the team's own after publication."""

import json
from datetime import date, datetime

from accreditation.database import Database, Session
from accreditation.errors import NotFound
from accreditation.records import awards, reviews
from accreditation.records.awards import ConditionSet, Decision, Recommendation
from accreditation.rules.cycle import Stage
from accreditation.rules.improvement import Improvement
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.model import Scheme
from accreditation.views.criteria import CriterionNamed, named
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.reviews import AFTER_REVIEW, SettlementSeen, settlement_seen


class WorkingShown(Shown):
    """One rule at work: what it needed, what was found, whether it holds, and what stands in its way."""

    rule: str
    needed: str
    found: str
    holds: bool
    in_the_way: tuple[str, ...]
    parts: tuple["WorkingShown", ...]


class OutcomeTried(WorkingShown):
    """The rule of one outcome at work."""

    outcome: str


class ConditionAsked(Shown):
    """`needed` of these criteria must be put right within this time."""

    needed: int
    criteria: tuple[str, ...]
    within: str


class RecommendationShown(Shown):
    """What the rules recommend, with the working of every outcome that was tried, from the highest."""

    cycle: int
    outcome: str
    title: str
    awarded: bool
    recommended_at: datetime
    working: tuple[OutcomeTried, ...]
    stands_in_the_way: tuple[str, ...]
    improvements: tuple[Improvement, ...]
    conditions: tuple[ConditionAsked, ...]


class CriterionTitled(Shown):
    """A criterion by its id and title."""

    id: str
    title: str


class ConditionShown(Shown):
    """`needed` of these criteria must be put right by `due_on`."""

    needed: int
    criteria: tuple[CriterionTitled, ...]
    due_on: date


class DecisionShown(Shown):
    """What the committee decided. Where it departs from the recommendation, `reason` says why."""

    cycle: int
    outcome: str
    title: str
    awarded: bool
    departs: bool
    reason: str
    decided_by: str
    decided_at: datetime
    valid_until: date | None
    published: bool
    conditions: tuple[ConditionShown, ...]


class SettledCriterion(CriterionNamed):
    """A criterion and how the review settled it."""

    settlement: SettlementSeen | None


class Settled(Shown):
    """The settled ratings of a cycle, in the standard's order."""

    cycle: int
    criteria: tuple[SettledCriterion, ...]


def recommendation(database: Database, *, principal: Principal, cycle_id: int) -> RecommendationShown:
    """What do the rules recommend here, and why? NotFound until the asker may see it."""
    with database.reading() as session:
        _look(session, principal, cycle_id)
        row = session.get(Recommendation, cycle_id)
        if row is None:
            raise NotFound("Nothing is recommended for this cycle yet.")
        return RecommendationShown(cycle=cycle_id, recommended_at=row.at, **json.loads(row.working))


def decision(database: Database, *, principal: Principal, cycle_id: int) -> DecisionShown:
    """What was decided here? NotFound until the asker may see it."""
    with database.reading() as session:
        looked = _look(session, principal, cycle_id)
        row = session.get(Decision, cycle_id)
        if row is None:
            raise NotFound("Nothing is decided for this cycle yet.")
        conditions = awards.conditions(session, [cycle_id]).get(cycle_id, [])
        outcome = looked.scheme.outcome(row.outcome)
        return DecisionShown(
            cycle=cycle_id, outcome=row.outcome, title=outcome.title, awarded=outcome.awarded, departs=row.departs,
            reason=row.reason, decided_by=row.by, decided_at=row.at, valid_until=row.valid_until,
            published=looked.now.stage is Stage.PUBLISHED,
            conditions=tuple(condition_shown(looked.scheme, one) for one in conditions),
        )  # fmt: skip


def settled_ratings(database: Database, *, principal: Principal, cycle_id: int) -> Settled:
    """How was every criterion settled? NotFound until the asker may see it."""
    with database.reading() as session:
        looked = _look(session, principal, cycle_id)
        rows = reviews.settlements(session, cycle_id) if looked.now.stage in AFTER_REVIEW else {}
        return Settled(
            cycle=cycle_id,
            criteria=tuple(
                SettledCriterion(**dict(named(looked, one)), settlement=settlement_seen(rows.get(one.id)))
                for one in looked.applicable
            ),
        )


def condition_shown(scheme: Scheme, row: ConditionSet) -> ConditionShown:
    """The condition with its criteria's titles."""
    criteria = tuple(CriterionTitled(id=name, title=scheme.by_id[name].title) for name in row.names)
    return ConditionShown(needed=row.needed, criteria=criteria, due_on=row.due_on)


def _look(session: Session, principal: Principal, cycle_id: int) -> Looked:
    """The cycle, for the college at any time, for the team once its result is published."""
    looked = look(session, principal=principal, permission=Permission.AWARD_READ, cycle_id=cycle_id)
    if not looked.by_college and looked.now.stage is not Stage.PUBLISHED:
        raise NotFound("The result of this cycle is not published yet; a team sees it once it is.")
    return looked
