"""The factual accuracy check: the report as the team sees it, what it says is not accurate, and the answers."""

from typing import Annotated

from pydantic import BaseModel, Field

from accreditation.actions.agree import agree as agree_to_report
from accreditation.actions.answer_comment import answer_comment
from accreditation.actions.comment import comment as keep_comment
from accreditation.rules.permissions import Permission
from accreditation.views import accuracy as view
from api.guard import Asks, guard
from api.inputs.bounds import CommentId, CycleId
from api.inputs.decisions import CommentAnswerSent, CommentSent
from api.routes.cycles import StageReached
from api.routes.making import routes

router = routes("factual accuracy")

Reader = Annotated[Asks, guard(Permission.ACCURACY_READ)]
Commenter = Annotated[Asks, guard(Permission.ACCURACY_COMMENT)]
Answerer = Annotated[Asks, guard(Permission.ACCURACY_ANSWER)]
Agreer = Annotated[Asks, guard(Permission.ACCURACY_AGREE)]


class Commented(BaseModel):
    """The comment is kept; the reviewers answer it."""

    id: int


class Answered(BaseModel):
    """The comment is answered."""

    waiting: tuple[int, ...] = Field(description="Ids of the comments that still wait for an answer.")


@router.get("/cycles/{cycle}/report", response_model=view.Report)
def report(cycle: CycleId, asks: Reader) -> view.Report:
    """What did the reviewers find, and what does the team say of it?"""
    return view.report(asks.database, principal=asks.principal, cycle_id=cycle)


@router.post("/cycles/{cycle}/report/comments", response_model=Commented, status_code=201)
def comment(cycle: CycleId, sent: CommentSent, asks: Commenter) -> Commented:
    """Say that what the report says of a criterion, or a finding in it, is not accurate, and why."""
    kept = keep_comment(
        asks.database, principal=asks.principal, cycle_id=cycle, criterion=sent.criterion, finding=sent.finding,
        reason=sent.reason, at=asks.at,
    )  # fmt: skip
    return Commented(id=kept)


@router.put("/cycles/{cycle}/report/comments/{comment}/answer", response_model=Answered)
def answer(cycle: CycleId, comment: CommentId, sent: CommentAnswerSent, asks: Answerer) -> Answered:
    """Answer a comment with a reason: amend what the report says, or keep it. What stood before stays kept."""
    left = answer_comment(
        asks.database, principal=asks.principal, cycle_id=cycle, comment_id=comment,
        amended=None if sent.amended is None else sent.amended.answer(),
        finding=None if sent.finding is None else sent.finding.words(), withdrawn=sent.withdrawn, reason=sent.reason,
        at=asks.at,
    )  # fmt: skip
    return Answered(waiting=left)


@router.post("/cycles/{cycle}/report/agreement", response_model=StageReached)
def agree(cycle: CycleId, asks: Agreer) -> StageReached:
    """Agree to the report, once every comment is answered."""
    return StageReached(stage=agree_to_report(asks.database, principal=asks.principal, cycle_id=cycle, at=asks.at))
