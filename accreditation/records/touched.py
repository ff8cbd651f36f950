"""Who touched the answers and the evidence of cycles, and when: read from what is appended anyway."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import exists
from sqlalchemy import select as columns_of
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from accreditation.records.answers import SelfRating
from accreditation.records.cycles import Cycle
from accreditation.records.edition_changes import EditionChange
from accreditation.records.evidence_items import (
    TOGETHER,
    UPLOADED,
    EvidenceEnd,
    EvidenceItem,
    EvidenceLink,
)
from accreditation.records.evidence_places import EvidencePlace
from accreditation.records.library_items import LibraryVersion
from accreditation.rules.burden import File, Touch


@dataclass(slots=True, kw_only=True)
class Touched:
    """What was done in a cycle: touches, answers that an audit published, and files."""

    touches: list[Touch] = field(default_factory=list)
    published: set[str] = field(default_factory=set)
    files: list[File] = field(default_factory=list)


def touched(session: Session, cycle_ids: Iterable[int]) -> dict[int, Touched]:
    """Cycle -> what the team did in it. An answer that only a change of edition set aside is nobody's touch."""
    wanted = sorted(set(cycle_ids))
    found = {name: Touched() for name in wanted}
    for start in range(0, len(wanted), TOGETHER):
        some = wanted[start : start + TOGETHER]
        _answers(session, some, found)
        _evidence(session, some, found)
    return found


def _answers(session: Session, ids: list[int], found: dict[int, Touched]) -> None:
    changes = select(EditionChange.cycle_id, EditionChange.by, EditionChange.at).where(
        col(EditionChange.cycle_id).in_(ids)
    )
    aside = set(session.exec(changes))
    about = (SelfRating.cycle_id, SelfRating.criterion, SelfRating.by, SelfRating.at, SelfRating.source)
    rows = columns_of(*(col(one) for one in about)).where(col(SelfRating.cycle_id).in_(ids))
    for cycle, criterion, by, at, source in session.execute(rows.order_by(col(SelfRating.version))):
        if (cycle, by, at) in aside:
            continue
        if source:
            found[cycle].published.add(criterion)
            continue
        found[cycle].published.discard(criterion)
        found[cycle].touches.append(Touch(who=by, at=at, criteria=(criterion,)))


def _evidence(session: Session, ids: list[int], found: dict[int, Touched]) -> None:
    here = col(EvidenceItem.cycle_id).in_(ids)
    links: dict[int, list[str]] = {}
    answered = select(EvidenceLink.evidence_id, EvidenceLink.criterion).join(
        EvidenceItem, col(EvidenceItem.id) == EvidenceLink.evidence_id
    )
    for evidence, criterion in session.exec(answered.where(here).order_by(EvidenceLink.criterion)):
        links.setdefault(evidence, []).append(criterion)
    fresh = _kept_for_it(session, here)
    cycle_of: dict[int, int] = {}
    query = (
        select(EvidenceItem, EvidenceEnd)
        .join(EvidenceEnd, col(EvidenceEnd.evidence_id) == EvidenceItem.id, isouter=True)
        .where(here)
        .order_by(col(EvidenceItem.id))
    )
    for item, end in session.exec(query):
        name = item.id or 0
        criteria = tuple(links.get(name, ()))
        cycle_of[name] = item.cycle_id
        one = found[item.cycle_id]
        one.files.append(File(sent=item.how == UPLOADED or name in fresh, stands=end is None, criteria=criteria))
        one.touches.append(Touch(who=item.by, at=item.at, criteria=criteria))
        if end is not None:
            one.touches.append(Touch(who=end.by, at=end.at, criteria=criteria))
    placed = select(EvidencePlace).join(EvidenceItem, col(EvidenceItem.id) == EvidencePlace.evidence_id).where(here)
    for row in session.exec(placed):
        touch = Touch(who=row.by, at=row.at, criteria=(row.criterion,))
        found[cycle_of[row.evidence_id]].touches.append(touch)


def _kept_for_it(session: Session, here: Any) -> set[int]:
    """Evidence from the library whose bytes were sent since the team was enrolled, and attached here first of all."""
    before = aliased(EvidenceItem)
    earlier = exists().where(col(before.version_id) == EvidenceItem.version_id, col(before.id) < EvidenceItem.id)
    query = (
        select(EvidenceItem.id, LibraryVersion.at, Cycle.enrolled_at)
        .join(LibraryVersion, col(LibraryVersion.id) == EvidenceItem.version_id)
        .join(Cycle, col(Cycle.id) == EvidenceItem.cycle_id)
        .where(here, ~earlier)
    )
    rows: list[tuple[int | None, datetime, datetime]] = list(session.exec(query))
    return {name or 0 for name, kept_at, enrolled_at in rows if kept_at >= enrolled_at}
