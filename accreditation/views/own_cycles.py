"""The cycles of everything that somebody has a part in, with what is due in each; and what one of them is called."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.records import awards, cycles, editions, evidence_requests, invitations, risks
from accreditation.records.aftermath import Aftermath, aftermaths
from accreditation.records.cycles import CycleNow
from accreditation.records.invitations import Side
from accreditation.records.risks import ImmediateRisk
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import ROLE_TABLE, Permission, permit
from accreditation.scheme.model import Scheme
from accreditation.views.aftermath import appealed
from accreditation.views.cycles import CycleRow, row_of
from accreditation.views.looking import Shown, look
from accreditation.views.requests import are_answered_in


class OwnCycle(CycleRow):
    """A cycle of one's own team: besides its stage, what its team is asked for and by when."""

    scheme_title: str
    round_name: str
    asked_until: datetime | None = Field(description="When the first request of a reviewer that is open is due.")
    conflicts_asked: int = Field(
        description="Reviewers of whom the team has not said whether it has a conflict; lead alone."
    )
    conflicts_until: datetime | None = Field(description="When the first of these answers is due.")
    risks_waiting: int = Field(description="Immediate risks that wait for the lead's answer; told to the lead alone.")
    risk_due: datetime | None = Field(
        description="When the first of them is to be answered; null where no time is set."
    )
    put_right_until: date | None = Field(
        description="The last day for the first condition that is not met; null also where an appeal lets it rest."
    )
    appeal_waits: bool = Field(description="Whether an appeal of the team waits for its answer.")


class CycleNamed(Shown):
    """What a cycle is called: whose it is, in which scheme and round."""

    cycle: int
    team: str
    organisation: str
    scheme: str
    round: str
    stage: Stage
    checks_accuracy: bool = Field(description="Whether the team checks the report before anything is recommended.")
    has_appeal: bool = Field(description="Whether the scheme lets a team appeal against what is decided.")


def own_cycles(database: Database, *, principals: Sequence[Principal], at: datetime) -> tuple[OwnCycle, ...]:
    """Which cycles have the teams of these principals, who are one person? The newest first."""
    for principal in principals:
        permit(principal, Permission.CYCLE_READ)
    teams = [principal.team for principal in principals if principal.team is not None]
    leads = {one.team for one in principals if Permission.RISK_READ in ROLE_TABLE[one.role]}
    with database.reading() as session:
        return own_rows(session, list(reversed(cycles.several(session, team_ids=teams))), leads=leads, at=at)


def own_rows(
    session: Session, found: Sequence[CycleNow], *, leads: Collection[int | None], at: datetime
) -> tuple[OwnCycle, ...]:
    """These cycles as their team sees them in a list; as many statements for many as for one.

    Of immediate risks, and of what is asked about reviewers, nothing is told but to whoever `leads` the team.
    """
    asked = evidence_requests.first_due(session, [now.id for now in found if are_answered_in(now.stage)], at)
    raised = _risks(session, [now.id for now in found if now.cycle.team_id in leads])
    about = _conflicts(
        session, [now.id for now in found if now.cycle.team_id in leads and now.stage is Stage.ASSIGNMENT]
    )
    after = _followed(session, [now.id for now in found if now.stage is Stage.PUBLISHED])
    return tuple(
        OwnCycle(
            **dict(row_of(now, scheme, at=at)), scheme_title=scheme.title, round_name=now.round.name,
            asked_until=asked.get(now.id), put_right_until=put_right_until(scheme, after.get(now.id)),
            appeal_waits=now.id in after and after[now.id].appeal_open,
            conflicts_asked=len(about.get(now.id, ())), conflicts_until=min(about.get(now.id, ()), default=None),
            risks_waiting=len(raised.get(now.id, ())),
            risk_due=min((one.reply_by for one in raised.get(now.id, ()) if one.reply_by is not None), default=None),
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
            stage=looked.now.stage, checks_accuracy=looked.scheme.factual_accuracy is not None,
            has_appeal=looked.scheme.appeal is not None,
        )  # fmt: skip


def _risks(session: Session, cycle_ids: Collection[int]) -> Mapping[int, list[ImmediateRisk]]:
    """Cycle -> its immediate risks that nobody has answered."""
    found: dict[int, list[ImmediateRisk]] = {}
    for one in risks.unanswered(session, cycle_ids=cycle_ids) if cycle_ids else ():
        found.setdefault(one.cycle_id, []).append(one)
    return found


def _conflicts(session: Session, cycle_ids: Sequence[int]) -> Mapping[int, list[datetime]]:
    """Cycle -> until when its team is to say of each reviewer that it was not yet heard about."""
    asked = [one for one, _ in invitations.open_ones(session, cycle_ids=cycle_ids)] if cycle_ids else []
    said = invitations.answers(session, [one.id or 0 for one in asked]) if asked else {}
    found: dict[int, list[datetime]] = {}
    for one in asked:
        if one.service_until is not None and Side.SERVICE not in said[one.id or 0]:
            found.setdefault(one.cycle_id, []).append(one.service_until)
    return found


def _followed(session: Session, published: Sequence[int]) -> Mapping[int, Aftermath]:
    """Cycle -> what followed its decision."""
    return aftermaths(session, awards.decisions(session, published).values()) if published else {}


def put_right_until(scheme: Scheme, after: Aftermath | None) -> date | None:
    """The last day for the first condition that is not met, while the decision that asks for it stands."""
    waits = None if after is None else appealed(scheme, after)
    if after is None or (waits is not None and not waits.stands):
        return None
    return min((one.due_on for one in after.asked if not one.met), default=None)
