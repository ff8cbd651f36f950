"""Panels about a cycle, for the college alone."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.records import panels, peers
from accreditation.rules.panels import PanelKind, against
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.views.looking import Shown, look


class PanelMemberShown(Shown):
    """A reviewer who sits in a panel."""

    reviewer: int
    name: str
    since: datetime
    against: tuple[str, ...] = Field(description="What has come to stand against them since; empty where nothing has.")


class PanelShown(Shown):
    """Who sits in a panel about a cycle; nobody, until it is named."""

    cycle: int
    kind: PanelKind
    members: tuple[PanelMemberShown, ...]


def panel_of(database: Database, *, principal: Principal, cycle_id: int, kind: PanelKind, at: datetime) -> PanelShown:
    """Who sits in this panel about this cycle, and could they still be named for it?"""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.PANEL_READ, cycle_id=cycle_id)
        rows = [row for row in panels.members(session, [cycle_id]) if row.kind == kind]
        case = peers.panel_case(session, looked.now, looked.scheme.assignment)
    return PanelShown(
        cycle=cycle_id,
        kind=kind,
        members=tuple(
            PanelMemberShown(
                reviewer=row.reviewer_id,
                name=case.people[row.reviewer_id].name,
                since=row.at,
                against=against(case, kind=kind, reviewer=row.reviewer_id, at=at.date()),
            )
            for row in rows
        ),
    )


class Candidate(Shown):
    """A reviewer of the pool, and what keeps them from this panel; nothing where they may sit in it."""

    reviewer: int
    name: str
    sits: bool
    against: tuple[str, ...]


class PanelToName(Shown):
    """A panel to be named: everybody of the pool, and how many the scheme asks for at least, where it says."""

    needed: int | None
    candidates: tuple[Candidate, ...]


def panel_to_name(
    database: Database, *, principal: Principal, cycle_id: int, kind: PanelKind, at: datetime
) -> PanelToName:  # fmt: skip
    """Who could sit in this panel about this cycle, and who sits in it? Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.PANEL_NAME, cycle_id=cycle_id)
        case = peers.panel_case(session, looked.now, looked.scheme.assignment)
    rule = looked.scheme.appeal
    return PanelToName(
        needed=rule.panel if rule is not None and kind is PanelKind.APPEAL else None,
        candidates=tuple(
            Candidate(
                reviewer=one.id, name=one.name, sits=one.id in case.panels[kind],
                against=against(case, kind=kind, reviewer=one.id, at=at.date()),
            )
            for one in sorted(case.people.values(), key=lambda one: (one.name, one.id))
        ),
    )  # fmt: skip
