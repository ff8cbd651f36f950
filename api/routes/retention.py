"""Keeping and deleting: what is due, what a deletion would do, the deletion, and legal holds."""

from typing import Annotated

from pydantic import BaseModel, Field

from accreditation.actions.delete_evidence import delete_evidence
from accreditation.actions.hold_evidence import end_hold, set_hold
from accreditation.rules.permissions import Permission
from accreditation.views import retention as view
from accreditation.views.looking import Page
from api.guard import Asks, guard
from api.inputs.bounds import After, Limit, ReasonSent
from api.inputs.retention import DeletionSent, HoldId, HoldSent, WantedGone
from api.routes.making import Done, routes

router = routes("retention")

Deleter = Annotated[Asks, guard(Permission.EVIDENCE_DELETE)]
Holder = Annotated[Asks, guard(Permission.EVIDENCE_HOLD)]


class Deleted(BaseModel):
    """It is deleted; the bytes go in a moment, where no other team has them."""

    deleted: tuple[int, ...] = Field(description="The versions that were not deleted before.")


class Held(BaseModel):
    """The hold stands."""

    hold: int


@router.get("/evidence/due", response_model=Page[view.FileOfTeam])
def due(asks: Deleter, after: After = 0, limit: Limit = 100) -> Page[view.FileOfTeam]:
    """Which files does nothing keep any more? Nothing is deleted by itself."""
    return view.due_files(asks.database, principal=asks.principal, after=after, limit=limit, at=asks.at)


@router.post("/evidence/deletions/preview", response_model=view.Preview)
def preview(sent: WantedGone, asks: Deleter) -> view.Preview:
    """What would a deletion take away, and what keeps it? Nothing is done."""
    return view.preview(
        asks.database, principal=asks.principal, version_ids=sent.versions, cause=sent.cause, at=asks.at
    )  # fmt: skip


@router.post("/evidence/deletions", response_model=Deleted)
def delete(sent: DeletionSent, asks: Deleter) -> Deleted:
    """Delete files of teams' libraries, all or none of them. It cannot be undone."""
    gone = delete_evidence(
        asks.database, principal=asks.principal, version_ids=sent.versions, cause=sent.cause, reason=sent.reason,
        at=asks.at,
    )  # fmt: skip
    return Deleted(deleted=gone)


@router.get("/holds", response_model=Page[view.HoldShown])
def all_holds(asks: Holder, after: After = 0, limit: Limit = 100) -> Page[view.HoldShown]:
    """Which legal holds were set, and which of them stand?"""
    return view.all_holds(asks.database, principal=asks.principal, after=after, limit=limit)


@router.post("/holds", response_model=Held, status_code=201)
def hold(sent: HoldSent, asks: Holder) -> Held:
    """Set a legal hold: nothing of the scheme, the cycle or the team is deleted until it is ended."""
    return Held(hold=set_hold(asks.database, principal=asks.principal, on=sent.on(), reason=sent.reason, at=asks.at))


@router.post("/holds/{hold}/end", response_model=Done)
def end(hold: HoldId, sent: ReasonSent, asks: Holder) -> Done:
    """End a legal hold, with a reason."""
    end_hold(asks.database, principal=asks.principal, hold_id=hold, reason=sent.reason, at=asks.at)
    return Done()
