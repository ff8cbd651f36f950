"""Who sits in a panel about a cycle, of appeal or of quality assurance: appended, never overwritten."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.rules.panels import PanelKind

TOGETHER = 500
"""So many ids are asked for in one question; SQLite takes no more than some thousands."""


class PanelMember(SQLModel, table=True):
    """The college office named a reviewer for a panel about a cycle."""

    __tablename__ = "panel_member"

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    reviewer_id: int = Field(foreign_key="reviewer.id")
    kind: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class PanelMemberEnd(SQLModel, table=True):
    """Somebody sits in the panel no more."""

    __tablename__ = "panel_member_end"

    member_id: int = Field(foreign_key="panel_member.id", primary_key=True)
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


def members(session: Session, cycle_ids: Iterable[int]) -> list[PanelMember]:
    """Who sits in the panels about these cycles now? By cycle, panel and reviewer."""
    ids = sorted(set(cycle_ids))
    found: list[PanelMember] = []
    for start in range(0, len(ids), TOGETHER):
        query = (
            select(PanelMember)
            .join(PanelMemberEnd, col(PanelMemberEnd.member_id) == PanelMember.id, isouter=True)
            .where(col(PanelMemberEnd.member_id).is_(None))
            .where(col(PanelMember.cycle_id).in_(ids[start : start + TOGETHER]))
            .order_by(col(PanelMember.cycle_id), col(PanelMember.kind), col(PanelMember.reviewer_id))
        )
        found += session.exec(query)
    return found


def sitting(session: Session, *, reviewer_id: int | None = None) -> list[PanelMember]:
    """Who sits in any panel now (of these, this reviewer)? In the order of being named."""
    query = (
        select(PanelMember)
        .join(PanelMemberEnd, col(PanelMemberEnd.member_id) == PanelMember.id, isouter=True)
        .where(col(PanelMemberEnd.member_id).is_(None))
        .order_by(col(PanelMember.id))
    )
    return list(session.exec(query if reviewer_id is None else query.where(PanelMember.reviewer_id == reviewer_id)))


def everybody(session: Session, cycle_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Cycle -> the reviewers who sit in any panel about it now; nothing of a cycle without a panel."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in members(session, cycle_ids):
        found[row.cycle_id].add(row.reviewer_id)
    return {cycle: frozenset(who) for cycle, who in found.items()}


def name(
    session: Session, *, cycle_id: int, kind: PanelKind, wanted: Collection[int], by: str, at: datetime
) -> tuple[list[int], list[int]]:
    """From now on these reviewers are this panel; who is new in it, and who sits in it no more? Each by id."""
    stands = {row.reviewer_id: row for row in members(session, [cycle_id]) if row.kind == kind}
    new, left = sorted({*wanted} - {*stands}), sorted({*stands} - {*wanted})
    session.add_all(PanelMember(cycle_id=cycle_id, reviewer_id=one, kind=kind.value, by=by, at=at) for one in new)
    session.add_all(PanelMemberEnd(member_id=stands[one].id or 0, by=by, at=at) for one in left)
    session.flush()
    return new, left
