"""What keeps every file: the facts of its cycles, of legal holds and of its team's library, and whose it is."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from accreditation.records import aftermath, awards, cycles, editions, holds, library_items, tombstones
from accreditation.records.cycles import CycleNow
from accreditation.records.evidence_items import TOGETHER, EvidenceItem
from accreditation.records.holds import LegalHold
from accreditation.records.library_items import LibraryItem, LibraryVersion, in_parts
from accreditation.records.teams import Organisation, Team
from accreditation.records.tombstones import Tombstone, lives
from accreditation.rules.afterwards import appeal_until
from accreditation.rules.cycle import ENDED
from accreditation.rules.deadlines import holidays_of
from accreditation.rules.library import Version
from accreditation.rules.retention import Reason, Use, kept_by_cycle, kept_by_hold, kept_in_library


@dataclass(frozen=True, slots=True, kw_only=True)
class Retained:
    """A version of a team's library, with every place where it was ever attached and what keeps it.

    `evidence` are pairs of evidence and cycle. `stone` is what is left where it is deleted already; then nothing keeps
    it. `shared_with` are the other versions that live and have the same bytes: version -> whose it is.
    """

    version: Version
    team_id: int
    team: str
    organisation: str
    evidence: tuple[tuple[int, int], ...]
    kept_by: tuple[Reason, ...]
    stone: Tombstone | None
    shared_with: dict[int, str]


def due(session: Session, *, at: datetime) -> list[int]:
    """Which versions does nothing keep at this moment, and are not deleted? By id."""
    return sorted(name for name, reasons in _reasons(session, None, at).items() if not reasons)


def retained(session: Session, version_ids: Collection[int], *, at: datetime) -> dict[int, Retained]:
    """Version -> whose it is, where it was attached and what keeps it; nothing of one that does not exist."""
    versions = library_items.versions(session, version_ids)
    reasons = _reasons(session, version_ids, at)
    owners: Any = (
        select(LibraryVersion.id, Team, Organisation.name, Tombstone)
        .join(LibraryItem, col(LibraryItem.id) == LibraryVersion.item_id)
        .join(Team, col(Team.id) == LibraryItem.team_id)
        .join(Organisation, col(Organisation.id) == Team.organisation_id)
        .join(Tombstone, col(Tombstone.version_id) == LibraryVersion.id, isouter=True)
    )
    shared = _shared(session, {one.digest for one in versions.values()})
    evidence = _evidence(session, version_ids)
    return {
        name: Retained(
            version=versions[name], team_id=team.id or 0, team=team.name, organisation=organisation, stone=stone,
            evidence=tuple(evidence.get(name, ())), kept_by=reasons.get(name, ()),
            shared_with={k: v for k, v in shared.get(versions[name].digest, {}).items() if k != name},
        )
        for some in in_parts(version_ids)
        for name, team, organisation, stone in session.exec(owners.where(col(LibraryVersion.id).in_(some)))
    }  # fmt: skip


def _reasons(session: Session, version_ids: Collection[int] | None, at: datetime) -> dict[int, tuple[Reason, ...]]:
    """Version that lives -> what keeps it: of these versions, or of all that were ever attached."""
    teams: dict[int, int] = {}
    of: dict[int, set[int]] = {}
    for version, team, cycle in _attached(session, version_ids):
        teams[version] = team
        of.setdefault(version, set()).update(() if cycle is None else (cycle,))
    standing = holds.open_ones(session)
    cycles_kept = _cycles(session, {cycle for several in of.values() for cycle in several}, standing, at)
    teams_held = {team: _held(standing, team=team) for team in set(teams.values())}
    found = {
        version: (*teams_held[team], *(reason for cycle in sorted(of[version]) for reason in cycles_kept[cycle]))
        for version, team in teams.items()
    }
    wanted = found if version_ids is not None else [version for version, reasons in found.items() if not reasons]
    in_use = _in_date_until(session, wanted)
    for version in wanted:
        found[version] += kept_in_library(
            used=bool(of[version]), in_date_until=in_use.get(version), on=at.date()
        )  # fmt: skip
    return {version: tuple(dict.fromkeys(reasons)) for version, reasons in found.items()}


def keeping_bytes(session: Session, digest: str, standing: list[LegalHold]) -> list[int]:
    """Which of these holds keep these bytes, as they stand on a deleted file that had them? By id."""
    versions = [one.version_id for one in tombstones.with_digest(session, digest)] if standing else []
    return sorted({one.id or 0 for version in versions for one in _on_version(session, standing, version)})


def _on_version(session: Session, standing: list[LegalHold], version_id: int) -> Iterator[LegalHold]:
    """Those of these holds that are on this version, whether it lives or not: on its team, or on what it was for."""
    owner = (
        select(LibraryItem.team_id)
        .join(LibraryVersion, col(LibraryVersion.item_id) == LibraryItem.id)
        .where(col(LibraryVersion.id) == version_id)
    )
    yield from _those_on(standing, team=session.exec(owner).one())
    for now in _places(session, [version_id]):
        yield from _those_on(standing, scheme=editions.scheme_of(session, now.edition_digest).id, cycle=now.id)


def editions_of(session: Session, version_ids: Collection[int]) -> set[str]:
    """Under which editions were these versions ever attached, whether they live or not? Any, where one never was."""
    attached = _evidence(session, version_ids)
    if set(version_ids) - set(attached):
        return {one.digest for one in editions.all_of(session)}
    return {now.edition_digest for now in _places(session, version_ids)}


def _places(session: Session, version_ids: Collection[int]) -> list[CycleNow]:
    """The cycles to which any of these versions was ever attached."""
    found = {cycle for several in _evidence(session, version_ids).values() for _, cycle in several}
    return [now for some in in_parts(found) for now in cycles.several(session, ids=some)]


def _attached(session: Session, version_ids: Collection[int] | None) -> Iterator[tuple[int, int, int | None]]:
    """Version, its team, and a cycle that it was ever attached to; None for one that never was."""
    query: Any = (
        select(LibraryVersion.id, LibraryItem.team_id, EvidenceItem.cycle_id)
        .join(LibraryItem, col(LibraryItem.id) == LibraryVersion.item_id)
        .join(EvidenceItem, col(EvidenceItem.version_id) == LibraryVersion.id, isouter=version_ids is not None)
        .where(lives(LibraryVersion.id))
        .distinct()
    )
    if version_ids is None:
        yield from session.exec(query)
        return
    for some in in_parts(version_ids):
        yield from session.exec(query.where(col(LibraryVersion.id).in_(some)))


def _cycles(
    session: Session, cycle_ids: Iterable[int], standing: list[LegalHold], at: datetime
) -> dict[int, tuple[Reason, ...]]:
    """Cycle -> what keeps its files: legal holds first."""
    found: dict[int, tuple[Reason, ...]] = {}
    for some in in_parts(cycle_ids):
        after = aftermath.aftermaths(session, awards.decisions(session, some).values())
        told = {cycle: row.at for cycle, row in awards.publications(session, some).items()}
        for now in cycles.several(session, ids=some):
            scheme = editions.scheme_of(session, now.edition_digest)
            held = _held(standing, scheme=scheme.id, cycle=now.id)
            found[now.id] = (*held, *kept_by_cycle(_use(session, now, after.get(now.id), told.get(now.id)), at=at))
    return found


def _use(session: Session, now: CycleNow, after: aftermath.Aftermath | None, told: datetime | None) -> Use:
    scheme = editions.scheme_of(session, now.edition_digest)
    off = holidays_of(scheme=scheme, profile=now.profile)
    use = Use(
        cycle=now.id, scheme=scheme.title, ended_at=now.change.at if now.stage in ENDED else None,
        keep=scheme.evidence_rules.keep, holidays=off,
    )  # fmt: skip
    if after is None or told is None:
        return use
    last = None
    if scheme.appeal is not None and after.appeal is None:
        last = appeal_until(scheme.appeal, told=told, holidays=off)
    return replace(
        use, appeal_waits=after.appeal_open, appeal_until=last,
        conditions_wait=any(not one.met for one in after.asked),
        awarded=scheme.outcome(after.stands.outcome).awarded, valid_until=after.stands.valid_until,
    )  # fmt: skip


def _held(
    standing: list[LegalHold], *, scheme: str | None = None, cycle: int | None = None, team: int | None = None
) -> tuple[Reason, ...]:
    """The holds on this scheme, this cycle or this team, as reasons."""
    return tuple(kept_by_hold(one.value()) for one in _those_on(standing, scheme=scheme, cycle=cycle, team=team))


def _those_on(
    standing: list[LegalHold], *, scheme: str | None = None, cycle: int | None = None, team: int | None = None
) -> list[LegalHold]:
    return [
        one
        for one in standing
        if (one.scheme is not None and one.scheme == scheme)
        or (one.cycle_id is not None and one.cycle_id == cycle)
        or (one.team_id is not None and one.team_id == team)
    ]


def _in_date_until(session: Session, version_ids: Iterable[int]) -> dict[int, date]:
    """Version -> its review-by day, for those that are their document's newest and have one."""
    versions = library_items.versions(session, version_ids)
    newest = set(library_items.newest_versions(session, {one.item for one in versions.values()}).values())
    return {
        name: one.described.review_by
        for name, one in versions.items()
        if name in newest and one.described.review_by is not None
    }


