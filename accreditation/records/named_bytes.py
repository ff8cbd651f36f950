"""Which bytes the records name, as evidence or in a library, and who it is that would miss them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, true
from sqlmodel import Session, col, select, union

from accreditation.records.cycles import Cycle
from accreditation.records.evidence_items import TOGETHER, EvidenceItem
from accreditation.records.jobs import Job, Kind
from accreditation.records.library_items import LibraryItem, LibraryVersion
from accreditation.records.teams import Organisation, Team
from accreditation.records.tombstones import Tombstone, lives


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One row that names these bytes: evidence of a cycle, or a version of a document in a team's library."""

    digest: str
    file_name: str
    size: int
    team: str
    organisation: str
    cycle: int | None = None
    evidence: int | None = None
    document: int | None = None
    version: int | None = None


def sizes(session: Session) -> dict[str, int]:
    """Every digest that a record names -> how many bytes it says there are; in the order of digests.

    What was withdrawn or replaced counts: its row stays, and so must its bytes. What was deleted does not, where no
    other team's version that lives has the same bytes.
    """
    both = union(
        select(EvidenceItem.digest, EvidenceItem.size).where(lives(EvidenceItem.version_id)),
        select(LibraryVersion.digest, LibraryVersion.size).where(lives(LibraryVersion.id)),
    )
    return {str(digest): int(size) for digest, size in sorted(session.execute(both).all())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Buried:
    """Bytes that were deleted and that no record that lives names. `waits`: a job is still to take them away."""

    version: int
    words: str
    waits: bool


def buried(session: Session) -> dict[str, Buried]:
    """Every digest that was deleted for good -> its newest deletion; in the order of digests."""
    living = exists().where(col(LibraryVersion.digest) == Tombstone.digest, lives(LibraryVersion.id))
    query = select(Tombstone).where(~living).order_by(Tombstone.digest, col(Tombstone.at), col(Tombstone.version_id))
    open_jobs = select(Job.subject).where(
        Job.kind == Kind.DELETION.value, col(Job.done_at).is_(None), col(Job.held).is_(False)
    )
    waiting = set(session.exec(open_jobs))
    found: dict[str, Buried] = {}
    for row in session.exec(query):
        waits = row.version_id in waiting or (row.digest in found and found[row.digest].waits)
        found[row.digest] = Buried(version=row.version_id, words=row.words, waits=waits)
    return found


def living(session: Session, digest: str) -> bool:
    """Does a version that was not deleted have these bytes, of any team?"""
    query = select(LibraryVersion.id).where(LibraryVersion.digest == digest, lives(LibraryVersion.id))
    return session.exec(query.limit(1)).first() is not None


def naming(session: Session, digests: Iterable[str], *, deleted: bool = False) -> dict[str, list[Named]]:
    """Digest -> every row that names it: evidence first, by id; nothing of a digest that no record names.

    Of what was deleted the rows are told where that is asked for, and otherwise left out.
    """
    found: dict[str, list[Named]] = {}
    wanted = sorted(set(digests))
    for start in range(0, len(wanted), TOGETHER):
        some = wanted[start : start + TOGETHER]
        for named in (*_evidence(session, some, deleted), *_versions(session, some, deleted)):
            found.setdefault(named.digest, []).append(named)
    return found


def _evidence(session: Session, digests: Sequence[str], deleted: bool) -> list[Named]:
    query: Any = (
        select(EvidenceItem, Team.name, Organisation.name)
        .join(Cycle, col(Cycle.id) == EvidenceItem.cycle_id)
        .join(Team, col(Team.id) == Cycle.team_id)
        .join(Organisation, col(Organisation.id) == Team.organisation_id)
        .where(col(EvidenceItem.digest).in_(digests), true() if deleted else lives(EvidenceItem.version_id))
        .order_by(col(EvidenceItem.id))
    )
    return [
        Named(
            digest=row.digest, file_name=row.file_name, size=row.size, team=team, organisation=organisation,
            cycle=row.cycle_id, evidence=row.id,
        )
        for row, team, organisation in session.exec(query)
    ]  # fmt: skip


def _versions(session: Session, digests: Sequence[str], deleted: bool) -> list[Named]:
    query: Any = (
        select(LibraryVersion, Team.name, Organisation.name)
        .join(LibraryItem, col(LibraryItem.id) == LibraryVersion.item_id)
        .join(Team, col(Team.id) == LibraryItem.team_id)
        .join(Organisation, col(Organisation.id) == Team.organisation_id)
        .where(col(LibraryVersion.digest).in_(digests), true() if deleted else lives(LibraryVersion.id))
        .order_by(col(LibraryVersion.id))
    )
    return [
        Named(
            digest=row.digest, file_name=row.file_name, size=row.size, team=team, organisation=organisation,
            document=row.item_id, version=row.number,
        )
        for row, team, organisation in session.exec(query)
    ]  # fmt: skip
