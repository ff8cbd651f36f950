"""Peer review: who sits in the team, a reviewer's own ratings, all of them side by side, and settling differences.

As in the self-assessment, every rating carries `seen_version`.
"""

from typing import Annotated

from pydantic import BaseModel, Field

from accreditation.actions import review as act
from accreditation.actions.appoint_settler import appoint_settler as appoint_one
from accreditation.actions.settle import settle as settle_one
from accreditation.rules.permissions import Permission
from accreditation.views import awards, teams_of_review
from accreditation.views import reviews as view
from accreditation.views.one_criterion import OneCriterion, one_criterion
from api.guard import Asks, guard
from api.inputs.assessment import AnswerSent, BulkSent, GivenSent
from api.inputs.bounds import CriterionId, CycleId
from api.inputs.reviews import SettlerSent
from api.routes.assessment import AllKept, Kept
from api.routes.making import Done, routes

router = routes("review")

Knower = Annotated[Asks, guard(Permission.CYCLE_READ)]
Rater = Annotated[Asks, guard(Permission.REVIEW_RATE)]
HanderIn = Annotated[Asks, guard(Permission.REVIEW_HAND_IN)]
Reader = Annotated[Asks, guard(Permission.REVIEW_READ)]
Settler = Annotated[Asks, guard(Permission.REVIEW_SETTLE)]
Appointer = Annotated[Asks, guard(Permission.REVIEW_APPOINT)]
AwardReader = Annotated[Asks, guard(Permission.AWARD_READ)]


class SettledNow(BaseModel):
    """The criterion is settled. `left` names those that still wait."""

    left: tuple[str, ...]


class Appointed(BaseModel):
    """The reviewer settles."""

    new: bool = Field(description="False where they settled already: then nothing was changed.")


@router.get("/cycles/{cycle}/review-team", response_model=teams_of_review.ReviewTeam)
def review_team(cycle: CycleId, asks: Knower) -> teams_of_review.ReviewTeam:
    """Who sits in the review team, in which role, and why?"""
    return teams_of_review.seats_of(asks.database, principal=asks.principal, cycle_id=cycle)


@router.get("/cycles/{cycle}/review", response_model=view.OwnReview)
def own_review(cycle: CycleId, asks: Rater) -> view.OwnReview:
    """What did the asking reviewer rate so far?"""
    return view.own_review(asks.database, principal=asks.principal, cycle_id=cycle)


@router.get("/cycles/{cycle}/review/criteria/{criterion}", response_model=OneCriterion)
def one(cycle: CycleId, criterion: CriterionId, asks: Rater) -> OneCriterion:
    """One criterion side by side: what it asks, what the team says and shows, and the asker's own review of it."""
    return one_criterion(asks.database, principal=asks.principal, cycle_id=cycle, criterion=criterion, at=asks.at)


@router.put("/cycles/{cycle}/review/{criterion}", response_model=Kept)
def rate_one(cycle: CycleId, criterion: CriterionId, sent: GivenSent, asks: Rater) -> Kept:
    """Rate one criterion, alone."""
    given = {criterion: sent.given()}
    kept = act.review(asks.database, principal=asks.principal, cycle_id=cycle, given=given, at=asks.at)
    return Kept(criterion=criterion, version=kept[criterion])


@router.post("/cycles/{cycle}/review", response_model=AllKept)
def rate_many(cycle: CycleId, sent: BulkSent, asks: Rater) -> AllKept:
    """Rate many criteria at once, alone: all are kept, or none."""
    given = sent.given()
    return AllKept(
        versions=act.review(asks.database, principal=asks.principal, cycle_id=cycle, given=given, at=asks.at)
    )


@router.post("/cycles/{cycle}/review/hand-in", response_model=Done)
def hand_in(cycle: CycleId, asks: HanderIn) -> Done:
    """Hand in: the ratings stand from now on, and the reviewer may see those that others handed in."""
    act.hand_in(asks.database, principal=asks.principal, cycle_id=cycle, at=asks.at)
    return Done()


@router.get("/cycles/{cycle}/reviews", response_model=view.SideBySide)
def reviews(cycle: CycleId, asks: Reader) -> view.SideBySide:
    """Which ratings may the asker see, side by side? Before the own hand-in, a reviewer sees their own alone."""
    return view.side_by_side(asks.database, principal=asks.principal, cycle_id=cycle)


@router.get("/cycles/{cycle}/settlements", response_model=awards.Settled)
def settlements(cycle: CycleId, asks: AwardReader) -> awards.Settled:
    """How was every criterion settled? A team sees it once its result is published."""
    return awards.settled_ratings(asks.database, principal=asks.principal, cycle_id=cycle)


@router.put("/cycles/{cycle}/settlements/{criterion}", response_model=SettledNow)
def settle(cycle: CycleId, criterion: CriterionId, sent: AnswerSent, asks: Settler) -> SettledNow:
    """Settle a criterion on which the ratings differ; the note is the reason, and it stays."""
    left = settle_one(
        asks.database, principal=asks.principal, cycle_id=cycle, criterion=criterion, answer=sent.answer(), at=asks.at
    )
    return SettledNow(left=left)


@router.put("/cycles/{cycle}/settler", response_model=Appointed)
def appoint(cycle: CycleId, sent: SettlerSent, asks: Appointer) -> Appointed:
    """Appoint another member of the review team to settle, where whoever settles cannot go on; with a reason."""
    is_new = appoint_one(
        asks.database, principal=asks.principal, cycle_id=cycle, reviewer_id=sent.reviewer,
        seen_version=sent.seen_version, reason=sent.reason, at=asks.at,
    )  # fmt: skip
    return Appointed(new=is_new)
