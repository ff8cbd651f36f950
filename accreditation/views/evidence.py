"""The evidence of a cycle, and one file of it."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.records import evidence_items
from accreditation.records.evidence_items import EvidenceCheck, EvidenceItem
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.views.looking import Looked, Shown, look


class EvidenceShown(Shown):
    """A file that a team attached, and the criteria it answers."""

    id: int
    title: str
    file_name: str
    media_type: str
    size: int
    sha256: str
    criteria: tuple[str, ...]
    attached_by: str
    attached_at: datetime
    whole: bool | None = Field(description="Whether the engine found the bytes whole; null until it looked.")


class EvidenceList(Shown):
    """The evidence of a cycle, in the order it came."""

    cycle: int
    evidence: tuple[EvidenceShown, ...]


def evidence_of(database: Database, *, principal: Principal, cycle_id: int) -> EvidenceList:
    """What is attached to this cycle? Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.EVIDENCE_READ, cycle_id=cycle_id)
        return EvidenceList(cycle=cycle_id, evidence=shown_evidence(looked))


def shown_evidence(looked: Looked) -> tuple[EvidenceShown, ...]:
    """Every file of the cycle, in the order they came."""
    return tuple(_shown(*one) for one in evidence_items.of_cycle(looked.session, looked.cycle_id))


def evidence_item(database: Database, *, principal: Principal, evidence_id: int) -> EvidenceShown:
    """Which file is this? NotFound where it does not exist and where it is another team's: both read the same."""
    with database.reading() as session:
        item = evidence_items.get(session, evidence_id)
        try:
            look(session, principal=principal, permission=Permission.EVIDENCE_READ, cycle_id=item.cycle_id)
        except NotFound as error:
            raise NotFound(evidence_items.NO_SUCH) from error
        found = evidence_items.of_cycle(session, item.cycle_id)
    return next(_shown(*one) for one in found if one[0].id == evidence_id)


def _shown(item: EvidenceItem, criteria: tuple[str, ...], check: EvidenceCheck | None) -> EvidenceShown:
    return EvidenceShown(
        id=item.id or 0, title=item.title, file_name=item.file_name, media_type=item.media_type, size=item.size,
        sha256=item.digest, criteria=criteria, attached_by=item.by, attached_at=item.at,
        whole=None if check is None else check.whole,
    )  # fmt: skip
