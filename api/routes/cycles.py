"""Cycles: enrol a team, see where a cycle stands, and take it off its way."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel

from accreditation.actions import leave
from accreditation.actions.enrol import enrol as act
from accreditation.actions.state_profile import state_profile as state
from accreditation.rules.cycle import Stage
from accreditation.rules.permissions import Permission
from accreditation.scheme.facts import FactValue
from accreditation.views import cycles as view
from accreditation.views import history as stages
from accreditation.views import progress as gap
from accreditation.views.looking import Page
from api.guard import Asks, guard
from api.inputs.assessment import ProfileSent
from api.inputs.bounds import LARGEST_ID, After, CycleId, Limit, ReasonSent
from api.inputs.college import EnrolmentSent
from api.routes.making import routes

router = routes("cycles")

Reader = Annotated[Asks, guard(Permission.CYCLE_READ)]
Assessor = Annotated[Asks, guard(Permission.ASSESSMENT_READ)]
Enroller = Annotated[Asks, guard(Permission.CYCLE_ENROL)]
Stater = Annotated[Asks, guard(Permission.CYCLE_PROFILE)]
Sender = Annotated[Asks, guard(Permission.CYCLE_SEND_BACK)]
Leaver = Annotated[Asks, guard(Permission.CYCLE_WITHDRAW)]
OfStage = Annotated[Stage | None, Query(description="Only cycles in this stage.")]
OfRound = Annotated[int | None, Query(ge=1, le=LARGEST_ID, description="Only cycles of this round.")]


class Enrolled(BaseModel):
    """The team's cycle has begun."""

    id: int


class ProfileStated(BaseModel):
    """Everything that is stated about the service; a number is told as text with every digit."""

    profile: dict[str, FactValue]


class StageReached(BaseModel):
    """The stage that the cycle is in now."""

    stage: Stage


@router.get("/cycles", response_model=Page[view.CycleRow])
def cycles(
    asks: Reader, stage: OfStage = None, round: OfRound = None, after: After = 0, limit: Limit = 100  # noqa: A002  (the path's word)
) -> Page[view.CycleRow]:  # fmt: skip
    """Which cycles may the asker know of? A team its own, a reviewer those they review, the college all."""
    return view.cycles_of(
        asks.database, principal=asks.principal, stage=stage, round_id=round, after=after, limit=limit, at=asks.at
    )


@router.post("/cycles", response_model=Enrolled, status_code=201)
def enrol(sent: EnrolmentSent, asks: Enroller) -> Enrolled:
    """Enrol a team in a round: its cycle begins. The same enrolment again changes nothing."""
    cycle = act(
        asks.database,
        principal=asks.principal,
        team_id=sent.team,
        round_id=sent.round,
        profile=sent.profile,
        at=asks.at,
    )
    return Enrolled(id=cycle)


@router.get("/cycles/{cycle}", response_model=view.CycleWhole)
def cycle_whole(cycle: CycleId, asks: Reader) -> view.CycleWhole:
    """How does this cycle stand, with every criterion that applies and what the asker can do now?"""
    return view.cycle_whole(asks.database, principal=asks.principal, cycle_id=cycle, at=asks.at)


@router.get("/cycles/{cycle}/history", response_model=stages.History)
def history(cycle: CycleId, asks: Reader) -> stages.History:
    """Which stages did this cycle go through, and why?"""
    return stages.history(asks.database, principal=asks.principal, cycle_id=cycle)


@router.get("/cycles/{cycle}/progress", response_model=gap.Progress)
def progress(cycle: CycleId, asks: Assessor) -> gap.Progress:
    """How far is the team: answers, evidence, the distance to every award and what stands in the way?"""
    return gap.progress(asks.database, principal=asks.principal, cycle_id=cycle, at=asks.at)


@router.patch("/cycles/{cycle}/profile", response_model=ProfileStated)
def state_profile(cycle: CycleId, sent: ProfileSent, asks: Stater) -> ProfileStated:
    """State what the service is; facts that are left out stand as they were. Some are the college office's to state."""
    return ProfileStated(
        profile=state(asks.database, principal=asks.principal, cycle_id=cycle, profile=sent.profile, at=asks.at)
    )


@router.post("/cycles/{cycle}/send-back", response_model=StageReached)
def send_back(cycle: CycleId, sent: ReasonSent, asks: Sender) -> StageReached:
    """Send the cycle back to its team, with a reason that the team reads."""
    return StageReached(
        stage=leave.send_back(asks.database, principal=asks.principal, cycle_id=cycle, reason=sent.reason, at=asks.at)
    )


@router.post("/cycles/{cycle}/withdrawal", response_model=StageReached)
def withdraw(cycle: CycleId, sent: ReasonSent, asks: Leaver) -> StageReached:
    """End the cycle without a decision, with a reason."""
    return StageReached(
        stage=leave.withdraw(asks.database, principal=asks.principal, cycle_id=cycle, reason=sent.reason, at=asks.at)
    )
