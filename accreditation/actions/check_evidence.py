"""The engine looks at files: are the bytes whole, what is the file, and may others open it?

At the evidence of a cycle, and at what its team keeps in its library besides, attached to nothing, that nobody has
looked at: under this cycle's rules, so that it is known what it is before it is attached.

The slow work is done outside of every transaction. Each file's outcome is kept as soon as it is known, so that a
process killed half-way has lost one look and nothing else.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from accreditation.actions.clearing import File, attached, kept, standing, stands_now, take_step
from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.examining import MOST_AT_ONCE, Examine, Look, looking
from accreditation.actions.library_rules import never_looked_at
from accreditation.actions.suggesting import suggest_for, suggest_places
from accreditation.database import Database, Session
from accreditation.errors import AccreditationError, NotFound, Unavailable
from accreditation.evidence.store import EvidenceStore
from accreditation.records import evidence_items, jobs, tombstones
from accreditation.records.evidence_items import EvidenceCheck, EvidenceItem
from accreditation.records.jobs import Job
from accreditation.rules.clearance import OPEN, Outcome, State, Step, outcome
from accreditation.rules.cycle import TEAMS_TURN
from accreditation.rules.identifiers import Page, search
from accreditation.rules.people import ENGINE
from accreditation.rules.permissions import Permission
from accreditation.scheme.model import Scheme
from accreditation.scheme.process import EvidenceRules

AGAIN_AFTER = timedelta(minutes=1)
"""After so long files that could not be looked at, because a store or the scanner did not answer, are tried again."""

DAMAGED = Outcome(step=Step.HOLD, reason="its bytes are gone, or are not those that were handed in: upload it again")
"""What is said of a document that is attached to nothing and was damaged where it lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What one run did: files found whole and damaged, and how many are left in which state. `again`: some wait."""

    whole: int
    damaged: int
    states: dict[State, int]
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What is to be done for a cycle: files whose bytes were never re-read, and files that wait to be looked at.

    Those that are attached come first. `scheme` has the criteria that they may answer; None where the team attaches no
    more what it wants to.
    """

    cycle_id: int
    unproven: tuple[EvidenceItem, ...]
    waiting: tuple[File, ...]
    rules: EvidenceRules
    scheme: Scheme | None


def check_evidence(
    database: Database, store: EvidenceStore, *, examine: Examine, job_id: int, at: datetime
) -> Checked | None:  # fmt: skip
    """Look at every file of the job's cycle that waits; None where the job is done already.

    Where a store or the virus scanner does not answer, nothing passes: the files wait, the team and the office read
    why, and another job looks again after a while. A file that the examiner fails on is held, and the others go on.
    """
    with database.reading() as session:
        job = session.get(Job, job_id)
        if job is None or job.kind != jobs.Kind.EVIDENCE:
            raise NotFound(f"There is no evidence job {job_id}.")
        if job.done_at is not None:
            return None
        work = _work(session, job.subject, at)
    whole, trouble = _proven(store, work)
    states: dict[State, int] = {}
    if not trouble:
        states, trouble = _looked_at(database, work, whole, examine, at)
    unread = False
    if not trouble:
        unread, trouble = suggest_places(database, cycle_id=work.cycle_id, examine=examine, at=at)
    left = trouble != "" or unread or len(work.waiting) > MOST_AT_ONCE
    return _end(database, work, whole=whole, states=states, trouble=trouble, left=left, job_id=job_id, at=at)


def _proven(store: EvidenceStore, work: _Work) -> tuple[dict[str, bool], str]:
    """Digest -> whether these bytes are whole, of all that were never re-read; and why the store stopped us."""
    alone = [file.digest for file in work.waiting if file.evidence is None]
    whole: dict[str, bool] = {}
    for digest in dict.fromkeys([*(item.digest for item in work.unproven), *alone[:MOST_AT_ONCE]]):
        try:
            whole[digest] = store.verify(digest)
        except Unavailable as reason:
            return whole, str(reason)
    return whole, ""


def _looked_at(
    database: Database, work: _Work, whole: Mapping[str, bool], examine: Examine, at: datetime
) -> tuple[dict[State, int], str]:
    """State -> how many files are in it, of those that were looked at; and why we were stopped, where we were.

    Several are looked into at once, each in a process of its own; what follows is kept one by one, in order.
    """
    states: Counter[State] = Counter()
    first: dict[int, File] = {}
    for file in work.waiting:
        if whole.get(file.digest, True):
            first.setdefault(file.version, file)
        elif file.evidence is None:  # of what is attached the check itself says that it is damaged
            states[_keep(database, file, work, DAMAGED, at=at)] += 1
    wanted = list(first.values())[:MOST_AT_ONCE]
    try:
        with looking(examine, [(file.digest, file.file_name) for file in wanted], work.rules) as looks:
            for file, look in zip(wanted, looks, strict=True):
                states[_look_at(database, file, work, look, at)] += 1
    except Unavailable as reason:
        return dict(states), str(reason)
    return dict(states), ""


