"""Attach evidence: the bytes stream to the store while they are hashed, then the item and its links are kept."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from accreditation.actions.answer_request import check_asked
from accreditation.actions.at_the_door import at_the_door
from accreditation.actions.coming_again import check_may_come
from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.keeping import bare_name, faults_of_described, faults_of_file_name, keep_once, media_type
from accreditation.actions.limits import check_another, check_number, check_size
from accreditation.actions.strays import leaving_no_stray
from accreditation.actions.wording import faults_of_patients
from accreditation.database import Database, Session
from accreditation.errors import Fault, Invalid
from accreditation.evidence.store import EvidenceStore, Kept
from accreditation.ledger.chain import Detail
from accreditation.records import evidence_items, jobs
from accreditation.records.evidence_items import FROM_LIBRARY, UPLOADED, EvidenceItem
from accreditation.rules.cycle import Move
from accreditation.rules.library import Described, Version
from accreditation.rules.named import faults_of_name
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.process import EvidenceRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file on its way in: what it is called, which criteria it answers, and what its sender announces.

    `places` says for a criterion on which page or in which section of the file it is answered. Owner and days are the
    document's, as in `rules.library.Described`; of a file that the team's library has already, they change nothing.
    """

    title: str
    file_name: str
    criteria: Sequence[str]
    places: Mapping[str, str] = field(default_factory=dict)
    owner: str = ""
    effective_on: date | None = None
    review_by: date | None = None
    announced_length: int | None = None
    announced_digest: str | None = None


async def attach_evidence(
    database: Database,
    store: EvidenceStore,
    *,
    principal: Principal,
    cycle_id: int,
    upload: Upload,
    chunks: AsyncIterator[bytes],
    at: datetime,
) -> EvidenceItem:
    """Keep this file as evidence for these criteria. The same bytes for the same criteria are kept once.

    Whether it may be attached is asked before a byte is read, and again when all have arrived. Raises Invalid,
    UploadBroken, TooLarge or Unavailable; then it is no evidence.
    """

    # In threads, because a writer may have to wait for its turn, and everybody's upload would wait with it.
    rules = await asyncio.to_thread(
        check_upload, database, principal=principal, cycle_id=cycle_id, upload=upload, at=at
    )  # fmt: skip
    kept = await store.keep(
        at_the_door(chunks, rules=rules), announced_length=upload.announced_length,
        announced_digest=upload.announced_digest, at=at, most=rules.most_bytes,
    )  # fmt: skip
    return await asyncio.to_thread(
        attach_kept, database, store, principal=principal, cycle_id=cycle_id, upload=upload, kept=kept, at=at
    )


