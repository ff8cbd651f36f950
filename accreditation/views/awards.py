"""What the rules recommend, what was decided, and the settled ratings it rests on: the team's own after publication."""

import json
from datetime import date, datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.errors import NotFound
from accreditation.records import reviewers, reviews
from accreditation.records.aftermath import Aftermath, aftermath
from accreditation.records.awards import Publication, Recommendation
from accreditation.records.conflicts_since import conflicts_since
from accreditation.rules.afterwards import appeal_until
from accreditation.rules.cycle import Stage
from accreditation.rules.deadlines import holidays_of
from accreditation.rules.improvement import Improvement
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.values import Period
from accreditation.views.aftermath import (
    AppealShown,
    ConditionShown,
    Followed,
    Stood,
    appeal_shown,
    conditions_shown,
    followed,
    stood,
)
from accreditation.views.criteria import CriterionNamed, named
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.reported import ReportedFinding, reported_findings
from accreditation.views.reviews import SettlementSeen, settlement_seen
from accreditation.views.seats import AFTER_REVIEW
from accreditation.views.working import LimitHeld, OutcomeTried, ScoreWorked


class ConditionAsked(Shown):
    """`needed` of these criteria must be put right within this time; then an outcome may follow by itself."""

    needed: int
    criteria: tuple[str, ...]
    within: str
    when_met: str | None = Field(default=None, description="The outcome once all conditions are met in time.")
    when_missed: str | None = Field(default=None, description="The outcome to which it lapses when the time is over.")


class RecommendationShown(Shown):
    """What the rules recommend, with the working of every outcome that was tried, from the highest."""

    cycle: int
    outcome: str
    title: str
    awarded: bool
    judgement: bool = Field(default=False, description="Whether the rules are silent: then people must decide.")
    valid_for: str | None = Field(default=None, description="How long the outcome would be valid, as in '3 years'.")
    body: str | None = Field(description="Who decides, as the public reads it; null where the scheme does not say.")
    confirmed_by: str | None = Field(description="Which other body confirms it, where one does.")
    recommended_at: datetime
    working: tuple[OutcomeTried, ...]
    limited: tuple[LimitHeld, ...] = Field(default=(), description="Limits that took a higher outcome away.")
    scores: tuple[ScoreWorked, ...] = ()
    stands_in_the_way: tuple[str, ...]
    improvements: tuple[Improvement, ...]
    conditions: tuple[ConditionAsked, ...]
    warnings: tuple[str, ...] = Field(
        default=(), description="For the college: reviewers with a conflict that came to be known after they handed in."
    )


class DecisionShown(Shown):
    """What the committee decided. Where it departs from the recommendation, or judged, `reason` says why."""

    cycle: int
    outcome: str
    title: str
    awarded: bool
    departs: bool
    judgement: bool = Field(description="Whether the rules were silent and the committee had to judge.")
    reason: str
    decided_by: str
    body: str | None = Field(description="Who decides, as the public reads it; null where the scheme does not say.")
    confirmed_by: str | None = Field(description="Which other body confirms it, where one does.")
    decided_at: datetime
    valid_until: date | None
    published: bool
    conditions: tuple[ConditionShown, ...] = Field(description="Those of the outcome that stands now.")
    stands: Stood = Field(description="The outcome that stands now; the decision itself where nothing followed it.")
    followed: tuple[Followed, ...] = Field(description="Every outcome that followed the decision, the newest last.")
    appeal_until: date | None = Field(description="The last day for an appeal, once published; null where none is.")
    appeal: AppealShown | None


class SettledCriterion(CriterionNamed):
    """A criterion and how the review settled it."""

    settlement: SettlementSeen | None


class Settled(Shown):
    """The settled ratings of a cycle, in the standard's order, and the findings that the report has."""

    cycle: int
    criteria: tuple[SettledCriterion, ...]
    findings: tuple[ReportedFinding, ...]


def recommendation(database: Database, *, principal: Principal, cycle_id: int) -> RecommendationShown:
    """What do the rules recommend here, and why? NotFound until the asker may see it."""
    with database.reading() as session:
        return recommendation_of(look_at_result(session, principal, cycle_id))


