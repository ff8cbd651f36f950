"""Drafts of schemes as the office sees them: the text that stands, who saved what, its faults, and how it ended."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.library import Checked, check_text
from accreditation.records import drafts, editions
from accreditation.records.drafts import SchemeDraft
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.model import Scheme
from accreditation.scheme.source import read_document
from accreditation.views.looking import Shown

MOST_BEFORE_TITLE = 200
MOST_OF_TITLE = 500
"""So many lines may stand before the title of a scheme, and so long a line is read as one."""

MOST_LOOKED_INTO = 10
"""In so many texts the title is looked for, the newest first, where a fault hides it; then in the first."""


class Saved(Shown):
    """A text was saved: under which number, by whom and when."""

    number: int
    by: str
    at: datetime


class DraftRow(Shown):
    """An open draft of a scheme: from which edition it was begun (empty: from the example), and when it was saved."""

    id: int
    began_from: str
    saved: Saved


class DraftEnded(Shown):
    """A draft ended: as which edition, or, where that is empty, it was dropped, and why."""

    edition: str
    reason: str
    by: str
    at: datetime


class DraftShown(DraftRow):
    """A draft with a text of it: the one that stands, or an earlier one that was asked for."""

    scheme: str
    title: str = Field(description="What the scheme is called; before anything is published, what its text says.")
    text: str
    number: int = Field(description="The number of this text; `saved.number` is that of the one that stands.")
    history: tuple[Saved, ...]
    ended: DraftEnded | None


class DraftToPublish(Shown):
    """A draft that has no fault, beside the edition that was published last, if any."""

    content: Scheme
    before: Scheme | None
    label_taken: bool


def drafts_of(database: Database, *, principal: Principal, scheme: str) -> tuple[DraftRow, ...]:
    """Which drafts of this scheme are open? The newest first."""
    permit(principal, Permission.SCHEME_PUBLISH)
    with database.reading() as session:
        rows = drafts.open_drafts(session, scheme)
        saved = drafts.last_saved(session, [row.id or 0 for row in rows])
        labels = _labels(session, scheme)
        return tuple(
            _row(row, Saved(number=n, by=by, at=at), labels) for row in rows for n, by, at in [saved[row.id or 0]]
        )


def draft_shown(
    database: Database, *, principal: Principal, scheme: str, draft_id: int, number: int | None = None
) -> DraftShown:
    """This draft of this scheme, with the text that stands or the one of this number. Raises NotFound."""
    permit(principal, Permission.SCHEME_PUBLISH)
    with database.reading() as session:
        row = drafts.get(session, scheme=scheme, draft_id=draft_id)
        text = drafts.version(session, draft_id, number)
        history = tuple(Saved(number=n, by=by, at=at) for n, by, at in drafts.saved(session, draft_id))
        rows = editions.all_of(session, scheme)
        labels = {row.digest: row.label for row in rows}
        end = drafts.ended(session, draft_id)
        title = rows[0].title if rows else _title_of(text.text) or title_drafted(session, draft_id) or scheme
    ended = None
    if end is not None:
        ended = DraftEnded(edition=labels.get(end.edition_digest or "", ""), reason=end.reason, by=end.by, at=end.at)
    return DraftShown(
        **dict(_row(row, history[0], labels)), scheme=scheme,
        title=title, text=text.text, number=text.number, history=history,
        ended=ended,
    )  # fmt: skip


def faults_of_draft(one: DraftShown) -> Checked:
    """Every fault of this text, or the standard that it is."""
    return check_text(one.text, scheme=one.scheme)


def draft_to_publish(database: Database, *, principal: Principal, draft: DraftShown) -> DraftToPublish | None:
    """The draft beside the edition published last; None while it has a fault."""
    permit(principal, Permission.SCHEME_PUBLISH)
    checked = faults_of_draft(draft)
    if checked.standard is None:
        return None
    content = checked.standard.scheme
    with database.reading() as session:
        rows = editions.all_of(session, draft.scheme)
        same = editions.same_as(session, content)
        return DraftToPublish(
            content=content, before=editions.scheme_of(session, rows[0].digest) if rows else None,
            label_taken=any(row.label == content.edition for row in rows) and same is None,
        )  # fmt: skip


def title_drafted(session: Session, draft_id: int) -> str:
    """What is its scheme called by the last text of this draft that says it, as a fault may hide it later?

    Nothing where none does.
    """
    numbers = [number for number, _, _ in drafts.saved(session, draft_id)]
    looked = [*numbers[:MOST_LOOKED_INTO], *numbers[MOST_LOOKED_INTO:][-1:]]
    return next(filter(None, (_title_of(drafts.version(session, draft_id, one).text) for one in looked)), "")


def _title_of(text: str) -> str:
    """What this text calls its scheme, as far as that can be read; nothing where it cannot."""
    line = next((one for one in text.split("\n", MOST_BEFORE_TITLE) if one.startswith("title:")), "")
    data = read_document(file="", content=line[:MOST_OF_TITLE].encode()).data if line else None
    title = data.get("title") if isinstance(data, dict) else None
    return title if isinstance(title, str) and title.isprintable() else ""


def _labels(session: Session, scheme: str) -> dict[str, str]:
    return {row.digest: row.label for row in editions.all_of(session, scheme)}


def _row(row: SchemeDraft, saved: Saved, labels: dict[str, str]) -> DraftRow:
    return DraftRow(id=row.id or 0, began_from=labels.get(row.began_from or "", ""), saved=saved)
