"""Which bytes the records name, as evidence or in a library, and who it is that would miss them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select, union

from accreditation.records.cycles import Cycle
from accreditation.records.evidence_items import TOGETHER, EvidenceItem
from accreditation.records.library_items import LibraryItem, LibraryVersion
from accreditation.records.teams import Organisation, Team


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

    What was withdrawn or replaced counts: its row stays, and so must its bytes.
    """
    both = union(select(EvidenceItem.digest, EvidenceItem.size), select(LibraryVersion.digest, LibraryVersion.size))
    return {str(digest): int(size) for digest, size in sorted(session.execute(both).all())}


def naming(session: Session, digests: Iterable[str]) -> dict[str, list[Named]]:
    """Digest -> every row that names it: evidence first, by id; nothing of a digest that no record names."""
    found: dict[str, list[Named]] = {}
    wanted = sorted(set(digests))
    for start in range(0, len(wanted), TOGETHER):
        some = wanted[start : start + TOGETHER]
        for named in (*_evidence(session, some), *_versions(session, some)):
            found.setdefault(named.digest, []).append(named)
    return found


def _evidence(session: Session, digests: Sequence[str]) -> list[Named]:
    query: Any = (
        select(EvidenceItem, Team.name, Organisation.name)
        .join(Cycle, col(Cycle.id) == EvidenceItem.cycle_id)
        .join(Team, col(Team.id) == Cycle.team_id)
        .join(Organisation, col(Organisation.id) == Team.organisation_id)
        .where(col(EvidenceItem.digest).in_(digests))
        .order_by(col(EvidenceItem.id))
    )
    return [
        Named(
            digest=row.digest, file_name=row.file_name, size=row.size, team=team, organisation=organisation,
            cycle=row.cycle_id, evidence=row.id,
        )
        for row, team, organisation in session.exec(query)
    ]  # fmt: skip


def _versions(session: Session, digests: Sequence[str]) -> list[Named]:
    query: Any = (
        select(LibraryVersion, Team.name, Organisation.name)
        .join(LibraryItem, col(LibraryItem.id) == LibraryVersion.item_id)
        .join(Team, col(Team.id) == LibraryItem.team_id)
        .join(Organisation, col(Organisation.id) == Team.organisation_id)
        .where(col(LibraryVersion.digest).in_(digests))
        .order_by(col(LibraryVersion.id))
    )
    return [
        Named(
            digest=row.digest, file_name=row.file_name, size=row.size, team=team, organisation=organisation,
            document=row.item_id, version=row.number,
        )
        for row, team, organisation in session.exec(query)
    ]  # fmt: skip
