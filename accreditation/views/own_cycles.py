"""The cycles of everything that somebody has a part in, with what is due in each; and what one of them is called."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.records import awards, cycles, editions, evidence_requests
from accreditation.records.aftermath import aftermaths
from accreditation.records.cycles import CycleNow
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.cycles import CycleRow, row_of
from accreditation.views.looking import Shown, look


class OwnCycle(CycleRow):
    """A cycle of one's own team: besides its stage, what its team is asked for and by when."""

    scheme_title: str
    round_name: str
    asked_until: datetime | None = Field(description="When the first request of a reviewer that is open is due.")
    put_right_until: date | None = Field(description="The last day for the first condition that is not met.")


class CycleNamed(Shown):
    """What a cycle is called: whose it is, in which scheme and round."""

    cycle: int
    team: str
    organisation: str
    scheme: str
    round: str
    stage: Stage


def own_cycles(database: Database, *, principals: Sequence[Principal], at: datetime) -> tuple[OwnCycle, ...]:
    """Which cycles have the teams of these principals, who are one person? The newest first."""
    for principal in principals:
        permit(principal, Permission.CYCLE_READ)
    teams = [principal.team for principal in principals if principal.team is not None]
    with database.reading() as session:
        return own_rows(session, list(reversed(cycles.several(session, team_ids=teams))), at=at)


def own_rows(session: Session, found: Sequence[CycleNow], *, at: datetime) -> tuple[OwnCycle, ...]:
    """These cycles as their team sees them in a list; as many statements for many as for one."""
    asked = evidence_requests.first_due(session, [now.id for now in found], at)
    conditions = _conditions(session, [now.id for now in found if now.stage is Stage.PUBLISHED])
    return tuple(
        OwnCycle(
            **dict(row_of(now, scheme, at=at)), scheme_title=scheme.title, round_name=now.round.name,
            asked_until=asked.get(now.id), put_right_until=conditions.get(now.id),
        )
        for now in found
        for scheme in [editions.scheme_of(session, now.edition_digest)]
    )  # fmt: skip


def cycle_named(
    database: Database, *, principal: Principal, cycle_id: int, permission: Permission = Permission.CYCLE_READ
) -> CycleNamed:  # fmt: skip
    """What is this cycle called? For whoever may do what is named. Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=permission, cycle_id=cycle_id)
        return CycleNamed(
            cycle=cycle_id, team=looked.now.team.name, organisation=looked.now.organisation.name,
            scheme=looked.scheme.title, round=looked.now.round.name,
            stage=looked.now.stage,
        )  # fmt: skip


def _conditions(session: Session, published: Sequence[int]) -> Mapping[int, date]:
    """Cycle -> the last day for the first of its conditions that is not met."""
    if not published:
        return {}
    found = aftermaths(session, awards.decisions(session, published).values())
    left = {
        cycle: [one.due_on for one in after.asked if not one.met]
        for cycle, after in found.items()
        if not after.appeal_open
    }
    return {cycle: min(days) for cycle, days in left.items() if days}
