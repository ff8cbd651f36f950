"""Upload a file that survives a cut: it arrives in pieces, and with its last byte becomes what it was meant to be."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime

from accreditation.actions.attach_evidence import attach_kept, check_upload
from accreditation.actions.keep_document import check_document, keep_kept
from accreditation.actions.uploading import (
    Coming,
    ForCycle,
    ForLibrary,
    Purpose,
    coming,
    is_of_team,
    is_own,
    noted,
    on_the_way,
    outcome_of,
)
from accreditation.database import Database
from accreditation.errors import NotFound, TooMany
from accreditation.evidence.announced import check_announced
from accreditation.evidence.arrival import Arrival, Checksum, gone
from accreditation.evidence.arriving import Check
from accreditation.evidence.store import EvidenceStore, Kept
from accreditation.rules.on_the_way import why_no_more
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit

NO_SUCH_TEAM = "There is no such team, or it is not yours."


async def begin_upload(
    database: Database, store: EvidenceStore, *, principal: Principal, purpose: Purpose, at: datetime
) -> Arrival:
    """Begin to upload this file; its whole length is announced.

    Whether it may become what it is meant to be is asked before its first byte, with each piece, and at its end. Raises
    what `attach_evidence` or `keep_document` raises, TooMany where too much of the team is on its way already, and
    NoRoom.
    """
    await asyncio.to_thread(_check, database, principal, purpose, at)
    size = purpose.file.announced_length
    check_announced(length=size, digest=purpose.file.announced_digest, limit=store.limit)
    return await asyncio.to_thread(
        store.arrivals.begin, length=size, about=noted(principal, purpose), at=at,
        check=_not_too_many(principal, size=size or 0, largest=store.limit),
    )  # fmt: skip


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
    """Add the bytes that begin at `offset`; with the last one, the file becomes what it was meant to be.

    Raises NotFound where it is not the principal's, and what `Arrivals.append` and `begin_upload` raise; then the
    bytes that came before a cut are kept.
    """
    arrival = await asyncio.to_thread(_own, store, principal, name)
    await asyncio.to_thread(_check, database, principal, coming(arrival).purpose, at)
    if arrival.outcome is not None and offset == arrival.length:  # its last answer was lost, and nothing is left to add
        return await _finished(database, store, principal, arrival, at)
    arrival = await store.arrivals.append(name, offset=offset, chunks=chunks, checksum=checksum, at=at)
    return await _finished(database, store, principal, arrival, at)


async def look_at_upload(
    database: Database, store: EvidenceStore, *, principal: Principal, name: str, at: datetime
) -> Coming:
    """How far is this upload? One whose last byte came while nobody could take it becomes what it was meant to be now.

    That is how a sender whose answer was lost finds out, and how an upload ends whose server died with its last byte.
    """
    return await _finished(database, store, principal, await asyncio.to_thread(_own, store, principal, name), at)


def unfinished_uploads(store: EvidenceStore, *, principal: Principal, at: datetime) -> Sequence[Coming]:
    """Which uploads did this person begin that are not finished? The oldest first."""
    permit(principal, Permission.EVIDENCE_ATTACH)
    return [coming(one) for one in store.arrivals.unfinished(at=at) if is_own(one, principal)]


def _check(database: Database, principal: Principal, purpose: Purpose, at: datetime) -> None:
    match purpose:
        case ForCycle(cycle=cycle, file=upload):
            check_upload(database, principal=principal, cycle_id=cycle, upload=upload, at=at)
        case ForLibrary(team=team, file=document):
            permit(principal, Permission.LIBRARY_KEEP)
            if team != principal.team:
                raise NotFound(NO_SUCH_TEAM)
            check_document(database, principal=principal, document=document, at=at)


def _not_too_many(principal: Principal, *, size: int, largest: int) -> Check:
    """A look at what is on its way, which raises TooMany where the team may not begin another upload."""

    def check(unfinished: Sequence[Arrival]) -> None:
        several = [on_the_way(one, principal) for one in unfinished if is_of_team(one, principal.team)]
        refused = why_no_more(several, size=size, largest=largest)
        if refused is not None:
            raise TooMany(refused)

    return check


async def _finished(
    database: Database, store: EvidenceStore, principal: Principal, arrival: Arrival, at: datetime
) -> Coming:
    """What an upload became is remembered: asked again, it does not come back after the team has taken it back."""
    found = coming(arrival)
    if arrival.outcome is not None or arrival.offset != arrival.length:
        return found
    kept = await store.arrivals.settle(arrival.name, announced_digest=found.purpose.file.announced_digest)
    became = await asyncio.to_thread(_become, database, store, principal, found.purpose, kept, at)
    await asyncio.to_thread(store.arrivals.conclude, arrival.name, outcome_of(became))
    return Coming(arrival=arrival, purpose=found.purpose, became=became)


def _become(
    database: Database, store: EvidenceStore, principal: Principal, purpose: Purpose, kept: Kept, at: datetime
) -> Mapping[str, int]:  # fmt: skip
    match purpose:
        case ForCycle(cycle=cycle, file=upload):
            item = attach_kept(database, store, principal=principal, cycle_id=cycle, upload=upload, kept=kept, at=at)
            return {"evidence": item.id or 0}
        case ForLibrary(file=document):
            version = keep_kept(database, store, principal=principal, document=document, kept=kept, at=at)
            return {"document": version.item, "version": version.id}


def _own(store: EvidenceStore, principal: Principal, name: str) -> Arrival:
    arrival = store.arrivals.find(name)
    if not is_own(arrival, principal):
        raise gone()
    return arrival
