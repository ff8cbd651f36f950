"""Upkeep, once a day: whatever is the engine's turn has a job, and what a crash left behind is swept away."""

from datetime import datetime, timedelta

from accreditation.actions.desk import JOB_OF_STAGE, enter
from accreditation.actions.following import lapse_due
from accreditation.actions.library_rules import newest_cycle
from accreditation.actions.strays import take_strays
from accreditation.database import Database, Session
from accreditation.errors import Unavailable
from accreditation.evidence.store import EvidenceStore
from accreditation.ledger.entries import verify
from accreditation.records import aftermath, clearances, cycles, editions, invitations, jobs, named_bytes, placings
from accreditation.rules.cycle import TEAMS_TURN, Stage
from accreditation.rules.people import ENGINE

EVERY = timedelta(days=1)
LEFTOVER = timedelta(days=1)
"""A partial upload that nothing was added to for so long is the leftover of a crash; so are whole bytes that no record
has named for so long."""

LOOKED_AT = frozenset(JOB_OF_STAGE) - {Stage.SELF_ASSESSMENT, Stage.EVIDENCE}
"""Stages whose cycles are looked at again each day. In the first two, what people do brings its own job."""


def begin_upkeep(database: Database, *, at: datetime) -> None:
    """See to it that an upkeep job waits; called when the engine starts."""
    with database.bookkeeping() as session:
        if jobs.lacking(session, kind=jobs.Kind.UPKEEP, subjects=[0]):
            jobs.enqueue(session, kind=jobs.Kind.UPKEEP, subject=0, at=at)


def keep_up(database: Database, store: EvidenceStore, *, job_id: int, at: datetime) -> dict[str, int] | None:
    """Do the upkeep and set the next one; says what was done. None where the job is done already.

    Gives a job to every cycle that waits for the engine and has none, removes leftovers of uploads and bytes that
    came whole and that no record names, and verifies the ledger. A broken ledger raises LedgerBroken, so that the job
    is held for a person with that reason; what waits for the engine has its job all the same.
    """
    lying = _lying(database, store)
    with database.bookkeeping() as session:
        given = _give_jobs(session, lying, at)
    swept = store.sweep(older_than=LEFTOVER, at=at)
    strays = take_strays(database, store, before=at - LEFTOVER)
    with database.reading() as session:
        entries = verify(session).entries
    with database.writing() as session:
        if jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.UPKEEP, at=at) is None:
            return None
        jobs.enqueue(session, kind=jobs.Kind.UPKEEP, subject=0, at=at, due_at=at + EVERY)
        done = {"ledger_entries": entries, "swept_uploads": swept, "removed_strays": strays, "jobs_given": given}
        enter(session, at=at, by=ENGINE, action="upkeep", subject="engine", detail=done)
    return done


def _lying(database: Database, store: EvidenceStore) -> set[int]:
    """Which deleted versions' bytes lie in the store, as after a backup was brought back? They are taken away again.

    A store that does not answer is asked the next day; nothing else waits for it.
    """
    with database.reading() as session:
        buried = named_bytes.buried(session)
    if not buried:
        return set()
    try:
        return {buried[digest].version for digest in store.digests() if digest in buried}
    except Unavailable:
        return set()


def _give_jobs(session: Session, lying: set[int], at: datetime) -> int:
    wanted: dict[jobs.Kind, set[int]] = {jobs.Kind.DELETION: lying} if lying else {}
    for now in cycles.several(session, stages=LOOKED_AT):
        kind = JOB_OF_STAGE[now.stage]
        wanted.setdefault(kind, set()).add(now.cycle.round_id if kind is jobs.Kind.ASSIGNMENT else now.id)
    for invitation, _ in invitations.open_ones(session):
        wanted.setdefault(jobs.Kind.ANSWERS, set()).add(invitation.cycle_id)
    for followed in aftermath.with_conditions(session):
        cycle_id = followed.decision.cycle_id
        due = lapse_due(editions.scheme_of(session, cycles.now(session, cycle_id).edition_digest), followed)
        if due is not None and due.at <= at:
            wanted.setdefault(jobs.Kind.CONDITIONS, set()).add(cycle_id)
    for cycle_id in clearances.never_looked_at(session):
        wanted.setdefault(jobs.Kind.EVIDENCE, set()).add(cycle_id)
    for team_id in clearances.teams_with_unseen(session):
        newest = newest_cycle(session, team_id)
        if newest is not None:
            wanted.setdefault(jobs.Kind.EVIDENCE, set()).add(newest.id)
    for team_id in placings.teams_with_unread(session):
        for now in cycles.several(session, team_id=team_id, stages=TEAMS_TURN):
            wanted.setdefault(jobs.Kind.EVIDENCE, set()).add(now.id)
    given = 0
    for kind, subjects in wanted.items():
        for subject in jobs.lacking(session, kind=kind, subjects=sorted(subjects)):
            jobs.enqueue(session, kind=kind, subject=subject, at=at)
            given += 1
    return given
