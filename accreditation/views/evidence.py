"""The evidence of a cycle, and one file of it: as it was submitted, whatever became of the document since."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.errors import Gone, NotFound, NotPermitted
from accreditation.evidence.content import Kind
from accreditation.records import evidence_items, evidence_places, library_items, tombstones
from accreditation.records.evidence_items import EvidenceCheck, EvidenceEnd, EvidenceItem
from accreditation.records.tombstones import Tombstone
from accreditation.rules.clearance import closed_words
from accreditation.rules.library import Described, Version
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.views.clearance import ClearanceShown, clearances_shown
from accreditation.views.deleted import DeletedShown, deleted_shown
from accreditation.views.evidence_dates import dated_for, said_of
from accreditation.views.looking import Looked, Shown, look

Ended = tuple[EvidenceItem, tuple[str, ...], EvidenceEnd]
"""A file that is over, what it answered, and how it ended."""


class NewerVersion(Shown):
    """The document has a newer version in the team's library; nothing of this cycle changes by itself."""

    id: int
    number: int
    title: str


class EvidenceShown(Shown):
    """A file that a team attached, and the criteria it answers.

    Of a file that only its team can open, others read neither title nor file name nor page: they may tell too much.
    Its size and SHA-256 are for its team and the college: whoever has them finds a number in a short text by trying.
    """

    id: int
    title: str
    file_name: str
    media_type: str
    size: int = Field(description="In bytes; 0 to whoever may not know more of a file that is not cleared.")
    sha256: str = Field(description="In hex; empty to whoever may not know more of a file that is not cleared.")
    criteria: tuple[str, ...]
    places: Mapping[str, str] = Field(description="Criterion -> the page or section that answers it, where it is said.")
    owner: str
    effective_on: date | None = Field(description="The day from which the document holds; not the day of its upload.")
    review_by: date | None
    document: int | None = Field(description="The document in the team's library that this is a version of.")
    version_id: int | None = Field(description="The version's id.")
    version: int | None = Field(description="Which version of the document it is.")
    newer: NewerVersion | None = Field(description="A newer version in the library, told to the team alone.")
    attached_by: str
    attached_at: datetime
    out_of_date: Mapping[str, str] = Field(
        description="Criterion -> why the file does not answer it today: not in date, or too old. Told to the team as "
        "long as it works on the evidence."
    )
    whole: bool | None = Field(description="Whether the engine found the bytes whole; null until it looked.")
    clearance: ClearanceShown
    deleted: DeletedShown | None = Field(description="What is left of it, where its bytes were deleted; else null.")


class EvidenceEnded(Shown):
    """A file that the team withdrew, or put another one in the place of."""

    id: int
    title: str
    file_name: str
    sha256: str
    criteria: tuple[str, ...]
    how: evidence_items.HowEnded
    reason: str
    replaced_by: int | None
    by: str
    at: datetime
    clearance: ClearanceShown = Field(description="How the file stood, and what was said of it.")
    deleted: DeletedShown | None = Field(description="What is left of it, where its bytes were deleted; else null.")


class EvidenceList(Shown):
    """The evidence of a cycle, in the order it came. What is over is shown to the team and to the college."""

    cycle: int
    evidence: tuple[EvidenceShown, ...]
    ended: tuple[EvidenceEnded, ...]


def evidence_of(
    database: Database, *, principal: Principal, cycle_id: int, today: date | None = None
) -> EvidenceList:  # fmt: skip
    """What is attached to this cycle? With `today` a team reads what is out of date. Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.EVIDENCE_READ, cycle_id=cycle_id)
        return EvidenceList(cycle=cycle_id, evidence=shown_evidence(looked, today=today), ended=all_ended(looked))


def shown_evidence(looked: Looked, *, today: date | None = None) -> tuple[EvidenceShown, ...]:
    """Every file that stands in the cycle, in the order they came; with `today`, what of it is out of date."""
    held = evidence_items.of_cycle(looked.session, looked.cycle_id)
    facts = _facts(looked, [item for item, _, _ in held], today=today)
    return tuple(_shown(facts, *one) for one in held)


def evidence_item(
    database: Database, *, principal: Principal, evidence_id: int, cycle_id: int | None = None
) -> EvidenceShown:  # fmt: skip
    """Which file is to be opened? NotFound where it does not exist and where it is another team's: both read the same.

    Where a cycle is named, one of another cycle does not exist. One that is over is found by the team and the college,
    as they find it in the list. Raises Gone where it was deleted, and NotPermitted where only its team can open it,
    because it is not cleared.
    """
    with database.reading() as session:
        stands = evidence_items.cycle_of(session, evidence_id)
        if cycle_id not in (None, stands):
            raise NotFound(evidence_items.NO_SUCH)
        try:
            looked = look(session, principal=principal, permission=Permission.EVIDENCE_READ, cycle_id=stands)
        except NotFound as error:
            raise NotFound(evidence_items.NO_SUCH) from error
        held = evidence_items.of_cycle(session, stands)
        if all(one.id != evidence_id for one, _, _ in held) and _knows_what_is_over(looked):
            held = [(one, names, None) for one, names, _ in evidence_items.over(session, stands)]
        for one, names, check in held:
            if one.id == evidence_id:
                shown = _shown(_facts(looked, [one]), one, names, check)
                if shown.deleted is not None:
                    raise Gone(shown.deleted.words)
                if not (shown.clearance.open or looked.principal.team is not None):
                    raise NotPermitted(closed_words(shown.clearance.state))
                return shown
    raise NotFound(evidence_items.NO_SUCH)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What is known of a cycle's files besides their own rows."""

    places: Mapping[tuple[int, str], str]
    versions: Mapping[int, Version]
    said: Mapping[int, Described]
    newest: Mapping[int, Version]
    clearances: Mapping[int, ClearanceShown]
    stones: Mapping[int, Tombstone]
    by_team: bool
    by_college: bool
    dated: Callable[[str, Described], str]

    def told(self, item: int) -> bool:
        """May whoever asks read what this file is called?"""
        return self.by_team or self.clearances[item].open

    def known(self, item: int) -> bool:
        """May whoever asks know which bytes these are?"""
        return self.by_college or self.told(item)


