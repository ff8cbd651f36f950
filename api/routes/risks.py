"""Immediate risks, which wait for nothing and change no score; and the notices of what concerns one."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from accreditation.actions.answer_risk import answer_risk
from accreditation.actions.raise_risk import raise_risk
from accreditation.rules.permissions import Permission
from accreditation.views import notices as inbox
from accreditation.views import risks as view
from accreditation.views.looking import Page
from api.guard import Asks, guard
from api.inputs.bounds import After, CycleId, Limit, RiskId
from api.inputs.reviews import ReplySent, RiskSent
from api.routes.making import routes

router = routes("immediate risks")

Reader = Annotated[Asks, guard(Permission.RISK_READ)]
Raiser = Annotated[Asks, guard(Permission.RISK_RAISE)]
Answerer = Annotated[Asks, guard(Permission.RISK_ANSWER)]
Told = Annotated[Asks, guard(Permission.NOTICE_READ)]


class RiskRaised(BaseModel):
    """The office and the team's lead are told."""

    reply_by: datetime | None = Field(description="Until when it is answered; null where the scheme sets no time.")


class RiskAnswered(BaseModel):
    """The answer is kept; the office and the reviewer who raised it are told."""

    in_time: bool


@router.get("/cycles/{cycle}/risks", response_model=view.Risks)
def risks(cycle: CycleId, asks: Reader) -> view.Risks:
    """Which immediate risks were raised, and what was answered?"""
    return view.risks_of(asks.database, principal=asks.principal, cycle_id=cycle, at=asks.at)


@router.post("/cycles/{cycle}/risks", response_model=RiskRaised, status_code=201)
def raise_one(cycle: CycleId, sent: RiskSent, asks: Raiser) -> RiskRaised:
    """Raise an immediate risk; it waits neither for the hand-in nor for the consensus."""
    reply_by = raise_risk(
        asks.database, principal=asks.principal, cycle_id=cycle, criterion=sent.criterion, text=sent.text, at=asks.at
    )
    return RiskRaised(reply_by=reply_by)


@router.put("/cycles/{cycle}/risks/{risk}/answer", response_model=RiskAnswered)
def answer(cycle: CycleId, risk: RiskId, sent: ReplySent, asks: Answerer) -> RiskAnswered:
    """Answer an immediate risk in writing, in whatever stage the cycle is. A late answer is kept too."""
    in_time = answer_risk(
        asks.database, principal=asks.principal, cycle_id=cycle, risk=risk, reply=sent.reply, at=asks.at
    )
    return RiskAnswered(in_time=in_time)


@router.get("/notices", response_model=Page[inbox.NoticeShown])
def notices(asks: Told, after: After = 0, limit: Limit = 100) -> Page[inbox.NoticeShown]:
    """Of what is the asker told? Their own role's, team's or reviewer's notices alone, the oldest first."""
    return inbox.notices_of(asks.database, principal=asks.principal, after=after, limit=limit)
