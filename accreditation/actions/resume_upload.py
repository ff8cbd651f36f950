"""Upload a file that survives a cut: it arrives in pieces, and with its last byte becomes what it was meant to be."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from accreditation.actions.at_the_door import at_the_door
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
    is_same_file,
    may_drop,
    noted,
    on_the_way,
    outcome_of,
)
from accreditation.database import Database
from accreditation.errors import Invalid, NotFound, TooMany
from accreditation.evidence.announced import check_announced
from accreditation.evidence.arrival import Arrival, Checksum, gone
from accreditation.evidence.arriving import Check
from accreditation.evidence.store import EvidenceStore, Kept
from accreditation.rules.on_the_way import why_no_more
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.process import EvidenceRules

NO_SUCH_TEAM = "There is no such team, or it is not yours."


async def begin_upload(
    database: Database, store: EvidenceStore, *, principal: Principal, purpose: Purpose, mark: str = "", at: datetime
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
        store.arrivals.begin, length=size, about=noted(principal, purpose, mark=mark), at=at,
        check=_not_too_many(principal, size=size or 0, largest=store.limit),
    )  # fmt: skip


async def go_on_or_begin(
    database: Database, store: EvidenceStore, *, principal: Principal, purpose: Purpose, mark: str, name: str = "",
    at: datetime,
) -> Coming:  # fmt: skip
    """Go on with what this person began of this same file, whatever was said of it then; else begin it.

    For whoever may have lost where it goes on: `mark` is what they know the file by besides its name and length, as
    when it was changed last. `name` is the upload's, for whoever has it still: it may have become something already.
    Raises what `begin_upload` raises, and InUse where somebody adds to it now.
    """
    await asyncio.to_thread(_check, database, principal, purpose, at)
    arrival = await asyncio.to_thread(_known_again, store, principal, purpose, mark, name, at)
    if arrival is None:
        arrival = await begin_upload(database, store, principal=principal, purpose=purpose, mark=mark, at=at)
    return await _finished(database, store, principal, arrival, at)


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
    rules = await asyncio.to_thread(_check, database, principal, coming(arrival).purpose, at)
    if arrival.outcome is not None and offset == arrival.length:  # its last answer was lost, and nothing is left to add
        return await _finished(database, store, principal, arrival, at)
    if offset == 0:
        chunks = at_the_door(chunks, rules=rules)
    try:
        arrival = await store.arrivals.append(name, offset=offset, chunks=chunks, checksum=checksum, at=at)
    except Invalid:  # it can never come in
        await asyncio.to_thread(store.arrivals.discard, name)
        raise
    return await _finished(database, store, principal, arrival, at)


async def look_at_upload(
    database: Database, store: EvidenceStore, *, principal: Principal, name: str, at: datetime
) -> Coming:
    """How far is this upload? One whose last byte came while nobody could take it becomes what it was meant to be now.

    That is how a sender whose answer was lost finds out, and how an upload ends whose server died with its last byte.
    """
    return await _finished(database, store, principal, await asyncio.to_thread(_own, store, principal, name), at)


def check_place(
    store: EvidenceStore, *, principal: Principal, name: str, here: Callable[[Purpose], bool]
) -> None:  # fmt: skip
    """Is this upload to become something `here`, as whoever asks by the address of a place takes it to be?

    Raises NotFound where it is another place's, and where this person may do nothing with it.
    """
    arrival = store.arrivals.find(name)
    if not (may_drop(arrival, principal) and here(coming(arrival).purpose)):
        raise gone()


def unfinished_uploads(store: EvidenceStore, *, principal: Principal, at: datetime) -> Sequence[Coming]:
    """Which uploads did this person begin that are not finished? The oldest first."""
    permit(principal, Permission.EVIDENCE_ATTACH)
    return [coming(one) for one in store.arrivals.unfinished(at=at) if is_own(one, principal)]


def _check(database: Database, principal: Principal, purpose: Purpose, at: datetime) -> EvidenceRules:
    match purpose:
        case ForCycle(cycle=cycle, file=upload):
            return check_upload(database, principal=principal, cycle_id=cycle, upload=upload, at=at)
        case ForLibrary(team=team, file=document):
            permit(principal, Permission.LIBRARY_KEEP)
            if team != principal.team:
                raise NotFound(NO_SUCH_TEAM)
            return check_document(database, principal=principal, document=document, at=at)


def _known_again(
    store: EvidenceStore, principal: Principal, purpose: Purpose, mark: str, name: str, at: datetime
) -> Arrival | None:
    """The upload that goes on, as what is said of it now; None where there is none."""
    own = [one for one in store.arrivals.unfinished(at=at) if is_own(one, principal)]
    with suppress(NotFound):
        own += [_own(store, principal, name)] if name else []
    found = [one for one in own if is_same_file(one, purpose, mark=mark)]
    if not found:
        return None
    about = noted(principal, purpose, mark=mark)
    if found[-1].outcome is not None or found[-1].about == about:
        return found[-1]
    return store.arrivals.begin_anew(found[-1].name, about=about, at=at)


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
