"""Calibration exercises: what is told of a completed case, its reference, who took it. Appended, never overwritten."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select as columns_of
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from accreditation.database import UTCDateTime
from accreditation.errors import NotFound
from accreditation.records import cycles
from accreditation.records.answers import Said, SelfRating
from accreditation.records.cycles import StageChange
from accreditation.records.evidence_items import EvidenceItem
from accreditation.records.reviewers import Assignment, Reviewer
from accreditation.records.teams import Organisation, Team
from accreditation.records.tokens import Token
from accreditation.rules.calibration import Item
from accreditation.rules.names import parts_of_person, short_of_organisation
from accreditation.rules.people import ENGINE, PUBLIC


class CalibrationExercise(SQLModel, table=True):
    """A completed case to practise on. Which cycle it was is the college's alone."""

    __tablename__ = "calibration_exercise"

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    edition_digest: str = Field(foreign_key="edition.digest")
    title: str = Field(unique=True)
    about: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class CalibrationItem(SQLModel, table=True):
    """One version of what an exercise tells of one criterion, as JSON; the highest version stands.

    `reason` is why the reference is another than what was settled, for the college.
    """

    __tablename__ = "calibration_item"

    exercise_id: int = Field(foreign_key="calibration_exercise.id", primary_key=True)
    criterion: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    content: str
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)

    def item(self) -> Item:
        """The item as a value."""
        return Item.model_validate_json(self.content)


