"""The public register as people search it, and the proof of one entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.ledger.entries import entries
from accreditation.records import editions
from accreditation.records import register as records
from accreditation.records.register import Kind, Sought
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.looking import Shown
from accreditation.views.results import Result, published, registered

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
    places: tuple[str, ...] = Field(description="Places and regions of organisations.")
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
    """One entry of the register, with its proof."""

    result: Result
    proof: Proof


def look_up(database: Database, *, principal: Principal, search: Search, page: int, size: int, at: datetime) -> Found:
    """What in the register fits this search? By organisation and team; page 1 is the first, one too far the last."""
    permit(principal, Permission.REGISTER_READ)
    with database.reading() as session:
        kinds = records.kinds(session)
        sought = _sought(session, search, kinds)
        total = records.count(session, sought)
        pages = max(1, -(-total // size))
        page = min(page, pages)
        rows = records.found(session, sought, skip=(page - 1) * size, limit=size)
        items = tuple(published(session, rows, at))
        choices = _choices(session, kinds)
    return Found(choices=choices, items=items, total=total, page=page, pages=pages)


def proved(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> Registered:
    """The register's entry for this cycle, with its proof. NotFound where nothing is published."""
    result = registered(database, principal=principal, cycle_id=cycle_id, at=at)
    with database.reading() as session:
        entry = entries(session, subject=f"cycle:{cycle_id}", action=PUBLISHED, limit=1)[0]
    return Registered(result=result, proof=Proof(entry=entry.sequence, digest=entry.digest, at=entry.at))


def _sought(session: Session, search: Search, kinds: Iterable[Kind]) -> Sought:
    outcomes = tuple(sorted({(one.digest, one.outcome) for one in kinds if _title(session, one) == search.outcome}))
    return Sought(
        search=search.words, service=search.service, place=search.place, scheme=search.scheme,
        outcomes=outcomes if search.outcome else None,
    )  # fmt: skip


def _choices(session: Session, kinds: Iterable[Kind]) -> Choices:
    kinds = list(kinds)
    schemes = {}
    for one in kinds:
        scheme = editions.scheme_of(session, one.digest)
        schemes[scheme.id] = scheme.title
    return Choices(
        services=_sorted(one.service for one in kinds),
        places=_sorted(name for one in kinds for name in (one.place, one.region)),
        schemes=tuple(
            SchemeNamed(id=name, title=schemes[name]) for name in sorted(schemes, key=lambda it: schemes[it])
        ),
        outcomes=_sorted(_title(session, one) for one in kinds),
    )


def _title(session: Session, kind: Kind) -> str:
    return editions.scheme_of(session, kind.digest).outcome(kind.outcome).title


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}))
