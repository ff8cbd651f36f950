"""Carry a running cycle over to another edition: what it would do, and do it."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from accreditation.actions.carry_over import carry_over_cycle
from accreditation.rules.carrying_over import CarryOver
from accreditation.rules.permissions import Permission
from accreditation.views.carry_over import CarryOverPreview, carry_over_preview
from api.guard import Asks, guard
from api.inputs.bounds import CycleId, Digest
from api.inputs.college import EditionSent
from api.routes.making import routes

router = routes("carry over")

Carrier = Annotated[Asks, guard(Permission.CYCLE_CARRY_OVER)]
To = Annotated[Digest | None, Query(description="The edition's digest; without it, the one that was published last.")]


class CarriedOver(BaseModel):
    """The edition that the cycle runs on now. `done` is null where it did so before."""

    edition_digest: str
    done: CarryOver | None = Field(description="What was kept, what is given again and why.")


@router.get("/cycles/{cycle}/carry-over", response_model=CarryOverPreview)
def preview(cycle: CycleId, asks: Carrier, to: To = None) -> CarryOverPreview:
    """What would happen if this cycle went on under another edition? Nothing is changed by asking."""
    return carry_over_preview(asks.database, principal=asks.principal, cycle_id=cycle, digest=to, at=asks.at)


@router.post("/cycles/{cycle}/carry-over", response_model=CarriedOver)
def carry_over(cycle: CycleId, sent: EditionSent, asks: Carrier) -> CarriedOver:
    """Let this cycle go on under another edition. Answers that mean the same stay; asking again changes nothing."""
    done = carry_over_cycle(asks.database, principal=asks.principal, cycle_id=cycle, digest=sent.edition, at=asks.at)
    return CarriedOver(edition_digest=sent.edition, done=done)
