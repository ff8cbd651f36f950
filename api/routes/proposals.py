"""The proposal of a round: who is to review whom, changed by hand, and confirmed by the college office."""

from collections.abc import Collection
from typing import Annotated

from pydantic import BaseModel, Field

from accreditation.actions.arrange import arrange as act
from accreditation.actions.arrange import preview as look
from accreditation.actions.confirm import confirm as act_confirm
from accreditation.actions.explain_seat import explain_seat
from accreditation.actions.take_off import step_down as act_step_down
from accreditation.actions.take_off import take_off as act_take_off
from accreditation.rules.permissions import Permission
from accreditation.views import effects
from accreditation.views import proposals as view
from api.guard import Asks, guard
from api.inputs.bounds import CycleId, ReasonSent, ReviewerId, RoundId
from api.inputs.proposals import ArrangementSent, ConfirmationSent, ExplanationSent
from api.routes.making import routes

router = routes("proposals")

Office = Annotated[Asks, guard(Permission.REVIEW_ASSIGN)]
Leaver = Annotated[Asks, guard(Permission.REVIEW_LEAVE)]


class Arranged(BaseModel):
    """The change is kept in a new proposal."""

    number: int = Field(description="The number of the proposal that stands now.")
    effect: effects.EffectShown


class Explanation(BaseModel):
    """Why somebody is proposed for a team, or why not."""

    words: tuple[str, ...] = Field(description="Sentences for the college office.")


class Confirmed(BaseModel):
    """The teams are confirmed; whoever is new in them is asked."""

    cycles: tuple[int, ...] = Field(description="Cycles whose team was not confirmed like this before.")
    words: str = Field(description="The same in a sentence.")


class Departed(BaseModel):
    """The reviewer is off the visit. `new` is false where they were already."""

    new: bool


@router.get("/rounds/{round}/proposal", response_model=view.ProposalShown)
def proposal(round: RoundId, asks: Office) -> view.ProposalShown:  # noqa: A002  (the path's word)
    """Who is proposed for the teams of this round, and how does each team stand?"""
    return view.round_proposal(asks.database, principal=asks.principal, round_id=round)


@router.post("/rounds/{round}/proposal/preview", response_model=effects.EffectShown)
def preview(round: RoundId, sent: ArrangementSent, asks: Office) -> effects.EffectShown:  # noqa: A002  (the path's word)
    """What would this change do to the proposal? Nothing is kept."""
    effect = look(
        asks.database, principal=asks.principal, round_id=round, number=sent.number, change=sent.change.change()
    )
    return effects.effect_shown(asks.database, principal=asks.principal, effect=effect)


@router.post("/rounds/{round}/proposal/explanation", response_model=Explanation)
def explanation(round: RoundId, sent: ExplanationSent, asks: Office) -> Explanation:  # noqa: A002  (the path's word)
    """Why is this reviewer proposed for this team, or why not, and what would it cost otherwise? Nothing is kept."""
    words = explain_seat(
        asks.database, principal=asks.principal, round_id=round, cycle_id=sent.cycle, reviewer_id=sent.reviewer
    )
    return Explanation(words=words)


@router.post("/rounds/{round}/proposal/changes", response_model=Arranged)
def arrange(round: RoundId, sent: ArrangementSent, asks: Office) -> Arranged:  # noqa: A002  (the path's word)
    """Lock or swap a seat, or take that back; the engine works out the others around it."""
    kept = act(
        asks.database, principal=asks.principal, round_id=round, number=sent.number, change=sent.change.change(),
        at=asks.at,
    )  # fmt: skip
    effect = effects.effect_shown(asks.database, principal=asks.principal, effect=kept.effect)
    return Arranged(number=kept.number, effect=effect)


@router.post("/rounds/{round}/proposal/confirmation", response_model=Confirmed)
def confirm(round: RoundId, sent: ConfirmationSent, asks: Office) -> Confirmed:  # noqa: A002  (the path's word)
    """Confirm the proposed teams: all of them (of these cycles), or none. Again changes nothing."""
    changed = act_confirm(
        asks.database, principal=asks.principal, round_id=round, number=sent.number, cycle_ids=sent.cycles, at=asks.at
    )
    return Confirmed(cycles=changed, words=_confirmed(changed, sent.number))


def _confirmed(changed: Collection[int], number: int) -> str:
    """What came of confirming this proposal, in a sentence?"""
    if not changed:
        return f"Nothing is new: these teams of proposal {number} were confirmed before, by you or by somebody else."
    teams = "1 team is" if len(changed) == 1 else f"{len(changed)} teams are"
    return f"{teams} confirmed; whoever is new in a team is asked."


@router.post("/cycles/{cycle}/review-team/{reviewer}/departure", response_model=Departed)
def take_off(cycle: CycleId, reviewer: ReviewerId, sent: ReasonSent, asks: Office) -> Departed:
    """Take a reviewer off this visit, with a reason for the college alone; a review handed in counts no more."""
    is_new = act_take_off(
        asks.database, principal=asks.principal, cycle_id=cycle, reviewer_id=reviewer, reason=sent.reason, at=asks.at
    )
    return Departed(new=is_new)


@router.post("/cycles/{cycle}/review/departure", response_model=Departed)
def step_down(cycle: CycleId, sent: ReasonSent, asks: Leaver) -> Departed:
    """Leave this visit, with a reason for the college alone; not after handing in."""
    act_step_down(asks.database, principal=asks.principal, cycle_id=cycle, reason=sent.reason, at=asks.at)
    return Departed(new=True)
