"""The college office sets a legal hold on the evidence of a scheme, a cycle or a team, and ends it."""

from dataclasses import dataclass
from datetime import datetime

from accreditation.actions.desk import digest_of, enter
from accreditation.actions.remove_bytes import wake_removals
from accreditation.actions.wording import check_reason_of
from accreditation.database import Database, Session
from accreditation.errors import Contradiction, Fault, Invalid
from accreditation.ledger.chain import Detail
from accreditation.records import cycles, editions, holds, teams
from accreditation.records.holds import LegalHold, LegalHoldEnd
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldOn:
    """What is held: all evidence of a scheme (its id), of a cycle, or of a team. Exactly one of them."""

    scheme: str | None = None
    cycle: int | None = None
    team: int | None = None


def set_hold(database: Database, *, principal: Principal, on: HoldOn, reason: str, at: datetime) -> int:
    """Let nothing of this be deleted until the hold is ended; says the hold's id.

    Several holds may stand on the same. The very same, for the same reason, is set once. Raises NotPermitted, NotFound,
    and Invalid naming what is wrong.
    """
    permit(principal, Permission.EVIDENCE_HOLD)
    with database.reading() as session:
        _check_there(session, on)
        numbers = _hospital_numbers(session, on)
    check_reason_of(reason, hospital_numbers=numbers)
    with database.writing() as session:
        row = LegalHold(
            scheme=on.scheme, cycle_id=on.cycle, team_id=on.team, reason=reason.strip(), by=principal.name, at=at
        )
        for held in holds.open_ones(session):
            if (held.on, held.reason) == (row.on, row.reason):
                return held.id or 0
        hold = holds.begin(session, row)
        detail: dict[str, Detail] = {"hold": hold, "on": row.on, "reason_sha256": digest_of(row.reason)}
        enter(session, at=at, by=principal, action="evidence:hold", subject=f"hold:{hold}", detail=detail)
        return hold


def end_hold(database: Database, *, principal: Principal, hold_id: int, reason: str, at: datetime) -> None:
    """End this hold. Ended again for the same reason, it stays as it is.

    Raises NotPermitted, NotFound, Invalid, and Contradiction where it was ended for another reason.
    """
    permit(principal, Permission.EVIDENCE_HOLD)
    with database.reading() as session:
        held, _ = holds.get(session, hold_id)
        numbers = _hospital_numbers(session, HoldOn(scheme=held.scheme, cycle=held.cycle_id, team=held.team_id))
    check_reason_of(reason, hospital_numbers=numbers)
    with database.writing() as session:
        held, ended = holds.get(session, hold_id)
        if ended is not None and ended.reason == reason.strip():
            return
        if ended is not None:
            raise Contradiction(f"Hold {hold_id} was ended on {ended.at.date()} by {ended.by} already: {ended.reason}")
        holds.end(session, LegalHoldEnd(hold_id=hold_id, reason=reason.strip(), by=principal.name, at=at))
        wake_removals(session, held, at=at)
        detail: dict[str, Detail] = {"hold": hold_id, "on": held.on, "reason_sha256": digest_of(reason.strip())}
        enter(session, at=at, by=principal, action="evidence:end_hold", subject=f"hold:{hold_id}", detail=detail)


def _check_there(session: Session, on: HoldOn) -> None:
    named = [name for name in ("scheme", "cycle", "team") if getattr(on, name) is not None]
    if len(named) != 1:
        found = " and ".join(named) or "nothing"
        raise Invalid([Fault(where="hold", found=found, allowed="exactly one of scheme, cycle, team")])
    if on.scheme is not None and not editions.all_of(session, on.scheme):
        allowed = "the id of a scheme with a published edition"
        raise Invalid([Fault(where="scheme", found=repr(on.scheme), allowed=allowed)])
    if on.cycle is not None:
        cycles.now(session, on.cycle)
    if on.team is not None:
        teams.get(session, on.team)


def _hospital_numbers(session: Session, on: HoldOn) -> tuple[str, ...]:
    """How do the schemes of what is held write hospital numbers? A team's library is for any."""
    if on.cycle is not None:
        return editions.hospital_numbers(session, [cycles.now(session, on.cycle).edition_digest])
    return editions.hospital_numbers(session, [one.digest for one in editions.all_of(session, on.scheme)])
