"""Figures that are reported of a team, what follows from them, and a team's challenge with the office's answer."""

from typing import Annotated

from pydantic import BaseModel

from accreditation.actions.answer_challenge import answer_challenge
from accreditation.actions.challenge_indicator import challenge_indicator
from accreditation.rules.permissions import Permission
from accreditation.views import indicators as view
from api.guard import Asks, guard
from api.inputs.bounds import ChallengeId, CriterionId, CycleId
from api.inputs.indicators import ChallengeAnswerSent, ChallengeSent
from api.routes.making import Done, routes

router = routes("indicators")

Reader = Annotated[Asks, guard(Permission.ASSESSMENT_READ)]
Challenger = Annotated[Asks, guard(Permission.INDICATOR_CHALLENGE)]
Answerer = Annotated[Asks, guard(Permission.INDICATOR_ANSWER)]


class Challenged(BaseModel):
    """The challenge is kept, and the office is told. The figure stays what it is."""

    challenge: int


@router.get("/cycles/{cycle}/indicators", response_model=view.Indicators)
def indicators(cycle: CycleId, asks: Reader) -> view.Indicators:
    """What is reported of this team: value, period, source, what is asked, and what follows with its working."""
    return view.indicators_of(asks.database, principal=asks.principal, cycle_id=cycle)


@router.post("/cycles/{cycle}/indicators/{criterion}/challenges", response_model=Challenged, status_code=201)
def challenge(cycle: CycleId, criterion: CriterionId, sent: ChallengeSent, asks: Challenger) -> Challenged:
    """Say that the figure for a criterion is wrong, with a note; each figure once."""
    number = challenge_indicator(
        asks.database, principal=asks.principal, cycle_id=cycle, criterion=criterion, note=sent.note, at=asks.at
    )
    return Challenged(challenge=number)


@router.put("/cycles/{cycle}/challenges/{challenge}/answer", response_model=Done)
def answer(cycle: CycleId, challenge: ChallengeId, sent: ChallengeAnswerSent, asks: Answerer) -> Done:
    """Answer a challenge with a reason: the figure is upheld, or a newer file has corrected it."""
    answer_challenge(
        asks.database, principal=asks.principal, cycle_id=cycle, challenge=challenge, how=sent.how, reason=sent.reason,
        at=asks.at,
    )  # fmt: skip
    return Done()
