"""The award: what the rules recommend, what the committee decides, and its publication."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel

from accreditation.actions.decide import decide as act
from accreditation.actions.publish import publish as publish_result
from accreditation.rules.permissions import Permission
from accreditation.views import awards as view
from api.guard import Asks, guard
from api.inputs.bounds import CycleId
from api.inputs.decisions import DecisionSent
from api.routes.making import routes

router = routes("award")

Reader = Annotated[Asks, guard(Permission.AWARD_READ)]
Decider = Annotated[Asks, guard(Permission.AWARD_DECIDE)]
Publisher = Annotated[Asks, guard(Permission.AWARD_PUBLISH)]


class Published(BaseModel):
    """The decision is in the public register."""

    cycle: int
    edition_digest: str
    published_at: datetime


@router.get("/cycles/{cycle}/recommendation", response_model=view.RecommendationShown)
def recommendation(cycle: CycleId, asks: Reader) -> view.RecommendationShown:
    """What do the rules recommend, and why? A team sees it once its result is published."""
    return view.recommendation(asks.database, principal=asks.principal, cycle_id=cycle)


@router.get("/cycles/{cycle}/decision", response_model=view.DecisionShown)
def decision(cycle: CycleId, asks: Reader) -> view.DecisionShown:
    """What did the committee decide? A team sees it once it is published."""
    return view.decision(asks.database, principal=asks.principal, cycle_id=cycle)


@router.post("/cycles/{cycle}/decision", response_model=view.DecisionShown, status_code=201)
def decide(cycle: CycleId, sent: DecisionSent, asks: Decider) -> view.DecisionShown:
    """Decide. The rules recommend; a departure from them needs a reason that stays."""
    act(
        asks.database, principal=asks.principal, cycle_id=cycle, outcome=sent.outcome, reason=sent.reason,
        conditions=sent.conditions, at=asks.at,
    )  # fmt: skip
    return view.decision(asks.database, principal=asks.principal, cycle_id=cycle)


@router.post("/cycles/{cycle}/publication", response_model=Published, status_code=201)
def publish(cycle: CycleId, asks: Publisher) -> Published:
    """Put the decision into the public register."""
    row = publish_result(asks.database, principal=asks.principal, cycle_id=cycle, at=asks.at)
    return Published(cycle=row.cycle_id, edition_digest=row.edition_digest, published_at=row.at)
