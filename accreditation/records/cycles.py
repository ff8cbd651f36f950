"""Rounds, cycles, and the stages a cycle went through: appended, never overwritten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, exists, func
from sqlalchemy import select as columns_of
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from accreditation.database import UTCDateTime, once_a_moment
from accreditation.errors import NotFound
from accreditation.records.edition_changes import EditionChange, newest_of
from accreditation.records.facts import read_facts, written_facts
from accreditation.records.teams import Organisation, Team
from accreditation.rules.cycle import ENDED, Stage
from accreditation.scheme.facts import Profile


class Round(SQLModel, table=True):
    """A batch of cycles that a college runs together on one edition."""

    __table_args__ = (UniqueConstraint("scheme", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme: str
    name: str
    edition_digest: str = Field(foreign_key="edition.digest")
    opened_at: datetime = Field(sa_type=UTCDateTime)


class Cycle(SQLModel, table=True):
    """One team's run through an edition, pinned by its digest until the office carries the cycle over (`CycleNow`)."""

    __table_args__ = (UniqueConstraint("team_id", "round_id"),)

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", index=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    edition_digest: str = Field(foreign_key="edition.digest")
    enrolled_at: datetime = Field(sa_type=UTCDateTime)


class ProfileStatement(SQLModel, table=True):
    """What is stated about the service; the highest number stands. A fact may be missing until submission.

    `facts` is a JSON object: true or false, a choice as text, a number as a number with every digit that was given.
    """

    __tablename__ = "profile_statement"

    cycle_id: int = Field(foreign_key="cycle.id", primary_key=True)
    number: int = Field(primary_key=True)
    facts: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class StageChange(SQLModel, table=True):
    """A cycle entered a stage. `number` counts from 1, so two at once cannot both be the next."""

    __tablename__ = "stage_change"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    number: int
    from_stage: str | None
    to_stage: str
    move: str
    by: str
    reason: str = ""
    at: datetime = Field(sa_type=UTCDateTime)


@cache
def _newest(row: type[StageChange] | type[ProfileStatement]) -> Any:
    """The condition that a row is the newest of its cycle."""
    later = aliased(row)
    return ~exists().where(col(later.cycle_id) == row.cycle_id, col(later.number) > row.number)


def newest_stage() -> Any:
    """The condition that a change of stage is the newest of its cycle: the stage that the cycle is in."""
    return _newest(StageChange)


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleNow:
    """A cycle as it stands: its row, round, team and organisation, its stage and since when, and its edition now."""

    cycle: Cycle
    round: Round
    team: Team
    organisation: Organisation
    change: StageChange
    profile: Profile
    edition_digest: str

    @property
    def id(self) -> int:
        """The cycle's id."""
        assert self.cycle.id is not None  # noqa: S101  (it was read)
        return self.cycle.id

    @property
    def stage(self) -> Stage:
        """The stage it is in."""
        return Stage(self.change.to_stage)


@cache
def _now() -> Any:
    """The question how cycles stand; made once, because making it costs more than asking it."""
    return (
        columns_of(  # type: ignore[call-overload]
            Cycle, Round, Team, Organisation, StageChange, ProfileStatement.facts, EditionChange.edition_digest
        )
        .join(Round, col(Round.id) == Cycle.round_id)
        .join(Team, col(Team.id) == Cycle.team_id)
        .join(Organisation, col(Organisation.id) == Team.organisation_id)
        .join(StageChange, and_(col(StageChange.cycle_id) == Cycle.id, _newest(StageChange)))
        .join(ProfileStatement, and_(col(ProfileStatement.cycle_id) == Cycle.id, _newest(ProfileStatement)))
        .join(EditionChange, newest_of(Cycle.id), isouter=True)
    )


@once_a_moment
def now(session: Session, cycle_id: int) -> CycleNow:
    """How does this cycle stand? Raises NotFound."""
    found = session.execute(_now().where(col(Cycle.id) == cycle_id)).first()
    if found is None:
        raise NotFound("There is no such cycle, or it is not one of yours.")
    return _standing(found)


def several(
    session: Session,
    *,
    after: int = 0,
    limit: int | None = None,
    team_id: int | None = None,
    team_ids: Iterable[int] | None = None,
    round_id: int | None = None,
    stages: Iterable[Stage] | None = None,
    ids: Iterable[int] | None = None,
) -> list[CycleNow]:
    """Which cycles fit all that is asked? By id, from behind `after`; all of them, or at most `limit`."""
    query = _now().where(col(Cycle.id) > after).order_by(col(Cycle.id)).limit(limit)
    if team_id is not None:
        query = query.where(Cycle.team_id == team_id)
    if team_ids is not None:
        query = query.where(col(Cycle.team_id).in_(list(team_ids)))
    if round_id is not None:
        query = query.where(Cycle.round_id == round_id)
    if stages is not None:
        query = query.where(col(StageChange.to_stage).in_([stage.value for stage in stages]))
    if ids is not None:
        query = query.where(col(Cycle.id).in_(list(ids)))
    return [_standing(found) for found in session.execute(query)]


def newest(session: Session, *, stage: Stage, limit: int) -> list[CycleNow]:
    """The cycles that are in this stage, the newest first, at most so many."""
    query = _now().where(col(StageChange.to_stage) == stage.value).order_by(col(Cycle.id).desc()).limit(limit)
    return [_standing(found) for found in session.execute(query)]


