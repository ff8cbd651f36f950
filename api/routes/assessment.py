"""The self-assessment: read it, answer one criterion or many, submit.

Nobody overwrites anybody unseen: every answer carries `seen_version`, the version that was on the screen. Where
somebody answered since, the write gets 409 with what stands now, and nothing is kept.
"""

from typing import Annotated

from pydantic import BaseModel

from accreditation.actions.rate import rate
from accreditation.actions.submit import submit as act
from accreditation.rules.cycle import Stage
from accreditation.rules.permissions import Permission
from accreditation.views import criteria as view
from api.guard import Asks, guard
from api.inputs.assessment import BulkSent, GivenSent, SubmissionSent
from api.inputs.bounds import CriterionId, CycleId
from api.routes.cycles import StageReached
from api.routes.making import routes

router = routes("self-assessment")

Reader = Annotated[Asks, guard(Permission.ASSESSMENT_READ)]
Rater = Annotated[Asks, guard(Permission.ASSESSMENT_RATE)]
Submitter = Annotated[Asks, guard(Permission.ASSESSMENT_SUBMIT)]


class Kept(BaseModel):
    """One answer is kept. `version` is what the next answer must have seen."""

    criterion: str
    version: int


class AllKept(BaseModel):
    """The answers are kept: criterion -> version now."""

    versions: dict[str, int]


@router.get("/cycles/{cycle}/self-assessment", response_model=view.SelfAssessment)
def self_assessment(cycle: CycleId, asks: Reader) -> view.SelfAssessment:
    """What did the team answer to every criterion that applies to it?"""
    return view.self_assessment(asks.database, principal=asks.principal, cycle_id=cycle)


@router.put("/cycles/{cycle}/self-assessment/{criterion}", response_model=Kept)
def rate_one(cycle: CycleId, criterion: CriterionId, sent: GivenSent, asks: Rater) -> Kept:
    """Answer one criterion. 409 where somebody answered after `seen_version`, with what stands now."""
    given = {criterion: sent.given()}
    kept = rate(asks.database, principal=asks.principal, cycle_id=cycle, given=given, at=asks.at)
    return Kept(criterion=criterion, version=kept[criterion])


@router.post("/cycles/{cycle}/self-assessment", response_model=AllKept)
def rate_many(cycle: CycleId, sent: BulkSent, asks: Rater) -> AllKept:
    """Answer many criteria at once: all are kept, or none."""
    given = sent.given()
    return AllKept(versions=rate(asks.database, principal=asks.principal, cycle_id=cycle, given=given, at=asks.at))


@router.post("/cycles/{cycle}/submissions", response_model=StageReached)
def submit(cycle: CycleId, sent: SubmissionSent, asks: Submitter) -> StageReached:
    """Submit the work of a stage. 422 names everything that is missing; submitted twice changes nothing."""
    stage = act(asks.database, principal=asks.principal, cycle_id=cycle, stage=Stage(sent.stage), at=asks.at)
    return StageReached(stage=stage)
