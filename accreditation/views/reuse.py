"""What a team's library would answer besides: offered, never attached by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.records import clearances, cycles, editions, evidence_items, evidence_places, library_items
from accreditation.records.cycles import CycleNow
from accreditation.rules.cycle import TEAMS_TURN
from accreditation.rules.library import Item
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.reuse import HowMuch, Offer, Stands, offers
from accreditation.scheme.model import Scheme
from accreditation.views.looking import Looked, Shown, look


class CriterionOffered(Shown):
    """A criterion that the document would answer, and why; or why it is not offered, although it is related."""

    criterion: str
    title: str
    required: bool = Field(description="Whether nothing can be submitted for it without evidence.")
    how_much: HowMuch = Field(description="Whether it answers all that is asked, as far as the standards say.")
    because: tuple[str, ...]
    place: str = Field(description="The page or section that it was said to be on, in this very version.")
    why_not: str = Field(description="Why it is not offered; empty where it is.")


class DocumentOffered(Shown):
    """The newest version of a document, and what it would answer. A person attaches it, or does not."""

    document: int
    version: int
    number: int
    title: str
    offered: tuple[CriterionOffered, ...]
    not_offered: tuple[CriterionOffered, ...] = Field(
        description="What it would answer, but is out of date for, or is of a kind or size that the scheme never takes."
    )


class Offers(Shown):
    """What the team's library would answer in this cycle. Send what is wanted to `evidence/from-library`."""

    cycle: int
    scheme: str
    words: str
    documents: tuple[DocumentOffered, ...]


class DocumentOffers(Shown):
    """What one document would answer besides, in each of the team's open cycles."""

    document: int
    cycles: tuple[Offers, ...]


def offers_for_cycle(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> Offers:
    """What does the asker's team have already that would answer criteria of this cycle?

    From its last cycle of the same scheme, and by the mappings of criteria from its cycles in other schemes. Nothing
    once the evidence is submitted. Raises NotFound, NotPermitted.
    """
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.LIBRARY_READ, cycle_id=cycle_id)
        return offers_here(looked, at)


def offers_here(looked: Looked, at: datetime) -> Offers:
    """The same, of a cycle that is looked at already."""
    return _offers(_shelf(looked.session, looked.now.cycle.team_id), looked.now, at.date(), only=None)


def offers_of_document(database: Database, *, principal: Principal, document_id: int, at: datetime) -> DocumentOffers:
    """What would this document of the asker's team answer besides, in its open cycles? Raises NotFound."""
    permit(principal, Permission.LIBRARY_READ)
    with database.reading() as session:
        item = library_items.own(session, document_id, principal.team)
        shelf = _shelf(session, item.team)
        found = [_offers(shelf, now, at.date(), only=document_id) for now in shelf.cycles if now.stage in TEAMS_TURN]
    return DocumentOffers(document=document_id, cycles=tuple(one for one in found if one.documents))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """Everything of a team that offers are worked out from: its cycles, their editions, documents, and what stands."""

    cycles: Sequence[CycleNow]
    schemes: dict[int, Scheme]
    documents: dict[int, Item]
    stands: dict[int, list[Stands]]
    kinds: dict[int, str]


def _shelf(session: Session, team_id: int) -> _Shelf:
    several = cycles.several(session, team_id=team_id)
    schemes = {now.id: editions.scheme_of(session, now.edition_digest) for now in several}
    documents = {item.id: item for item in library_items.in_hand(session, team_id)}
    of = {version.id: item for item in documents.values() for version in item.versions}
    places = evidence_places.places(session, *schemes)
    stands: dict[int, list[Stands]] = {}
    for item, criteria in evidence_items.of_versions(session, of):
        if item.version_id is None:
            continue
        for name in criteria:
            one = Stands(
                scheme=schemes[item.cycle_id], criterion=name, document=of[item.version_id], version=item.version_id,
                place=places.get((item.id or 0, name), ""),
            )  # fmt: skip
            stands.setdefault(item.cycle_id, []).append(one)
    looked_at = clearances.newest(session, (item.newest.id for item in documents.values()))
    return _Shelf(
        cycles=several, schemes=schemes, documents=documents, stands=stands,
        kinds={version: row.kind for version, row in looked_at.items()},
    )  # fmt: skip


def _offers(shelf: _Shelf, now: CycleNow, on: date, *, only: int | None) -> Offers:
    scheme = shelf.schemes[now.id]
    before = [one for one in sorted(shelf.stands) if one < now.id and shelf.schemes[one].id == scheme.id]
    others = [one.id for one in shelf.cycles if shelf.schemes[one.id].id != scheme.id]
    own = shelf.stands.get(now.id, ())
    found: Sequence[Offer] = ()
    if now.stage in TEAMS_TURN:
        found = offers(
            stands=[
                one
                for cycle in (*before[-1:], *others)
                for one in shelf.stands.get(cycle, ())
                if only in (None, one.document.id)
            ],
            target=scheme, profile=now.profile, on=on, kinds=shelf.kinds,
            attached={(one.document.id, one.criterion) for one in own},
        )  # fmt: skip
    documents = [_document(shelf, scheme, name, found) for name in sorted({one.document for one in found})]
    number = len({one.criterion for one in found if not one.why_not})
    return Offers(cycle=now.id, scheme=scheme.id, words=_words(number, scheme, only), documents=tuple(documents))


def _document(shelf: _Shelf, scheme: Scheme, document: int, found: Sequence[Offer]) -> DocumentOffered:
    newest = shelf.documents[document].newest
    shown = [(one, _criterion(scheme, one)) for one in found if one.document == document]
    return DocumentOffered(
        document=document, version=newest.id, number=newest.number, title=newest.described.title,
        offered=tuple(told for one, told in shown if not one.why_not),
        not_offered=tuple(told for one, told in shown if one.why_not),
    )  # fmt: skip


def _criterion(scheme: Scheme, one: Offer) -> CriterionOffered:
    about = scheme.by_id[one.criterion]
    return CriterionOffered(
        criterion=one.criterion, title=about.title, required=about.requires_evidence, how_much=one.how_much,
        because=one.because, place=one.place, why_not=one.why_not,
    )  # fmt: skip


def _words(number: int, scheme: Scheme, only: int | None) -> str:
    what = f"{number} {'criterion' if number == 1 else 'criteria'} in your cycle of {scheme.title}"
    return f"This would also answer {what}." if only else f"What your library has would answer {what}."
