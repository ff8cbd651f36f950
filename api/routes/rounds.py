"""Rounds: batches of cycles on one edition."""

from typing import Annotated

from pydantic import BaseModel, Field

from accreditation.actions.assign import assign
from accreditation.actions.open_round import open_round as act
from accreditation.rules.permissions import Permission
from accreditation.views import round_list as view
from accreditation.views.schemes import which_edition
from api.guard import Asks, guard
from api.inputs.bounds import RoundId
from api.inputs.college import RoundSent
from api.routes.making import routes

router = routes("rounds")

Reader = Annotated[Asks, guard(Permission.ROUND_READ)]
Opener = Annotated[Asks, guard(Permission.ROUND_OPEN)]
Assigner = Annotated[Asks, guard(Permission.REVIEW_ASSIGN)]


class RoundOpened(BaseModel):
    """The round is open."""

    id: int


class Assigned(BaseModel):
    """The engine looked for review teams."""

    to_review: tuple[int, ...] = Field(description="The cycles that found a review team and went on to review.")


@router.get("/rounds", response_model=view.Rounds)
def rounds(asks: Reader) -> view.Rounds:
    """Which rounds are there, the newest first?"""
    return view.rounds(asks.database, principal=asks.principal)


@router.post("/rounds", response_model=RoundOpened, status_code=201)
def open_round(sent: RoundSent, asks: Opener) -> RoundOpened:
    """Open a round on a published edition. The same round again changes nothing."""
    digest = which_edition(asks.database, principal=asks.principal, named=sent.edition, where="body.edition")
    return RoundOpened(id=act(asks.database, principal=asks.principal, digest=digest, name=sent.name, at=asks.at))


@router.get("/rounds/{round}", response_model=view.RoundWhole)
def round_whole(round: RoundId, asks: Reader) -> view.RoundWhole:  # noqa: A002  (the path's word)
    """Where do the cycles of this round stand, and which are late?"""
    return view.round_whole(asks.database, principal=asks.principal, round_id=round, at=asks.at)


@router.post("/rounds/{round}/assignment", response_model=Assigned)
def assign_now(round: RoundId, asks: Assigner) -> Assigned:  # noqa: A002  (the path's word)
    """Let the engine look for review teams now, for every cycle of the round that waits for one."""
    return Assigned(to_review=assign(asks.database, principal=asks.principal, round_id=round, at=asks.at))
