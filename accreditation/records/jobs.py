"""The outbox: what the engine has to do next, kept in the transaction that made it necessary.

A job is claimed under a lease by one dispatcher at a time; a lease that ran out lets another claim it.
The flow that carries it out marks it done in its own first transaction, so a twin, a retry or a late
run finds nothing to do. A job that keeps failing is held for a person, with its reason.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Index, and_, case, exists, func, insert, literal, or_, update
from sqlalchemy import select as columns_of
from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.errors import NotFound

MOST_ATTEMPTS = 5
"""After so many attempts a job is held for a person."""

DIED = f"Its run was begun {MOST_ATTEMPTS} times and never came to an end: the process was stopped or killed each time."
"""Why a job is held whose leases ran out; a run that fails says a reason of its own."""

LONGEST_REASON = 500
"""Characters of a failure's reason that are kept."""


class Kind(StrEnum):
    """Which flow a job is for.

    `subject` is a cycle's id, but a round's for assignment, a version's for deletion, a letter's for letters, a
    reminder's for reminders and 0 for upkeep.
    """

    SELF_ASSESSMENT = "self_assessment"
    EVIDENCE = "evidence"
    ASSIGNMENT = "assignment"
    ANSWERS = "answers"
    REVIEW = "review"
    REQUESTS = "requests"
    RISKS = "risks"
    ACCURACY = "accuracy"
    AWARD = "award"
    CONDITIONS = "conditions"
    DELETION = "deletion"
    LETTERS = "letters"
    REMINDERS = "reminders"
    UPKEEP = "upkeep"


ABOUT: Mapping[Kind, str] = {
    Kind.ASSIGNMENT: "round", Kind.DELETION: "version", Kind.LETTERS: "letter", Kind.REMINDERS: "reminder",
    Kind.UPKEEP: "",
}  # fmt: skip
"""What the subject of a job is the id of; a cycle's where nothing else is said."""


def about(kind: Kind) -> str:
    """What are jobs of this kind about: a cycle, a round, a version, a letter, a reminder or nothing?"""
    return ABOUT.get(kind, "cycle")


