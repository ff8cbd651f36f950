"""Put a new file in the place of one that is attached: it becomes the next version of the same document."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

from accreditation.actions.attach_from_library import Wanted, replace_evidence
from accreditation.actions.desk import open_cycle
from accreditation.actions.keep_document import Document, keep_document
from accreditation.actions.taking_back import open_item
from accreditation.database import Database
from accreditation.evidence.store import EvidenceStore
from accreditation.records import library_items
from accreditation.records.evidence_items import EvidenceItem
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


async def replace_with_file(
    database: Database, store: EvidenceStore, *, principal: Principal, cycle_id: int, evidence_id: int,
    document: Document, chunks: AsyncIterator[bytes], reason: str, at: datetime,
) -> EvidenceItem:  # fmt: skip
    """Keep this file as a version of the document that the evidence is of, and attach it in its place, as it stood.

    Whether the older one can be replaced is asked before a byte is read. Cut off between the two, the version is in the
    library and the older one stands: the same file again goes on from there. Raises what `keep_document` and
    `replace_evidence` raise.
    """
    item = await asyncio.to_thread(_document, database, principal, cycle_id, evidence_id, at)
    version = await keep_document(
        database, store, principal=principal, document=document.as_version_of(item), chunks=chunks, at=at
    )
    return await asyncio.to_thread(
        replace_evidence, database, principal=principal, cycle_id=cycle_id, evidence_id=evidence_id,
        wanted=Wanted(version=version.id, criteria=()), reason=reason, at=at,
    )  # fmt: skip


def _document(database: Database, principal: Principal, cycle_id: int, evidence_id: int, at: datetime) -> int | None:
    """Of which document is this evidence, where it can be replaced now? Raises NotFound, MoveNotAllowed."""
    with database.reading() as session:
        desk = open_cycle(
            session, principal=principal, permission=Permission.EVIDENCE_WITHDRAW, cycle_id=cycle_id, at=at
        )
        desk.transition(Move.WITHDRAW_EVIDENCE)
        older, _ = open_item(desk, evidence_id)
        return None if older.version_id is None else library_items.of_version(session, older.version_id)[0].id
