"""How every file stands under the rules it is used by: cleared, refused, kept back, explained, released. Appended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.records.evidence_items import TOGETHER, EvidenceItem, stands
from accreditation.records.library_items import LibraryItem, LibraryVersion, in_parts
from accreditation.records.tombstones import lives
from accreditation.rules.clearance import OPEN, State
from accreditation.rules.identifiers import Hit


class Clearance(SQLModel, table=True):
    """A version of a team's library under these evidence rules (their digest): how it stands. The highest id stands.

    `kind` is what the file is by its content; `reason` is the engine's, the team's or the college office's.
    """

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="library_version.id", index=True)
    rules_digest: str = Field(max_length=64)
    state: str
    kind: str
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class ClearanceHit(SQLModel, table=True):
    """A place in the file that may tell who a patient is: where it stands, and the words around with all that tells
    replaced. What stands there is nowhere in the records.
    """

    __tablename__ = "clearance_hit"

    clearance_id: int = Field(foreign_key="clearance.id", primary_key=True)
    number: int = Field(primary_key=True)
    what: str
    page: int
    label: str
    masked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """How a file stands: its newest row. `version` 0 is a file that nobody has looked at."""

    state: State = State.WAITING
    reason: str = ""
    kind: str = ""
    by: str = ""
    at: datetime | None = None
    version: int = 0

    @property
    def open(self) -> bool:
        """May everybody who reads evidence open it?"""
        return self.state in OPEN


UNSEEN = Stands()
"""A file that nobody has looked at."""


def standing(session: Session, version_ids: Iterable[int | None], rules: str) -> dict[int, Stands]:
    """Version -> how it stands under the rules with this digest."""
    wanted = sorted({one for one in version_ids if one is not None})
    newest = (
        select(func.max(Clearance.id))
        .where(col(Clearance.version_id).in_(wanted), Clearance.rules_digest == rules)
        .group_by(col(Clearance.version_id))
    )
    rows = session.exec(select(Clearance).where(col(Clearance.id).in_(newest))) if wanted else ()
    found = {row.version_id: as_stands(row) for row in rows}
    return {one: found.get(one, UNSEEN) for one in wanted}


def under_all_rules(session: Session, version_id: int) -> dict[str, Stands]:
    """Rules (their digest) -> how this version stands under them, of all under which something was said of it."""
    query = select(Clearance).where(Clearance.version_id == version_id).order_by(col(Clearance.id))
    return {row.rules_digest: as_stands(row) for row in session.exec(query)}


def standing_anywhere(session: Session, version_ids: Iterable[int], rules: str) -> dict[int, Stands]:
    """Version -> how it stands under the rules with this digest; of one that waits there, how it stands by the rules
    under which something was said of it last.
    """
    found = standing(session, version_ids, rules)
    waiting = (one for one, stands in found.items() if stands.state is State.WAITING)
    return found | {one: as_stands(row) for one, row in newest(session, waiting).items()}


def histories(session: Session, version_ids: Iterable[int | None], rules: str) -> dict[int, list[Clearance]]:
    """Version -> everything that was ever said of it under these rules, the newest last."""
    wanted = sorted({one for one in version_ids if one is not None})
    query = select(Clearance).where(col(Clearance.version_id).in_(wanted), Clearance.rules_digest == rules)
    found: dict[int, list[Clearance]] = {one: [] for one in wanted}
    for row in session.exec(query.order_by(col(Clearance.id))) if wanted else ():
        found[row.version_id].append(row)
    return found


def closed(session: Session, cycle_ids: Iterable[int], rules: str) -> list[tuple[EvidenceItem, Stands]]:
    """Which files that stand in these cycles, all under these rules, can only their team open? In the order they came.

    Each with how it stands.
    """
    newest = (
        select(Clearance.version_id, func.max(Clearance.id).label("id"))
        .where(Clearance.rules_digest == rules)
        .group_by(col(Clearance.version_id))
        .subquery()
    )
    query = (
        select(EvidenceItem, Clearance)
        .join(newest, newest.c.version_id == col(EvidenceItem.version_id), isouter=True)
        .join(Clearance, col(Clearance.id) == newest.c.id, isouter=True)
        .where(stands(), lives(EvidenceItem.version_id))
        .where(or_(col(Clearance.id).is_(None), col(Clearance.state).not_in([one.value for one in OPEN])))
        .order_by(col(EvidenceItem.id))
    )
    ids = sorted(set(cycle_ids))
    found = []
    for start in range(0, len(ids), TOGETHER):
        some = query.where(col(EvidenceItem.cycle_id).in_(ids[start : start + TOGETHER]))
        found += [(item, UNSEEN if row is None else as_stands(row)) for item, row in session.exec(some)]
    return found


def append(
    session: Session, *, version_id: int, rules: str, state: State, kind: str = "", reason: str = "",
    hits: Sequence[Hit] = (), by: str, at: datetime,
) -> int:  # fmt: skip
    """Append how the version stands from now on, and what was found in it; says the row's id."""
    row = Clearance(
        version_id=version_id, rules_digest=rules, state=state.value, kind=kind, reason=reason, by=by, at=at
    )  # fmt: skip
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101  (it was flushed)
    session.add_all(
        ClearanceHit(
            clearance_id=row.id, number=number, what=hit.what, page=hit.page, label=hit.page_label, masked=hit.masked
        )
        for number, hit in enumerate(hits, start=1)
    )  # fmt: skip
    session.flush()
    return row.id


