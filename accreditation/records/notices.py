"""What somebody is told: one line each, in the inbox of whoever it concerns, kept with what it tells of."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.rules.people import Principal, Role

OFFICE = Role.OFFICE.value
"""The inbox of the college office."""


class Notice(SQLModel, table=True):
    """One notice. `inbox` says whom it is for; `number` counts within the inbox, so that it tells of no other one.

    `about` names what it is about (risk:…, request:…); the words of people stay there and are not repeated here.
    """

    inbox: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    kind: str
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    about: str = Field(index=True)
    words: str
    at: datetime = Field(sa_type=UTCDateTime)


def inbox_of(principal: Principal) -> str:
    """Which inbox does this principal read? A team's roles and a reviewer have one each by what they are bound to."""
    bound = principal.reviewer if principal.role is Role.REVIEWER else principal.team
    return principal.role.value if bound is None else inbox(principal.role, bound)


def inbox(role: Role, bound: int) -> str:
    """The inbox of this role of this team, or of this reviewer."""
    return f"{role.value}:{bound}"


def tell(session: Session, *, inbox: str, kind: str, cycle_id: int, about: str, words: str, at: datetime) -> bool:
    """Put a notice into this inbox, unless it has one of this kind about the same already. Was it put there?"""
    same = select(Notice.number).where(Notice.inbox == inbox, Notice.kind == kind, Notice.about == about)
    if session.exec(same).first() is not None:
        return False
    last = session.exec(select(func.max(Notice.number)).where(Notice.inbox == inbox)).one() or 0
    session.add(Notice(inbox=inbox, number=last + 1, kind=kind, cycle_id=cycle_id, about=about, words=words, at=at))
    session.flush()
    return True


def of_inbox(session: Session, inbox: str, *, after: int, limit: int) -> list[Notice]:
    """The notices of this inbox behind this number, the oldest first."""
    query = select(Notice).where(Notice.inbox == inbox, col(Notice.number) > after)
    return list(session.exec(query.order_by(col(Notice.number)).limit(limit)))
