"""What the submission of a cycle's stage lacks now, from everything that is kept of it."""

from datetime import date

from sqlmodel import Session

from accreditation.errors import Fault
from accreditation.records import answers, clearances, evidence_items, library_items
from accreditation.records.clearances import UNSEEN
from accreditation.records.cycles import CycleNow
from accreditation.rules.clearance import STATE_MEANINGS, State, rules_digest, to_do
from accreditation.rules.cycle import Stage
from accreditation.rules.readiness import Lack, lacking
from accreditation.scheme.model import Scheme

FOUND_OUT = frozenset({State.REFUSED, State.QUARANTINED, State.HELD, State.UPHELD})
"""States whose reason the team reads: what was found, or what the office said. Why a file waits is for the college."""


def lacking_now(session: Session, *, now: CycleNow, scheme: Scheme, on: date) -> tuple[Lack, ...]:
    """What would a submission of the stage that this cycle is in lack on this day?"""
    given = answers.self_ratings(session, [now.id])[now.id]
    in_evidence = now.stage is Stage.EVIDENCE
    return lacking(
        stage=now.stage, scheme=scheme, profile=now.profile,
        answers={name: row.answer() for name, row in given.items()},
        shown=library_items.shown(session, now.id) if in_evidence else {},
        closed=_closed(session, now.id, scheme) if in_evidence else (), on=on,
    )  # fmt: skip


def _closed(session: Session, cycle_id: int, scheme: Scheme) -> tuple[Lack, ...]:
    """Which attached files can reviewers not open? Each with how it stands, and what to do about it."""
    held = evidence_items.living(session, cycle_id)
    stands = clearances.standing(
        session, (item.version_id for item, _, _ in held), rules_digest(scheme.evidence_rules)
    )  # fmt: skip
    found = []
    for item, criteria, check in held:
        clearance = stands.get(item.version_id or 0, UNSEEN)
        if clearance.open:
            continue
        said = clearance.reason if clearance.state in FOUND_OUT else ""
        wrong, allowed = f"{clearance.state.value}: {said or STATE_MEANINGS[clearance.state]}", to_do(clearance.state)
        if check is not None and not check.whole:
            wrong, allowed = "damaged: its bytes are not the ones that arrived", "send the file again, or take it back"
        where = f"evidence {item.id}, '{item.title}' ({', '.join(criteria)})"
        fault = Fault(where=where, found=wrong, allowed=allowed)
        found.append(Lack(kind="file", about=str(item.id), name=item.title, fault=fault))
    return tuple(found)