def hits_of(session: Session, clearance_ids: Iterable[int]) -> dict[int, list[ClearanceHit]]:
    """Row -> what was found, in the order of the pages."""
    wanted = sorted(set(clearance_ids))
    query = select(ClearanceHit).where(col(ClearanceHit.clearance_id).in_(wanted)).order_by(col(ClearanceHit.number))
    found: dict[int, list[ClearanceHit]] = {}
    for row in session.exec(query) if wanted else ():
        found.setdefault(row.clearance_id, []).append(row)
    return found


def never_looked_at(session: Session) -> list[int]:
    """Which cycles have evidence that stands and that nobody has ever looked at, under whatever rules?"""
    looked_at = exists().where(col(Clearance.version_id) == EvidenceItem.version_id)
    query = select(EvidenceItem.cycle_id).where(stands(), lives(EvidenceItem.version_id), ~looked_at).distinct()
    return sorted(session.exec(query))


def unseen_of_team(session: Session, team_id: int) -> list[int]:
    """Which versions of this team's library stand as evidence nowhere, and were never looked at under any rules?

    One that waits, as a store or the scanner did not answer, was not looked at.
    """
    query = select(LibraryVersion.id).where(LibraryItem.team_id == team_id, *_unseen())
    joined = query.join(LibraryItem, col(LibraryItem.id) == LibraryVersion.item_id)
    return [one for one in session.exec(joined.order_by(col(LibraryVersion.id))) if one is not None]


def teams_with_unseen(session: Session) -> list[int]:
    """Which teams have such a version?"""
    query = select(LibraryItem.team_id).join(LibraryVersion, col(LibraryVersion.item_id) == LibraryItem.id)
    return sorted(session.exec(query.where(*_unseen()).distinct()))


def _unseen() -> tuple[Any, Any, Any]:
    looked_at = exists().where(
        col(Clearance.version_id) == LibraryVersion.id, col(Clearance.state) != State.WAITING.value
    )
    standing_somewhere = exists().where(col(EvidenceItem.version_id) == LibraryVersion.id, stands())
    return ~looked_at, ~standing_somewhere, lives(LibraryVersion.id)


def newest(session: Session, version_ids: Iterable[int]) -> dict[int, Clearance]:
    """Version -> how it stands by the rules under which something was said of it last; nothing of one never seen."""
    found: dict[int, Clearance] = {}
    for some in in_parts(version_ids):
        last = (
            select(func.max(Clearance.id))
            .where(col(Clearance.version_id).in_(some))
            .group_by(col(Clearance.version_id))
        )
        for row in session.exec(select(Clearance).where(col(Clearance.id).in_(last))):
            found[row.version_id] = row
    return found


def as_stands(row: Clearance) -> Stands:
    """The row as how a file stands."""
    return Stands(
        state=State(row.state), reason=row.reason, kind=row.kind, by=row.by, at=row.at, version=row.id or 0
    )  # fmt: skip


def explained(session: Session) -> list[tuple[EvidenceItem, str]]:
    """Which files that stand in any cycle has their team explained, and nobody answered? Each with the rules (their
    digest) under which it was; in the order they came.
    """
    later = aliased(Clearance)
    newest = ~exists().where(
        col(later.version_id) == Clearance.version_id, col(later.rules_digest) == Clearance.rules_digest,
        col(later.id) > Clearance.id,
    )  # fmt: skip
    query = (
        select(EvidenceItem, Clearance.rules_digest)
        .join(Clearance, col(Clearance.version_id) == EvidenceItem.version_id)
        .where(Clearance.state == State.EXPLAINED.value, newest, stands(), lives(EvidenceItem.version_id))
        .order_by(col(EvidenceItem.id))
    )
    return list(session.exec(query))