class Job(SQLModel, table=True):
    """Something the engine has to do, not before `due_at`."""

    __table_args__ = (Index("ix_job_about", "kind", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    subject: int
    created_at: datetime = Field(sa_type=UTCDateTime)
    due_at: datetime = Field(sa_type=UTCDateTime, index=True)
    attempts: int = 0
    leased_by: str | None = None
    leased_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime, index=True)
    failure: str = ""
    held: bool = False


def enqueue(session: Session, *, kind: Kind, subject: int, at: datetime, due_at: datetime | None = None) -> None:
    """Keep a job, unless one for the same thing waits already and nobody has begun it.

    A job that somebody has begun may have read what stood before this transaction, so it does not count.
    """
    waiting = exists().where(
        col(Job.kind) == kind.value,
        col(Job.subject) == subject,
        col(Job.done_at).is_(None),
        col(Job.held).is_(False),
        col(Job.leased_by).is_(None),
        col(Job.due_at) <= (due_at or at),
    )
    row = columns_of(
        literal(kind.value), literal(subject), literal(at, UTCDateTime()), literal(due_at or at, UTCDateTime()),
        literal(0), literal(""), literal(value=False),
    ).where(~waiting)  # fmt: skip
    names = ["kind", "subject", "created_at", "due_at", "attempts", "failure", "held"]
    session.execute(insert(Job).from_select(names, row))


def no_longer(session: Session, *, kind: Kind, subject: int, at: datetime) -> None:
    """What nobody has begun of this is not to be done any more: it counts as done."""
    session.execute(
        update(Job)
        .where(col(Job.kind) == kind.value, col(Job.subject) == subject, col(Job.done_at).is_(None))
        .where(col(Job.leased_by).is_(None), col(Job.held).is_(False))
        .values(done_at=at)
        .execution_options(synchronize_session=False)
    )


def asleep(session: Session, *, kind: Kind, at: datetime) -> list[int]:
    """What are the jobs of this kind about that wait for a later moment, and that nobody has begun? Each once."""
    query = select(Job.subject).where(_asleep(kind, at)).order_by(col(Job.subject)).distinct()
    return list(session.exec(query))


def wake(session: Session, *, kind: Kind, subject: int, at: datetime) -> None:
    """What waits for a later moment to do this is done now."""
    session.execute(
        update(Job)
        .where(_asleep(kind, at), col(Job.subject) == subject)
        .values(due_at=at)
        .execution_options(synchronize_session=False)
    )


def _asleep(kind: Kind, at: datetime) -> ColumnElement[bool]:
    """The condition that a job of this kind is neither due, nor done, nor held, and that nobody works on it."""
    return and_(
        col(Job.kind) == kind.value,
        col(Job.done_at).is_(None),
        col(Job.held).is_(False),
        col(Job.leased_by).is_(None),
        col(Job.due_at) > at,
    )


def claim(session: Session, *, by: str, lease: timedelta, most: int, at: datetime) -> list[Job]:
    """Take up to `most` due jobs of one kind (the kind of the oldest) under a lease; counts the attempt.

    Only a job that nobody holds, or whose lease has run out, is taken: the update is conditional. One whose leases
    ran out too often is held instead: its runs die without a word, and would for ever.
    """
    _hold_dying(session, at=at)
    free = _free(at)
    oldest = columns_of(col(Job.kind)).where(free).order_by(col(Job.due_at), col(Job.id)).limit(1).scalar_subquery()
    wanted = (
        columns_of(col(Job.id)).where(free, col(Job.kind) == oldest).order_by(col(Job.due_at), col(Job.id)).limit(most)
    )
    taken = session.scalars(
        update(Job)
        .where(col(Job.id).in_(wanted), free)
        .values(leased_by=by, leased_until=at + lease, attempts=Job.attempts + 1)
        .returning(col(Job.id))
        .execution_options(synchronize_session=False)
    ).all()
    mine = select(Job).where(col(Job.id).in_(taken)).order_by(col(Job.id))
    return list(session.exec(mine.execution_options(populate_existing=True)))


def _free(at: datetime) -> ColumnElement[bool]:
    """The condition that a job is due and nobody works on it."""
    return and_(
        col(Job.done_at).is_(None),
        col(Job.held).is_(False),
        col(Job.due_at) <= at,
        or_(col(Job.leased_until).is_(None), col(Job.leased_until) < at),
    )


def _hold_dying(session: Session, *, at: datetime) -> None:
    session.execute(
        update(Job)
        .where(_free(at), col(Job.leased_until).is_not(None), col(Job.attempts) >= MOST_ATTEMPTS)
        .values(held=True, leased_by=None, leased_until=None, failure=DIED)
        .execution_options(synchronize_session=False)
    )


def let_go(session: Session, *, by: str) -> None:
    """Give back what is still leased under this name, whose process is dead, to be tried at once."""
    session.execute(
        update(Job)
        .where(col(Job.leased_by) == by, col(Job.done_at).is_(None))
        .values(leased_by=None, leased_until=None)
        .execution_options(synchronize_session=False)
    )


def put_back(session: Session, *, job_ids: Iterable[int], by: str, due_at: datetime) -> None:
    """Give back jobs that nobody could begin: that was no attempt, so it does not count as one."""
    session.execute(
        update(Job)
        .where(col(Job.id).in_(list(job_ids)), col(Job.leased_by) == by, col(Job.done_at).is_(None))
        .values(leased_by=None, leased_until=None, attempts=Job.attempts - 1, due_at=due_at)
        .execution_options(synchronize_session=False)
    )


def subject_of(session: Session, *, job_id: int, kind: Kind) -> int:
    """What is this job about? Raises NotFound for a job of this kind that does not exist."""
    row = session.get(Job, job_id)
    if row is None or row.kind != kind.value:
        raise NotFound(f"There is no {kind.value} job {job_id}.")
    return row.subject


def carry_out(session: Session, *, job_id: int, kind: Kind, at: datetime) -> int | None:
    """Mark the job done in the transaction that does it, and say what it is about.

    None where it is done already: then nothing is to be done. A job that is held is done by a late run of it.
    Raises NotFound for a job that does not exist or is of another kind.
    """
    row = session.get(Job, job_id)
    if row is None or row.kind != kind.value:
        raise NotFound(f"There is no {kind.value} job {job_id}.")
    if row.done_at is not None:
        return None
    row.done_at, row.leased_by, row.leased_until, row.failure, row.held = at, None, None, "", False
    session.add(row)
    session.flush()
    return row.subject


def failed(session: Session, *, job_id: int, reason: str, at: datetime) -> bool:
    """Give back a job whose run failed, to be tried again later, or hold it; says whether it is held now."""
    row = session.get(Job, job_id)
    if row is None or row.done_at is not None:
        return False
    row.failure, row.leased_by, row.leased_until = reason[:LONGEST_REASON], None, None
    row.due_at = at + timedelta(seconds=5) * 2**row.attempts
    row.held = row.attempts >= MOST_ATTEMPTS
    session.add(row)
    session.flush()
    return row.held


def release(session: Session, *, job_id: int, at: datetime) -> Job:
    """Let a held job be tried again from now on. Raises NotFound where no such job is held."""
    row = session.get(Job, job_id)
    if row is None or not row.held or row.done_at is not None:
        raise NotFound(f"No job {job_id} is held.")
    row.held, row.attempts, row.due_at, row.failure = False, 0, at, ""
    session.add(row)
    session.flush()
    return row


def waiting(session: Session, *, held: bool | None = None, limit: int = 200) -> list[Job]:
    """Jobs that are not done (held ones, others, or both), by id."""
    query = select(Job).where(col(Job.done_at).is_(None)).order_by(col(Job.id)).limit(limit)
    return list(session.exec(query if held is None else query.where(Job.held == held)))


def next_due(session: Session) -> datetime | None:
    """When is the next job due that is neither done nor held?"""
    query = select(func.min(case((col(Job.leased_until) > Job.due_at, Job.leased_until), else_=Job.due_at)))
    moment: datetime | None = session.exec(query.where(col(Job.done_at).is_(None), col(Job.held).is_(False))).one()
    return moment


def lacking(session: Session, *, kind: Kind, subjects: Iterable[int]) -> list[int]:
    """Which of these subjects have no open or held job of this kind?"""
    present = set(session.exec(select(Job.subject).where(Job.kind == kind.value, col(Job.done_at).is_(None))))
    return [subject for subject in subjects if subject not in present]
