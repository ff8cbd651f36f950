"""Carry a running cycle over to another edition: what it would do, and do it."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from accreditation.actions.carry_over import carry_over_cycle
from accreditation.rules.carrying_over import CarryOver
from accreditation.rules.permissions import Permission
from accreditation.views.carry_over import CarryOverPreview, carry_over_preview, edition_for
from api.guard import Asks, guard
from api.inputs.bounds import CycleId, EditionGiven
from api.inputs.college import EditionSent
from api.routes.making import routes

router = routes("carry over")

Carrier = Annotated[Asks, guard(Permission.CYCLE_CARRY_OVER)]
To = Annotated[EditionGiven | None, Query(description="The edition; without it, the one that was published last.")]


class CarriedOver(BaseModel):
    """The edition that the cycle runs on now. `done` is null where it did so before."""

    edition_digest: str
    done: CarryOver | None = Field(description="What was kept, what is given again and why.")


@router.get("/cycles/{cycle}/carry-over", response_model=CarryOverPreview)
def preview(cycle: CycleId, asks: Carrier, to: To = None) -> CarryOverPreview:
    """What would happen if this cycle went on under another edition? Nothing is changed by asking."""
    digest = None if to is None else _digest(asks, cycle, to, "query.to")
    return carry_over_preview(asks.database, principal=asks.principal, cycle_id=cycle, digest=digest, at=asks.at)


@router.post("/cycles/{cycle}/carry-over", response_model=CarriedOver)
def carry_over(cycle: CycleId, sent: EditionSent, asks: Carrier) -> CarriedOver:
    """Let this cycle go on under another edition. Answers that mean the same stay; asking again changes nothing."""
    digest = _digest(asks, cycle, sent.edition, "body.edition")
    done = carry_over_cycle(asks.database, principal=asks.principal, cycle_id=cycle, digest=digest, at=asks.at)
    return CarriedOver(edition_digest=digest, done=done)


def _digest(asks: Asks, cycle: int, named: str, where: str) -> str:
    return edition_for(asks.database, principal=asks.principal, cycle_id=cycle, named=named, where=where)