def check_attaching(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> None:
    """May this person attach anything to this cycle now? Asked before files come together, of all of them."""
    with database.reading() as session:
        _open(session, principal, cycle_id, at)


def check_upload(
    database: Database, *, principal: Principal, cycle_id: int, upload: Upload, at: datetime
) -> EvidenceRules:  # fmt: skip
    """May this file be attached now? Asked before its bytes come. Raises what `attach_evidence` raises for it.

    Says what the scheme asks of it.
    """
    with database.reading() as session:
        return _allowed(session, principal, cycle_id, upload, at).scheme.evidence_rules


def attach_kept(
    database: Database, store: EvidenceStore, *, principal: Principal, cycle_id: int, upload: Upload, kept: Kept,
    at: datetime,
) -> EvidenceItem:  # fmt: skip
    """Attach this file, whose bytes the store has already: it goes into the team's library once, and to the criteria.

    Raises Invalid naming everything that is wrong, and UploadBroken where the bytes were taken away
    meanwhile. Then nothing of it is left, where no record names the same bytes.
    """
    with leaving_no_stray(database, store, kept, at=at), database.writing() as session:
        return _link(_allowed(session, principal, cycle_id, upload, at), store, upload, kept)


def _open(session: Session, principal: Principal, cycle_id: int, at: datetime) -> Desk:
    desk = open_cycle(session, principal=principal, permission=Permission.EVIDENCE_ATTACH, cycle_id=cycle_id, at=at)
    desk.transition(Move.ATTACH_EVIDENCE)
    return desk


def _allowed(session: Session, principal: Principal, cycle_id: int, upload: Upload, at: datetime) -> Desk:
    """The cycle on the desk, where this upload may be attached to it now."""
    desk = _open(session, principal, cycle_id, at)
    check_asked(desk, tuple(upload.criteria))
    check_size(desk, upload.announced_length)
    check_another(desk, size=upload.announced_length, digest=upload.announced_digest)
    check_may_come(session, team_id=desk.now.cycle.team_id, digest=upload.announced_digest)
    _check(desk, upload)
    return desk


def _check(desk: Desk, upload: Upload) -> None:
    rules = desk.scheme.evidence_rules
    faults = [*faults_of_criteria(desk, upload.criteria), *faults_of_places(desk, upload.criteria, upload.places)]
    faults += faults_of_described(_described(upload), at=desk.at.date(), rules=rules)
    faults += faults_of_file_name(upload.file_name, rules=rules)
    if faults:
        raise Invalid(faults)


def faults_of_criteria(desk: Desk, criteria: Sequence[str]) -> list[Fault]:
    """Which of these criteria can no file of this cycle answer?"""
    applicable = {criterion.id for criterion in desk.scheme.applicable(desk.now.profile)}
    faults = [
        Fault(
            where=f"criterion {name}",
            found="it does not apply to this service, or does not exist",
            allowed="a criterion of this cycle",
        )
        for name in criteria
        if name not in applicable
    ]
    if not criteria:
        faults.append(
            Fault(where="criteria", found="none", allowed="name at least one criterion that the file answers")
        )
    return faults


def faults_of_places(desk: Desk, criteria: Sequence[str], places: Mapping[str, str]) -> list[Fault]:
    """What is wrong with these pages and sections? Each belongs to a criterion that the file answers."""
    faults = []
    for name, place in places.items():
        where = f"place of criterion {name}"
        if name not in criteria:
            faults.append(
                Fault(where=where, found="the file does not answer it", allowed="a criterion that it answers")
            )
        if place.strip():
            faults += faults_of_name(where, place)
            faults += faults_of_patients(where, place, rules=desk.scheme.evidence_rules)
    return faults


def _described(upload: Upload) -> Described:
    return Described(
        title=upload.title.strip(), owner=upload.owner.strip(), effective_on=upload.effective_on,
        review_by=upload.review_by,
    )  # fmt: skip


def _link(desk: Desk, store: EvidenceStore, upload: Upload, kept: Kept) -> EvidenceItem:
    held = evidence_items.same(desk.session, cycle_id=desk.cycle_id, digest=kept.digest, criteria=upload.criteria)
    if held is not None:
        return held
    version = keep_once(
        desk.session, store, team_id=desk.now.cycle.team_id, described=_described(upload), file_name=upload.file_name,
        kept=kept, by=desk.principal, at=desk.at,
    )  # fmt: skip
    item = EvidenceItem(
        cycle_id=desk.cycle_id, version_id=version.id, digest=version.digest, size=version.size,
        title=upload.title.strip(), media_type=media_type(upload.file_name), file_name=bare_name(upload.file_name),
        by=desk.principal.name, at=desk.at,
    )  # fmt: skip
    return _keep(desk, item, upload.criteria, upload.places)


def attach_version(
    desk: Desk, version: Version, *, criteria: Sequence[str], places: Mapping[str, str],
    suggested: Sequence[str] = (), leaving: int = 0,
) -> EvidenceItem:  # fmt: skip
    """Attach this version of the team's library: what it is now is pinned, whatever becomes of the document.

    `suggested` are those of the criteria that the engine had suggested for it, and a person confirms. `leaving` is how
    many other files go when this one comes. Raises TooLarge and Invalid where the scheme's rules for evidence leave no
    room for it.
    """
    item = EvidenceItem(
        cycle_id=desk.cycle_id, version_id=version.id, digest=version.digest, size=version.size,
        title=version.described.title, media_type=version.media_type, file_name=version.file_name, how=FROM_LIBRARY,
        by=desk.principal.name, at=desk.at,
    )  # fmt: skip
    return _keep(desk, item, criteria, places, suggested=suggested, leaving=leaving)


def _keep(
    desk: Desk, item: EvidenceItem, criteria: Sequence[str], places: Mapping[str, str], *,
    suggested: Sequence[str] = (), leaving: int = 0,
) -> EvidenceItem:  # fmt: skip
    check_size(desk, item.size)
    check_number(desk, leaving=leaving)
    several = tuple(dict.fromkeys(criteria))
    said = {name: place.strip() for name, place in places.items()}
    evidence_items.keep(desk.session, item, several, said)
    desk.follow_up(jobs.Kind.EVIDENCE)
    detail: dict[str, Detail] = {
        "evidence": item.id,
        "version": item.version_id,
        "digest": item.digest,
        "size": item.size,
        "criteria": several,
        **({} if item.how == UPLOADED else {"how": item.how}),
        **({"suggested": suggested} if suggested else {}),
    }
    desk.enter("evidence:attach", detail)
    return item
