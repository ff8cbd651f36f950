"""Published schemes and their editions."""

from datetime import date, datetime

from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.records import editions
from accreditation.records.editions import Edition
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.model import Scheme
from accreditation.views.looking import Shown
from accreditation.views.round_edition import InTime, times_of


class EditionRow(Shown):
    """One published edition of a scheme, named by its digest."""

    digest: str
    scheme: str
    edition: str
    title: str
    effective_on: date
    published_at: datetime


class EditionOffered(EditionRow):
    """An edition that a round can run on, with how it stands in time."""

    in_time: InTime


class SchemeRow(Shown):
    """A scheme, with the edition that was published last."""

    scheme: str
    title: str
    editions: int
    newest: EditionRow


class Schemes(Shown):
    """All published schemes."""

    schemes: tuple[SchemeRow, ...]


class Editions(Shown):
    """All published editions of a scheme, the newest first."""

    scheme: str
    editions: tuple[EditionRow, ...]


class EditionWhole(EditionRow):
    """A published edition with its whole content: domains, criteria, scale, award rules."""

    content: Scheme


def schemes(database: Database, *, principal: Principal) -> Schemes:
    """Which schemes are published?"""
    permit(principal, Permission.SCHEME_READ)
    with database.reading() as session:
        rows = [edition_row(row) for row in editions.all_of(session)]
    names = sorted({row.scheme for row in rows})
    by_scheme = {name: [row for row in rows if row.scheme == name] for name in names}
    return Schemes(
        schemes=tuple(
            SchemeRow(scheme=name, title=own[0].title, editions=len(own), newest=own[0])
            for name, own in by_scheme.items()
        )
    )


def editions_of(database: Database, *, principal: Principal, scheme: str) -> Editions:
    """Which editions of this scheme are published? Raises NotFound where there is none."""
    permit(principal, Permission.SCHEME_READ)
    with database.reading() as session:
        rows = tuple(edition_row(row) for row in editions.all_of(session, scheme))
    if not rows:
        raise NotFound(f"No scheme '{scheme}' is published.")
    return Editions(scheme=scheme, editions=rows)


def every_edition(database: Database, *, principal: Principal) -> tuple[EditionOffered, ...]:
    """Every published edition, by scheme, the newest first."""
    permit(principal, Permission.SCHEME_READ)
    with database.reading() as session:
        found = editions.all_of(session)
        times = times_of(session, found)
        rows = [EditionOffered(**dict(edition_row(row)), in_time=times[row.digest]) for row in found]
    return tuple(sorted(rows, key=lambda one: one.title))


def which_edition(
    database: Database, *, principal: Principal, named: str, scheme: str | None = None, where: str = "edition"
) -> str:
    """The digest of the edition (of this scheme) that is meant by a digest, 'stroke 2026.4' or its label alone.

    Raises Invalid, at `where`, with all there are where none or several could be meant.
    """
    permit(principal, Permission.SCHEME_READ)
    with database.reading() as session:
        return editions.named(session, named, scheme=scheme, where=where)


def edition(database: Database, *, principal: Principal, digest: str) -> EditionWhole:
    """The whole content of this edition. Raises NotFound."""
    permit(principal, Permission.SCHEME_READ)
    with database.reading() as session:
        row = editions.get(session, digest)
        return EditionWhole(**dict(edition_row(row)), content=editions.scheme_of(session, digest))


def edition_row(row: Edition) -> EditionRow:
    """This edition as it is listed."""
    return EditionRow(
        digest=row.digest, scheme=row.scheme, edition=row.label, title=row.title, effective_on=row.effective_on,
        published_at=row.published_at,
    )  # fmt: skip
