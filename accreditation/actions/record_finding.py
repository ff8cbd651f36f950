"""A reviewer records what they found besides the ratings; each as a draft, until they hand in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.reviewing import check_criterion, check_still_open, seat_of
from accreditation.actions.wording import faults_of_prose
from accreditation.database import Database, Session
from accreditation.errors import Conflict, Fault, Invalid, Stale
from accreditation.records import findings
from accreditation.records.findings import Finding
from accreditation.rules.cycle import Move
from accreditation.rules.findings import Draft
from accreditation.rules.named import faults_of_name
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.process import EvidenceRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding, and the version that the person saw when writing it (0 where nothing was there)."""

    draft: Draft
    seen_version: int


def record_finding(
    database: Database, *, principal: Principal, cycle_id: int, key: str, found: Found, at: datetime
) -> int:
    """Keep this draft under the reviewer's own name for it; says its version now.

    Kind and text may still be lacking; one that is dropped is handed in no more. The same again changes nothing.
    Nobody else sees it before it is handed in, and the ledger's entry says nothing of it but that there is one.
    Raises Stale with both versions where it was changed after the reviewer looked, in another tab or by a workbook.
    """
    with database.reading() as session:
        desk, _ = _at_work(session, principal, cycle_id, at)
        searched = check_findings(desk, {key: found})
    with database.writing() as session:
        desk, seat = _at_work(session, principal, cycle_id, at)
        return keep_findings(desk, seat, {key: found}, searched=searched)[key]


def _at_work(session: Session, principal: Principal, cycle_id: int, at: datetime) -> tuple[Desk, int]:
    desk = open_cycle(session, principal=principal, permission=Permission.FINDING_RECORD, cycle_id=cycle_id, at=at)
    seat = seat_of(desk)
    desk.transition(Move.RECORD_FINDING)
    check_still_open(desk, seat)
    return desk, seat


def keep_findings(
    desk: Desk, seat: int, found: Mapping[str, Found], *, searched: EvidenceRules | None = None
) -> dict[str, int]:  # fmt: skip
    """Keep new versions of those findings (key -> draft) that differ from what stands; says each one's version now.

    `searched` are the rules by which their texts were searched for patients before.
    """
    check_findings(desk, found, searched=searched)
    standing = findings.drafts(desk.session, [seat], found)[seat]
    new = {key: one for key, one in found.items() if key not in standing or standing[key].draft() != one.draft}
    _check_versions(new, standing)
    versions = {key: row.version for key, row in standing.items()}
    kept = {key: versions.get(key, 0) + 1 for key in new}
    desk.session.add_all(
        Finding(
            assignment_id=seat, key=key, version=kept[key], kind=one.draft.kind, criterion=one.draft.criterion,
            text=one.draft.text, dropped=one.draft.dropped, by=desk.principal.name, at=desk.at,
        )
        for key, one in new.items()
    )  # fmt: skip
    if new:
        desk.enter("finding:record", {"assignment": seat, "versions": dict(kept)})
    return versions | kept


def finding_conflicts(new: Mapping[str, Found], standing: Mapping[str, Finding]) -> tuple[Conflict, ...]:
    """Of which of these findings stands another version than the person saw, and what are the two?"""
    return tuple(
        Conflict(
            where=f"finding {key}",
            current_version=0 if row is None else row.version,
            current=None if row is None else row.draft().plain(),
            sent=one.draft.plain(),
        )
        for key, one in new.items()
        for row in [standing.get(key)]
        if one.seen_version != (0 if row is None else row.version)
    )


def check_findings(
    desk: Desk, found: Mapping[str, Found], *, searched: EvidenceRules | None = None
) -> EvidenceRules:  # fmt: skip
    """Can these drafts be kept? Raises Invalid naming every fault.

    Says by which rules their texts were searched for patients, as `rate.check_given` does, and for the same reason.
    """
    rules = desk.scheme.evidence_rules
    faults: list[Fault] = []
    for key, one in found.items():
        faults += faults_of_name("the finding's key", key)
        if searched != rules:
            faults += faults_of_prose(f"finding {key}", one.draft.text, rules=rules)
        if one.draft.criterion is not None:
            check_criterion(desk, one.draft.criterion)
    if faults:
        raise Invalid(faults)
    return rules


def _check_versions(new: Mapping[str, Found], standing: Mapping[str, Finding]) -> None:
    conflicts = finding_conflicts(new, standing)
    if conflicts:
        first = conflicts[0]
        names = ", ".join(one.where for one in conflicts)
        raise Stale(
            f"Another version of {names} stands than the one you saw, written by you in another window (version "
            f"{first.current_version}). Nothing of yours was kept here: compare the two, then send again with version "
            f"{first.current_version}.",
            where=first.where, current_version=first.current_version, current=first.current, conflicts=conflicts,
        )  # fmt: skip