def before(session: Session, now: CycleNow) -> CycleNow | None:
    """The cycle that this team had in the same scheme before this one, if it had one that was not withdrawn."""
    own = select(Round.scheme).where(Round.id == now.cycle.round_id).scalar_subquery()
    query = (
        _now()
        .where(Cycle.team_id == now.cycle.team_id, col(Cycle.id) < now.id, Round.scheme == own)
        .where(col(StageChange.to_stage) != Stage.WITHDRAWN.value)
        .order_by(col(Cycle.id).desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return None if found is None else _standing(found)


def _standing(found: Any) -> CycleNow:
    cycle, round_, team, organisation, change, facts, carried_to = found
    return CycleNow(
        cycle=cycle, round=round_, team=team, organisation=organisation, change=change, profile=read_facts(facts),
        edition_digest=carried_to or cycle.edition_digest,
    )  # fmt: skip


def enrol(session: Session, *, team_id: int, round_: Round, at: datetime) -> tuple[Cycle, bool]:
    """The cycle of this team in this round, and whether it is new."""
    row = session.exec(select(Cycle).where(Cycle.team_id == team_id, Cycle.round_id == round_.id)).first()
    if row is not None:
        return row, False
    assert round_.id is not None  # noqa: S101  (it was read)
    row = Cycle(
        team_id=team_id,
        round_id=round_.id,
        edition_digest=round_.edition_digest,
        enrolled_at=at,
    )
    session.add(row)
    session.flush()
    return row, True


def state_profile(session: Session, *, cycle_id: int, profile: Profile, by: str, at: datetime) -> None:
    """Append what the service states about itself now."""
    said = select(func.count()).select_from(ProfileStatement).where(ProfileStatement.cycle_id == cycle_id)
    number = session.exec(said).one() + 1
    session.add(ProfileStatement(cycle_id=cycle_id, number=number, facts=written_facts(profile), by=by, at=at))
    session.flush()


def enter_stage(
    session: Session,
    *,
    cycle_id: int,
    before: StageChange | None,
    to: Stage,
    move: str,
    by: str,
    reason: str,
    at: datetime,
) -> StageChange:
    """Append the stage that the cycle enters; `before` is the change that stood until now."""
    row = StageChange(
        cycle_id=cycle_id,
        number=1 if before is None else before.number + 1,
        from_stage=None if before is None else before.to_stage,
        to_stage=to.value,
        move=move,
        by=by,
        reason=reason,
        at=at,
    )
    session.add(row)
    session.flush()
    return row


@once_a_moment
def history(session: Session, cycle_id: int) -> list[StageChange]:
    """Every stage that the cycle entered, in order."""
    query = select(StageChange).where(StageChange.cycle_id == cycle_id).order_by(col(StageChange.number))
    return list(session.exec(query))


def round_named(session: Session, *, scheme: str, name: str) -> Round | None:
    """The round of this name, if there is one."""
    return session.exec(select(Round).where(Round.scheme == scheme, Round.name == name)).first()


@once_a_moment
def get_round(session: Session, round_id: int) -> Round:
    """The round with this id. Raises NotFound."""
    row = session.get(Round, round_id)
    if row is None:
        raise NotFound(f"There is no round {round_id}.")
    return row


def rounds(session: Session) -> list[Round]:
    """All rounds, the newest first."""
    return list(session.exec(select(Round).order_by(col(Round.id).desc())))


def stage_counts(session: Session, round_id: int) -> dict[Stage, int]:
    """How many cycles of the round are in each stage?"""
    query = (
        select(StageChange.to_stage, func.count())
        .join(Cycle, col(Cycle.id) == StageChange.cycle_id)
        .where(Cycle.round_id == round_id, _newest(StageChange))
        .group_by(StageChange.to_stage)
    )
    return {Stage(stage): number for stage, number in session.exec(query)}


def counts_by_round(session: Session) -> dict[int, dict[Stage, int]]:
    """Round -> how many of its cycles are in each stage; nothing of a round without any."""
    query = (
        columns_of(col(Cycle.round_id), col(StageChange.to_stage), func.count())
        .join(Cycle, col(Cycle.id) == StageChange.cycle_id)
        .where(_newest(StageChange))
        .group_by(col(Cycle.round_id), col(StageChange.to_stage))
    )
    found: dict[int, dict[Stage, int]] = {}
    for round_id, stage, number in session.execute(query):
        found.setdefault(round_id, {})[Stage(stage)] = number
    return found


def running_by_edition(session: Session) -> dict[str, int]:
    """Digest of an edition -> how many cycles run on it now and have not ended."""
    now_on = func.coalesce(EditionChange.edition_digest, Cycle.edition_digest)
    query = (
        columns_of(now_on, func.count())
        .select_from(Cycle)
        .join(StageChange, and_(col(StageChange.cycle_id) == Cycle.id, _newest(StageChange)))
        .join(EditionChange, newest_of(Cycle.id), isouter=True)
        .where(col(StageChange.to_stage).not_in([stage.value for stage in ENDED]))
        .group_by(now_on)
    )
    return {str(digest): int(number) for digest, number in session.execute(query)}
