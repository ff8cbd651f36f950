"""The public register as people search it, and the proof of one entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.ledger.entries import entries, head
from accreditation.records import editions
from accreditation.records import register as records
from accreditation.records.awards import Decision
from accreditation.records.former_names import Former
from accreditation.records.register import Entry, Kind, Sought
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.places import district_of
from accreditation.views.called import Called, called_before, called_then
from accreditation.views.looking import Page, Shown
from accreditation.views.looking import page as part
from accreditation.views.results import Result, published, registered

_KNOWN: WeakKeyDictionary[Database, tuple[int, tuple[Kind, ...], Former]] = WeakKeyDictionary()
"""Records -> the number of the ledger's last entry, and what was so then: the kinds of entries, and former names."""

PUBLISHED = "award:publish"
"""How the ledger calls a publication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What somebody looks for: words in a name, and of each list one entry or, where it is empty, any."""

    words: str = ""
    service: str = ""
    place: str = ""
    scheme: str = ""
    outcome: str = ""

    @property
    def asks(self) -> bool:
        """Is anything asked?"""
        return bool(self.words.strip() or self.service or self.place or self.scheme or self.outcome)


class SchemeNamed(Shown):
    """A scheme by its id, with the title of one of its editions."""

    id: str
    title: str


class Choices(Shown):
    """What there is to choose from: each has an entry in the register."""

    services: tuple[str, ...]
    regions: tuple[str, ...] = Field(description="Regions of organisations; a place is found by its name.")
    schemes: tuple[SchemeNamed, ...]
    outcomes: tuple[str, ...] = Field(description="The titles of what stands now.")


class Found(Shown):
    """A page of what was found: `total` is how many fit on all `pages`."""

    choices: Choices
    items: tuple[Result, ...]
    total: int
    page: int
    pages: int


class Proof(Shown):
    """Where the ledger says that a result was published: the number and digest of its entry, and when."""

    entry: int
    digest: str
    at: datetime


class Registered(Shown):
    """One entry of the register, with its proof; `then` is what it was called when it was decided, if otherwise."""

    result: Result
    proof: Proof
    then: Called | None


def look_up(database: Database, *, principal: Principal, search: Search, page: int, size: int, at: datetime) -> Found:
    """What in the register fits this search? By organisation and team; page 1 is the first, one too far the last."""
    permit(principal, Permission.REGISTER_READ)
    with database.reading() as session:
        kinds, former = _known(database, session)
        sought = _sought(session, search, kinds, former)
        if sought.search.strip() or sought.place:
            rows, total, page = _by_name(session, sought, page=page, size=size)
        else:
            total = _total(session, sought, kinds)
            page = min(page, _pages(total, size))
            rows = records.found(session, sought, skip=(page - 1) * size, limit=size)
        items = tuple(published(session, rows, at))
        choices = _choices(session, kinds)
    return Found(choices=choices, items=items, total=total, page=page, pages=_pages(total, size))


def listed(
    database: Database, *, principal: Principal, search: Search, after: int, limit: int, at: datetime
) -> Page[Result]:
    """What in the register fits this search? By cycle id, from behind `after`: for programs that read all of it."""
    permit(principal, Permission.REGISTER_READ)
    with database.reading() as session:
        sought = _sought(session, search, *_known(database, session))
        results = published(session, records.behind(session, sought, after=after, limit=limit), at)
    return part(results, [result.cycle for result in results], limit=limit)


def proved(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> Registered:
    """The register's entry for this cycle, with its proof. NotFound where nothing is published."""
    result = registered(database, principal=principal, cycle_id=cycle_id, at=at)
    with database.reading() as session:
        entry = entries(session, subject=f"cycle:{cycle_id}", action=PUBLISHED, limit=1)[0]
        decided = session.get_one(Decision, cycle_id).at
        then = called_then(session, team_id=result.team.id, at=decided)
    return Registered(result=result, proof=Proof(entry=entry.sequence, digest=entry.digest, at=entry.at), then=then)


def _known(database: Database, session: Session) -> tuple[tuple[Kind, ...], Former]:
    """Which kinds of entries are there, and which former names?

    What changes the register is in the ledger: until its next entry we know.
    """
    last, _ = head(session)
    known = _KNOWN.get(database)
    if known is None or known[0] != last:
        known = _KNOWN[database] = last, tuple(records.kinds(session)), called_before(session)
    return known[1], known[2]


def _by_name(session: Session, sought: Sought, *, page: int, size: int) -> tuple[Sequence[Entry], int, int]:
    """This page of the entries that fit, how many fit in all, and which page it is: the last where that was too far."""
    rows, total = records.counted(session, sought, skip=(page - 1) * size, limit=size)
    if not rows and page > 1:
        total = records.count(session, sought)
        page = _pages(total, size)
        rows = records.found(session, sought, skip=(page - 1) * size, limit=size)
    return rows, total, page


def _pages(total: int, size: int) -> int:
    return max(1, -(-total // size))


def _total(session: Session, sought: Sought, kinds: tuple[Kind, ...]) -> int:
    """How many entries fit, where no name and no place is asked? Known without looking at each."""
    return sum(
        one.entries
        for one in kinds
        if sought.service in ("", one.service)
        and sought.scheme in ("", editions.scheme_of(session, one.digest).id)
        and (sought.outcomes is None or (one.digest, one.outcome) in sought.outcomes)
    )


def _sought(session: Session, search: Search, kinds: tuple[Kind, ...], former: Former) -> Sought:
    outcomes = tuple(sorted({(one.digest, one.outcome) for one in kinds if _title(session, one) == search.outcome}))
    return Sought(
        search=search.words, had={one: former.bearing(one) for one in search.words.split()},
        district=district_of(search.words) or "", service=search.service, place=search.place, scheme=search.scheme,
        outcomes=outcomes if search.outcome else None,
    )  # fmt: skip


def _choices(session: Session, kinds: tuple[Kind, ...]) -> Choices:
    schemes = {}
    for one in kinds:
        scheme = editions.scheme_of(session, one.digest)
        schemes[scheme.id] = scheme.title
    return Choices(
        services=_sorted(one.service for one in kinds),
        regions=_sorted(one.region for one in kinds),
        schemes=tuple(
            SchemeNamed(id=name, title=schemes[name]) for name in sorted(schemes, key=lambda it: schemes[it])
        ),
        outcomes=_sorted(_title(session, one) for one in kinds),
    )


def _title(session: Session, kind: Kind) -> str:
    return editions.scheme_of(session, kind.digest).outcome(kind.outcome).title


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}))
