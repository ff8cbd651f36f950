"""What is due for deletion, what a deletion would take away and what keeps it, and the legal holds. For the office."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.records import evidence_items, holds, retained
from accreditation.records.holds import LegalHold, LegalHoldEnd
from accreditation.records.retained import Retained
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.retention import Cause, Keeper, Reason, against
from accreditation.views.deleted import DeletedShown, deleted_shown
from accreditation.views.looking import Page, Shown, page


class KeptBecause(Shown):
    """One thing that keeps a file, and the last day on which it does, where that is known."""

    keeper: Keeper
    words: str
    until: date | None


class AttachedIn(Shown):
    """Where a file was attached, taken back or not."""

    cycle: int
    evidence: int


class FileOfTeam(Shown):
    """A version of a team's library as a deletion meets it: by its numbers and digest, whose it is, what keeps it.

    Not by its name: of a file that only its team opens, that may tell what it must not.
    """

    version: int
    document: int
    team: str
    organisation: str
    media_type: str
    size: int
    sha256: str
    attached: tuple[AttachedIn, ...]
    kept_by: tuple[KeptBecause, ...] = Field(description="What keeps it now, whether a deletion overcomes it or not.")
    deleted: DeletedShown | None
    shared_with: tuple[str, ...] = Field(
        description="Versions of other teams with the same bytes: theirs stay, and so do the bytes."
    )


class WouldGo(FileOfTeam):
    """What a deletion for this cause would do with the file."""

    may_go: bool
    against: tuple[KeptBecause, ...] = Field(description="What this cause does not overcome.")
    bytes_go: bool = Field(description="Whether the bytes would be gone, or stay as another team's.")


class Preview(Shown):
    """What a deletion would do; nothing is done yet. It is all or none of them."""

    cause: Cause
    may_go: bool
    files: tuple[WouldGo, ...]


class HoldShown(Shown):
    """A legal hold: on what, why, since when and by whom; and how it ended, if it did."""

    id: int
    on: str
    scheme: str | None
    cycle: int | None
    team: int | None
    reason: str
    by: str
    at: datetime
    ended_at: datetime | None
    ended_by: str | None
    ended_because: str | None


def due_files(database: Database, *, principal: Principal, after: int, limit: int, at: datetime) -> Page[FileOfTeam]:
    """Which files does nothing keep any more? By version, from behind `after`. Raises NotPermitted."""
    permit(principal, Permission.EVIDENCE_DELETE)
    with database.reading() as session:
        names = [one for one in retained.due(session, at=at) if one > after][:limit]
        found = retained.retained(session, names, at=at)
    return page([_file(found[one]) for one in names], names, limit=limit)


def preview(
    database: Database, *, principal: Principal, version_ids: Sequence[int], cause: Cause, at: datetime
) -> Preview:  # fmt: skip
    """What would a deletion of these versions for this cause do? Raises NotPermitted, NotFound."""
    permit(principal, Permission.EVIDENCE_DELETE)
    with database.reading() as session:
        found = retained.retained(session, version_ids, at=at)
    for one in version_ids:
        if one not in found:
            raise NotFound(f"There is no version {one} of any document.")
    files = tuple(_would_go(found[one], cause, set(version_ids)) for one in dict.fromkeys(version_ids))
    return Preview(cause=cause, may_go=all(one.may_go for one in files), files=files)


def version_of_evidence(database: Database, *, principal: Principal, evidence_id: int) -> int:
    """Which version of a team's library is attached as this evidence? Raises NotPermitted, NotFound."""
    permit(principal, Permission.EVIDENCE_DELETE)
    with database.reading() as session:
        version = evidence_items.get(session, evidence_id).version_id
    if version is None:
        raise NotFound(evidence_items.NO_SUCH)
    return version


def all_holds(database: Database, *, principal: Principal, after: int, limit: int) -> Page[HoldShown]:
    """Which legal holds were set, and which of them stand? In the order they were set. Raises NotPermitted."""
    permit(principal, Permission.EVIDENCE_HOLD)
    with database.reading() as session:
        shown = [_hold(*one) for one in holds.after(session, after, limit=limit)]
    return page(shown, [one.id for one in shown], limit=limit)


def _file(one: Retained) -> FileOfTeam:
    version = one.version
    return FileOfTeam(
        version=version.id, document=version.item, team=one.team, organisation=one.organisation,
        media_type=version.media_type, size=version.size, sha256=version.digest,
        attached=tuple(AttachedIn(cycle=cycle, evidence=evidence) for evidence, cycle in one.evidence),
        kept_by=_because(one.kept_by), deleted=deleted_shown(one.stone), shared_with=tuple(one.shared_with.values()),
    )  # fmt: skip


def _would_go(one: Retained, cause: Cause, together: set[int]) -> WouldGo:
    wrong = () if one.stone is not None else against(cause, one.kept_by)
    stay = {version: whose for version, whose in one.shared_with.items() if version not in together}
    told = _file(one).model_copy(update={"shared_with": tuple(stay.values())})
    return WouldGo(**dict(told), may_go=not wrong, against=_because(wrong), bytes_go=not stay)


def _because(reasons: Sequence[Reason]) -> tuple[KeptBecause, ...]:
    return tuple(KeptBecause(keeper=one.keeper, words=one.words, until=one.until) for one in reasons)


def _hold(row: LegalHold, ended: LegalHoldEnd | None) -> HoldShown:
    return HoldShown(
        id=row.id or 0, on=row.on, scheme=row.scheme, cycle=row.cycle_id, team=row.team_id, reason=row.reason,
        by=row.by, at=row.at, ended_at=None if ended is None else ended.at,
        ended_by=None if ended is None else ended.by, ended_because=None if ended is None else ended.reason,
    )  # fmt: skip
