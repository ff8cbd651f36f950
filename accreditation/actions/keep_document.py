"""Keep a document in the team's library, or a new version of one, without attaching it to anything yet."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime

from accreditation.actions.at_the_door import at_the_door
from accreditation.actions.coming_again import check_may_come
from accreditation.actions.desk import digest_of, enter
from accreditation.actions.keeping import faults_of_described, faults_of_file_name, keep_once
from accreditation.actions.library_rules import newest_cycle, rules_of_team
from accreditation.actions.strays import leaving_no_stray
from accreditation.database import Database, Session
from accreditation.errors import Contradiction, Invalid, NotFound
from accreditation.evidence.store import EvidenceStore, Kept
from accreditation.ledger.chain import Detail
from accreditation.records import jobs, library_items
from accreditation.rules.library import Described, Version
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.process import EvidenceRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file on its way into the library: what is said of it, which document it is a version of, what is announced.

    `item` is None for a new document.
    """

    file_name: str
    described: Described
    item: int | None = None
    announced_length: int | None = None
    announced_digest: str | None = None

    def as_version_of(self, item: int | None) -> "Document":
        """The same file as a version of this document."""
        return replace(self, item=item)


async def keep_document(
    database: Database, store: EvidenceStore, *, principal: Principal, document: Document,
    chunks: AsyncIterator[bytes], at: datetime,
) -> Version:  # fmt: skip
    """Keep this file in the library of the principal's team. The same bytes are one version, whatever they are called.

    Whether it may be kept is asked before a byte is read, and again when all have arrived. Raises NotFound for a
    document that is not in the library, Contradiction for bytes that are another version already, Invalid,
    UploadBroken, TooLarge or Unavailable.
    """

    # In threads, because a writer may have to wait for its turn, and everybody's upload would wait with it.
    rules = await asyncio.to_thread(check_document, database, principal=principal, document=document, at=at)
    kept = await store.keep(
        at_the_door(chunks, rules=rules), announced_length=document.announced_length,
        announced_digest=document.announced_digest, at=at,
    )  # fmt: skip
    return await asyncio.to_thread(keep_kept, database, store, principal=principal, document=document, kept=kept, at=at)


def check_document(database: Database, *, principal: Principal, document: Document, at: datetime) -> EvidenceRules:
    """May this file be kept? Asked before its bytes come. Raises what `keep_document` raises for it.

    Says what is asked of it where the team takes part.
    """
    with database.reading() as session:
        return rules_of_team(session, _allowed(session, principal, document, at))


def keep_kept(
    database: Database, store: EvidenceStore, *, principal: Principal, document: Document, kept: Kept, at: datetime
) -> Version:  # fmt: skip
    """Keep this file, whose bytes the store has already, in the library of the principal's team."""
    with leaving_no_stray(database, store, kept, at=at), database.writing() as session:
        team = _allowed(session, principal, document, at)
        held = library_items.with_digest(session, team_id=team, digest=kept.digest)
        if held is not None:
            return _held(session, held, document)
        version = keep_once(
            session, store, team_id=team, described=document.described, file_name=document.file_name, kept=kept,
            by=principal, at=at, item_id=document.item,
        )  # fmt: skip
        detail: dict[str, Detail] = {
            "document": version.item, "version": version.id, "number": version.number, "digest": version.digest,
            "size": version.size, **entered_described(version.described),
        }  # fmt: skip
        enter(session, at=at, by=principal, action="library:keep", subject=f"team:{team}", detail=detail)
        now = newest_cycle(session, team)
        if now is not None:  # without a cycle there are no rules to look by, and nobody else who opens it
            jobs.enqueue(session, kind=jobs.Kind.EVIDENCE, subject=now.id, at=at)
        return version


def team_of(principal: Principal, permission: Permission) -> int:
    """Whose library is this person's? Raises NotPermitted, and NotFound where they are of no team."""
    permit(principal, permission)
    if principal.team is None:
        raise NotFound(library_items.NO_SUCH)
    return principal.team


def entered_described(described: Described) -> dict[str, Detail]:
    """What is said of a version as the ledger keeps it: its days, and of its words only the digest."""
    days = {"effective_on": described.effective_on, "review_by": described.review_by}
    told: dict[str, Detail] = {name: str(day) for name, day in days.items() if day is not None}
    return {"said_sha256": digest_of(f"{described.title}\n{described.owner}"), **told}


def _allowed(session: Session, principal: Principal, document: Document, at: datetime) -> int:
    team = team_of(principal, Permission.LIBRARY_KEEP)
    if document.item is not None:
        library_items.own(session, document.item, team)
    check_may_come(session, team_id=team, digest=document.announced_digest)
    rules = rules_of_team(session, team)
    faults = [
        *faults_of_described(document.described, at=at.date(), rules=rules),
        *faults_of_file_name(document.file_name, rules=rules),
    ]
    if faults:
        raise Invalid(faults)
    return team


def _held(session: Session, held: Version, document: Document) -> Version:
    """The version that has these bytes already, where that is what was meant."""
    item = library_items.get(session, held.item)
    if document.item is None or (document.item == held.item and item.newest.id == held.id):
        return held
    raise Contradiction(
        f"These bytes are in your library already: version {held.number} of '{held.described.title}' "
        f"(document {held.item}). Attach that one, or upload the file that you mean."
    )
