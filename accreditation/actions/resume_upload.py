"""Upload a file that survives a cut: it arrives in pieces, and becomes evidence with its last byte."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from datetime import date, datetime

from accreditation.actions.attach_evidence import Upload, attach_kept, check_upload
from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.evidence.arrival import Arrival, Checksum
from accreditation.evidence.store import EvidenceStore
from accreditation.rules.people import Principal

DAYS = ("effective_on", "review_by")
NO_SUCH = "There is no such upload, or its time is over. Begin it again."
"""What is said of an upload that is not there, and of somebody else's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """How far an upload is; `evidence` is the item that it became, None until its last byte is there."""

    arrival: Arrival
    evidence: int | None


async def begin_upload(
    database: Database,
    store: EvidenceStore,
    *,
    principal: Principal,
    cycle_id: int,
    upload: Upload,
    at: datetime,
) -> Arrival:
    """Begin to upload this file as evidence; its whole length is announced.

    Whether it may be attached is asked before its first byte, with each piece, and at its end. Raises what
    `attach_evidence` raises.
    """
    await asyncio.to_thread(check_upload, database, principal=principal, cycle_id=cycle_id, upload=upload, at=at)
    about = {"by": _who(principal), "cycle": str(cycle_id), "upload": _written(upload)}
    return await asyncio.to_thread(store.arrivals.begin, length=upload.announced_length, about=about, at=at)


async def add_to_upload(
    database: Database,
    store: EvidenceStore,
    *,
    principal: Principal,
    name: str,
    offset: int,
    chunks: AsyncIterator[bytes],
    checksum: Checksum | None,
    at: datetime,
) -> Coming:
    """Add the bytes that begin at `offset`; with the last one, the file becomes evidence.

    Raises NotFound where it is not the principal's, and what `Arrivals.append` and `attach_evidence` raise; then the
    bytes that came before a cut are kept.
    """
    arrival = await asyncio.to_thread(_own, store, principal, name)
    cycle_id, upload = _read(arrival)
    await asyncio.to_thread(check_upload, database, principal=principal, cycle_id=cycle_id, upload=upload, at=at)
    if arrival.outcome is not None and offset == arrival.length:  # its last answer was lost, and nothing is left to add
        return await _finished(database, store, principal, arrival, at)
    arrival = await store.arrivals.append(name, offset=offset, chunks=chunks, checksum=checksum, at=at)
    return await _finished(database, store, principal, arrival, at)


async def look_at_upload(
    database: Database, store: EvidenceStore, *, principal: Principal, name: str, at: datetime
) -> Coming:
    """How far is this upload? One whose last byte came while nobody could take it becomes evidence now.

    That is how a sender whose answer was lost finds out, and how an upload ends whose server died with its last byte.
    """
    return await _finished(database, store, principal, await asyncio.to_thread(_own, store, principal, name), at)


def drop_upload(store: EvidenceStore, *, principal: Principal, name: str) -> None:
    """Forget an upload that is not wanted any more; what became evidence stays evidence. Raises NotFound."""
    _own(store, principal, name)
    store.arrivals.discard(name)


async def _finished(
    database: Database, store: EvidenceStore, principal: Principal, arrival: Arrival, at: datetime
) -> Coming:
    """What an upload became is remembered: asked again, it does not come back after the team has taken it back."""
    if arrival.outcome is not None:
        return Coming(arrival=arrival, evidence=int(arrival.outcome))
    if arrival.offset != arrival.length:
        return Coming(arrival=arrival, evidence=None)
    cycle_id, upload = _read(arrival)
    kept = await store.arrivals.settle(arrival.name, announced_digest=upload.announced_digest)
    item = await asyncio.to_thread(
        attach_kept, database, principal=principal, cycle_id=cycle_id, upload=upload, kept=kept, at=at
    )
    await asyncio.to_thread(store.arrivals.conclude, arrival.name, str(item.id))
    return Coming(arrival=arrival, evidence=item.id)


def _own(store: EvidenceStore, principal: Principal, name: str) -> Arrival:
    arrival = store.arrivals.find(name)
    if arrival.about.get("by") != _who(principal):
        raise NotFound(NO_SUCH)
    return arrival


def _who(principal: Principal) -> str:
    return json.dumps([principal.role.value, principal.name, principal.team])


def _written(upload: Upload) -> str:
    return json.dumps(asdict(upload), default=str)


def _read(arrival: Arrival) -> tuple[int, Upload]:
    said = json.loads(arrival.about["upload"])
    days = {key: date.fromisoformat(said[key]) for key in DAYS if said[key]}
    return int(arrival.about["cycle"]), Upload(**{**said, **days})
