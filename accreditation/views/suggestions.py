"""Which criteria of a cycle the documents of its team may answer, and why: suggested, for a person to confirm."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.records import clearances, evidence_items, library_items, placings
from accreditation.records.clearances import Stands
from accreditation.rules.clearance import STATE_MEANINGS, State, rules_digest
from accreditation.rules.cycle import TEAMS_TURN
from accreditation.rules.dating import out_of_date
from accreditation.rules.deadlines import holidays_of
from accreditation.rules.library import Item
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.rules.placing import Suggestion, left_to_say
from accreditation.scheme.criterion import Criterion
from accreditation.views.looking import Looked, Shown, look


class CriterionSuggested(Shown):
    """A criterion that the document may answer, by its words; a person who has read it says whether it does."""

    criterion: str
    title: str
    required: bool = Field(description="Whether nothing can be submitted for it without evidence.")
    because: tuple[str, ...] = Field(
        description="Words of the criterion that the document has too, the strongest first."
    )
    words: str
    beware: str = Field(description="What speaks against attaching it, such as its age; empty where nothing does.")


class DocumentSuggested(Shown):
    """The newest version of a document, and what it may answer, the likeliest first."""

    document: int
    version: int
    title: str
    file_name: str
    criteria: tuple[CriterionSuggested, ...]


class DocumentLeft(Shown):
    """A document that answers nothing in this cycle and for which nothing is suggested, and why."""

    document: int
    version: int
    title: str
    file_name: str
    why: str


class Suggestions(Shown):
    """What the team's documents may answer. What a person confirms is sent to `evidence/from-library`."""

    cycle: int
    scheme: str
    words: str
    documents: tuple[DocumentSuggested, ...]
    left: tuple[DocumentLeft, ...]


NOT_READ = "the engine has not read it yet, which takes minutes"
TOO_LITTLE = (
    "it has too little in common with the words of any criterion that asks for documents: "
    "attach it where you know that it belongs"
)
UNREAD_TO_DO = (
    "so nobody knows yet what it may answer: keep a version that can be read and is taken here, or attach it where you "
    "know that it belongs, and see there how it stands"
)
NOT_ASKED = "the criteria that it speaks of do not apply to the service, as far as its profile is stated"
DISMISSED = "what was suggested for it was dismissed: attach it where you know that it belongs"

TO_DO = {
    State.WAITING: "that takes minutes",
    State.QUARANTINED: "keep a version without it, or attach it where you know that it belongs, and explain it there",
    State.EXPLAINED: "wait for the answer",
}
"""What a team does about a document that answers nothing and may not be opened; of others, keep another version."""


def suggestions_for_cycle(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> Suggestions:
    """Which criteria of this cycle may the documents of the asker's team answer, that they do not answer yet?

    Nothing once the evidence is submitted. Raises NotFound, NotPermitted.
    """
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.LIBRARY_READ, cycle_id=cycle_id)
        return suggestions_here(looked, at)


def suggestions_here(looked: Looked, at: datetime) -> Suggestions:
    """The same, of a cycle that is looked at already."""
    if looked.now.stage not in TEAMS_TURN:
        words = "The evidence is submitted: nothing is suggested any more."
        return Suggestions(cycle=looked.cycle_id, scheme=looked.scheme.id, words=words, documents=(), left=())
    return _suggestions(looked, at.date())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """What suggestions are shown from: how each document's newest version stands, what was found, what is settled."""

    stands: Mapping[int, Stands]
    read: Mapping[int, str]
    found: Mapping[int, Sequence[Suggestion]]
    attached: Mapping[int, Collection[str]]
    dismissed: Collection[tuple[int, str]]


