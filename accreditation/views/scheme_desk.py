"""Schemes as the college sees them: editions with what runs on them, one edition read by people, two side by side."""

from collections.abc import Iterator

from accreditation.database import Database, Session
from accreditation.errors import NotFound
from accreditation.records import cycles, drafts, editions, worked_cases
from accreditation.records.editions import Edition
from accreditation.rules.grants import Reach
from accreditation.rules.people import Principal
from accreditation.rules.permissions import ROLE_TABLE, Permission, permit
from accreditation.scheme.model import Scheme
from accreditation.views.drafts import title_drafted
from accreditation.views.looking import Shown
from accreditation.views.schemes import EditionRow, edition_row


class EditionOnDesk(EditionRow):
    """A published edition, and how many cycles run on it that have not ended."""

    running: int


class SchemeOnDesk(Shown):
    """A scheme: its editions, the newest first, and how many drafts of it are open. One without editions is a draft."""

    scheme: str
    title: str
    editions: tuple[EditionOnDesk, ...]
    drafts: int

    @property
    def running(self) -> int:
        """On how many cycles of this scheme is somebody at work?"""
        return sum(one.running for one in self.editions)


class EditionRead(Shown):
    """One edition for people to read, with how many cycles run on it, and the edition that was published before."""

    row: EditionOnDesk
    content: Scheme
    before: str


class TwoEditions(Shown):
    """Two editions of a scheme, whole."""

    old: EditionRow
    new: EditionRow
    before: Scheme
    after: Scheme


def scheme_desks(database: Database, *, principal: Principal, reach: Reach) -> tuple[SchemeOnDesk, ...]:
    """Which schemes are there, as far as somebody's role reaches? By title; one that is drafted only is among them."""
    permit(principal, Permission.ROUND_READ)
    with database.reading() as session:
        found = tuple(_desks(session, principal))
    return tuple(one for one in found if reach.whole or one.scheme in reach.schemes)


def scheme_desk(database: Database, *, principal: Principal, scheme: str) -> SchemeOnDesk:
    """This scheme with its editions. Raises NotFound where it is neither published nor drafted."""
    permit(principal, Permission.ROUND_READ)
    with database.reading() as session:
        found = next((one for one in _desks(session, principal, scheme)), None)
    if found is None:
        raise NotFound(f"There is no scheme '{scheme}' here.")
    return found


def edition_read(database: Database, *, principal: Principal, scheme: str, edition: str) -> EditionRead:
    """This edition of the scheme, by its label or its digest. Raises NotFound."""
    permit(principal, Permission.ROUND_READ)
    with database.reading() as session:
        rows = editions.all_of(session, scheme)
        row = _named(rows, scheme, edition)
        older = rows[rows.index(row) + 1 :]
        running = cycles.running_by_edition(session)
        return EditionRead(
            row=_on_desk(row, running), content=editions.scheme_of(session, row.digest),
            before=older[0].label if older else "",
        )  # fmt: skip


def edition_text(database: Database, *, principal: Principal, scheme: str, edition: str) -> str:
    """This edition as one text with the worked cases that are kept beside it. Raises NotFound."""
    permit(principal, Permission.ROUND_READ)
    with database.reading() as session:
        row = _named(editions.all_of(session, scheme), scheme, edition)
        return worked_cases.whole_text(session, row.digest)


def two_editions(database: Database, *, principal: Principal, scheme: str, old: str, new: str) -> TwoEditions:
    """The editions `old` and `new` of this scheme, to be laid side by side. Raises NotFound."""
    permit(principal, Permission.SCHEME_READ)
    with database.reading() as session:
        rows = editions.all_of(session, scheme)
        first, second = _named(rows, scheme, old), _named(rows, scheme, new)
        before, after = (editions.scheme_of(session, row.digest) for row in (first, second))
    return TwoEditions(old=edition_row(first), new=edition_row(second), before=before, after=after)


def _desks(session: Session, principal: Principal, scheme: str | None = None) -> Iterator[SchemeOnDesk]:
    """Each scheme; what is only drafted is told to those who may write drafts."""
    running = cycles.running_by_edition(session)
    writes = Permission.SCHEME_PUBLISH in ROLE_TABLE[principal.role]
    begun: dict[str, list[int]] = {}
    for draft in drafts.open_drafts(session, scheme) if writes else ():
        begun.setdefault(draft.scheme, []).append(draft.id or 0)
    by_scheme: dict[str, list[EditionOnDesk]] = {name: [] for name in sorted(begun)}
    for row in editions.all_of(session, scheme):
        by_scheme.setdefault(row.scheme, []).append(_on_desk(row, running))
    desks = [
        SchemeOnDesk(
            scheme=name, title=own[0].title if own else _drafted(session, begun[name]) or name, editions=tuple(own),
            drafts=len(begun.get(name, ())),
        )
        for name, own in by_scheme.items()
    ]  # fmt: skip
    yield from sorted(desks, key=lambda one: (one.title.casefold(), one.scheme))


def _drafted(session: Session, newest_first: list[int]) -> str:
    """What the newest of these drafts that says a title calls its scheme."""
    return next(filter(None, (title_drafted(session, draft) for draft in newest_first)), "")


def _on_desk(row: Edition, running: dict[str, int]) -> EditionOnDesk:
    return EditionOnDesk(**dict(edition_row(row)), running=running.get(row.digest, 0))


def _named(rows: list[Edition], scheme: str, edition: str) -> Edition:
    found = next((row for row in rows if edition in (row.label, row.digest)), None)
    if found is None:
        raise NotFound(f"No edition '{edition[:64]}' of the scheme '{scheme}' is published.")
    return found
