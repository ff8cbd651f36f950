"""Whom the college office asked to sit in a review team, and what they and the service answered: appended."""

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import exists, func
from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.errors import NotFound
from accreditation.records.cycles import Cycle
from accreditation.records.reviewers import Reviewer


class Side(StrEnum):
    """Who answers about a seat."""

    SERVICE = "service"
    REVIEWER = "reviewer"


class Said(StrEnum):
    """What is answered about a seat: the first two by the service, the others by the reviewer."""

    NO_CONFLICT = "no_conflict"
    CONFLICT = "conflict"
    ACCEPTS = "accepts"
    DECLINES = "declines"


class Ending(StrEnum):
    """Why an invitation is over."""

    SEATED = "seated"
    DECLINED = "declined"
    SILENT = "silent"
    CONFLICT = "conflict"
    SERVICE_CONFLICT = "service_conflict"
    TAKEN_OFF = "taken_off"
    CHANGED = "changed"
    DISSOLVED = "dissolved"


NOT_AGAIN = frozenset({Ending.DECLINED, Ending.SILENT, Ending.CONFLICT, Ending.SERVICE_CONFLICT, Ending.TAKEN_OFF})
"""After these nobody is proposed for the same visit again."""


class Invitation(SQLModel, table=True):
    """A reviewer is asked to sit in a cycle's review team. Until when each side answers; null where it is not asked."""

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    reviewer_id: int = Field(foreign_key="reviewer.id", index=True)
    proposal_id: int = Field(foreign_key="proposal.id")
    role: str
    why: str
    service_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    reviewer_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    at: datetime = Field(sa_type=UTCDateTime)


class InvitationEnd(SQLModel, table=True):
    """The invitation is over: the review begins with them, or they are not asked any more. `how` is for the college.

    `proposal_id` is the proposal that stood then: what the office wished in it of this seat is over too.
    """

    __tablename__ = "invitation_end"

    invitation_id: int = Field(foreign_key="invitation.id", primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id")
    how: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class SeatAnswer(SQLModel, table=True):
    """What the service or the reviewer answered; the highest number of a side stands.

    `reason` is private: a service's is for the college and that service, a reviewer's for the college and them.
    """

    __tablename__ = "seat_answer"

    invitation_id: int = Field(foreign_key="invitation.id", primary_key=True)
    side: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    said: str
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


def get(session: Session, invitation_id: int) -> Invitation:
    """The invitation with this id. Raises NotFound."""
    row = session.get(Invitation, invitation_id)
    if row is None:
        raise NotFound("There is no such invitation, or it is not yours.")
    return row


def open_ones(
    session: Session,
    *,
    cycle_ids: Iterable[int] | None = None,
    round_id: int | None = None,
    reviewer_id: int | None = None,
) -> list[tuple[Invitation, Reviewer]]:
    """Which invitations stand (to these cycles, in this round, of this reviewer)? By id."""
    query = (
        select(Invitation, Reviewer)
        .join(Reviewer, col(Reviewer.id) == Invitation.reviewer_id)
        .join(InvitationEnd, col(InvitationEnd.invitation_id) == Invitation.id, isouter=True)
        .where(col(InvitationEnd.invitation_id).is_(None))
        .order_by(col(Invitation.id))
    )
    if cycle_ids is not None:
        query = query.where(col(Invitation.cycle_id).in_(list(cycle_ids)))
    if round_id is not None:
        query = query.join(Cycle, col(Cycle.id) == Invitation.cycle_id).where(Cycle.round_id == round_id)
    if reviewer_id is not None:
        query = query.where(Invitation.reviewer_id == reviewer_id)
    return list(session.exec(query))


def of_reviewer(session: Session, reviewer_id: int) -> list[tuple[Invitation, InvitationEnd | None]]:
    """Every invitation of this reviewer, the newest first, with its end where it is over."""
    query = (
        select(Invitation, InvitationEnd)
        .join(InvitationEnd, col(InvitationEnd.invitation_id) == Invitation.id, isouter=True)
        .where(Invitation.reviewer_id == reviewer_id)
        .order_by(col(Invitation.id).desc())
    )
    return list(session.exec(query))


def over(session: Session, *, cycle_ids: Iterable[int]) -> list[tuple[Invitation, InvitationEnd]]:
    """Every invitation to these cycles that is over, by id, with how it ended."""
    query = (
        select(Invitation, InvitationEnd)
        .join(InvitationEnd, col(InvitationEnd.invitation_id) == Invitation.id)
        .where(col(Invitation.cycle_id).in_(list(cycle_ids)))
        .order_by(col(Invitation.id))
    )
    return list(session.exec(query))


def answers(session: Session, invitation_ids: Iterable[int]) -> dict[int, dict[Side, SeatAnswer]]:
    """Invitation -> the answer that stands of each side; every invitation that was asked for is in it."""
    found: dict[int, dict[Side, SeatAnswer]] = {one: {} for one in invitation_ids}
    query = select(SeatAnswer).where(col(SeatAnswer.invitation_id).in_(list(found)))
    for row in session.exec(query.order_by(col(SeatAnswer.number))):
        found[row.invitation_id][Side(row.side)] = row
    return found


def not_again(session: Session, *, cycle_ids: Collection[int]) -> dict[tuple[int, int], Ending]:
    """(cycle, reviewer) -> why this reviewer is not asked for this cycle again."""
    return {
        (one.cycle_id, one.reviewer_id): Ending(end.how)
        for one, end in over(session, cycle_ids=cycle_ids)
        if Ending(end.how) in NOT_AGAIN
    }


def service_conflicts(session: Session) -> set[tuple[int, int]]:
    """(team, reviewer): where a team said of a reviewer that there is a conflict, in whatever round."""
    query = (
        select(Cycle.team_id, Invitation.reviewer_id)
        .join(Invitation, col(Invitation.cycle_id) == Cycle.id)
        .join(SeatAnswer, col(SeatAnswer.invitation_id) == Invitation.id)
        .where(SeatAnswer.side == Side.SERVICE.value, SeatAnswer.said == Said.CONFLICT.value)
        .distinct()
    )
    return {(team, reviewer) for team, reviewer in session.exec(query)}


def unanswered(session: Session) -> list[tuple[int, int, datetime | None]]:
    """Round -> how many reviewers are asked in it and have not answered, and until when the first of them has time."""
    answered = exists().where(
        col(SeatAnswer.invitation_id) == Invitation.id, col(SeatAnswer.side) == Side.REVIEWER.value
    )
    query = (
        select(Cycle.round_id, func.count(), func.min(Invitation.reviewer_until))
        .select_from(Invitation)
        .join(Cycle, col(Cycle.id) == Invitation.cycle_id)
        .join(InvitationEnd, col(InvitationEnd.invitation_id) == Invitation.id, isouter=True)
        .where(col(InvitationEnd.invitation_id).is_(None), ~answered, col(Invitation.reviewer_until).is_not(None))
        .group_by(col(Cycle.round_id))
        .order_by(col(Cycle.round_id))
    )
    return list(session.exec(query))