def _suggestions(looked: Looked, today: date) -> Suggestions:
    items = library_items.in_hand(looked.session, looked.now.cycle.team_id)
    table = _table(looked, items)
    applicable = {criterion.id: criterion for criterion in looked.applicable}
    open_ones = {item.id: _open(table, item, applicable) for item in items}
    off = holidays_of(scheme=looked.scheme, profile=looked.now.profile)
    documents = tuple(_document(looked, item, open_ones[item.id], today, off) for item in items if open_ones[item.id])
    left = tuple(
        DocumentLeft(
            document=item.id, version=item.newest.id, title=item.newest.described.title,
            file_name=item.newest.file_name, why=_why(table, item, applicable),
        )
        for item in items
        if not open_ones[item.id] and item.id not in table.attached
    )  # fmt: skip
    return Suggestions(
        cycle=looked.cycle_id, scheme=looked.scheme.id, words=_words(len(documents), looked.scheme.title),
        documents=documents, left=left,
    )  # fmt: skip


def _table(looked: Looked, items: Sequence[Item]) -> _Table:
    session = looked.session
    of = {version.id: item.id for item in items for version in item.versions}
    newest = [item.newest.id for item in items]
    attached: dict[int, set[str]] = {}
    for one, criteria in evidence_items.of_versions(session, of):
        if one.cycle_id == looked.cycle_id and one.version_id is not None:
            attached.setdefault(of[one.version_id], set()).update(criteria)
    return _Table(
        stands=clearances.standing_anywhere(session, newest, rules_digest(looked.scheme.evidence_rules)),
        read=placings.placed(session, newest, looked.scheme.digest),
        found=placings.suggested(session, newest, looked.scheme.digest),
        attached=attached,
        dismissed=placings.dismissed(session, looked.cycle_id),
    )


def _open(table: _Table, item: Item, applicable: Collection[str]) -> tuple[Suggestion, ...]:
    """What is suggested for the document and left to decide; nothing of a file that may not be opened any more."""
    if not table.stands[item.newest.id].open:
        return ()
    settled = {criterion for document, criterion in table.dismissed if document == item.id}
    return left_to_say(
        table.found.get(item.newest.id, ()),
        applicable=applicable,
        settled=settled | set(table.attached.get(item.id, ())),
    )


def _document(
    looked: Looked, item: Item, found: Sequence[Suggestion], today: date, off: Collection[date]
) -> DocumentSuggested:  # fmt: skip
    newest = item.newest
    return DocumentSuggested(
        document=item.id, version=newest.id, title=newest.described.title, file_name=newest.file_name,
        criteria=tuple(_criterion(looked.scheme.by_id[one.criterion], item, one, today, off) for one in found),
    )  # fmt: skip


def _criterion(
    about: Criterion, item: Item, one: Suggestion, today: date, off: Collection[date]
) -> CriterionSuggested:  # fmt: skip
    said = item.newest.described
    return CriterionSuggested(
        criterion=about.id, title=about.title, required=about.requires_evidence, because=one.because,
        words=f"The document and this criterion both speak of: {', '.join(one.because)}.",
        beware=out_of_date(about, said, on=today, holidays=off),
    )  # fmt: skip


def _why(table: _Table, item: Item, applicable: Collection[str]) -> str:
    stands = table.stands[item.newest.id]
    if not stands.open:
        todo = TO_DO.get(stands.state, "keep another version of it")
        return f"it is {stands.state.value}: {STATE_MEANINGS[stands.state]}; {todo}"
    if item.newest.id not in table.read:
        return NOT_READ
    if unread := table.read[item.newest.id]:
        return f"{unread}; {UNREAD_TO_DO}"
    found = table.found.get(item.newest.id, ())
    if not found:
        return TOO_LITTLE
    return DISMISSED if left_to_say(found, applicable=applicable, settled=()) else NOT_ASKED


def _words(number: int, scheme: str) -> str:
    if not number:
        return f"Nothing is suggested for your cycle of {scheme} now."
    what = "1 document of your library may answer" if number == 1 else f"{number} documents of your library may answer"
    return (
        f"{what} criteria of your cycle of {scheme}, by their words. Look before you attach: nothing is attached yet."
    )
