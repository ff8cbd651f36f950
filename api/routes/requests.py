"""Requests for more evidence on one criterion, and their answers."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel

from accreditation.actions.answer_request import answer_request
from accreditation.actions.ask_evidence import ask_evidence
from accreditation.rules.permissions import Permission
from accreditation.views import requests as view
from api.guard import Asks, guard
from api.inputs.bounds import CriterionId, CycleId, RequestId
from api.inputs.reviews import QuestionSent, ReplySent
from api.routes.making import Done, routes

router = routes("evidence requests")

Reader = Annotated[Asks, guard(Permission.EVIDENCE_READ)]
Asker = Annotated[Asks, guard(Permission.EVIDENCE_REQUEST)]
Answerer = Annotated[Asks, guard(Permission.EVIDENCE_ATTACH)]


class AskedFor(BaseModel):
    """The team is asked. It learns the question and the date, not who asks."""

    due_at: datetime


@router.get("/cycles/{cycle}/requests", response_model=view.Requests)
def requests(cycle: CycleId, asks: Reader) -> view.Requests:
    """What is the team asked to show besides, and until when?"""
    return view.requests_of(asks.database, principal=asks.principal, cycle_id=cycle, at=asks.at)


@router.post("/cycles/{cycle}/review/criteria/{criterion}/requests", response_model=AskedFor, status_code=201)
def ask(cycle: CycleId, criterion: CriterionId, sent: QuestionSent, asks: Asker) -> AskedFor:
    """Ask the team for more evidence on a criterion: that opens it, and nothing else, to the team for a time."""
    due_at = ask_evidence(
        asks.database, principal=asks.principal, cycle_id=cycle, criterion=criterion, question=sent.question, at=asks.at
    )
    return AskedFor(due_at=due_at)


@router.put("/cycles/{cycle}/requests/{request}/answer", response_model=Done)
def answer(cycle: CycleId, request: RequestId, sent: ReplySent, asks: Answerer) -> Done:
    """Answer a request in writing, which closes it; attach the evidence before."""
    answer_request(
        asks.database, principal=asks.principal, cycle_id=cycle, request=request, reply=sent.reply, at=asks.at
    )
    return Done()