def recommendation_of(looked: Looked) -> RecommendationShown:
    """What the rules recommend for a cycle that is looked at already, by somebody who may see it."""
    by, row = looked.scheme.decided_by, looked.session.get(Recommendation, looked.cycle_id)
    if row is None:
        raise NotFound("Nothing is recommended for this cycle yet.")
    told = json.loads(row.working)
    valid_for = told.pop("valid_for", None)
    return RecommendationShown(
        cycle=looked.cycle_id, recommended_at=row.at, body=by and by.title, confirmed_by=by and by.confirmed_by,
        valid_for=None if valid_for is None else str(Period.model_validate(valid_for)), warnings=_warnings(looked),
        **told,
    )  # fmt: skip


def _warnings(looked: Looked) -> tuple[str, ...]:
    """Whose review counts here although they have a conflict of interest by now? For the college alone."""
    if not looked.by_college:
        return ()
    found = conflicts_since(looked.session, [looked.cycle_id])
    return tuple(
        f"{reviewers.get(looked.session, reviewer).name} {words}" for (_, reviewer), words in sorted(found.items())
    )


def decision(database: Database, *, principal: Principal, cycle_id: int) -> DecisionShown:
    """What was decided here? NotFound until the asker may see it."""
    with database.reading() as session:
        return decision_of(look_at_result(session, principal, cycle_id))


def decision_of(looked: Looked) -> DecisionShown:
    """The decision on a cycle that is looked at already, by somebody who may see it."""
    after = aftermath(looked.session, looked.cycle_id)
    if after is None:
        raise NotFound("Nothing is decided for this cycle yet.")
    row, by = after.decision, looked.scheme.decided_by
    outcome = looked.scheme.outcome(row.outcome)
    recommended = looked.scheme.outcome(looked.session.get_one(Recommendation, looked.cycle_id).outcome)
    return DecisionShown(
        cycle=looked.cycle_id, outcome=row.outcome, title=outcome.title, awarded=outcome.awarded, departs=row.departs,
        judgement=recommended.judgement, reason=row.reason, decided_by=row.by, decided_at=row.at,
        valid_until=row.valid_until, published=looked.now.stage is Stage.PUBLISHED,
        body=by and by.title, confirmed_by=by and by.confirmed_by, appeal_until=last_day_of_appeal(looked),
        conditions=conditions_shown(looked.scheme, after), stands=stood(looked.scheme, after)[-1],
        followed=tuple(followed(looked.scheme, after)),
        appeal=appeal_shown(looked.scheme, after, panel=_panel(looked, after)),
    )  # fmt: skip


def _panel(looked: Looked, after: Aftermath) -> list[str]:
    """Who heard the appeal as a panel, by name? For the college alone, as the panel itself is."""
    if after.answer is None or not looked.by_college:
        return []
    return [row.name for row in reviewers.pool(looked.session, after.answer.heard_by)]


def last_day_of_appeal(looked: Looked) -> date | None:
    """The last day on which the team can appeal; None where nothing is published or the scheme has no appeal."""
    published, rule = looked.session.get(Publication, looked.cycle_id), looked.scheme.appeal
    if published is None or rule is None:
        return None
    off = holidays_of(scheme=looked.scheme, profile=looked.now.profile)
    return appeal_until(rule, told=published.at, holidays=off)


def settled_ratings(database: Database, *, principal: Principal, cycle_id: int) -> Settled:
    """How was every criterion settled? NotFound until the asker may see it."""
    with database.reading() as session:
        looked = look_at_result(session, principal, cycle_id)
        rows = reviews.settlements(session, cycle_id) if looked.now.stage in AFTER_REVIEW else {}
        return Settled(
            cycle=cycle_id,
            criteria=tuple(
                SettledCriterion(**dict(named(looked, one)), settlement=settlement_seen(rows.get(one.id), looked))
                for one in looked.applicable
            ),
            findings=reported_findings(looked),
        )


def look_at_result(session: Session, principal: Principal, cycle_id: int) -> Looked:
    """The cycle, for the college at any time, for the team once its result is published."""
    looked = look(session, principal=principal, permission=Permission.AWARD_READ, cycle_id=cycle_id)
    if not looked.by_college and looked.now.stage is not Stage.PUBLISHED:
        raise NotFound("The result of this cycle is not published yet; a team sees it once it is.")
    return looked
