"""Who is asked: reviewers whether they take a visit on, services whether they have a conflict with a reviewer."""

from typing import Annotated

from pydantic import BaseModel

from accreditation.actions.answer_seat import answer_for_service, answer_invitation
from accreditation.records.invitations import Said
from accreditation.rules.permissions import Permission
from accreditation.views import invitations as view
from api.guard import Asks, guard
from api.inputs.bounds import CycleId, InvitationId, ReviewerId
from api.inputs.proposals import InvitationAnswerSent, ServiceAnswerSent
from api.routes.making import routes

router = routes("invitations")

Reader = Annotated[Asks, guard(Permission.INVITATION_READ)]
Answerer = Annotated[Asks, guard(Permission.INVITATION_ANSWER)]
ServiceReader = Annotated[Asks, guard(Permission.PROPOSAL_READ)]
Service = Annotated[Asks, guard(Permission.PROPOSAL_ANSWER)]


class Answered(BaseModel):
    """The answer is kept. `new` is false where it stood already."""

    new: bool


@router.get("/invitations", response_model=view.Invitations)
def invitations(asks: Reader) -> view.Invitations:
    """Which visits is the reviewer asked to take on, the newest first?"""
    return view.own_invitations(asks.database, principal=asks.principal)


@router.put("/invitations/{invitation}/answer", response_model=Answered)
def answer(invitation: InvitationId, sent: InvitationAnswerSent, asks: Answerer) -> Answered:
    """Accept the visit, decline it, or declare a conflict of interest."""
    is_new = answer_invitation(
        asks.database, principal=asks.principal, invitation_id=invitation, said=Said(sent.answer), reason=sent.reason,
        at=asks.at,
    )  # fmt: skip
    return Answered(new=is_new)


@router.get("/cycles/{cycle}/proposed-team", response_model=view.ProposedToService)
def proposed_team(cycle: CycleId, asks: ServiceReader) -> view.ProposedToService:
    """Who is to review this service, and what has it said about them?"""
    return view.proposed_to_service(asks.database, principal=asks.principal, cycle_id=cycle)


@router.put("/cycles/{cycle}/proposed-team/{reviewer}/answer", response_model=Answered)
def answer_about(cycle: CycleId, reviewer: ReviewerId, sent: ServiceAnswerSent, asks: Service) -> Answered:
    """Say for the service whether it has a conflict of interest with this reviewer, and which."""
    is_new = answer_for_service(
        asks.database, principal=asks.principal, cycle_id=cycle, reviewer_id=reviewer, conflict=sent.conflict,
        reason=sent.reason, at=asks.at,
    )  # fmt: skip
    return Answered(new=is_new)
