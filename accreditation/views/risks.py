"""Immediate risks and their answers, for those whom they concern."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.records import reviewers, risks
from accreditation.records.risks import ImmediateRisk, ImmediateRiskAnswer
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.seats import seats_seen


class RiskShown(Shown):
    """An immediate risk, until when it is to be answered, and the answer. Its team never learns who raised it."""

    risk: str | None = Field(description="Its name, by which the team's lead answers it; null for a reviewer.")
    criterion: str | None = Field(description="Null: the service as a whole.")
    text: str
    raised_at: datetime
    raised_by: str | None = Field(description="The reviewer who raised it; null for the team's lead.")
    reply_by: datetime | None = Field(description="Until when it is answered; null where the scheme sets no time.")
    reply: str | None
    replied_by: str | None
    replied_at: datetime | None
    late: bool = Field(description="Whether the answer came, or is still lacking, after its time.")


class Risks(Shown):
    """The immediate risks of a cycle that the asker may see, the oldest first."""

    cycle: int
    risks: tuple[RiskShown, ...]


def risks_of(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> Risks:
    """Which immediate risks were raised, and how were they answered?

    The team's lead and the college see all from the first moment; a reviewer their own, and others' once handed in.
    """
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.RISK_READ, cycle_id=cycle_id)
        return Risks(cycle=cycle_id, risks=shown_risks(looked, at=at))


def shown_risks(looked: Looked, *, at: datetime) -> tuple[RiskShown, ...]:
    """The risks that the asker may see, the oldest first."""
    session, own = looked.session, looked.principal.role is Role.REVIEWER
    seats = [seat.id or 0 for seat, _ in seats_seen(looked)[0]] if own else None
    found = risks.of_cycle(session, looked.cycle_id, seats=seats)
    names = reviewers.names_of_seats(session, [raised.assignment_id for raised, _ in found])
    return tuple(
        _shown(
            raised, answer, at=at, name=None if own else raised.name,
            by=None if looked.by_team else names[raised.assignment_id],
        )
        for raised, answer in found
    )  # fmt: skip


def _shown(
    raised: ImmediateRisk, answer: ImmediateRiskAnswer | None, *, name: str | None, by: str | None, at: datetime
) -> RiskShown:
    answered = None if answer is None else answer.at
    return RiskShown(
        risk=name, criterion=raised.criterion, text=raised.text, raised_at=raised.at, raised_by=by,
        reply_by=raised.reply_by, reply=None if answer is None else answer.reply,
        replied_by=None if answer is None else answer.by, replied_at=answered,
        late=raised.reply_by is not None and (answered or at) > raised.reply_by,
    )  # fmt: skip
