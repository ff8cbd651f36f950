"""A team's own library: what it keeps, in which versions, and where each is attached."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.records import clearances, cycles, editions, evidence_items, library_items, teams, tombstones
from accreditation.records.evidence_items import EvidenceItem
from accreditation.records.tombstones import Tombstone
from accreditation.rules.clearance import STATE_MEANINGS, State
from accreditation.rules.library import Item, Version, not_in_date
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.clearance import PlaceFound, places_found
from accreditation.views.deleted import DeletedShown, deleted_shown
from accreditation.views.looking import Page, Shown, page


class AttachedTo(Shown):
    """Where a version stands as evidence."""

    cycle: int
    scheme: str
    evidence: int
    criteria: tuple[str, ...]


class LookedAt(Shown):
    """How a version stands, by the rules of the cycle for which something was said of it last."""

    state: State
    meaning: str
    reason: str
    found: tuple[PlaceFound, ...]


class VersionShown(Shown):
    """A version of a document. `said_version` is what a description of it must carry as `seen_version`."""

    id: int
    number: int
    title: str
    owner: str
    effective_on: date | None = Field(description="The day from which the document holds; not the day of its upload.")
    review_by: date | None
    said_version: int
    file_name: str
    media_type: str
    size: int
    sha256: str
    kept_by: str
    kept_at: datetime
    attached_to: tuple[AttachedTo, ...]
    looked_at: LookedAt | None = Field(description="What the engine found in it; null until it looked.")
    deleted: DeletedShown | None = Field(description="What is left of it, where its bytes were deleted; else null.")


class DocumentShown(Shown):
    """A document of the team's library with its versions, the newest first."""

    id: int
    title: str
    in_date: bool = Field(description="Whether the newest version is in date today.")
    why_not: str = Field(description="Why it is not in date; empty where it is.")
    versions: tuple[VersionShown, ...]


class Library(Shown):
    """A team whose library somebody may read, and how many documents it keeps."""

    team: int
    name: str
    organisation: str
    documents: int


def libraries(database: Database, *, principals: Sequence[Principal]) -> tuple[Library, ...]:
    """Which libraries may these principals, who are one person, read? By the names of the teams."""
    for principal in principals:
        permit(principal, Permission.LIBRARY_READ)
    wanted = [principal.team for principal in principals if principal.team is not None]
    with database.reading() as session:
        numbers = library_items.numbers(session, wanted)
        found = [
            Library(team=team.id or 0, name=team.name, organisation=of.name, documents=numbers.get(team.id or 0, 0))
            for team, of in teams.several(session, wanted)
        ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.team)))


def library_of(
    database: Database, *, principal: Principal, after: int, limit: int, at: datetime, sought: str = ""
) -> Page[DocumentShown]:  # fmt: skip
    """What does the asker's team keep in its library? In the order it was begun, from behind `after`.

    Where something is `sought`, the documents alone in whose title, owner or file's name all of its words stand.
    """
    permit(principal, Permission.LIBRARY_READ)
    with database.reading() as session:
        team = principal.team
        items = [] if team is None else library_items.of_team(session, team, after, limit, sought=sought)
        shown = _documents(session, principal, items, at.date())
    return page(shown, [one.id for one in shown], limit=limit)


def document(database: Database, *, principal: Principal, document_id: int, at: datetime) -> DocumentShown:
    """One document of the asker's team. Raises NotFound where it is another team's, or nobody's."""
    permit(principal, Permission.LIBRARY_READ)
    with database.reading() as session:
        item = library_items.own(session, document_id, principal.team)
        return _documents(session, principal, [item], at.date())[0]


def kept_version(database: Database, *, principal: Principal, version_id: int) -> Version:
    """One version in the library of the asker's team, to be read. Raises NotFound, and Gone where it was deleted."""
    permit(principal, Permission.LIBRARY_READ)
    with database.reading() as session:
        _, version = library_items.own_version(session, version_id, principal.team)
        tombstones.check_there(session, version_id)
    return version


def _documents(session: Session, principal: Principal, items: Sequence[Item], today: date) -> list[DocumentShown]:
    ids = [version.id for item in items for version in item.versions]
    attached = attached_to(session, principal, ids)
    stones = tombstones.of_versions(session, ids)
    said = {version: len(rows) for version, rows in library_items.said_of(session, ids).items()}
    looked_at = _looked_at(session, ids)
    return [
        DocumentShown(
            id=item.id, title=item.newest.described.title, why_not=_why_not(item, stones, today),
            in_date=not _why_not(item, stones, today),
            versions=tuple(
                _version(one, said[one.id], attached.get(one.id, ()), looked_at.get(one.id), stones.get(one.id))
                for one in reversed(item.versions)
            ),
        )
        for item in items
    ]  # fmt: skip


def _why_not(item: Item, stones: Mapping[int, Tombstone], today: date) -> str:
    """Why is the document not in date? Empty where it is."""
    stone = stones.get(item.newest.id)
    return not_in_date(item.newest.described, today) if stone is None else stone.words


def attached_to(session: Session, principal: Principal, version_ids: Sequence[int]) -> Mapping[int, list[AttachedTo]]:
    """Version -> where it stands as evidence in a cycle of the asker's team."""
    rows: list[tuple[EvidenceItem, tuple[str, ...]]] = evidence_items.of_versions(session, version_ids)
    several = cycles.several(session, ids={item.cycle_id for item, _ in rows}, team_id=principal.team)
    titles = {now.id: editions.scheme_of(session, now.edition_digest).title for now in several}
    found: dict[int, list[AttachedTo]] = {}
    for item, criteria in rows:
        if item.cycle_id in titles and item.version_id is not None:
            place = AttachedTo(
                cycle=item.cycle_id, scheme=titles[item.cycle_id], evidence=item.id or 0, criteria=criteria
            )  # fmt: skip
            found.setdefault(item.version_id, []).append(place)
    return found


def _looked_at(session: Session, version_ids: Sequence[int]) -> dict[int, LookedAt]:
    """Version -> how it stands; nothing of one that waits."""
    rows = {name: row for name, row in clearances.newest(session, version_ids).items() if row.state != State.WAITING}
    kept_back = [row.id or 0 for row in rows.values() if row.state == State.QUARANTINED]
    found = places_found(clearances.hits_of(session, kept_back)) if kept_back else {}
    return {
        name: LookedAt(
            state=State(row.state), meaning=STATE_MEANINGS[State(row.state)], reason=row.reason,
            found=found.get(row.id or 0, ()),
        )
        for name, row in rows.items()
    }  # fmt: skip


def _version(
    one: Version, said: int, attached: Sequence[AttachedTo], looked_at: LookedAt | None, stone: Tombstone | None
) -> VersionShown:  # fmt: skip
    told = one.described
    return VersionShown(
        id=one.id, number=one.number, title=told.title, owner=told.owner, effective_on=told.effective_on,
        review_by=told.review_by, said_version=said, file_name=one.file_name, media_type=one.media_type,
        size=one.size, sha256=one.digest, kept_by=one.by, kept_at=one.at, attached_to=tuple(attached),
        looked_at=looked_at,
        deleted=deleted_shown(stone),
    )  # fmt: skip
