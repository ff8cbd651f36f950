"""What is looked for in the public register, and which there is to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from accreditation.records.aftermath import OutcomeChange
from accreditation.records.awards import Decision, Publication, named
from accreditation.records.cycles import Cycle
from accreditation.records.editions import Edition
from accreditation.records.teams import Organisation, Team

Entry = tuple[Publication, Decision, Team, Organisation]
"""One entry of the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What somebody looks for; what is empty is not asked.

    Each word of `search` is in the name of the team, its organisation or network. `place` is an organisation's place or
    region, `scheme` the scheme's id. `outcomes` are what stands now, each with the digest of the edition it belongs
    to; None where any does.
    """

    search: str = ""
    service: str = ""
    place: str = ""
    scheme: str = ""
    outcomes: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Of which there is at least one entry."""

    service: str
    region: str
    place: str
    digest: str
    outcome: str


def kinds(session: Session) -> list[Kind]:
    """Which kinds of entries are there?"""
    team, organisation, publication = col(Team.service_line), Organisation, col(Publication.edition_digest)
    place = (col(organisation.region), col(organisation.place))
    rows = session.execute(_entries(select_columns(team, *place, publication, _stands())).distinct())
    return [
        Kind(service=service, region=region, place=place, digest=digest, outcome=outcome)
        for service, region, place, digest, outcome in rows
    ]


def count(session: Session, sought: Sought) -> int:
    """How many entries fit?"""
    counted = _entries(select_columns(func.count(col(Publication.cycle_id))))
    found: int = session.execute(counted.where(*_conditions(sought))).scalar_one()
    return found


def found(session: Session, sought: Sought, *, skip: int, limit: int) -> Sequence[Entry]:
    """The entries that fit, by the names of organisation and team; at most `limit`, without the first `skip`."""
    rows = _entries(select_columns(Publication, Decision, Team, Organisation))
    order = (col(Organisation.name), col(Team.name), col(Publication.cycle_id))
    return [
        tuple(row)
        for row in session.execute(rows.where(*_conditions(sought)).order_by(*order).offset(skip).limit(limit))
    ]


def _entries(columns: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
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
    asked = named(sought.search)
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
