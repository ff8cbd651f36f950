"""Reviewers and their conflicts of interest."""

from typing import Annotated

from pydantic import BaseModel

from accreditation.actions import change_reviewer as changing
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.errors import Fault, Invalid
from accreditation.rules.permissions import Permission
from accreditation.views import college as view
from api.guard import Asks, guard
from api.inputs.bounds import ReviewerId
from api.inputs.college import ConflictSent, ReviewerSent
from api.routes.making import routes

router = routes("reviewers")

Reader = Annotated[Asks, guard(Permission.REVIEWER_READ)]
Registrar = Annotated[Asks, guard(Permission.REVIEWER_REGISTER)]
Declarer = Annotated[Asks, guard(Permission.CONFLICT_DECLARE)]


class Registered(BaseModel):
    """The reviewer is in the pool."""

    id: int


class Declared(BaseModel):
    """The conflict is declared. `new` is false where it was already."""

    new: bool


@router.get("/reviewers", response_model=view.Reviewers)
def reviewers(asks: Reader) -> view.Reviewers:
    """Who reviews, and which conflicts did they declare?"""
    return view.reviewer_pool(asks.database, principal=asks.principal)


@router.post("/reviewers", response_model=Registered, status_code=201)
def register(sent: ReviewerSent, asks: Registrar) -> Registered:
    """Register a reviewer in the pool. The same registration again changes nothing."""
    reviewer = register_reviewer(
        asks.database, principal=asks.principal, name=sent.name, roles=sent.roles, organisation_id=sent.organisation,
        capacity=sent.capacity, at=asks.at,
    )  # fmt: skip
    return Registered(id=reviewer)


@router.patch("/reviewers/{reviewer}", response_model=changing.Changed)
def change(reviewer: ReviewerId, sent: changing.ReviewerChange, asks: Registrar) -> changing.Changed:
    """Change what is sent of a reviewer; what is left out stays. Says which seats that puts in conflict."""
    return changing.change_reviewer(
        asks.database, principal=asks.principal, reviewer_id=reviewer, change=sent, at=asks.at
    )


@router.post("/conflicts", response_model=Declared, status_code=201)
def declare(sent: ConflictSent, asks: Declarer) -> Declared:
    """Declare a conflict of interest: the reviewer leaves that organisation's review teams at once."""
    reviewer = sent.reviewer or asks.principal.reviewer
    if reviewer is None:
        raise Invalid([Fault(where="body.reviewer", found="nothing", allowed="the office says whose conflict it is")])
    is_new = declare_conflict(
        asks.database, principal=asks.principal, reviewer_id=reviewer, organisation_id=sent.organisation,
        reason=sent.reason, at=asks.at,
    )  # fmt: skip
    return Declared(new=is_new)
