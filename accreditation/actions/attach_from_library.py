"""Attach what the team's library has already to criteria of a cycle: nothing is uploaded again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from accreditation.actions.answer_request import check_asked
from accreditation.actions.attach_evidence import attach_version, faults_of_criteria, faults_of_places
from accreditation.actions.desk import Desk, digest_of, open_cycle
from accreditation.actions.taking_back import item_of, open_item
from accreditation.actions.wording import faults_of_prose
from accreditation.database import Database
from accreditation.errors import Contradiction, Fault, Invalid
from accreditation.records import evidence_items, library_items, placings, tombstones
from accreditation.records.evidence_items import EvidenceItem, HowEnded
from accreditation.rules.cycle import Move
from accreditation.rules.library import Version
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A version of the team's library, the criteria that it is to answer, and where in it (criterion -> page)."""

    version: int
    criteria: Sequence[str]
    places: Mapping[str, str] = field(default_factory=dict)


def attach_from_library(
    database: Database, *, principal: Principal, cycle_id: int, wanted: Sequence[Wanted], at: datetime
) -> tuple[EvidenceItem, ...]:
    """Attach these versions, all or none; says the evidence, one for each. What is attached already stays as it is.

    Where a version answers some of its criteria already, it is attached to the others alone. A person names every
    version and every criterion; which of them the engine had suggested, the ledger tells. Raises NotFound for a version
    of no document of the team, Invalid naming everything that is wrong, MoveNotAllowed.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.EVIDENCE_ATTACH, cycle_id=cycle_id, at=at)
        desk.transition(Move.ATTACH_EVIDENCE)
        check_asked(desk, tuple(name for one in wanted for name in one.criteria))
        versions = [version_of_team(desk, one.version) for one in wanted]
        faults = [
            fault
            for one in wanted
            for fault in (*faults_of_criteria(desk, one.criteria), *faults_of_places(desk, one.criteria, one.places))
        ]
        if not wanted:
            faults.append(Fault(where="documents", found="none", allowed="name at least one version to attach"))
        if faults:
            raise Invalid(faults)
        said = placings.suggested(session, (one.id for one in versions), desk.scheme.digest)
        return tuple(
            _attached(desk, version, one, suggested={found.criterion for found in said.get(version.id, ())})
            for version, one in zip(versions, wanted, strict=True)
        )


def replace_evidence(
    database: Database, *, principal: Principal, cycle_id: int, evidence_id: int, wanted: Wanted, reason: str,
    at: datetime,
) -> EvidenceItem:  # fmt: skip
    """Attach this version in the place of a file; says the new evidence. What is replaced by it already stays so.

    Where no criterion is named it answers those that the older one answered. The older row stays, and says what stands
    in its place. Raises NotFound, Invalid, MoveNotAllowed where reviewers judge the older one already, and
    Contradiction where that was withdrawn, or something else replaced it.
    """
    with database.writing() as session:
        desk = open_cycle(
            session, principal=principal, permission=Permission.EVIDENCE_WITHDRAW, cycle_id=cycle_id, at=at
        )
        version = version_of_team(desk, wanted.version)
        done = _replaced(desk, item_of(desk, evidence_id), version)
        if done is not None:
            return done
        desk.transition(Move.WITHDRAW_EVIDENCE)
        older, answered = open_item(desk, evidence_id)
        whole = Wanted(version=version.id, criteria=wanted.criteria or answered, places=wanted.places)
        check_asked(desk, tuple(whole.criteria))
        faults = [*faults_of_criteria(desk, whole.criteria), *faults_of_places(desk, whole.criteria, whole.places)]
        faults += faults_of_prose("reason", reason, rules=desk.scheme.evidence_rules)
        if older.digest == version.digest:
            found = "the version that is attached already"
            faults.append(Fault(where="version", found=found, allowed="another version, or another document"))
        if faults:
            raise Invalid(faults)
        newer = _attached(desk, version, whole, leaving=1)
        evidence_items.end(
            session, evidence_id=evidence_id, how=HowEnded.REPLACED, reason=reason.strip(), successor_id=newer.id,
            by=principal.name, at=at,
        )  # fmt: skip
        detail = {"evidence": evidence_id, "by": newer.id, "reason_sha256": digest_of(reason)}
        desk.enter("evidence:replace", detail)
        return newer


def version_of_team(desk: Desk, version_id: int) -> Version:
    """This version of a document in the library of the cycle's team.

    Raises NotFound where it is not in it, and Gone where it was deleted.
    """
    _, version = library_items.own_version(desk.session, version_id, desk.now.cycle.team_id)
    tombstones.check_there(desk.session, version_id)
    return version


def _attached(
    desk: Desk, version: Version, wanted: Wanted, *, suggested: Collection[str] = (), leaving: int = 0
) -> EvidenceItem:
    held = [
        (item, names)
        for item, names, check in evidence_items.living(desk.session, desk.cycle_id)
        if item.digest == version.digest and (check is None or check.whole)  # a damaged file answers nothing
    ]
    left = [name for name in wanted.criteria if all(name not in names for _, names in held)]
    if not left:
        return next(item for item, names in held if not {*names}.isdisjoint(wanted.criteria))
    places = {name: place for name, place in wanted.places.items() if name in left}
    return attach_version(
        desk, version, criteria=left, places=places, suggested=[name for name in left if name in suggested],
        leaving=leaving,
    )  # fmt: skip


def _replaced(desk: Desk, older: EvidenceItem, version: Version) -> EvidenceItem | None:
    """What stands in the place of this file already, where it is this version; None where the file stands itself."""
    ended = evidence_items.ended(desk.session, older.id or 0)
    if ended is None:
        return None
    newer = None if ended.successor_id is None else evidence_items.get(desk.session, ended.successor_id)
    if newer is not None and newer.version_id == version.id:
        return newer
    how = "was withdrawn" if newer is None else f"was replaced by '{newer.title}'"
    raise Contradiction(f"'{older.title}' {how} already. Attach the version to its criteria instead.")
