"""What is looked for in the public register, and which there is to choose from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from accreditation.records.aftermath import OutcomeChange
from accreditation.records.awards import Decision, Publication
from accreditation.records.cycles import Cycle
from accreditation.records.editions import Edition
from accreditation.records.teams import Organisation, Team

INWARD = "_" * 3
"""The second half of a postcode, after any district, in a pattern of SQL."""

T = TypeVarTuple("T")

Entry = tuple[Publication, Decision, Team, Organisation]
"""One entry of the register."""

_BY_NAME = (col(Organisation.name), col(Team.name), col(Publication.cycle_id))
"""In which order people read the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What somebody looks for; what is empty is not asked.

    Each word of `search` is in the name of the team, its organisation or network, in its place or region, or is its ODS
    code; or the team or organisation is among those that `had` has for this word, as they were called so before; or the
    organisation's place is a postcode of this `district`. `place` is an organisation's place or region,
    `scheme` the scheme's id. `outcomes` are what stands now, each with the digest of the edition it belongs to; None
    where any does.
    """

    search: str = ""
    had: Mapping[str, tuple[Sequence[int], Sequence[int]]] = field(default_factory=dict)
    district: str = ""
    service: str = ""
    place: str = ""
    scheme: str = ""
    outcomes: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Of which there are entries, and how many."""

    service: str
    region: str
    digest: str
    outcome: str
    entries: int


def kinds(session: Session) -> list[Kind]:
    """Which kinds of entries are there? Looks at the whole register."""
    kind = col(Team.service_line), col(Organisation.region), col(Publication.edition_digest), _stands()
    rows = session.execute(_entries(select_columns(*kind, func.count())).group_by(*kind))
    return [
        Kind(service=service, region=region, digest=digest, outcome=outcome, entries=entries)
        for service, region, digest, outcome, entries in rows
    ]


def found(session: Session, sought: Sought, *, skip: int, limit: int) -> Sequence[Entry]:
    """The entries that fit, by the names of organisation and team; at most `limit`, without the first `skip`."""
    return _read(session, _whole().where(*_conditions(sought)).order_by(*_BY_NAME).offset(skip).limit(limit))


def count(session: Session, sought: Sought) -> int:
    """How many entries fit?"""
    counted = _entries(select_columns(func.count(col(Publication.cycle_id))))
    found: int = session.execute(counted.where(*_conditions(sought))).scalar_one()
    return found


def counted(session: Session, sought: Sought, *, skip: int, limit: int) -> tuple[Sequence[Entry], int]:
    """The same as `found`, and how many entries fit in all; 0 with no entry where fewer fit than are skipped.

    Every name is looked at once for both: where names are asked for, looking at them is most of what it costs.
    """
    number = col(Publication.cycle_id)
    fitting = _entries(select_columns(number, func.count().over().label("total"))).where(*_conditions(sought))
    part = fitting.order_by(*_BY_NAME).offset(skip).limit(limit).subquery()
    whole = _entries(select_columns(Publication, Decision, Team, Organisation, part.c.total))
    rows = session.execute(whole.join(part, part.c.cycle_id == number).order_by(*_BY_NAME)).all()
    total: int = rows[0].total if rows else 0
    return [tuple(row)[:4] for row in rows], total


def behind(session: Session, sought: Sought, *, after: int, limit: int) -> Sequence[Entry]:
    """The entries that fit, by cycle id; at most `limit`, from behind `after`."""
    number = col(Publication.cycle_id)
    return _read(session, _whole().where(number > after, *_conditions(sought)).order_by(number).limit(limit))


def _read(session: Session, rows: Select[*Entry]) -> Sequence[Entry]:
    return [tuple(row) for row in session.execute(rows)]


def _whole() -> Select[*Entry]:
    """Every entry, whole."""
    return _entries(select_columns(Publication, Decision, Team, Organisation))


def _entries(columns: Select[*T]) -> Select[*T]:
    """These columns of every entry."""
    return (
        columns.select_from(Publication)
        .join(Decision, col(Decision.cycle_id) == Publication.cycle_id)
        .join(Cycle, col(Cycle.id) == Publication.cycle_id)
        .join(Team, col(Team.id) == Cycle.team_id)
        .join(Organisation, col(Organisation.id) == Team.organisation_id)
    )


def _stands() -> ColumnElement[str]:
    """The outcome that stands now: the newest that followed the decision, else the decision's."""
    newest = (
        select(OutcomeChange.outcome)
        .where(col(OutcomeChange.cycle_id) == Publication.cycle_id)
        .order_by(col(OutcomeChange.number).desc())
        .limit(1)
        .correlate(Publication)
        .scalar_subquery()
    )
    return func.coalesce(newest, Decision.outcome)


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    asked = [_named(sought)] if sought.search.strip() else []
    if sought.service:
        asked.append(col(Team.service_line) == sought.service)
    if sought.place:
        asked.append(or_(col(Organisation.place) == sought.place, col(Organisation.region) == sought.place))
    if sought.scheme:
        editions = select(Edition.digest).where(Edition.scheme == sought.scheme)
        asked.append(col(Publication.edition_digest).in_(editions))
    if sought.outcomes is not None:
        stands, digested = _stands(), col(Publication.edition_digest)
        fitting = [and_(digested == digest, stands == outcome) for digest, outcome in sought.outcomes]
        asked.append(or_(False, *fitting))
    return asked


def _named(sought: Sought) -> ColumnElement[bool]:
    """Each word is in a name, also a former one; or the place is a postcode of the district."""
    organisation = (Organisation.name, Organisation.network, Organisation.place, Organisation.region)
    names = sum((literal(" ") + col(name) for name in organisation), start=col(Team.name))  # a word has no space in it
    words = [
        or_(names.icontains(word, autoescape=True), col(Organisation.ods_code) == word.upper(), *_had(sought, word))
        for word in sought.search.split()
    ]
    if not sought.district:
        return and_(*words)
    place = func.upper(func.replace(col(Organisation.place), " ", ""))
    return or_(and_(*words), place == sought.district, place.like(f"{sought.district}{INWARD}"))


def _had(sought: Sought, word: str) -> Iterator[ColumnElement[bool]]:
    """Or it was called so before."""
    organisations, teams = sought.had.get(word, ((), ()))
    if organisations:
        yield col(Organisation.id).in_(organisations)
    if teams:
        yield col(Team.id).in_(teams)