def _work(session: Session, cycle_id: int, at: datetime) -> _Work:
    desk = _desk(session, cycle_id, at)
    held = evidence_items.living(session, cycle_id)
    stands = standing(desk, [item for item, _, _ in held])
    return _Work(
        cycle_id=cycle_id, unproven=tuple(item for item, _, check in held if check is None),
        waiting=(
            *(
                attached(item)
                for item, _, check in held
                if stands[item.id or 0].state is State.WAITING and (check is None or check.whole)
            ),
            *map(kept, never_looked_at(session, desk.now.cycle.team_id)),
        ),
        rules=desk.scheme.evidence_rules, scheme=desk.scheme if desk.now.stage in TEAMS_TURN else None,
    )  # fmt: skip


def _look_at(
    database: Database, file: File, work: _Work, look: Look, at: datetime
) -> State:  # fmt: skip
    """Keep what follows from looking into a file; what somebody else kept meanwhile stands. Raises Unavailable."""
    try:
        found = look()
    except Unavailable:
        raise
    except Exception as error:  # an examiner may fail in any way: this file is held, and the others go on
        # Of what went wrong only its name: words of an error may repeat what stands in the file.
        held = Outcome(step=Step.HOLD, reason=f"looking at it failed ({type(error).__name__})")
        return _keep(database, file, work, held, at=at)
    named = Page(number=0, label="the name of the file", text=f"{file.file_name}\n{file.title}")
    hits = [*search([named], patterns=work.rules.hospital_numbers), *found.hits]
    decided = outcome(
        kind=found.kind, size=file.size, refusals=found.refusals, hits=hits, unread=found.unread, held=found.held,
        rules=work.rules,
    )  # fmt: skip
    try:
        state = _keep(database, file, work, decided, kind=found.kind or "", at=at)
    except AccreditationError:
        raise
    except Exception as error:  # what was found cannot be kept as it is: that is this file's business alone
        held = Outcome(step=Step.HOLD, reason=f"what was found in it could not be kept ({type(error).__name__})")
        return _keep(database, file, work, held, at=at)
    if state in OPEN and work.scheme is not None:
        suggest_for(database, work.cycle_id, work.scheme, file.version, found.text, at=at)
    return state


def _keep(
    database: Database, file: File, work: _Work, decided: Outcome, *, kind: str = "", at: datetime
) -> State:  # fmt: skip
    with database.writing() as session:
        desk = _desk(session, work.cycle_id, at)
        stands = stands_now(desk, file)
        repeated = decided.step is Step.WAIT and stands.reason == decided.reason
        deleted = tombstones.of_version(session, file.version) is not None
        if deleted or stands.state is not State.WAITING or desk.scheme.evidence_rules != work.rules or repeated:
            return stands.state
        return take_step(desk, file, stands, decided, kind=kind, entered="evidence:clearance")


def _end(
    database: Database, work: _Work, *, whole: dict[str, bool], states: dict[State, int], trouble: str, left: bool,
    job_id: int, at: datetime,
) -> Checked | None:  # fmt: skip
    """Mark the job done with what was found whole; where files are left, another job looks at them."""
    if trouble:
        for file in work.waiting[:1]:  # one says it for all: they wait for the same
            _keep(database, file, work, Outcome(step=Step.WAIT, reason=trouble), at=at)
    with database.writing() as session:
        cycle_id = jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.EVIDENCE, at=at)
        if cycle_id is None:
            return None
        desk = _desk(session, cycle_id, at)
        unproven = {item.id or 0: item for item, _, check in evidence_items.living(session, cycle_id) if check is None}
        new = {name: whole[item.digest] for name, item in unproven.items() if item.digest in whole}
        session.add_all(EvidenceCheck(evidence_id=name, whole=found, at=at) for name, found in new.items())
        damaged = sorted(name for name, found in new.items() if not found)
        if left:
            due_at = at + AGAIN_AFTER if trouble else at
            jobs.enqueue(session, kind=jobs.Kind.EVIDENCE, subject=cycle_id, at=at, due_at=due_at)
        desk.enter("evidence:check", {"job": job_id, "whole": len(new) - len(damaged), "damaged": damaged})
        return Checked(whole=len(new) - len(damaged), damaged=len(damaged), states=states, again=left)


def _desk(session: Session, cycle_id: int, at: datetime) -> Desk:
    return open_cycle(session, principal=ENGINE, permission=Permission.EVIDENCE_READ, cycle_id=cycle_id, at=at)