class CalibrationRelease(SQLModel, table=True):
    """The office read every text and confirmed: from now on reviewers can take the exercise, and nothing changes."""

    __tablename__ = "calibration_release"

    exercise_id: int = Field(foreign_key="calibration_exercise.id", primary_key=True)
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class CalibrationRetirement(SQLModel, table=True):
    """The exercise is not shown to reviewers any more; the reason is for the college."""

    __tablename__ = "calibration_retirement"

    exercise_id: int = Field(foreign_key="calibration_exercise.id", primary_key=True)
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class CalibrationAnswer(Said, table=True):
    """One version of a reviewer's answer to one criterion of an exercise."""

    __tablename__ = "calibration_answer"
    __table_args__ = (UniqueConstraint("exercise_id", "reviewer_id", "criterion", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    exercise_id: int = Field(foreign_key="calibration_exercise.id", index=True)
    reviewer_id: int = Field(foreign_key="reviewer.id", index=True)
    criterion: str
    version: int
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class CalibrationHandIn(SQLModel, table=True):
    """A reviewer handed in an exercise; from then on they see the reference, and nothing of theirs changes."""

    __tablename__ = "calibration_hand_in"

    exercise_id: int = Field(foreign_key="calibration_exercise.id", primary_key=True)
    reviewer_id: int = Field(foreign_key="reviewer.id", primary_key=True)
    at: datetime = Field(sa_type=UTCDateTime)


def get(session: Session, exercise_id: int) -> CalibrationExercise:
    """The exercise with this id. Raises NotFound."""
    row = session.get(CalibrationExercise, exercise_id)
    if row is None:
        raise missing()
    return row


def missing() -> NotFound:
    """What is said of an exercise that is not there, or not there for who asks."""
    return NotFound("There is no such exercise, or it is not open to you.")


def named(session: Session, title: str) -> CalibrationExercise | None:
    """The exercise of this title, if there is one."""
    return session.exec(select(CalibrationExercise).where(CalibrationExercise.title == title)).first()


def exercises(session: Session) -> list[CalibrationExercise]:
    """All exercises, the oldest first."""
    return list(session.exec(select(CalibrationExercise).order_by(col(CalibrationExercise.id))))


def items(session: Session, exercise_id: int) -> dict[str, CalibrationItem]:
    """Criterion -> the version that stands."""
    query = select(CalibrationItem).where(CalibrationItem.exercise_id == exercise_id)
    return {row.criterion: row for row in session.exec(query.order_by(col(CalibrationItem.version)))}


def first_items(session: Session, exercise_id: int) -> dict[str, CalibrationItem]:
    """Criterion -> the first draft."""
    query = select(CalibrationItem).where(CalibrationItem.exercise_id == exercise_id, CalibrationItem.version == 1)
    return {row.criterion: row for row in session.exec(query)}


def releases(session: Session) -> dict[int, CalibrationRelease]:
    """Exercise -> its confirmation, for those that are confirmed."""
    return {row.exercise_id: row for row in session.exec(select(CalibrationRelease))}


def retirements(session: Session) -> dict[int, CalibrationRetirement]:
    """Exercise -> its retirement, for those that are retired."""
    return {row.exercise_id: row for row in session.exec(select(CalibrationRetirement))}


def sat_there(session: Session, reviewer_id: int) -> frozenset[int]:
    """The cycles in whose review team this reviewer ever sat."""
    return frozenset(session.exec(select(Assignment.cycle_id).where(Assignment.reviewer_id == reviewer_id)))


def given(
    session: Session, *, exercise_id: int, reviewer_id: int, criteria: Iterable[str] | None = None
) -> dict[str, CalibrationAnswer]:
    """Criterion -> the version of this reviewer's answer that stands."""
    query = select(CalibrationAnswer).where(
        CalibrationAnswer.exercise_id == exercise_id, CalibrationAnswer.reviewer_id == reviewer_id
    )
    if criteria is not None:
        query = query.where(col(CalibrationAnswer.criterion).in_(list(criteria)))
    return {row.criterion: row for row in session.exec(query.order_by(col(CalibrationAnswer.version)))}


def handed_in(session: Session, reviewer_id: int | None = None) -> list[CalibrationHandIn]:
    """Who handed in which exercise (or this reviewer alone), in the order of time."""
    query = select(CalibrationHandIn).order_by(col(CalibrationHandIn.at), col(CalibrationHandIn.exercise_id))
    return list(
        session.exec(query if reviewer_id is None else query.where(CalibrationHandIn.reviewer_id == reviewer_id))
    )


def known_names(session: Session, cycle_id: int) -> frozenset[str]:
    """Every name that could tell whose case it was: of all teams, organisations, networks, reviewers and tokens, and of
    whoever acted in this cycle; not the engine's and the public's, which are words. Of this cycle also the parts: the
    surnames and given names of its people, and what its organisation is called for short.
    """
    everywhere = (
        Organisation.name, Organisation.ods_code, Organisation.network, Organisation.region, Organisation.place,
        Team.name, Reviewer.name, Token.name,
    )  # fmt: skip
    found: set[str | None] = set()
    for column in everywhere:
        found.update(session.execute(columns_of(col(column)).distinct()).scalars())
    for row in (SelfRating, EvidenceItem, StageChange):
        found.update(session.execute(columns_of(col(row.by)).where(col(row.cycle_id) == cycle_id).distinct()).scalars())
    found |= _parts(session, cycle_id)
    return frozenset(name for name in found if name and name not in (ENGINE.name, PUBLIC.name))


def _parts(session: Session, cycle_id: int) -> frozenset[str]:
    """The parts of the names of this cycle's people, and the short names of its organisation."""
    now = cycles.now(session, cycle_id)
    people = set(session.exec(select(Token.name).where(Token.team_id == now.cycle.team_id)))
    for row in (SelfRating, EvidenceItem, StageChange):
        people.update(session.exec(select(row.by).where(row.cycle_id == cycle_id).distinct()))
    sat = select(Reviewer.name).join(Assignment, col(Assignment.reviewer_id) == Reviewer.id)
    people.update(session.exec(sat.where(Assignment.cycle_id == cycle_id)))
    parts = frozenset(part for name in people for part in parts_of_person(name))
    return parts | short_of_organisation(now.organisation.name)


def is_open(session: Session, row: CalibrationExercise, *, reviewer: int) -> bool:
    """Can this reviewer see this exercise: confirmed, not retired, and not of a case in whose review team they sat?"""
    return (
        row.id in releases(session)
        and row.id not in retirements(session)
        and row.cycle_id not in sat_there(session, reviewer)
    )
