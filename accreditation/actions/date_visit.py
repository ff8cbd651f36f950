"""State on which days a cycle's visit is; the newest statement stands."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from accreditation.actions.absent import Sits, free_absent
from accreditation.actions.desk import open_cycle
from accreditation.actions.leaving import leave_in_conflict
from accreditation.actions.telling import tell_at_two_visits, tell_dated
from accreditation.database import Database, Session
from accreditation.errors import Invalid
from accreditation.records import reviewers, visit_days
from accreditation.records.engagements import at_two_visits
from accreditation.rules.conflicts import Days
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.rules.visit_days import faults_of_days


class AwayThen(BaseModel):
    """Somebody who sits in the review team and is away on a day of the visit. They stay until somebody decides."""

    reviewer: int
    name: str
    role: str


class ElsewhereThen(AwayThen):
    """Somebody who sits in the review team and is at another visit on a day of this one. They stay, too."""

    why: str


class Dated(BaseModel):
    """The days stand. `new` is false where they did already."""

    new: bool
    away: tuple[AwayThen, ...] = Field(default=(), description="Who sits in the team and is away: decide what to do.")
    elsewhere: tuple[ElsewhereThen, ...] = Field(
        default=(), description="Who sits in the team and is at another visit on one of the days: decide what to do."
    )
    asked_no_more: tuple[int, ...] = Field(default=(), description="Who was asked to sit, and is away or elsewhere.")
    left: bool = Field(
        default=False, description="Whether somebody left the team who worked at the service too shortly before then."
    )


def date_visit(
    database: Database, *, principal: Principal, cycle_id: int, first: date, last: date, at: datetime
) -> Dated:
    """State that the visit is from the first day to the last, both included; who cannot come then?

    Where a review team is looked for, the engine looks again with these days. Whoever sits in the team and is away, or
    at another visit on one of the days, is named and stays, and of the latter the office is told; whoever is only asked
    is asked no more. Whoever worked at the service too shortly before these days leaves, where they have not handed in.
    The same days again change nothing. Raises Invalid for days that cannot be meant, MoveNotAllowed once the review is
    over.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.VISIT_DATE, cycle_id=cycle_id, at=at)
        desk.transition(Move.DATE_VISIT)
        days = Days(first=first, last=last)
        faults = faults_of_days(days, at=at.date())
        if faults:
            raise Invalid(faults)
        row = visit_days.state(session, cycle_id=cycle_id, days=days, by=principal.name, at=at)
        away, freed = free_absent(session, by=principal.name, at=at, cycle_id=cycle_id)
        left = False
        if row is not None:
            gone, _ = leave_in_conflict(session, by=principal.name, cycle_ids=[cycle_id], at=at)
            left = bool(gone)
        elsewhere = _elsewhere(session, cycle_id)
        if row is not None:
            tell_dated(desk, row)
            for one in elsewhere:
                tell_at_two_visits(desk, row, name=one.name, why=one.why)
            desk.enter("visit:date", {"first": first.isoformat(), "last": last.isoformat()})
            if desk.now.stage is Stage.ASSIGNMENT:
                desk.look_for_teams()
        return Dated(
            new=row is not None, away=tuple(_told(one) for one in away), elsewhere=elsewhere, asked_no_more=freed,
            left=left,
        )  # fmt: skip


def _elsewhere(session: Session, cycle_id: int) -> tuple[ElsewhereThen, ...]:
    """Who sits in this team and is at another visit on a day of its own?"""
    why = at_two_visits(session, [cycle_id])
    return tuple(
        ElsewhereThen(reviewer=one.reviewer_id, name=who.name, role=one.role, why=why[cycle_id, one.reviewer_id])
        for one, who in reviewers.sitting(session, cycle_ids=[cycle_id])
        if (cycle_id, one.reviewer_id) in why
    )


def _told(one: Sits) -> AwayThen:
    assignment, who = one
    return AwayThen(reviewer=assignment.reviewer_id, name=who.name, role=assignment.role)
