"""How a file stands: to everybody whether it can be opened, to its team and the college also why."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.records import clearances, cycles, editions, evidence_items
from accreditation.records.clearances import UNSEEN, Clearance, ClearanceHit, Stands, as_stands
from accreditation.records.evidence_items import EvidenceItem
from accreditation.rules.clearance import STATE_MEANINGS, State, rules_digest, to_do
from accreditation.rules.cycle import ENDED, Stage
from accreditation.rules.identifiers import WORDS
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.looking import Looked, Page, Shown, page

MAYBE_LATER = "The place of files or the virus scanner does not answer; it is tried again every minute."
"""What a team is told where files wait; which machine does not answer is for the college alone."""


class PlaceFound(Shown):
    """A place in a file that may tell who a patient is, with everything that would tell replaced by dots."""

    what: str
    page: int
    label: str = Field(description="Where it stands, as a person would look it up.")
    masked: str


class ClearanceSaid(Shown):
    """One step of a file's clearance: what was said, by whom and when."""

    state: State
    reason: str
    by: str
    at: datetime


class ClearanceShown(Shown):
    """How a file stands. What was found and said is told to its team and to the college alone."""

    state: State
    open: bool = Field(description="Whether reviewers and the college can open the file.")
    meaning: str
    kind: str = Field(description="What the file is by its content; empty until that is known.")
    to_do: str = Field(description="What the team does about it; empty where there is nothing to do, and for others.")
    version: int = Field(description="The `seen_version` of an explanation, or of the answer to it.")
    found: tuple[PlaceFound, ...]
    said: tuple[ClearanceSaid, ...] = Field(description="Every step, the newest last.")


class ClosedFile(Shown):
    """A file that nobody but its team can open, by its number: what it is called may tell what it must not."""

    cycle: int
    team: str
    organisation: str
    evidence: int
    criteria: tuple[str, ...]
    state: State
    meaning: str
    reason: str
    since: datetime
    version: int
    found: tuple[PlaceFound, ...] = Field(
        default=(), description="Of a file that its team explained: the places that it speaks of."
    )


def clearances_shown(looked: Looked, items: Collection[EvidenceItem]) -> dict[int, ClearanceShown]:
    """Item -> how its file stands under the rules of this cycle."""
    rules = rules_digest(looked.scheme.evidence_rules)
    rows = clearances.histories(looked.session, (item.version_id for item in items), rules)
    inside = looked.by_college or looked.principal.team is not None
    last = [row.id or 0 for several in rows.values() for row in several if row.state == State.QUARANTINED]
    found = clearances.hits_of(looked.session, last) if inside else {}
    return {item.id or 0: _shown(looked, rows.get(item.version_id or 0, []), found, inside) for item in items}


def _shown(
    looked: Looked, rows: list[Clearance], found: Mapping[int, list[ClearanceHit]], inside: bool
) -> ClearanceShown:  # fmt: skip
    stands = as_stands(rows[-1]) if rows else UNSEEN
    kept_back = [row.id or 0 for row in rows if row.state == State.QUARANTINED][-1:]
    hits = [hit for one in kept_back for hit in found.get(one, ())]
    return ClearanceShown(
        state=stands.state, open=stands.open, meaning=STATE_MEANINGS[stands.state], version=stands.version,
        kind=stands.kind, to_do=to_do(stands.state) if looked.principal.team is not None else "",
        found=_places(hits if inside else ()),
        said=tuple(_said(looked, row) for row in (rows if inside else ())),
    )  # fmt: skip


def places_found(hits: Mapping[int, list[ClearanceHit]]) -> dict[int, tuple[PlaceFound, ...]]:
    """Row -> the places in the file that may tell who a patient is, in the order of the pages."""
    return {row: _places(several) for row, several in hits.items()}


def _places(hits: Iterable[ClearanceHit]) -> tuple[PlaceFound, ...]:
    return tuple(PlaceFound(what=_words(hit.what), page=hit.page, label=hit.label, masked=hit.masked) for hit in hits)


def _said(looked: Looked, row: Clearance) -> ClearanceSaid:
    waits = row.state == State.WAITING and row.by == "engine" and not looked.by_college
    return ClearanceSaid(state=State(row.state), reason=MAYBE_LATER if waits else row.reason, by=row.by, at=row.at)


def _words(what: str) -> str:
    return next((words for known, words in WORDS.items() if known == what), what)


def closed_files(database: Database, *, principal: Principal, after: int, limit: int) -> Page[ClosedFile]:
    """Which files of running cycles wait, or are kept back, and why? For the college office. Raises NotPermitted."""
    permit(principal, Permission.EVIDENCE_RELEASE)
    with database.reading() as session:
        running = {now.id: now for now in cycles.several(session, stages=[one for one in Stage if one not in ENDED])}
        rules: dict[str, list[int]] = {}
        for now in running.values():
            own = rules_digest(editions.scheme_of(session, now.edition_digest).evidence_rules)
            rules.setdefault(own, []).append(now.id)
        rows = [(*one, own) for own, ids in rules.items() for one in clearances.closed(session, ids, own)]
        rows = sorted((one for one in rows if (one[0].id or 0) > after), key=lambda one: one[0].id or 0)[:limit]
        links = {cycle: evidence_items.links(session, cycle) for cycle in {item.cycle_id for item, _, _ in rows}}
        found = _explained(session, rows)
        shown = [
            _closed(running[item.cycle_id], item, stands, links[item.cycle_id], found.get(item.id or 0, ()))
            for item, stands, _ in rows
        ]
    return page(shown, [one.evidence for one in shown], limit=limit)


def _explained(
    session: Session, rows: Iterable[tuple[EvidenceItem, Stands, str]]
) -> dict[int, tuple[PlaceFound, ...]]:  # fmt: skip
    """Item -> what was found in it, of those whose team has said why it is no patient's."""
    wanted = [(item, own) for item, stands, own in rows if stands.state in (State.EXPLAINED, State.UPHELD)]
    last: dict[tuple[int | None, str], int] = {}
    for own in {own for _, own in wanted}:
        several = clearances.histories(session, (item.version_id for item, rules in wanted if rules == own), own)
        for version, history in several.items():
            last[version, own] = next((row.id or 0 for row in history[::-1] if row.state == State.QUARANTINED), 0)
    hits = clearances.hits_of(session, last.values())
    return {item.id or 0: _places(hits.get(last[item.version_id, own], ())) for item, own in wanted}


def _closed(
    now: cycles.CycleNow, item: EvidenceItem, stands: Stands, links: Mapping[str, list[int]],
    found: tuple[PlaceFound, ...],
) -> ClosedFile:  # fmt: skip
    return ClosedFile(
        cycle=now.id, team=now.team.name, organisation=now.organisation.name, evidence=item.id or 0,
        criteria=tuple(name for name, ids in links.items() if item.id in ids), state=stands.state,
        meaning=STATE_MEANINGS[stands.state], reason=stands.reason, since=stands.at or item.at, version=stands.version,
        found=found,
    )  # fmt: skip
