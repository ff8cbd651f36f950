"""Take the archive of a cycle out of the house: who takes it, and which, is in the ledger before its first byte."""

from collections.abc import Iterator
from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.archive.extract import EXPORT
from accreditation.archive.packing import Archive
from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.evidence.store import EvidenceStore
from accreditation.ledger.chain import Detail
from accreditation.ledger.entries import entries
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def export_archive(
    database: Database, store: EvidenceStore, *, principal: Principal, cycle_id: int, archive: Archive, at: datetime
) -> Iterator[bytes]:
    """The bytes of this archive, a piece at a time, once it is entered that this person takes it.

    The same archive again, by the same person, is entered once: it is the same bytes, and tells nothing new. Raises
    NotFound, NotPermitted; Unavailable, while it streams, where a document is not there any more as it was looked at.
    """
    about = archive.manifest.about
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.ARCHIVE_EXPORT, cycle_id=cycle_id, at=at)
        whose = "office" if principal.team is None else "team"
        if (about.cycle, about.made_for) != (cycle_id, whose):
            raise NotFound("This archive was made of another cycle, or for somebody else.")
        detail: dict[str, Detail] = {
            "manifest_sha256": archive.sha256, "made_for": about.made_for, "documents": archive.documents,
            "left_out": len(archive.manifest.absent), "head": archive.manifest.head.sequence,
        }  # fmt: skip
        if not _entered(desk, detail):
            desk.enter(EXPORT, detail)
    return archive.pieces(store.open)


def _entered(desk: Desk, detail: dict[str, Detail]) -> bool:
    """Has this person taken this very archive before? What an archive has is older than its exports."""
    actor, after = f"{desk.principal.role.value}:{desk.principal.name}", detail["head"]
    assert isinstance(after, int)  # noqa: S101  (the entry that it was put in as)
    while found := entries(desk.session, subject=f"cycle:{desk.cycle_id}", after=after):
        if any((one.action, one.actor, one.detail) == (EXPORT, actor, detail) for one in found):
            return True
        after = found[-1].sequence
    return False