def _evidence(session: Session, version_ids: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for some in in_parts(version_ids):
        query = select(EvidenceItem).where(col(EvidenceItem.version_id).in_(some)).order_by(col(EvidenceItem.id))
        for item in session.exec(query):
            found.setdefault(item.version_id or 0, []).append((item.id or 0, item.cycle_id))
    return found


def _shared(session: Session, digests: Iterable[str]) -> dict[str, dict[int, str]]:
    """Digest -> every version that lives and has these bytes, and whose it is."""
    query: Any = (
        select(LibraryVersion.digest, LibraryVersion.id, Team.name, Organisation.name)
        .join(LibraryItem, col(LibraryItem.id) == LibraryVersion.item_id)
        .join(Team, col(Team.id) == LibraryItem.team_id)
        .join(Organisation, col(Organisation.id) == Team.organisation_id)
        .where(lives(LibraryVersion.id))
        .order_by(col(LibraryVersion.id))
    )
    found: dict[str, dict[int, str]] = {}
    wanted = sorted(set(digests))
    for start in range(0, len(wanted), TOGETHER):
        some = wanted[start : start + TOGETHER]
        for digest, version, team, organisation in session.exec(query.where(col(LibraryVersion.digest).in_(some))):
            found.setdefault(digest, {})[version] = f"{team} ({organisation})"
    return found
