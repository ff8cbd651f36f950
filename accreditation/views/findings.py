"""Findings: a reviewer's own drafts, and those that were handed in, for those who may see them by now."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.records import findings
from accreditation.records.findings import Finding, FindingChange, HandedIn
from accreditation.rules.cycle import Stage
from accreditation.rules.findings import Kind
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.seats import own_seat, seats_seen


class FindingDraft(Shown):
    """One of the reviewer's own findings, under their own key. `version` is what the next save must have seen."""

    key: str
    kind: Kind | None
    criterion: str | None = Field(description="Null: the service as a whole.")
    text: str
    dropped: bool
    version: int


class FindingSettled(Shown):
    """What the reviewer who settles made of a finding, and what it says from then on."""

    how: str = Field(description="kept, amended or withdrawn.")
    kind: Kind
    criterion: str | None
    text: str
    reason: str
    by: str
    at: datetime


class FindingSeen(Shown):
    """A finding that was handed in, by its name in the report, and what became of it, the first change first."""

    finding: str
    reviewer: int
    kind: Kind
    criterion: str | None
    text: str
    settled: tuple[FindingSettled, ...]


class Findings(Shown):
    """The findings on a cycle that the asker may see. `own` are drafts of the asking reviewer alone."""

    cycle: int
    own: tuple[FindingDraft, ...]
    findings: tuple[FindingSeen, ...]
    to_settle: tuple[str, ...] = Field(description="Names of the findings that wait to be settled.")


def findings_of(database: Database, *, principal: Principal, cycle_id: int) -> Findings:
    """What was found here besides the ratings, as far as this principal may see it? Raises NotFound, NotPermitted.

    As with ratings: a reviewer sees their own alone until they hand in; the college sees them once all are in.
    """
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.FINDING_READ, cycle_id=cycle_id)
        own = shown_drafts(looked, seat=own_seat(looked).id or 0) if principal.role is Role.REVIEWER else ()
        seen = seen_findings(looked)
        whose = {seat.id: reviewer.id or 0 for seat, reviewer in seats_seen(looked)[0]}
        waits = looked.now.stage is Stage.CONSENSUS
        return Findings(
            cycle=cycle_id, own=own, findings=tuple(_seen(one, whose[one.seat]) for one in seen),
            to_settle=tuple(one.name for one in seen if waits and not one.changes),
        )  # fmt: skip


def shown_drafts(looked: Looked, *, seat: int, criterion: str | None = None) -> tuple[FindingDraft, ...]:
    """The findings of this seat (on this criterion, where one is named), as its reviewer has them."""
    rows = findings.drafts(looked.session, [seat])[seat].values()
    return tuple(_draft(row) for row in rows if criterion in (None, row.criterion))


def seen_findings(looked: Looked) -> list[HandedIn]:
    """The findings that were handed in and that the asker may see."""
    seats, done = seats_seen(looked)
    return findings.handed_in(looked.session, looked.cycle_id, [seat.id or 0 for seat, _ in seats if seat.id in done])


def _draft(row: Finding) -> FindingDraft:
    draft = row.draft()
    return FindingDraft(
        key=row.key, kind=draft.kind, criterion=draft.criterion, text=draft.text, dropped=draft.dropped,
        version=row.version,
    )  # fmt: skip


def _seen(one: HandedIn, reviewer: int) -> FindingSeen:
    return FindingSeen(
        finding=one.name, reviewer=reviewer, kind=one.said.kind, criterion=one.said.criterion, text=one.said.text,
        settled=tuple(_settled(change) for change in one.changes),
    )  # fmt: skip


def _settled(row: FindingChange) -> FindingSettled:
    words = row.words()
    return FindingSettled(
        how=row.how,
        kind=words.kind,
        criterion=words.criterion,
        text=words.text,
        reason=row.reason,
        by=row.by,
        at=row.at,
    )
