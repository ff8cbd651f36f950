"""Who settles what the reviewers of a cycle differ on: the role of the scheme, or whom the office appointed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.records import reviewers
from accreditation.records.conflicts_since import conflicts_now
from accreditation.records.reviewers import Assignment, Reviewer
from accreditation.scheme.model import Scheme


class SettlerAppointment(SQLModel, table=True):
    """The college office appointed a member of the review team to settle from now on; the highest number stands.

    `reason` is for the college alone.
    """

    __tablename__ = "settler_appointment"

    cycle_id: int = Field(foreign_key="cycle.id", primary_key=True)
    number: int = Field(primary_key=True)
    assignment_id: int = Field(foreign_key="assignment.id")
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlers:
    """Who settles now. `appointment` is None where the scheme's role does; `version` counts the appointments so far.

    `barred` are the ids of those who would settle, but for a conflict of interest with the service by now.
    """

    seats: tuple[tuple[Assignment, Reviewer], ...]
    appointment: SettlerAppointment | None
    version: int
    barred: frozenset[int] = frozenset()

    @property
    def reviewers(self) -> frozenset[int]:
        """The ids of those who settle."""
        return frozenset(seat.reviewer_id for seat, _ in self.seats)

    def since(self, seat: Assignment) -> datetime:
        """Since when does whoever sits there settle?"""
        return seat.at if self.appointment is None else self.appointment.at


def who_settles(
    session: Session, *, cycle_id: int, scheme: Scheme, sitting: Sequence[tuple[Assignment, Reviewer]] | None = None,
    any_left: bool = True,
) -> Settlers:  # fmt: skip
    """Who settles in this cycle now? The one answer for everything that asks.

    Whom the office appointed last, while they sit in the review team and rate; else whoever sits in the role that the
    scheme names, who may be nobody. Whoever has a conflict of interest with the service by now does not settle, however
    they came to it, unless the office set the rule aside for their seat. `sitting` is who sits in the team, for a
    caller who has looked already. Where nothing is left to settle (not `any_left`), no conflict is looked for.
    """
    query = select(SettlerAppointment).where(SettlerAppointment.cycle_id == cycle_id)
    newest = session.exec(query.order_by(col(SettlerAppointment.number).desc()).limit(1)).first()
    team = reviewers.sitting(session, cycle_ids=[cycle_id]) if sitting is None else sitting
    rows = [one for one in team if not scheme.observes(one[0].role)]
    version = 0 if newest is None else newest.number
    appointed = tuple(one for one in rows if newest is not None and one[0].id == newest.assignment_id)
    by_role = tuple(one for one in rows if one[0].role == scheme.consensus.settled_by)
    asked = {(cycle_id, seat.reviewer_id) for seat, _ in (*appointed, *by_role)} if any_left else set()
    against = conflicts_now(session, asked) if asked else {}
    barred = frozenset(reviewer for _, reviewer in against)
    if free := tuple(one for one in appointed if one[0].reviewer_id not in barred):
        return Settlers(seats=free, appointment=newest, version=version)
    free = tuple(one for one in by_role if one[0].reviewer_id not in barred)
    return Settlers(seats=free, appointment=None, version=version, barred=barred)
