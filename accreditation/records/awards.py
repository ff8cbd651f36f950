"""What the rules recommended, what the committee decided, what was published; and gap reports on the way there."""

import json
from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.records.cycles import Cycle
from accreditation.records.teams import Organisation, Team


class GapReport(SQLModel, table=True):
    """How far a team is from each award, by its own answers; the newest stands.

    `basis` names the answers it was made from. Answers may go back to what they were: then their report is made again.
    """

    __tablename__ = "gap_report"

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    basis: str
    outcome: str
    distance: int | None
    report: str
    at: datetime = Field(sa_type=UTCDateTime)


class Recommendation(SQLModel, table=True):
    """What the rules say about the settled ratings, with the working as JSON."""

    cycle_id: int = Field(foreign_key="cycle.id", primary_key=True)
    outcome: str
    working: str
    at: datetime = Field(sa_type=UTCDateTime)


class Decision(SQLModel, table=True):
    """What the committee decided. `departs` where it is not what the rules recommend; then it has a reason."""

    cycle_id: int = Field(foreign_key="cycle.id", primary_key=True)
    outcome: str
    departs: bool
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)
    valid_until: date | None


class ConditionSet(SQLModel, table=True):
    """A condition of a decision: `needed` of these criteria must be put right by `due_on`.

    `number` is 0 for the first decision; else the number of the change of outcome that the condition came with.
    """

    __tablename__ = "condition"

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    needed: int
    criteria: str
    due_on: date
    number: int = Field(default=0, sa_column_kwargs={"server_default": "0"})

    @property
    def names(self) -> tuple[str, ...]:
        """The criteria's ids."""
        return tuple(json.loads(self.criteria))


class Publication(SQLModel, table=True):
    """The decision is in the public register, with the edition it was made by."""

    cycle_id: int = Field(foreign_key="cycle.id", primary_key=True)
    edition_digest: str = Field(foreign_key="edition.digest")
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


def decisions(session: Session, cycle_ids: Iterable[int]) -> dict[int, Decision]:
    """Cycle -> what the committee decided."""
    return {
        row.cycle_id: row for row in session.exec(select(Decision).where(col(Decision.cycle_id).in_(list(cycle_ids))))
    }


def recommendations(session: Session, cycle_ids: Iterable[int]) -> dict[int, Recommendation]:
    """Cycle -> what the rules recommended."""
    query = select(Recommendation).where(col(Recommendation.cycle_id).in_(list(cycle_ids)))
    return {row.cycle_id: row for row in session.exec(query)}


def newest_gaps(session: Session, cycle_ids: Iterable[int]) -> dict[int, GapReport]:
    """Cycle -> its newest gap report."""
    query = select(GapReport).where(col(GapReport.cycle_id).in_(list(cycle_ids))).order_by(col(GapReport.id))
    return {row.cycle_id: row for row in session.exec(query)}


def conditions(session: Session, cycle_ids: Iterable[int]) -> dict[int, list[ConditionSet]]:
    """Cycle -> the conditions of its decision."""
    query = select(ConditionSet).where(col(ConditionSet.cycle_id).in_(list(cycle_ids))).order_by(col(ConditionSet.id))
    found: dict[int, list[ConditionSet]] = {}
    for row in session.exec(query):
        found.setdefault(row.cycle_id, []).append(row)
    return found


def publications(session: Session, cycle_ids: Iterable[int]) -> dict[int, Publication]:
    """Cycle -> its publication, for those of these that are in the public register."""
    query = select(Publication).where(col(Publication.cycle_id).in_(list(cycle_ids)))
    return {row.cycle_id: row for row in session.exec(query)}


def published(
    session: Session, *, cycle_id: int | None = None, after: int = 0, limit: int = 1000
) -> list[tuple[Publication, Decision, Team, Organisation]]:
    """What stands in the public register (of one cycle)? By cycle id, from behind `after`."""
    query = (
        select(Publication, Decision, Team, Organisation)
        .join(Decision, col(Decision.cycle_id) == Publication.cycle_id)
        .join(Cycle, col(Cycle.id) == Publication.cycle_id)
        .join(Team, col(Team.id) == Cycle.team_id)
        .join(Organisation, col(Organisation.id) == Team.organisation_id)
        .where(col(Publication.cycle_id) > after)
        .order_by(col(Publication.cycle_id))
        .limit(limit)
    )
    if cycle_id is not None:
        query = query.where(Publication.cycle_id == cycle_id)
    return list(session.exec(query))


def decided(session: Session, *, team_id: int) -> list[tuple[Decision, Cycle, Publication | None]]:
    """Every decision about this team, published or not, in the order of its cycles."""
    query = (
        select(Decision, Cycle, Publication)
        .join(Cycle, col(Cycle.id) == Decision.cycle_id)
        .join(Publication, col(Publication.cycle_id) == Decision.cycle_id, isouter=True)
        .where(Cycle.team_id == team_id)
        .order_by(col(Decision.cycle_id))
    )
    return list(session.exec(query))
