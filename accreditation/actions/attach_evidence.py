"""Attach evidence: the bytes stream to the store while they are hashed, then the item and its links are kept."""

import asyncio
import mimetypes
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from accreditation.actions.answer_request import check_asked
from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.wording import faults_of_name
from accreditation.database import Database, Session
from accreditation.errors import Fault, Invalid
from accreditation.evidence.store import EvidenceStore, Kept
from accreditation.ledger.chain import Detail
from accreditation.records import evidence_items, jobs
from accreditation.records.evidence_items import EvidenceItem
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file on its way in: what it is called, which criteria it answers, and what its sender announces."""

    title: str
    file_name: str
    criteria: Sequence[str]
    announced_length: int | None = None
    announced_digest: str | None = None


async def attach_evidence(
    database: Database,
    store: EvidenceStore,
    *,
    principal: Principal,
    cycle_id: int,
    upload: Upload,
    chunks: AsyncIterator[bytes],
    at: datetime,
) -> EvidenceItem:
    """Keep this file as evidence for these criteria. The same bytes for the same criteria are kept once.

    Whether it may be attached is asked before a byte is read, and again when all have arrived. Raises Invalid,
    UploadBroken, TooLarge or Unavailable; then it is no evidence.
    """

    def ask() -> None:
        with database.reading() as session:
            _allowed(session, principal, cycle_id, upload, at)

    def keep() -> EvidenceItem:
        with database.writing() as session:
            return _link(_allowed(session, principal, cycle_id, upload, at), upload, kept)

    # In threads, because a writer may have to wait for its turn, and everybody's upload would wait with it.
    await asyncio.to_thread(ask)
    kept = await store.keep(chunks, announced_length=upload.announced_length, announced_digest=upload.announced_digest)
    return await asyncio.to_thread(keep)


def _allowed(session: Session, principal: Principal, cycle_id: int, upload: Upload, at: datetime) -> Desk:
    """The cycle on the desk, where this upload may be attached to it now."""
    desk = open_cycle(session, principal=principal, permission=Permission.EVIDENCE_ATTACH, cycle_id=cycle_id, at=at)
    desk.transition(Move.ATTACH_EVIDENCE)
    check_asked(desk, tuple(upload.criteria))
    _check(desk, upload)
    return desk


def _check(desk: Desk, upload: Upload) -> None:
    applicable = {criterion.id for criterion in desk.scheme.applicable(desk.now.profile)}
    faults = [
        Fault(
            where=f"criterion {name}",
            found="it does not apply to this service, or does not exist",
            allowed="a criterion of this cycle",
        )
        for name in upload.criteria
        if name not in applicable
    ]
    if not upload.criteria:
        faults.append(
            Fault(where="criteria", found="none", allowed="name at least one criterion that the file answers")
        )
    for where, text in (("title", upload.title), ("file name", upload.file_name)):
        faults += faults_of_name(where, text)
    if faults:
        raise Invalid(faults)


def _link(desk: Desk, upload: Upload, kept: Kept) -> EvidenceItem:
    held = evidence_items.same(desk.session, cycle_id=desk.cycle_id, digest=kept.digest, criteria=upload.criteria)
    if held is not None:
        return held
    item = EvidenceItem(
        cycle_id=desk.cycle_id, digest=kept.digest, size=kept.size, title=upload.title.strip(),
        media_type=_media_type(upload.file_name),
        file_name=upload.file_name.strip(), by=desk.principal.name, at=desk.at,
    )  # fmt: skip
    criteria = tuple(dict.fromkeys(upload.criteria))
    evidence_items.keep(desk.session, item, criteria)
    desk.follow_up(jobs.Kind.EVIDENCE)
    detail: dict[str, Detail] = {"evidence": item.id, "digest": kept.digest, "size": kept.size, "criteria": criteria}
    desk.enter("evidence:attach", detail)
    return item


def _media_type(file_name: str) -> str:
    """What the name's ending says; of the ending alone, because a name such as data:… would be taken for an address."""
    return mimetypes.guess_type(f"file{PurePosixPath(file_name).suffix}")[0] or "application/octet-stream"
