"""What the college office looks after: the reviewers, the ledger, and the jobs that wait."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.errors import LedgerBroken
from accreditation.ledger import entries
from accreditation.records import calibration, jobs, peers, reviewer_facts, reviewers
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.reviewer_facts import NO_FACTS, ReviewerFacts
from accreditation.views.looking import Page, Shown, page


class ConflictShown(Shown):
    """A conflict of interest that was declared. The reason is for the college alone."""

    organisation: int
    reason: str
    declared_by: str
    declared_at: datetime


class ExerciseDone(Shown):
    """A calibration exercise that a reviewer handed in."""

    exercise: int
    title: str
    handed_in_at: datetime


class ReviewerShown(Shown):
    """A reviewer of the pool."""

    id: int
    name: str
    roles: tuple[str, ...]
    organisation: int | None
    capacity: int
    facts: ReviewerFacts | None = Field(description="For the office alone, absences among them; null to others.")
    completed_here: int | None = Field(
        description="Visits that they completed here, which count beside those stated in the facts as done before; "
        "for the office alone, null to others."
    )
    conflicts: tuple[ConflictShown, ...]
    exercises: tuple[ExerciseDone, ...] = Field(description="Calibration exercises they handed in, the oldest first.")


class Reviewers(Shown):
    """All reviewers of the pool."""

    reviewers: tuple[ReviewerShown, ...]


class LedgerEntryShown(Shown):
    """One entry of the ledger, with what is needed to recompute its digest."""

    sequence: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, object]
    previous: str
    digest: str


class Verification(Shown):
    """Whether the ledger's chain recomputes; where not, `sequence` is the first entry that does not."""

    intact: bool
    entries: int | None
    head: str | None = Field(
        description="The last entry's digest; kept elsewhere, it proves later that nothing changed."
    )
    sequence: int | None
    message: str


class JobShown(Shown):
    """Something the engine has to do. A held job waits for a person; `failure` says why."""

    id: int
    kind: str
    subject: int
    created_at: datetime
    due_at: datetime
    attempts: int
    held: bool
    failure: str


class Jobs(Shown):
    """Jobs that are not done yet."""

    jobs: tuple[JobShown, ...]


def reviewer_pool(database: Database, *, principal: Principal) -> Reviewers:
    """Who reviews, and which conflicts did they declare? Their facts are told to the office alone."""
    permit(principal, Permission.REVIEWER_READ)
    by_office = principal.role is Role.OFFICE
    with database.reading() as session:
        rows = reviewers.pool(session)
        facts = reviewer_facts.facts_of(session)
        done, completed = _exercises_done(session), peers.completed(session)
        declared: dict[int, list[ConflictShown]] = {}
        for one in reviewers.declared(session):
            shown = ConflictShown(
                organisation=one.organisation_id, reason=one.reason, declared_by=one.by, declared_at=one.at
            )
            declared.setdefault(one.reviewer_id, []).append(shown)
    return Reviewers(
        reviewers=tuple(
            ReviewerShown(
                id=row.id or 0, name=row.name, roles=tuple(sorted(row.role_set)), organisation=row.organisation_id,
                capacity=row.capacity, facts=facts.get(row.id or 0, NO_FACTS) if by_office else None,
                completed_here=completed[row.id or 0] if by_office else None,
                conflicts=tuple(declared.get(row.id or 0, ())), exercises=tuple(done.get(row.id or 0, ())),
            )
            for row in rows
        )
    )  # fmt: skip


def _exercises_done(session: Session) -> Mapping[int, list[ExerciseDone]]:
    """Reviewer -> the calibration exercises that they handed in."""
    titles = {row.id: row.title for row in calibration.exercises(session)}
    done: dict[int, list[ExerciseDone]] = {}
    for one in calibration.handed_in(session):
        shown = ExerciseDone(exercise=one.exercise_id, title=titles[one.exercise_id], handed_in_at=one.at)
        done.setdefault(one.reviewer_id, []).append(shown)
    return done


def ledger(
    database: Database, *, principal: Principal, subject: str | None, after: int, limit: int
) -> Page[LedgerEntryShown]:
    """What was entered in the ledger, about this subject or any, from behind `after`?"""
    permit(principal, Permission.LEDGER_READ)
    with database.reading() as session:
        found = entries.entries(session, subject=subject, after=after, limit=limit)
    shown = [
        LedgerEntryShown(
            sequence=one.sequence, at=one.at, actor=one.actor, action=one.action, subject=one.subject,
            detail=one.detail, previous=one.previous, digest=one.digest,
        )
        for one in found
    ]  # fmt: skip
    return page(shown, [one.sequence for one in shown], limit=limit)


def verification(
    database: Database, *, principal: Principal, kept: tuple[int, str] | None = None
) -> Verification:  # fmt: skip
    """Does the ledger's chain recompute? With a head that was `kept` elsewhere: and is that one still in it?"""
    permit(principal, Permission.LEDGER_READ)
    with database.reading() as session:
        try:
            found = entries.verify(session, expected_head=kept)
        except LedgerBroken as broken:
            return Verification(intact=False, entries=None, head=None, sequence=broken.sequence, message=str(broken))
    said = f"All {found.entries} entries recompute."
    return Verification(intact=True, entries=found.entries, head=found.head, sequence=None, message=said)


def waiting_jobs(database: Database, *, principal: Principal, held: bool | None) -> Jobs:
    """What does the engine have to do (held for a person, or not)?"""
    permit(principal, Permission.JOB_READ)
    with database.reading() as session:
        rows = jobs.waiting(session, held=held)
    return Jobs(
        jobs=tuple(
            JobShown(
                id=row.id or 0, kind=row.kind, subject=row.subject, created_at=row.created_at, due_at=row.due_at,
                attempts=row.attempts, held=row.held, failure=row.failure,
            )
            for row in rows
        )
    )  # fmt: skip