def _facts(looked: Looked, items: list[EvidenceItem], *, today: date | None = None) -> _Facts:
    session = looked.session
    pinned = {item.version_id for item in items if item.version_id is not None}
    told = (library_items.told_of_documents if looked.by_team else library_items.told)(session, pinned)
    versions = {name: version for name, (version, _) in told.items()}
    return _Facts(
        places=evidence_places.places(session, looked.cycle_id), versions=versions,
        said=said_of(looked, items, {name: said for name, (_, said) in told.items()}),
        newest={one.item: one for one in versions.values()} if looked.by_team else {},
        clearances=clearances_shown(looked, items),
        stones=tombstones.of_versions(session, (item.version_id for item in items)),
        by_team=looked.by_team, by_college=looked.by_college, dated=dated_for(looked, today),
    )  # fmt: skip


def _knows_what_is_over(looked: Looked) -> bool:
    """Reviewers judge what stands; what was taken back is between the team and the college."""
    return looked.by_college or looked.by_team


def _shown(
    facts: _Facts, item: EvidenceItem, criteria: tuple[str, ...], check: EvidenceCheck | None
) -> EvidenceShown:  # fmt: skip
    key = item.id or 0
    told, known = facts.told(key), facts.known(key)
    said = facts.said.get(key, Described(title=item.title)) if told else Described(title="")
    version = facts.versions.get(item.version_id or 0)
    newest = None if version is None else facts.newest.get(version.item)
    stone, newer = facts.stones.get(item.version_id or 0), None
    if newest is not None and version is not None and newest.number > version.number:
        newer = NewerVersion(id=newest.id, number=newest.number, title=newest.described.title)
    return EvidenceShown(
        id=key, title=item.title if told else closed_name(key), file_name=item.file_name if told else "",
        media_type=_media_type(item, facts.clearances[key].kind),
        size=item.size if known else 0, sha256=item.digest if known else "", criteria=criteria, owner=said.owner,
        effective_on=said.effective_on, review_by=said.review_by, version_id=item.version_id, newer=newer,
        places={name: facts.places[key, name] for name in criteria if told and (key, name) in facts.places},
        document=None if version is None else version.item, version=None if version is None else version.number,
        attached_by=item.by, attached_at=item.at, whole=None if check is None else check.whole,
        clearance=facts.clearances[key] if stone is None else facts.clearances[key].model_copy(update={"to_do": ""}),
        deleted=deleted_shown(stone),
        out_of_date={name: why for name in criteria if (why := facts.dated(name, said))},
    )  # fmt: skip


def _media_type(item: EvidenceItem, kind: str) -> str:
    """What the file is served as: by its content where that is known, else as its name says."""
    return Kind(kind).media_type if kind in set(Kind) else item.media_type


def closed_name(evidence_id: int) -> str:
    """What a file is called to whoever may not read its title yet."""
    return f"Evidence {evidence_id}, not cleared"


def all_ended(looked: Looked) -> tuple[EvidenceEnded, ...]:
    """Every file of the cycle that is over, as far as whoever looks knows of it."""
    over: list[Ended] = evidence_items.over(looked.session, looked.cycle_id) if _knows_what_is_over(looked) else []
    facts = clearances_shown(looked, [item for item, _, _ in over])
    stones = tombstones.of_versions(looked.session, (item.version_id for item, _, _ in over))
    return tuple(
        _ended(
            *one,
            told=looked.by_team or facts[one[0].id or 0].open,
            clearance=facts[one[0].id or 0],
            stone=stones.get(one[0].version_id or 0),
        )
        for one in over
    )


def _ended(
    item: EvidenceItem, criteria: tuple[str, ...], end: EvidenceEnd, *, told: bool, clearance: ClearanceShown,
    stone: Tombstone | None,
) -> EvidenceEnded:  # fmt: skip
    return EvidenceEnded(
        id=item.id or 0, title=item.title if told else closed_name(item.id or 0),
        file_name=item.file_name if told else "", sha256=item.digest, criteria=criteria,
        how=evidence_items.HowEnded(end.how), reason=end.reason, replaced_by=end.successor_id, by=end.by, at=end.at,
        clearance=clearance.model_copy(update={"to_do": ""}), deleted=deleted_shown(stone),
    )  # fmt: skip
